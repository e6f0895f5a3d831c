/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/lobby.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/access.h"
#include "daemon/board.h"
#include "daemon/options.h"
#include "daemon/proxy.h"
#include "daemon/serve.h"

/* How long a connection may say nothing at all. */
#define SILENCE_MS 10000

/*
 * For how long a new one need not fear for its place because of that: a
 * client's command comes together with its connection, or nearly so.
 */
#define PATIENCE_MS 100

/* One client with more than this has no claim to a place in a full lobby. */
#define FAIR_SHARE 64

void
lobby_init(struct lobby *lobby, int max, struct shares *shares,
	   const struct serve *serve)
{
	memset(lobby, 0, sizeof *lobby);
	lobby->v = xcalloc((size_t)max + 1, sizeof(struct visitor *));
	lobby->max = max;
	lobby->shares = shares;
	lobby->serve = serve;
}

/* A peek takes nothing; what is closed has an end to be read. */
static int
has_spoken(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
	       (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void
lobby_take(struct lobby *lobby, struct visitor *visitor)
{
	int i = 0;

	while (lobby->v[i] != visitor)
		i++;
	lobby->count--;
	memmove(lobby->v + i, lobby->v + i + 1,
		(size_t)(lobby->count - i) * sizeof(struct visitor *));
	lobby->silent -= !visitor->has_spoken;
	visitor->share->held--;
	atomic_store(&lobby->serve->board->held, lobby->count);
}

void
lobby_dismiss(struct lobby *lobby, struct visitor *visitor)
{
	close(visitor->fd);
	shares_give_back(lobby->shares, visitor->share);
	free(visitor->header);
	free(visitor);
}

static void
turn_out(struct lobby *lobby, struct visitor *visitor, enum refusal refusal)
{
	lobby_take(lobby, visitor);
	board_refuse(lobby->serve->board, refusal);
	lobby_dismiss(lobby, visitor);
}

static int
is_silent_for_long(const struct visitor *visitor)
{
	return !visitor->has_spoken &&
	       clock_left(visitor->deadline) <= SILENCE_MS - PATIENCE_MS;
}

int
lobby_is_full(const struct lobby *lobby)
{
	const struct visitor *visitor;
	int i;

	if (lobby->count < lobby->max)
		return 0;
	for (i = 0; i < lobby->count; i++) {
		visitor = lobby->v[i];
		if (visitor->share->held > FAIR_SHARE ||
		    is_silent_for_long(visitor))
			return 0;
	}
	return 1;
}

/*
 * Whether one has to go rather than other: who had the time to say something,
 * and did not; then who has more; then who is silent. Who has just come may
 * still speak.
 */
static int
is_worse(const struct visitor *one, const struct visitor *other)
{
	const int late = is_silent_for_long(one);

	if (late != is_silent_for_long(other))
		return late;
	if (one->share->held != other->share->held)
		return one->share->held > other->share->held;
	return !one->has_spoken && other->has_spoken;
}

/* The newest of those who have to go first. */
static struct visitor *
worst(const struct lobby *lobby)
{
	struct visitor *visitor, *found = NULL;
	int i;

	for (i = lobby->count - 1; i >= 0; i--) {
		visitor = lobby->v[i];
		if (found == NULL || is_worse(visitor, found))
			found = visitor;
	}
	return found;
}

/* Of the silent, the one that had the most time to say something. */
static struct visitor *
most_silent(const struct lobby *lobby)
{
	struct visitor *visitor, *found = NULL;
	int i;

	for (i = 0; i < lobby->count; i++) {
		visitor = lobby->v[i];
		if (visitor->has_spoken)
			continue;
		if (found == NULL || visitor->share->held > found->share->held)
			found = visitor;
	}
	return found;
}

static void
make_room(struct lobby *lobby)
{
	struct visitor *visitor;

	if (lobby->silent > LOBBY_SILENT_MAX) {
		visitor = most_silent(lobby);
		log_info("%s says nothing, as %d others do, and has to go",
			 visitor->name, lobby->silent - 1);
		turn_out(lobby, visitor, REFUSAL_SILENT);
	} else if (lobby->count > lobby->max) {
		visitor = worst(lobby);
		log_warn("%s is turned away: %d connections wait already",
			 visitor->name, lobby->count - 1);
		turn_out(lobby, visitor, REFUSAL_QUEUE);
	}
}

/* Whether the client itself may enter; else it is turned out. */
static int
is_welcome(struct lobby *lobby, struct visitor *visitor)
{
	if (access_allows(&lobby->serve->options->access,
			  (struct sockaddr *)&visitor->addr))
		return 1;
	log_error("connection from client '%s' denied by access list",
		  visitor->name);
	turn_out(lobby, visitor, REFUSAL_ADDRESS);
	return 0;
}

/* From now on visitor is the client that a balancer named. */
static void
rename_visitor(struct lobby *lobby, struct visitor *visitor,
	       const struct sockaddr_storage *addr)
{
	struct share *share = shares_take(lobby->shares,
					  (const struct sockaddr *)addr);

	visitor->share->held--;
	shares_give_back(lobby->shares, visitor->share);
	visitor->share = share;
	share->held++;
	visitor->addr = *addr;
	net_name((const struct sockaddr *)addr, visitor->name);
}

/* Returns whether visitor is still here. */
static int
hear_header(struct lobby *lobby, struct visitor *visitor)
{
	struct sockaddr_storage source;
	int r = proxy_read(visitor->header, visitor->fd, &source);

	if (r == 0)
		return 1;
	if (r == ERR_EOF && visitor->header->len == 0) {
		/* A balancer sees whether we are there. */
		log_debug("%s looked in", visitor->name);
		lobby_take(lobby, visitor);
		lobby_dismiss(lobby, visitor);
		return 0;
	}
	if (r < 0) {
		log_error_r(r, "%s is in --proxy-from, but sends no PROXY "
			    "header", visitor->name);
		turn_out(lobby, visitor, REFUSAL_PROXY);
		return 0;
	}
	free(visitor->header);
	visitor->header = NULL;
	if (source.ss_family != AF_UNSPEC)
		rename_visitor(lobby, visitor, &source);
	return is_welcome(lobby, visitor);
}

/* Returns whether visitor is still here. */
static int
listen_to(struct lobby *lobby, struct visitor *visitor)
{
	if (visitor->header != NULL && !hear_header(lobby, visitor))
		return 0;
	if (visitor->header != NULL || !has_spoken(visitor->fd))
		return 1;
	visitor->has_spoken = 1;
	lobby->silent--;
	return 1;
}

static int
is_balancer(const struct options *options, const struct sockaddr *addr)
{
	return options->balancers.count > 0 &&
	       access_allows(&options->balancers, addr);
}

void
lobby_add(struct lobby *lobby, int fd, const struct sockaddr_storage *addr)
{
	const struct sockaddr *sa = (const struct sockaddr *)addr;
	struct visitor *visitor = xcalloc(1, sizeof *visitor);
	const int via_balancer = is_balancer(lobby->serve->options, sa);

	visitor->fd = fd;
	visitor->addr = *addr;
	net_name(sa, visitor->name);
	visitor->share = shares_take(lobby->shares, sa);
	visitor->share->held++;
	visitor->deadline = clock_after(SILENCE_MS);
	if (via_balancer)
		visitor->header = xcalloc(1, sizeof *visitor->header);
	lobby->silent++;
	lobby->v[lobby->count++] = visitor;
	if ((via_balancer || is_welcome(lobby, visitor)) &&
	    listen_to(lobby, visitor))
		make_room(lobby);
	atomic_store(&lobby->serve->board->held, lobby->count);
}

int
lobby_watch(const struct lobby *lobby, struct pollfd *fds)
{
	int i, n = 0;

	for (i = 0; i < lobby->count && n < lobby->silent; i++) {
		if (lobby->v[i]->has_spoken)
			continue;
		fds[n].fd = lobby->v[i]->fd;
		fds[n].events = POLLIN;
		fds[n++].revents = 0;
	}
	return n;
}

void
lobby_note(struct lobby *lobby, const struct pollfd *fds)
{
	const int silent = lobby->silent;
	struct visitor *visitor;
	int i, n = 0;

	for (i = 0; i < lobby->count && n < silent; i++) {
		visitor = lobby->v[i];
		if (!visitor->has_spoken)
			visitor->is_readable = fds[n++].revents != 0;
	}
	for (i = 0; i < lobby->count;) {
		visitor = lobby->v[i];
		if (!visitor->has_spoken && visitor->is_readable &&
		    !listen_to(lobby, visitor))
			continue;
		i++;
	}
}

int64_t
lobby_expire(struct lobby *lobby)
{
	struct visitor *visitor;
	int i = 0;

	/* All have the same time, so that the oldest ends first. */
	while (i < lobby->count) {
		visitor = lobby->v[i];
		if (visitor->has_spoken) {
			i++;
			continue;
		}
		if (clock_left(visitor->deadline) > 0)
			return visitor->deadline;
		log_info("%s has said nothing, and has to go", visitor->name);
		turn_out(lobby, visitor, REFUSAL_SILENT);
	}
	return CLOCK_NEVER;
}

struct visitor *
lobby_first(const struct lobby *lobby)
{
	struct visitor *visitor, *first = NULL;
	int i;

	for (i = 0; i < lobby->count; i++) {
		visitor = lobby->v[i];
		if (!visitor->has_spoken)
			continue;
		if (first == NULL ||
		    visitor->share->working < first->share->working)
			first = visitor;
	}
	return first;
}

void
lobby_forget(const struct lobby *lobby)
{
	int i;

	for (i = 0; i < lobby->count; i++)
		close(lobby->v[i]->fd);
}

void
lobby_close_silent(struct lobby *lobby)
{
	int i = 0;

	while (i < lobby->count) {
		if (lobby->v[i]->has_spoken)
			i++;
		else
			turn_out(lobby, lobby->v[i], REFUSAL_STOPPING);
	}
}

void
lobby_clear(struct lobby *lobby)
{
	while (lobby->count > 0)
		turn_out(lobby, lobby->v[lobby->count - 1], REFUSAL_STOPPING);
	free(lobby->v);
	lobby->v = NULL;
}
