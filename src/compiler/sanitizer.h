/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_SANITIZER_H
#define COMPILER_SANITIZER_H

struct args;

/*
 * The first word of command, [0] being the compiler, by which a sanitizer
 * puts columns of the source into the object; NULL if none does. Those that
 * are told to stop the program without a word put nothing there. Borrowed.
 */
const char *sanitizer_culprit(const struct args *command);

#endif
