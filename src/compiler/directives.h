/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_DIRECTIVES_H
#define COMPILER_DIRECTIVES_H

struct cmdline;
struct probe;

/*
 * Without optimization gcc places instructions by where in the source things
 * stand, down to the column: a macro that is expanded by the preprocessor
 * alone gives other code (a "nop" more or less) in about one unit of twelve.
 * So for such commands the preprocessor is to leave macros to the compiler
 * (-fdirectives-only; GCC manual, "Preprocessor Options"). That loses the
 * pragmas of OpenMP and OpenACC, and a few words then mean another thing to
 * the server: where these are in use, macros are expanded here as ever.
 */
#define DIRECTIVES_OPTION "-fdirectives-only"

/*
 * Whether that can be better for the command, and the compiler of probe, which
 * is asked for its version, can do it.
 */
int directives_suffice(const struct cmdline *cmd, const struct probe *probe);

/*
 * It is better only where macros of several words are used in code. They are
 * if the source has any of these words, or if these are NULL: the command
 * defines such macros itself. Ends with NULL.
 */
const char *const *directives_needed(const struct cmdline *cmd);

/*
 * What must not be in the text that comes out: words whose meaning depends on
 * where, when and by whom they are expanded. Ends with NULL.
 */
extern const char *const directives_words[];

/*
 * What must not be in the source itself: pragmas that are lost, without a
 * trace, with -fdirectives-only. Ends with NULL.
 */
extern const char *const directives_lost[];

#endif
