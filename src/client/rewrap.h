/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_REWRAP_H
#define CLIENT_REWRAP_H

struct cmdline;

/*
 * Breaks the lines of the dependency file at fd anew, where cmd's compiler
 * does: that of a server of distcc 3.x did where the names were longer, which
 * the server then took away. What is not understood, or is no plain file,
 * stays. Returns 0 or ERR_SYS.
 */
int rewrap_deps(const struct cmdline *cmd, int fd);

#endif
