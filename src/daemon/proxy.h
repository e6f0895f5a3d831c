/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PROXY_H
#define DAEMON_PROXY_H

#include <stddef.h>

struct sockaddr_storage;

/*
 * The PROXY protocol, versions 1 (a line of text) and 2 (binary): a load
 * balancer writes a header in front of what a client sends, to tell whose
 * connection it hands on. Anybody could write one, so only listed balancers
 * are asked for it.
 */

/* The longest header that is read: version 2 with TLVs for one segment. */
#define PROXY_HEADER_MAX (16 + 536)

/*
 * Looks for a header at the start of data. Returns its length and sets
 * source; or 0 if all of data is the beginning of one, which goes on; or
 * ERR_PROTO if it is none, or ERR_LIMIT if it is longer than it may be.
 *
 * source is unmapped. Its family is AF_UNSPEC if the header says that the
 * connection speaks for itself, as a balancer's own health check does, or
 * names no Internet address. It is left alone unless the length is returned.
 */
int proxy_parse(const unsigned char *data, size_t len,
		struct sockaddr_storage *source);

/* A header that comes in pieces. */
struct proxy_reader {
	unsigned char data[PROXY_HEADER_MAX];
	size_t len;
};

/*
 * Takes from the stream socket fd what there is of a header, without waiting,
 * and no byte behind it; so a poll for more input waits until there is more.
 * reader is zeroed before the first call. Returns 1 and sets source, as
 * proxy_parse does, when the header is complete; 0 if more must come first;
 * or ERR_EOF, ERR_SYS, or what proxy_parse does.
 */
int proxy_read(struct proxy_reader *reader, int fd,
	       struct sockaddr_storage *source);

#endif
