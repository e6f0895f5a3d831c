/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_OBJECT_H
#define CLIENT_OBJECT_H

struct args;
struct buf;
struct probe;

/*
 * Whether the object at fd, which a server made of command, is for the
 * machine that the compiler of probe makes it for. Where that is not known,
 * or the object is no ELF file, it counts as right. If it is wrong, what it
 * is and what it should be is appended to trouble.
 */
int object_is_right(int fd, const struct probe *probe,
		    const struct args *command, struct buf *trouble);

#endif
