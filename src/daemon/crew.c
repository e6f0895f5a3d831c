/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/crew.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "daemon/lobby.h"
#include "daemon/options.h"
#include "daemon/post.h"
#include "daemon/serve.h"
#include "daemon/share.h"
#include "daemon/worker.h"
#include "daemon/workdir.h"

/* Workers beyond those with a job: idle ones, and those about to leave. */
#define SPARE 8

/* What has done so many jobs is replaced: no leak is for ever. */
#define WORN_OUT 1000

/*
 * How long a client may be silent while others wait for its worker: before
 * its command is there, and behind that, where an old client preprocesses.
 */
#define HEAD_PATIENCE_MS 1000
#define BODY_PATIENCE_MS 10000

/* Less than this in that time is silence. */
#define PROGRESS_BYTES 4096

int
crew_slots(int max_busy)
{
	return max_busy + SPARE;
}

int
crew_open(struct crew *crew, struct serve *serve, struct lobby *lobby,
	  struct shares *shares, int max_busy)
{
	int ends[2], i;

	*crew = (struct crew){
		.size = serve->board->size, .max_busy = max_busy,
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

/* It leaves as soon as it has no job. */
static void
dismiss(struct member *member)
{
	if (member->control >= 0)
		close(member->control);
	member->control = -1;
}

void
crew_close(struct crew *crew)
{
	int i;

	for (i = 0; i < crew->size; i++)
		dismiss(&crew->v[i]);
	if (crew->report_fd >= 0)
		close(crew->report_fd);
	if (crew->listen_end >= 0)
		close(crew->listen_end);
	free(crew->v);
	crew->v = NULL;
	crew->size = 0;
}

static struct slot *
slot_of(const struct crew *crew, const struct member *member)
{
	return &crew->serve->board->slots[member - crew->v];
}

static void
enter(struct crew *crew, struct member *member, enum member_state state)
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

/* --- hiring ---------------------------------------------------------------- */

static void
leave_parent_behind(struct crew *crew)
{
	int i;

	for (i = 0; i < crew->size; i++)
		dismiss(&crew->v[i]);
	close(crew->report_fd);
	lobby_forget(crew->lobby);
	crew->forget(crew->forget_arg);
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
	atomic_store(&slot_of(crew, member)->worker, pid);
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

/* With all slots taken, the one that has been idle for longest has to go. */
static void
make_room(const struct crew *crew)
{
	struct member *member, *oldest = NULL;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->state != MEMBER_IDLE || member->pid == 0)
			continue;
		/* One is leaving already. */
		if (member->control < 0)
			return;
		if (oldest == NULL || member->since_ms < oldest->since_ms)
			oldest = member;
	}
	if (oldest != NULL)
		dismiss(oldest);
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
		make_room(crew);
		return 0;
	}
	if (hire(crew, *found) < 0)
		return ERR_SYS;
	(*found)->share = share;
	share->used++;
	return 1;
}

int
crew_assign(struct crew *crew, struct visitor *visitor, enum refusal refusal)
{
	struct order order = { .kind = ORDER_SERVE, .refusal = refusal };
	struct member *member;
	int r;

	if (crew->busy >= crew->max_busy)
		return 0;
	r = find_worker(crew, visitor->share, &member);
	if (r <= 0)
		return r;
	member->job = order.job = ++crew->jobs;
	board_set_text(order.peer, sizeof order.peer, visitor->name);
	/* One that died meanwhile is buried soon. */
	if (post_send_order(member->control, &order, visitor->fd) < 0) {
		dismiss(member);
		return 0;
	}
	lobby_take(crew->lobby, visitor);
	enter(crew, member, MEMBER_BUSY);
	member->sent_away = 0;
	member->moved = 0;
	member->moved_ms = member->since_ms;
	lobby_dismiss(crew->lobby, visitor);
	return 1;
}

/* --- reports --------------------------------------------------------------- */

static void
finish(struct crew *crew, struct member *member)
{
	struct board_job job = slot_of(crew, member)->job;

	if (member->sent_away) {
		job.outcome = OUTCOME_OVERLOAD;
		job.refusal = REFUSAL_SILENT;
	}
	board_add_job(crew->serve->board, &job);
	enter(crew, member, MEMBER_IDLE);
	if (++member->served >= WORN_OUT)
		dismiss(member);
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
		enter(crew, member, MEMBER_WAITING);
		member->turn = ++crew->turns;
		break;
	case REPORT_COMPILED:
		enter(crew, member, MEMBER_BUSY);
		break;
	case REPORT_DONE:
		finish(crew, member);
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

/* --- turns ----------------------------------------------------------------- */

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
	enter(crew, member, kind == ORDER_COMPILE ? MEMBER_RUNNING :
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
crew_refuse_waiting(struct crew *crew, int ms, enum refusal refusal)
{
	struct member *member;
	int64_t end, next = CLOCK_NEVER;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->state != MEMBER_WAITING)
			continue;
		end = member->since_ms + ms;
		if (clock_left(end) == 0)
			tell(crew, member, ORDER_REFUSE, refusal);
		else if (end < next)
			next = end;
	}
	return next;
}

