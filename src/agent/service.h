/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_SERVICE_H
#define AGENT_SERVICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/agent.h"

struct mirror;
struct scan;
struct store;

/* What answers questions, and remembers from one to the next. */
struct service {
	struct scan *scan;
	struct store *store;
	struct mirror *mirror;	/* for clients of distcc 3.x */
	/* what those do not say, which do not know to: as for this process */
	const char *pathlist;
	char *const *envp;
	struct buf view;	/* this process's (view.h) */
	int64_t started;	/* clock_ms */
	uint64_t questions, plans, refusals;
	int is_leaving;		/* somebody asked for that */
};

/* What goes back: bytes, and with the first of them descriptors. */
struct answer {
	struct buf bytes;
	int fds[AGENT_MAX_FDS];
	size_t fd_count;
};

#define ANSWER_INIT { .bytes = BUF_INIT }

/* Closes the descriptors too. */
void answer_clear(struct answer *answer);

/*
 * Answers a whole question (agent_question_size). Sets answer, which is
 * fresh, and leaves it empty where the question makes no sense.
 */
void service_answer(struct service *service, const char *question,
		    size_t size, struct answer *answer);

#endif
