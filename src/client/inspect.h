/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_INSPECT_H
#define CLIENT_INSPECT_H

#include "compiler/reason.h"

struct cmdline;

/*
 * Looks for precompiled forms of the headers that the command names itself:
 * with these, compilers take another way that the preprocessor cannot show.
 */
enum reason inspect_headers(const struct cmdline *cmd);

/*
 * Looks through a preprocessed source for what would make another object of
 * it elsewhere, or of any preprocessed source: files that the assembler is
 * told to take in, positions that the program asks for, precompiled headers.
 * REASON_NONE if there is nothing of the kind, or the file at fd cannot be
 * read.
 */
enum reason inspect_source(int fd);

#endif
