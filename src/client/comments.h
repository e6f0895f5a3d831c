/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_COMMENTS_H
#define CLIENT_COMMENTS_H

struct cmdline;

/*
 * Puts back into the file at fd, which has the input of cmd preprocessed, the
 * comments of the input that keep gcc from warning, as far as they have a
 * place (compiler/fallthrough.h). Returns 0, also where there is nothing to do,
 * or ERR_SYS: the file is spoilt.
 */
int comments_restore(const struct cmdline *cmd, int fd);

#endif
