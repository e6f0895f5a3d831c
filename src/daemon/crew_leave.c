/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/crew_inner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/sig.h"
#include "daemon/serve.h"
#include "daemon/share.h"
#include "daemon/workdir.h"

/*
 * How long a client may be silent, or deaf, while others wait for its worker:
 * before its command is there; and behind that, where an old client
 * preprocesses, and one that is served takes what it asked for.
 */
#define HEAD_PATIENCE_MS 1000
#define BODY_PATIENCE_MS 10000

/* How long workers may take to end, and how long the killed ones. */
#define STOP_MS 5000
#define KILL_MS 2000

/* Less than this in that time is nothing. */
#define PROGRESS_BYTES 4096

/* How long a worker that was sent away may take. */
#define LEAVE_MS 5000

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
 * and its files. -1 would be every process there is, whoever wrote that 1.
 */
static void
clean_up_after(struct crew *crew, struct member *member, int status)
{
	const pid_t group = atomic_load(&crew_slot(crew, member)->group);

	if (status == 0)
		return;
	log_error("worker %ld ended with status 0x%x", (long)member->pid,
		  (unsigned)status);
	if (group > 1 && kill(-group, SIGKILL) == 0)
		await_group(group);
	workdir_sweep_job(crew->serve->workdir, member->pid);
}

static void
bury(struct crew *crew, struct member *member, int status)
{
	struct slot *slot = crew_slot(crew, member);

	clean_up_after(crew, member, status);
	if (member->state != MEMBER_IDLE) {
		slot->job.outcome = OUTCOME_OTHER;
		crew_finish(crew, member);
	}
	crew_dismiss(member);
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

void
crew_reap(struct crew *crew)
{
	struct member *member;
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0 && errno == EINTR)
			continue;
		if (pid <= 0)
			return;
		/*
		 * Now that it is dead, its last words are in the pipe. Those
		 * that were heard later would be the next worker's.
		 */
		crew_hear(crew);
		if (crew->bury_other(crew->arg, pid, status))
			continue;
		/* Adopted orphans are nobody's. */
		member = find_member(crew, pid);
		if (member != NULL)
			bury(crew, member, status);
	}
}

/* Whether it is the client that has to do something. */
static int
awaits_client(const struct crew *crew, const struct member *member)
{
	const int phase = atomic_load(&crew_slot(crew, member)->phase);

	return member->pid != 0 && member->state == MEMBER_BUSY &&
	       (phase == PHASE_RECEIVE || phase == PHASE_SEND);
}

/* When the patience with member's client ends. */
static int64_t
patience_end(const struct crew *crew, struct member *member)
{
	const struct slot *slot = crew_slot(crew, member);
	const uint64_t moved = atomic_load(&slot->moved);

	/* On a machine with too much to do, it is not the client that waits. */
	if (moved - member->moved >= PROGRESS_BYTES ||
	    !atomic_load(&slot->waits)) {
		member->moved = moved;
		member->moved_ms = clock_ms();
	}
	/* While it compiled, nothing could move. */
	if (member->moved_ms < member->since_ms)
		member->moved_ms = member->since_ms;
	return member->moved_ms + (slot->job.compiler[0] == '\0' ?
				   HEAD_PATIENCE_MS : BODY_PATIENCE_MS);
}

/* Ends one that does not go. Returns when to look again. */
static int64_t
see_off(struct member *member)
{
	const int64_t end = member->sent_away_ms + LEAVE_MS;

	if (clock_left(end) > 0)
		return end;
	kill(member->pid, SIGKILL);
	member->sent_away_ms = clock_ms();
	return clock_after(LEAVE_MS);
}

int64_t
crew_send_away(struct crew *crew)
{
	struct member *member, *silent = NULL;
	int64_t end, first = CLOCK_NEVER;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		/* One makes room already. */
		if (member->pid != 0 && member->state != MEMBER_IDLE &&
		    member->sent_away_ms != 0)
			return see_off(member);
		if (!awaits_client(crew, member))
			continue;
		end = patience_end(crew, member);
		if (end < first) {
			first = end;
			silent = member;
		}
	}
	if (silent == NULL || clock_left(first) > 0)
		return first;
	log_info("a client that keeps others waiting makes room for one");
	silent->sent_away_ms = clock_ms();
	kill(silent->pid, SIGTERM);
	return clock_after(LEAVE_MS);
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
			crew_dismiss(member);
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
		member->served = CREW_WORN_OUT;
}

static void
signal_all(const struct crew *crew, int signo)
{
	const struct member *member;
	pid_t group;

	for (member = crew->v; member < crew->v + crew->size; member++) {
		if (member->pid == 0)
			continue;
		group = atomic_load(&crew_slot(crew, member)->group);
		kill(member->pid, signo);
		if (signo == SIGKILL && group > 1)
			kill(-group, signo);
	}
}

static int
count_alive(const struct crew *crew)
{
	const struct member *member;
	int n = 0;

	for (member = crew->v; member < crew->v + crew->size; member++)
		n += member->pid != 0;
	return n;
}

/* Workers only: an orphan that was adopted may live for ever. */
static void
await_workers(struct crew *crew, int sig_fd, int64_t deadline)
{
	struct pollfd fd = { .fd = sig_fd, .events = POLLIN };

	for (;;) {
		crew_reap(crew);
		if (count_alive(crew) == 0 || clock_left(deadline) == 0)
			return;
		poll(&fd, 1, clock_left(deadline));
		while (sig_next() != 0)
			continue;
	}
}

void
crew_end(struct crew *crew, int sig_fd)
{
	signal_all(crew, SIGTERM);
	await_workers(crew, sig_fd, clock_after(STOP_MS));
	if (count_alive(crew) == 0)
		return;
	log_error("%d workers do not end by themselves", count_alive(crew));
	signal_all(crew, SIGKILL);
	await_workers(crew, sig_fd, clock_after(KILL_MS));
}
