/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_VISITOR_H
#define AGENT_VISITOR_H

#include <stddef.h>
#include <stdint.h>

#include "agent/service.h"
#include "base/buf.h"

/* A client with its one question, which nobody waits for: poll() says when. */
struct visitor {
	int fd;
	int64_t deadline;	/* to have asked, then to have taken it */
	struct buf question;
	struct answer answer;
	size_t sent;		/* of the answer */
	int is_answered;
};

/* fd is non-blocking, and the visitor's own from here on. */
void visitor_init(struct visitor *visitor, int fd);

/* Closes it. */
void visitor_clear(struct visitor *visitor);

/* The poll() event that it waits for. */
short visitor_wants(const struct visitor *visitor);

/*
 * Goes on as far as that is possible without waiting; once the question is
 * whole, service answers it. Returns whether the visit is over.
 */
int visitor_step(struct visitor *visitor, struct service *service);

#endif
