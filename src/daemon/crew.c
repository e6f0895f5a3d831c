/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/crew.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "daemon/crew_inner.h"
#include "daemon/lobby.h"
#include "daemon/post.h"
#include "daemon/serve.h"
#include "daemon/share.h"
#include "daemon/worker.h"

/*
 * Workers beyond those with a job: one that waits for its client's next job
 * costs little memory, a new one for each job much time.
 */
#define SPARE 128

int
crew_slots(int max_busy)
{
	return max_busy + SPARE;
}

int
crew_open(struct crew *crew, struct serve *serve, struct lobby *lobby,
	  struct shares *shares, int max_busy, int size)
{
	int ends[2], i;

	if (size > serve->board->size)
		size = serve->board->size;

	*crew = (struct crew){
		.size = size, .max_busy = max_busy,
		.report_fd = -1, .listen_end = -1,
		.serve = serve, .lobby = lobby, .shares = shares,
	};
	crew->v = xcalloc((size_t)crew->size, sizeof *crew->v);
	for (i = 0; i < crew->size; i++)
		crew->v[i].control = -1;
	if (pipe(ends) < 0)
		return ERR_SYS;
	crew->report_fd = ends[0];
	crew->listen_end = ends[1];
	if (fd_set_cloexec(ends[0]) < 0 || fd_set_cloexec(ends[1]) < 0 ||
	    fd_set_nonblock(ends[0]) < 0)
		return ERR_SYS;
	return 0;
}

void
crew_dismiss(struct member *member)
{
	if (member->control >= 0)
		close(member->control);
	member->control = -1;
}

void
crew_forget(struct crew *crew)
{
	int i;

	for (i = 0; i < crew->size; i++)
		crew_dismiss(&crew->v[i]);
	close(crew->report_fd);
	close(crew->listen_end);
}

void
crew_close(struct crew *crew)
{
	crew_forget(crew);
	free(crew->v);
	crew->v = NULL;
	crew->size = 0;
}

struct slot *
crew_slot(const struct crew *crew, const struct member *member)
{
	return &crew->serve->board->slots[member - crew->v];
}

void
crew_enter(struct crew *crew, struct member *member, enum member_state state)
{
	crew->busy += (state != MEMBER_IDLE) - (member->state != MEMBER_IDLE);
	crew->waiting += (state == MEMBER_WAITING) -
			 (member->state == MEMBER_WAITING);
	crew->running += (state == MEMBER_RUNNING) -
			 (member->state == MEMBER_RUNNING);
	if (member->share != NULL) {
		member->share->working += (state != MEMBER_IDLE) -
					  (member->state != MEMBER_IDLE);
		member->share->running += (state == MEMBER_RUNNING) -
					  (member->state == MEMBER_RUNNING);
	}
	member->state = state;
	member->since_ms = clock_ms();
	atomic_store(&crew->serve->board->running, crew->running);
}

static void
leave_parent_behind(struct crew *crew)
{
	int i;

	for (i = 0; i < crew->size; i++)
		crew_dismiss(&crew->v[i]);
	close(crew->report_fd);
	lobby_forget(crew->lobby);
	crew->forget(crew->arg);
}

/*
 * Signals wait until the child has a pipe of its own: what it wrote to ours
 * would be taken for ours.
 */
static int
hire(struct crew *crew, struct member *member)
{
	const pid_t self = getpid();
	sigset_t all, before;
	int ends[2];
	pid_t pid;

	if (post_open(ends) < 0)
		return ERR_SYS;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid = fork();
	if (pid == 0) {
		leave_parent_behind(crew);
		close(ends[0]);
		worker_main(crew->serve, (int)(member - crew->v), self,
			    ends[1], crew->listen_end);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return ERR_SYS;
	}
	member->pid = pid;
	member->control = ends[0];
	member->state = MEMBER_IDLE;
	member->served = 0;
	atomic_store(&crew_slot(crew, member)->worker, pid);
	return 0;
}

/* The idle worker of share's client, or NULL. */
static struct member *
idle_of(const struct crew *crew, const struct share *share)
{
	struct member *member;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid != 0 && member->control >= 0 &&
		    member->state == MEMBER_IDLE && member->share == share)
			return member;
	}
	return NULL;
}

