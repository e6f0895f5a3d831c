/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/crew_inner.h"

#include <stddef.h>

#include "base/clock.h"
#include "daemon/options.h"
#include "daemon/post.h"
#include "daemon/serve.h"
#include "daemon/share.h"

static struct member *
next_in_turn(const struct crew *crew)
{
	const int cap = crew->serve->options->jobs_per_client;
	struct member *member, *next = NULL;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->state != MEMBER_WAITING ||
		    (cap > 0 && member->share->running >= cap))
			continue;
		if (next == NULL ||
		    member->share->running < next->share->running ||
		    (member->share->running == next->share->running &&
		     member->turn < next->turn))
			next = member;
	}
	return next;
}

static void
tell(struct crew *crew, struct member *member, enum order_kind kind,
     enum refusal refusal)
{
	const struct order order = {
		.kind = kind, .job = member->job, .refusal = refusal,
	};

	/* One that died meanwhile is buried soon. */
	(void)post_send_order(member->control, &order, -1);
	crew_enter(crew, member, kind == ORDER_COMPILE ? MEMBER_RUNNING :
						    MEMBER_BUSY);
}

void
crew_give_turns(struct crew *crew, int may_start)
{
	struct member *member;

	while (may_start && crew->waiting > 0 &&
	       crew->running < crew->serve->board->jobs) {
		member = next_in_turn(crew);
		if (member == NULL)
			return;
		tell(crew, member, ORDER_COMPILE, REFUSAL_NONE);
	}
}

int64_t
crew_refuse_waiting(struct crew *crew, int64_t since_ms, int ms,
		    enum refusal refusal)
{
	struct member *member;
	int64_t end, next = CLOCK_NEVER;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->state != MEMBER_WAITING)
			continue;
		end = (member->since_ms > since_ms ? member->since_ms :
						     since_ms) + ms;
		if (clock_left(end) == 0)
			tell(crew, member, ORDER_REFUSE, refusal);
		else if (end < next)
			next = end;
	}
	return next;
}
