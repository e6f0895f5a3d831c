/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "job.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"

#define TOKEN_SIZE 12
#define BUSY_STATUS (242u << 8)

/* The longest PROXY header that may come before a request. */
#define MAX_HEADER 256

/* When to try again if all ports of an address rest after their last use. */
#define PORT_PAUSE_MS 20

static const char *const reply_tokens[] = {
	"DONE", "STAT", "SERR", "SOUT", "DOTO"
};
#define REPLY_TOKENS (int)(sizeof reply_tokens / sizeof *reply_tokens)

const char *
ending_name(enum ending ending)
{
	static const char *const names[] = {
		"ok", "status", "busy", "refused", "closed", "reset",
		"timeout", "wrong", "local"
	};

	return names[ending];
}

/* The number in a token called name, or -1. */
static int64_t
token_value(const char *token, const char *name)
{
	char digits[9] = "", *end;
	unsigned long value;

	if (memcmp(token, name, 4) != 0)
		return -1;
	memcpy(digits, token + 4, 8);
	value = strtoul(digits, &end, 16);
	return end == digits + 8 ? (int64_t)value : -1;
}

int
request_find_body(const char *request, size_t size, size_t *head_size)
{
	size_t at = 0;
	int64_t words, len;

	while (at < MAX_HEADER && size - at >= 2 * TOKEN_SIZE &&
	       token_value(request + at, "DIST") < 0)
		at++;
	at += 2 * TOKEN_SIZE;
	if (at > size || at >= MAX_HEADER + 2 * TOKEN_SIZE)
		return -1;
	words = token_value(request + at - TOKEN_SIZE, "ARGC");
	for (; words > 0; words--) {
		len = size - at < TOKEN_SIZE ? -1 :
		      token_value(request + at, "ARGV");
		if (len < 0 || (size_t)len > size - at - TOKEN_SIZE)
			return -1;
		at += TOKEN_SIZE + (size_t)len;
	}
	if (words < 0 || size - at < TOKEN_SIZE)
		return -1;
	len = token_value(request + at, "DOTI");
	at += TOKEN_SIZE;
	if (len < 0 || (size_t)len != size - at)
		return -1;
	*head_size = at;
	return 0;
}

static int
end_job(struct job *job, enum ending ending)
{
	if (job->fd >= 0)
		close(job->fd);
	job->fd = -1;
	job->ending = ending;
	return 1;
}

static int
fail(struct job *job)
{
	switch (errno) {
	case ECONNREFUSED:
		return end_job(job, ENDING_REFUSED);
	case ECONNRESET:
	case EPIPE:
		return end_job(job, ENDING_RESET);
	case ETIMEDOUT:
		return end_job(job, ENDING_TIMEOUT);
	default:
		return end_job(job, ENDING_LOCAL);
	}
}

/*
 * Linux can leave the choice of a port to connect(), which may take one that
 * another connection has to another peer.
 */
static int
bind_address(int fd, struct in_addr from)
{
	struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr = from };
	const int yes = 1;

#ifdef IP_BIND_ADDRESS_NO_PORT
	(void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes,
			 sizeof yes);
#endif
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	return bind(fd, (struct sockaddr *)&own, sizeof own);
}

static void
enter_step(struct job *job, enum step step, int64_t pause_ms)
{
	job->step = step;
	job->wake_ms = pause_ms > 0 ? clock_after(pause_ms) : 0;
}

static int
start_connect(struct job *job, const struct plan *plan)
{
	if (connect(job->fd, (const struct sockaddr *)&plan->server,
		    sizeof plan->server) == 0)
		enter_step(job, STEP_HEAD_PAUSE, plan->head_delay_ms);
	else if (errno == EADDRNOTAVAIL || errno == EAGAIN)
		enter_step(job, STEP_PORT_PAUSE, PORT_PAUSE_MS);
	else if (errno != EINPROGRESS)
		return fail(job);
	else
		enter_step(job, STEP_CONNECT, 0);
	return 0;
}

int
job_begin(struct job *job, const struct plan *plan, struct in_addr from)
{
	memset(job, 0, sizeof *job);
	job->start_us = clock_us();
	job->deadline = clock_after(plan->deadline_ms);
	job->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (job->fd < 0 || fd_set_nonblock(job->fd) < 0 ||
	    bind_address(job->fd, from) < 0)
		return fail(job);
	return start_connect(job, plan);
}

static int
is_pause(enum step step)
{
	return step == STEP_PORT_PAUSE || step == STEP_HEAD_PAUSE ||
	       step == STEP_BODY_PAUSE;
}

short
job_events(const struct job *job)
{
	if (is_pause(job->step))
		return 0;
	return job->step == STEP_REPLY ? POLLIN : POLLOUT;
}

int64_t
job_wakes(const struct job *job)
{
	return is_pause(job->step) && job->wake_ms < job->deadline ?
	       job->wake_ms : job->deadline;
}

