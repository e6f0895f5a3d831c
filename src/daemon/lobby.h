/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_LOBBY_H
#define DAEMON_LOBBY_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/net.h"
#include "daemon/share.h"

struct proxy_reader;
struct serve;

/*
 * Connections that were accepted and that no worker has yet. Those that have
 * said something wait for as long as it takes; the silent have a deadline,
 * and cost nothing but a descriptor meanwhile.
 */
struct visitor {
	int fd;
	int has_spoken;		/* there is something to read */
	int is_readable;	/* poll() says so */
	int64_t deadline;	/* by when it must have */
	/* the PROXY header that has to come first; NULL: none */
	struct proxy_reader *header;
	struct share *share;
	struct sockaddr_storage addr;
	char name[NET_NAME_SIZE];
};

struct lobby {
	struct visitor **v;	/* the oldest first */
	int count, silent, max;
	struct shares *shares;	/* borrowed */
	const struct serve *serve;	/* borrowed: who may enter, the board */
};

/* At most so many silent ones are kept. */
#define LOBBY_SILENT_MAX 256

/* Makes an empty lobby for at most max connections. */
void lobby_init(struct lobby *lobby, int max, struct shares *shares,
		const struct serve *serve);

/*
 * Takes in a connection, with its descriptor, if the access list lets addr
 * in; where addr is a balancer, if it lets in the client that the balancer
 * names. When there is no room, one of the client that has the most here has
 * to go: the newest, be it this one; but of too many silent ones the oldest,
 * as nobody has said anything in the moment in which it comes.
 */
void lobby_add(struct lobby *lobby, int fd,
	       const struct sockaddr_storage *addr);

/*
 * Whether it is better not to take in anybody: all places are taken, by
 * clients who have hardly more than their share and by none that has been
 * silent for long. Who is not accepted yet waits, and loses nothing.
 */
int lobby_is_full(const struct lobby *lobby);

/* How many pollfds lobby_watch fills at most. */
#define LOBBY_WATCH_MAX (LOBBY_SILENT_MAX + 1)

/* Fills in what poll() is to watch for the lobby. Returns how many. */
int lobby_watch(const struct lobby *lobby, struct pollfd *fds);

/* What poll() said of the same, before anything came or went. */
void lobby_note(struct lobby *lobby, const struct pollfd *fds);

/* Lets go those whose deadline passed; returns when the next one does. */
int64_t lobby_expire(struct lobby *lobby);

/*
 * Whose turn it is, of those that have spoken: the oldest of the client for
 * which the fewest workers work. NULL: there is none. Borrowed.
 */
struct visitor *lobby_first(const struct lobby *lobby);

/*
 * Takes visitor out of the lobby: it is yours, with its share and its
 * descriptor.
 */
void lobby_take(struct lobby *lobby, struct visitor *visitor);

/* Closes a visitor that was taken, and frees it; the share is given back. */
void lobby_dismiss(struct lobby *lobby, struct visitor *visitor);

/* Closes the descriptors only: for a child, which shall not keep them. */
void lobby_forget(const struct lobby *lobby);

/* Dismisses all that are silent, or everybody. */
void lobby_close_silent(struct lobby *lobby);
void lobby_clear(struct lobby *lobby);

#endif
