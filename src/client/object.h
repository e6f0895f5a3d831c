/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_OBJECT_H
#define CLIENT_OBJECT_H

struct args;
struct buf;
struct probe;

/*
 * Whether the object at fd, which a server made of command, is of the kind
 * that the compiler of probe makes of it: not empty, and, if it is ELF, for the
 * same machine. Where that compiler does not say, it counts as right. Before a
 * server is found wrong, the compiler is asked afresh: what was remembered of a
 * script may have changed. If it is wrong, trouble becomes what it is and what
 * it should be.
 */
int object_is_right(int fd, struct probe *probe, const struct args *command,
		    struct buf *trouble);

#endif
