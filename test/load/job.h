/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LOAD_JOB_H
#define LOAD_JOB_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

/* How a job ended. Each ends in exactly one way. */
enum ending {
	ENDING_OK,
	ENDING_STATUS,		/* a whole reply with another status than 0 */
	ENDING_BUSY,		/* a whole reply that says: not now */
	ENDING_REFUSED,		/* nobody listens */
	ENDING_CLOSED,		/* the reply ended too early */
	ENDING_RESET,
	ENDING_TIMEOUT,
	ENDING_WRONG,		/* not a reply, or not the expected object */
	ENDING_LOCAL,		/* this machine ran out of something */
	ENDING_COUNT
};

/* The name of an ending in reports. */
const char *ending_name(enum ending ending);

/* What all jobs of a run have in common. */
struct plan {
	struct sockaddr_in server;
	const char *request;
	size_t request_size;
	size_t head_size;	/* all before the source */
	const char *object;	/* what must come back; NULL: anything */
	size_t object_size;
	int64_t head_delay_ms;	/* between connecting and the head */
	int64_t body_delay_ms;	/* between the head and the source */
	int64_t deadline_ms;	/* the longest that a job may take */
};

enum step {
	STEP_PORT_PAUSE,	/* until its address has a free port */
	STEP_CONNECT,
	STEP_HEAD_PAUSE,
	STEP_HEAD,
	STEP_BODY_PAUSE,
	STEP_BODY,
	STEP_REPLY
};

/* One connection, or none: fd is -1. */
struct job {
	int fd;
	enum step step;
	enum ending ending;	/* once job_go_on says that it has ended */
	int64_t start_us, wake_ms, deadline;
	size_t sent;
	/* The reply, as far as it is here. */
	char token[12];
	size_t token_len, body_left, object_at;
	int tokens;		/* how many were read */
	uint32_t status;
	int object_differs;
};

/*
 * Where the source begins: behind the token that announces it. What a balancer
 * sends first (PROXY) may be in front. Returns 0, or -1 if request is not one.
 */
int request_find_body(const char *request, size_t size, size_t *head_size);

/*
 * Begins a job from the address from. Returns 1 if it has ended at once (see
 * ending), or 0.
 */
int job_begin(struct job *job, const struct plan *plan, struct in_addr from);

/* What it waits for: events of poll(), and a time of clock_ms(). */
short job_events(const struct job *job);
int64_t job_wakes(const struct job *job);

/* Goes on after such an event. Returns 1 if the job has ended, or 0. */
int job_go_on(struct job *job, const struct plan *plan, short events);

#endif
