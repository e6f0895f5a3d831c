/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_SOURCE_H
#define CLIENT_SOURCE_H

#include "compiler/reason.h"

struct cmdline;

/*
 * The input of cmd, preprocessed, in the file at fd: what a server gets.
 */

/*
 * Looks through it for what would make another object of it elsewhere, or of
 * any preprocessed source: files that the assembler is told to take in,
 * positions that the program asks for, precompiled headers, pragmas that are
 * for the preprocessor too. cpp_spoke says whether that had messages.
 * REASON_NONE if there is nothing of the kind, or the file cannot be read.
 */
enum reason source_inspect(const struct cmdline *cmd, int fd, int cpp_spoke);

/* Blanks gcc's marks of the system's macros (compiler/usercode.h). */
void source_unmark(const struct cmdline *cmd, int fd);

/*
 * Whether the object at fd, made from it, has strings with positions in the
 * source that preprocessing may have moved: clang names lambdas and types
 * without a name by them.
 */
int source_shows_in_object(const struct cmdline *cmd, int fd);

#endif
