/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_CC1_H
#define COMPILER_CC1_H

struct args;
struct probe;

/*
 * Appends to out the command by which the compiler of probe would run the
 * compiler proper (cc1, or clang -cc1) on a C source, if it were given words,
 * [0] being the compiler. Returns 0 or ERR_MISSING.
 */
int cc1_command(const struct probe *probe, const struct args *words,
		struct args *out);

#endif