/* --- leaving --------------------------------------------------------------- */

/* Until the last of the killed is gone, its files can come back. */
static void
await_group(pid_t group)
{
	pid_t pid;

	do
		pid = waitpid(-group, NULL, 0);
	while (pid > 0 || (pid < 0 && errno == EINTR));
}

/*
 * What a worker that was killed left: its compiler, which is now our child,
 * and its files.
 */
static void
clean_up_after(struct crew *crew, struct member *member, int status)
{
	const pid_t group = atomic_load(&slot_of(crew, member)->group);

	if (status == 0)
		return;
	log_error("worker %ld ended with status 0x%x", (long)member->pid,
		  (unsigned)status);
	if (group > 0 && kill(-group, SIGKILL) == 0)
		await_group(group);
	workdir_sweep_job(crew->serve->workdir, member->pid);
}

static void
bury(struct crew *crew, struct member *member, int status)
{
	struct slot *slot = slot_of(crew, member);

	clean_up_after(crew, member, status);
	if (member->state != MEMBER_IDLE) {
		slot->job.outcome = OUTCOME_OTHER;
		finish(crew, member);
	}
	dismiss(member);
	if (member->share != NULL)
		shares_give_back(crew->shares, member->share);
	member->share = NULL;
	member->pid = 0;
	atomic_store(&slot->group, 0);
	atomic_store(&slot->phase, PHASE_IDLE);
	atomic_store(&slot->worker, 0);
}

static struct member *
find_member(const struct crew *crew, pid_t pid)
{
	struct member *member;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == pid)
			return member;
	}
	return NULL;
}

int
crew_reap(struct crew *crew)
{
	struct member *member;
	int status;
	pid_t pid;

	/* What the dead had to say comes first, and is then of the past. */
	crew_hear(crew);
	for (;;) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0 && errno == EINTR)
			continue;
		if (pid <= 0)
			return pid == 0;
		/* Adopted orphans are nobody's. */
		member = find_member(crew, pid);
		if (member != NULL)
			bury(crew, member, status);
	}
}

/* When the patience with member's client ends. */
static int64_t
patience_end(const struct crew *crew, struct member *member)
{
	const struct slot *slot = slot_of(crew, member);
	const uint64_t moved = atomic_load(&slot->moved);

	if (moved - member->moved >= PROGRESS_BYTES) {
		member->moved = moved;
		member->moved_ms = clock_ms();
	}
	return member->moved_ms + (slot->job.compiler[0] == '\0' ?
				   HEAD_PATIENCE_MS : BODY_PATIENCE_MS);
}

int64_t
crew_send_away(struct crew *crew)
{
	struct member *member, *silent = NULL;
	int64_t end, first = CLOCK_NEVER;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == 0 || member->state != MEMBER_BUSY)
			continue;
		/* One makes room already. */
		if (member->sent_away)
			return CLOCK_NEVER;
		if (atomic_load(&slot_of(crew, member)->phase) !=
		    PHASE_RECEIVE)
			continue;
		end = patience_end(crew, member);
		if (end < first) {
			first = end;
			silent = member;
		}
	}
	if (silent == NULL || clock_left(first) > 0)
		return first;
	log_info("a client that says nothing makes room for another");
	silent->sent_away = 1;
	kill(silent->pid, SIGTERM);
	return CLOCK_NEVER;
}

int64_t
crew_retire(struct crew *crew, int ms)
{
	struct member *member;
	int64_t end, next = CLOCK_NEVER;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == 0 || member->control < 0 ||
		    member->state != MEMBER_IDLE)
			continue;
		end = member->since_ms + ms;
		if (clock_left(end) == 0)
			dismiss(member);
		else if (end < next)
			next = end;
	}
	return next;
}

void
crew_renew(struct crew *crew)
{
	struct member *member;

	crew_retire(crew, 0);
	for (member = crew->v; member < crew->v + crew->size; member++)
		member->served = WORN_OUT;
}

void
crew_signal(const struct crew *crew, int signo)
{
	const struct member *member;
	pid_t group;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == 0)
			continue;
		group = atomic_load(&slot_of(crew, member)->group);
		kill(member->pid, signo);
		if (signo == SIGKILL && group > 0)
			kill(-group, signo);
	}
}
