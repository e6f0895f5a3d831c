/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_SEEN_H
#define WIRE_SEEN_H

#include "base/digest.h"

struct conn;

/*
 * What a server of ours says, behind a reply of version 3 to a compile that
 * succeeded, of the files that its compiler read (doc/protocol.txt, section
 * 7): the token SEEN with a string of SEEN_SIZE bytes. Old clients have
 * closed by then, or pay no heed; from old servers comes the end of file.
 *
 * paths is the digest of the names of all files in the compiler's dependency
 * list, as the client has them, links followed, sorted by strcmp, none twice,
 * each with its NUL; system is that of the digests of the contents (32
 * digits and a NUL, digest_add each) of those that the client did not send,
 * in the same order. scope tells which list it was: with the system's headers
 * ('a': -MD), or without ('u': -MMD), where system says nothing.
 */
#define SEEN_SIZE 65

struct seen {
	int is_all;	/* the scope is 'a' */
	char paths[DIGEST_TEXT_SIZE];
	char system[DIGEST_TEXT_SIZE];
};

/* Queues it. */
void seen_put(struct conn *conn, const struct seen *seen);

/*
 * Reads it. Returns 0; ERR_EOF if the peer closed instead, as old servers
 * do; ERR_PROTO if it closed in the middle; or what conn_read_string does.
 */
int seen_read(struct conn *conn, struct seen *seen);

#endif
