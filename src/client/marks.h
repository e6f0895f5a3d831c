/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_MARKS_H
#define CLIENT_MARKS_H

#include "compiler/reason.h"

struct cmdline;

/*
 * The marks of lines in a preprocessed source (# 1 "x.c"): the first one
 * names the source in the object, and for gcc the second one its folder.
 *
 * Whether fd, the source of cmd in its preprocessed form, leads to the names
 * that a local compile gives: REASON_NONE, or REASON_PATHS. Where clang gives
 * another name in debug information than its preprocessor does, the mark is
 * changed to that; fd must be writable but for a source that cmd itself
 * names as preprocessed.
 */
enum reason marks_settle(const struct cmdline *cmd, int fd);

#endif
