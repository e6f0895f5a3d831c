/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_RESPONSE_H
#define COMPILER_RESPONSE_H

struct args;

/*
 * Appends the words of argv to args, response files (@file) behind the first
 * word expanded as gcc does it: libiberty does, which ends the process for a
 * directory and for files without end. With such, and with what is no file
 * or too large or one of too many, nothing is expanded: some word then begins
 * with @.
 */
void response_expand(struct args *args, char *const *argv);

#endif
