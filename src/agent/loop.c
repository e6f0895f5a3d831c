/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "agent/door.h"
#include "agent/program.h"
#include "agent/service.h"
#include "agent/visitor.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/sig.h"

/* More than that wait in the queue. */
#define MAX_VISITORS 512

/* How often an agent looks whether it is still of use: when it is busy ... */
#define LOOK_MS 1000
/* ... and when nobody asks. */
#define WAKE_MS 30000

/* How long nobody is let in when there is no descriptor left for it. */
#define FULL_MS 100

/* What poll() is given: signals, the door, then the visitors. */
#define FIXED 2

struct loop {
	const struct door *door;
	struct service *service;
	const struct program *program;
	int idle_ms;
	int64_t idle_end, next_look, next_wake;
	int64_t full_end;	/* until then, who waits would find no place */
	int is_closed;		/* the name of the door is gone */
	int is_empty;		/* and so is the queue */
	struct visitor visitors[MAX_VISITORS];
	size_t count;
};

static void
close_door(struct loop *loop, const char *why)
{
	if (loop->is_closed)
		return;
	log_info("leaves: %s", why);
	door_lock(loop->door);
	loop->is_closed = 1;
}

static void
let_in(struct loop *loop)
{
	int fd;

	while (loop->count < MAX_VISITORS) {
		fd = door_accept(loop->door);
		if (fd < 0) {
			/* The queue stays readable: poll() would not wait. */
			if (errno != EAGAIN && errno != EWOULDBLOCK)
				loop->full_end = clock_after(FULL_MS);
			loop->is_empty = loop->is_closed;
			return;
		}
		visitor_init(&loop->visitors[loop->count++], fd);
		loop->idle_end = clock_after(loop->idle_ms);
	}
}

/* Those that have something to do, and those that are late. */
static void
step_visitors(struct loop *loop, const struct pollfd *fds)
{
	size_t i, kept = 0;
	struct visitor *visitor;
	int is_over;

	for (i = 0; i < loop->count; i++) {
		visitor = &loop->visitors[i];
		is_over = clock_left(visitor->deadline) == 0;
		if (fds[i].revents != 0)
			is_over = visitor_step(visitor, loop->service);
		if (is_over)
			visitor_clear(visitor);
		else
			loop->visitors[kept++] = *visitor;
	}
	loop->count = kept;
}

static void
take_signals(struct loop *loop)
{
	while (sig_next() != 0)
		close_door(loop, "a signal");
}

/* Whether there is a reason to leave. */
static void
look_around(struct loop *loop)
{
	if (loop->service->is_leaving)
		close_door(loop, "somebody asked for it");
	if (loop->count == 0 && clock_left(loop->idle_end) == 0)
		close_door(loop, "nobody asks");
	if (clock_left(loop->next_look) > 0)
		return;
	loop->next_look = clock_after(LOOK_MS);
	loop->next_wake = clock_after(WAKE_MS);
	if (!door_is_ours(loop->door))
		close_door(loop, "the socket is not this agent's");
	if (program_was_replaced(loop->program))
		close_door(loop, "the program was replaced");
}

static int64_t
next_deadline(const struct loop *loop)
{
	int64_t next = loop->next_wake;
	size_t i;

	if (clock_left(loop->full_end) > 0)
		next = loop->full_end;
	if (loop->idle_end < next && loop->count == 0)
		next = loop->idle_end;
	for (i = 0; i < loop->count; i++) {
		if (loop->visitors[i].deadline < next)
			next = loop->visitors[i].deadline;
	}
	return next;
}

static void
wait_and_step(struct loop *loop, int sig_fd)
{
	struct pollfd fds[FIXED + MAX_VISITORS];
	const size_t count = loop->count;
	size_t i;
	int n;

	fds[0] = (struct pollfd){ .fd = sig_fd, .events = POLLIN };
	fds[1] = (struct pollfd){
		.fd = count < MAX_VISITORS &&
		      clock_left(loop->full_end) == 0 ? loop->door->fd : -1,
		.events = POLLIN,
	};
	for (i = 0; i < count; i++)
		fds[FIXED + i] = (struct pollfd){
			.fd = loop->visitors[i].fd,
			.events = visitor_wants(&loop->visitors[i]),
		};
	n = poll(fds, (nfds_t)(FIXED + count),
		 loop->is_closed && !loop->is_empty ? 0 :
		 clock_left(next_deadline(loop)));
	if (n < 0 && errno != EINTR)
		close_door(loop, strerror(errno));
	if (n < 0)
		return;
	if (fds[0].revents != 0)
		take_signals(loop);
	step_visitors(loop, fds + FIXED);
	/* Who comes now was asked about too late to be stepped here. */
	if (fds[1].revents != 0 || loop->is_closed)
		let_in(loop);
}

void
loop_run(const struct door *door, struct service *service,
	 const struct program *program, int sig_fd, int idle_ms)
{
	struct loop *loop = xcalloc(1, sizeof *loop);

	loop->door = door;
	loop->service = service;
	loop->program = program;
	loop->idle_ms = idle_ms;
	loop->idle_end = clock_after(idle_ms);
	loop->next_wake = clock_after(WAKE_MS);
	while (!loop->is_empty || loop->count > 0) {
		wait_and_step(loop, sig_fd);
		look_around(loop);
	}
	free(loop);
}
