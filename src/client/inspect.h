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

#endif