static struct member *
unused(const struct crew *crew)
{
	struct member *member;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == 0)
			return member;
	}
	return NULL;
}

/*
 * The one that has been idle for longest has to go. Returns whether one does,
 * so that there is room when it has.
 */
static int
make_room(const struct crew *crew)
{
	struct member *member, *oldest = NULL;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->state != MEMBER_IDLE || member->pid == 0)
			continue;
		/* One is leaving already. */
		if (member->control < 0)
			return 1;
		if (oldest == NULL || member->since_ms < oldest->since_ms)
			oldest = member;
	}
	if (oldest != NULL)
		crew_dismiss(oldest);
	return oldest != NULL;
}

/* The visitor's share becomes the worker's. Returns as crew_assign does. */
static int
find_worker(struct crew *crew, struct share *share, struct member **found)
{
	*found = idle_of(crew, share);
	if (*found != NULL)
		return 1;
	*found = unused(crew);
	if (*found == NULL) {
		(void)make_room(crew);
		return 0;
	}
	/* What the system cannot give, another worker has. */
	if (hire(crew, *found) < 0)
		return make_room(crew) ? 0 : ERR_SYS;
	(*found)->share = share;
	share->used++;
	return 1;
}

int
crew_assign(struct crew *crew, struct visitor *visitor, enum refusal refusal)
{
	struct order order = { .kind = ORDER_SERVE, .refusal = refusal };
	struct member *member;
	struct slot *slot;
	int r;

	if (crew->busy >= crew->max_busy)
		return 0;
	r = find_worker(crew, visitor->share, &member);
	if (r <= 0)
		return r;
	slot = crew_slot(crew, member);
	member->job = order.job = ++crew->jobs;
	board_set_text(order.peer, sizeof order.peer, visitor->name);
	/* If it dies before it begins, this is not its last job once more. */
	memset(&slot->job, 0, sizeof slot->job);
	memcpy(slot->job.peer, order.peer, sizeof slot->job.peer);
	/* One that died meanwhile is buried soon. */
	if (post_send_order(member->control, &order, visitor->fd) < 0) {
		crew_dismiss(member);
		return 0;
	}
	lobby_take(crew->lobby, visitor);
	crew_enter(crew, member, MEMBER_BUSY);
	member->sent_away_ms = 0;
	member->moved = 0;
	member->moved_ms = member->since_ms;
	lobby_dismiss(crew->lobby, visitor);
	return 1;
}

void
crew_finish(struct crew *crew, struct member *member)
{
	struct board_job job = crew_slot(crew, member)->job;

	/* It may have come to its end by itself. */
	if (member->sent_away_ms != 0 && job.outcome == OUTCOME_OTHER) {
		job.outcome = OUTCOME_OVERLOAD;
		job.refusal = REFUSAL_SILENT;
	}
	board_add_job(crew->serve->board, &job);
	/* Until the next job finds room on the disk, and has its turn. */
	if (job.refusal == REFUSAL_DISK)
		atomic_store(&crew->serve->board->short_of, REFUSAL_DISK);
	crew_enter(crew, member, MEMBER_IDLE);
	if (++member->served >= CREW_WORN_OUT || member->sent_away_ms != 0)
		crew_dismiss(member);
}

static void
note_report(struct crew *crew, const struct report *report)
{
	struct member *member;

	if (report->slot < 0 || report->slot >= crew->size)
		return;
	member = &crew->v[report->slot];
	if (member->state == MEMBER_IDLE)
		return;
	switch (report->kind) {
	case REPORT_RECEIVED:
		crew_enter(crew, member, MEMBER_WAITING);
		member->turn = ++crew->turns;
		break;
	case REPORT_COMPILED:
		crew_enter(crew, member, MEMBER_BUSY);
		break;
	case REPORT_DONE:
		crew_finish(crew, member);
		break;
	case REPORT_LEAVING:
		crew_finish(crew, member);
		crew_dismiss(member);
		break;
	}
}

void
crew_hear(struct crew *crew)
{
	struct report reports[64];
	int i, n;

	do {
		n = post_take_reports(crew->report_fd, reports, 64);
		for (i = 0; i < n; i++)
			note_report(crew, &reports[i]);
	} while (n == 64);
}