static int
finish_connect(struct job *job, const struct plan *plan)
{
	socklen_t size = sizeof errno;
	int error = 0;

	if (getsockopt(job->fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
	    error == 0) {
		enter_step(job, STEP_HEAD_PAUSE, plan->head_delay_ms);
		return 0;
	}
	errno = error;
	return fail(job);
}

/* Sends up to end. A peer that does not listen may have said why. */
static int
send_up_to(struct job *job, const struct plan *plan, size_t end)
{
	ssize_t n = send(job->fd, plan->request + job->sent, end - job->sent,
			 MSG_NOSIGNAL);

	if (n >= 0) {
		job->sent += (size_t)n;
		if (job->sent < end)
			return 0;
		if (end < plan->request_size)
			enter_step(job, STEP_BODY_PAUSE, plan->body_delay_ms);
		else
			enter_step(job, STEP_REPLY, 0);
	} else if (errno == EPIPE || errno == ECONNRESET) {
		enter_step(job, STEP_REPLY, 0);
	} else if (errno != EAGAIN && errno != EINTR) {
		return fail(job);
	}
	return 0;
}

/* With nothing between them, head and source go together. */
static int
send_head(struct job *job, const struct plan *plan)
{
	return send_up_to(job, plan, plan->body_delay_ms > 0 ?
			  plan->head_size : plan->request_size);
}

/* All of a reply is here. */
static int
judge(struct job *job, const struct plan *plan)
{
	if (job->status == BUSY_STATUS)
		return end_job(job, ENDING_BUSY);
	if (job->status != 0)
		return end_job(job, ENDING_STATUS);
	if (plan->object != NULL &&
	    (job->object_differs || job->object_at != plan->object_size))
		return end_job(job, ENDING_WRONG);
	return end_job(job, ENDING_OK);
}

static size_t
take_body(struct job *job, const struct plan *plan, const char *data,
	  size_t size)
{
	size_t n = size < job->body_left ? size : job->body_left;

	job->body_left -= n;
	if (job->tokens < REPLY_TOKENS)
		return n;
	if (plan->object != NULL &&
	    (n > plan->object_size - job->object_at ||
	     memcmp(data, plan->object + job->object_at, n) != 0))
		job->object_differs = 1;
	else
		job->object_at += n;
	return n;
}

/* Returns how much it took, or -1 for what is no reply. */
static ssize_t
take_token(struct job *job, const char *data, size_t size)
{
	size_t n = TOKEN_SIZE - job->token_len;
	int64_t value;

	if (n > size)
		n = size;
	memcpy(job->token + job->token_len, data, n);
	job->token_len += n;
	if (job->token_len < TOKEN_SIZE)
		return (ssize_t)n;
	job->token_len = 0;
	value = token_value(job->token, reply_tokens[job->tokens]);
	if (value < 0)
		return -1;
	job->tokens++;
	if (job->tokens == 2)
		job->status = (uint32_t)value;
	else if (job->tokens > 2)
		job->body_left = (size_t)value;
	return (ssize_t)n;
}

/* Returns 1 if the job has ended. */
static int
take_reply(struct job *job, const struct plan *plan, const char *data,
	   size_t size)
{
	ssize_t n;

	while (size > 0) {
		if (job->body_left > 0)
			n = (ssize_t)take_body(job, plan, data, size);
		else if (job->tokens < REPLY_TOKENS)
			n = take_token(job, data, size);
		else
			n = -1;
		if (n < 0)
			return end_job(job, ENDING_WRONG);
		data += n;
		size -= (size_t)n;
	}
	if (job->tokens < REPLY_TOKENS || job->body_left > 0)
		return 0;
	return judge(job, plan);
}

static int
receive(struct job *job, const struct plan *plan)
{
	char data[65536];
	ssize_t n = recv(job->fd, data, sizeof data, 0);

	if (n > 0)
		return take_reply(job, plan, data, (size_t)n);
	if (n == 0)
		return end_job(job, ENDING_CLOSED);
	return errno == EAGAIN || errno == EINTR ? 0 : fail(job);
}

int
job_go_on(struct job *job, const struct plan *plan, short events)
{
	if (clock_left(job->deadline) == 0)
		return end_job(job, ENDING_TIMEOUT);
	if (is_pause(job->step) ? job->wake_ms > clock_ms() : events == 0)
		return 0;
	switch (job->step) {
	case STEP_PORT_PAUSE:
		return start_connect(job, plan);
	case STEP_CONNECT:
		return finish_connect(job, plan);
	case STEP_HEAD_PAUSE:
		job->step = STEP_HEAD;
		return send_head(job, plan);
	case STEP_HEAD:
		return send_head(job, plan);
	case STEP_BODY_PAUSE:
		job->step = STEP_BODY;
		return send_up_to(job, plan, plan->request_size);
	case STEP_BODY:
		return send_up_to(job, plan, plan->request_size);
	default:
		return receive(job, plan);
	}
}
