/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/turn.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/sig.h"
#include "daemon/hangup.h"
#include "daemon/job.h"
#include "daemon/post.h"
#include "daemon/serve.h"

void
turn_enter(struct job *job, enum phase phase)
{
	struct slot *slot = job->serve->slot;
	const int64_t now = clock_us();
	const int before = atomic_load(&slot->phase);

	slot->job.phase_us[before] += now - atomic_load(&slot->since_us);
	atomic_store(&slot->since_us, now);
	atomic_store(&slot->phase, phase);
}

static int
report(const struct serve *serve, enum report_kind kind)
{
	const struct report report = { serve->slot_number, kind };

	return post_send_report(serve->report_fd, &report);
}

int
turn_await(struct job *job)
{
	struct serve *serve = job->serve;
	struct order order;
	int fd, r;

	if (serve->control_fd < 0)
		return 0;
	if (report(serve, REPORT_RECEIVED) < 0)
		return ERR_CANCEL;
	for (;;) {
		r = post_await_order(serve->control_fd, &order, &fd,
				     serve->sig_fd, job->conn.in);
		if (r == 1) {
			if (hangup_is_here(job->conn.in, &job->stray))
				return ERR_EOF;
			continue;
		}
		if (r < 0) {
			serve->stop_signal = sig_next();
			return ERR_CANCEL;
		}
		/* That an earlier job's turn came may be heard late. */
		if (order.job != serve->job_number)
			continue;
		return order.kind == ORDER_REFUSE ? (int)order.refusal : 0;
	}
}

void
turn_end(struct job *job)
{
	/* Without a parent there is nobody whose turn it could be. */
	if (job->serve->control_fd >= 0)
		(void)report(job->serve, REPORT_COMPILED);
}
