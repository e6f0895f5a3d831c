/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_REWRITE_H
#define COMPILER_REWRITE_H

struct args;
struct cmdline;

/*
 * New commands from one that cmdline_parse found fit to go elsewhere. Each
 * empties out first.
 */

/*
 * The command that preprocesses the input to its standard output, and writes
 * the dependencies, if any are asked for, to depfile with the bytes that the
 * whole compile would have written.
 */
void rewrite_to_preprocess(const struct cmdline *cmd, const char *depfile,
			   struct args *out);

/*
 * The command as it is sent to a server together with the preprocessed
 * source: what only the preprocessor or the linker needs is gone; an output
 * is always named; a language that -x named is told by the input's suffix.
 * compiler is its first word. clang is told target, unless that is NULL or
 * the command names one.
 */
void rewrite_to_send(const struct cmdline *cmd, const char *compiler,
		     const char *target, struct args *out);

/*
 * The command as it is sent to a server together with the sources themselves:
 * as it was given, but that the output is always named; that dependencies, for
 * which the server has a file of its own, have the very target that a compile
 * here would have written, and are asked for in any case; and that nothing
 * stands in it in a form that servers of distcc 3.x do not know, as long as
 * there is another. compiler and target are as for rewrite_to_send.
 */
void rewrite_to_pump(const struct cmdline *cmd, const char *compiler,
		     const char *target, struct args *out);

/*
 * The command as a server runs it, from one that cmdline_parse_foreign
 * accepted: compiler on source, which is preprocessed, into object; options
 * that only the preprocessor or the linker needs are gone.
 */
void rewrite_to_serve(const struct cmdline *cmd, const char *compiler,
		      const char *source, const char *object,
		      struct args *out);

#endif
