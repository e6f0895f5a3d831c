/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/crew.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/sig.h"
#include "daemon/post.h"
#include "daemon/serve.h"
#include "unit.h"

static struct serve serve;
static struct crew crew;

/* A child that waits for its orders, which end when their pipe is closed. */
static pid_t worker, other;
static int orders[2];

static void
open_crew(void)
{
	memset(&serve, 0, sizeof serve);
	log_set_level(LOG_CRIT);
	/* The runner's handler, in a child, would end all of us. */
	sig_default(SIGTERM);
	serve.board = board_open(1, 1, 4);
	ck_assert_int_eq(crew_open(&crew, &serve, NULL, NULL, 2, INT_MAX), 0);
	ck_assert_int_eq(pipe(orders), 0);
}

static void
close_crew(void)
{
	crew_close(&crew);
	board_close(serve.board);
}

/* What a worker's last job is, with its slot's number. */
static void
begin_job(int slot, pid_t pid)
{
	crew.v[slot].pid = pid;
	crew.v[slot].state = MEMBER_BUSY;
	crew.busy++;
	serve.board->slots[slot].job.outcome = OUTCOME_OK;
}

/* One that says that its job is done when it may, and ends. */
static pid_t
start_worker(int slot)
{
	const struct report report = { slot, REPORT_DONE };
	pid_t pid = fork();
	char byte;

	if (pid == 0) {
		close(orders[1]);
		(void)!read(orders[0], &byte, 1);
		_exit(post_send_report(crew.listen_end, &report) < 0);
	}
	ck_assert_int_gt(pid, 0);
	begin_job(slot, pid);
	return pid;
}

static pid_t
start_other(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	ck_assert_int_gt(pid, 0);
	return pid;
}

static void
await_end_of(pid_t pid)
{
	siginfo_t info;

	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT),
			 0);
}

/* While this one is buried, the worker ends. */
static int
bury_other(void *arg, pid_t pid, int status)
{
	(void)arg;
	(void)status;
	if (pid != other)
		return 0;
	close(orders[1]);
	await_end_of(worker);
	return 1;
}

START_TEST(last_words_are_heard_before_the_dead_are_buried)
{
	struct report reports[4];

	worker = start_worker(1);
	other = start_other();
	await_end_of(other);
	crew.bury_other = bury_other;
	crew_reap(&crew);
	crew_reap(&crew);
	ck_assert_int_eq(crew.v[1].pid, 0);
	ck_assert_int_eq(crew.busy, 0);
	ck_assert_uint_eq(atomic_load(&serve.board->finished), 1);
	ck_assert_uint_eq(atomic_load(&serve.board->outcomes[OUTCOME_OK]), 1);
	/* The next one in this slot is not to answer for them. */
	ck_assert_int_eq(post_take_reports(crew.report_fd, reports, 4), 0);
	close(orders[0]);
}
END_TEST

static int
bury_nobody(void *arg, pid_t pid, int status)
{
	(void)arg;
	(void)pid;
	(void)status;
	return 0;
}

START_TEST(one_that_leaves_gets_no_other_job)
{
	const struct report report = { 2, REPORT_LEAVING };
	int ends[2];

	crew.bury_other = bury_nobody;
	ck_assert_int_eq(post_open(ends), 0);
	begin_job(2, getpid());
	crew.v[2].control = ends[0];
	ck_assert_int_eq(post_send_report(crew.listen_end, &report), 0);
	crew_hear(&crew);
	ck_assert_int_eq(crew.v[2].state, MEMBER_IDLE);
	ck_assert_int_eq(crew.v[2].control, -1);
	ck_assert_int_eq(crew.busy, 0);
	crew.v[2].pid = 0;
	close(ends[1]);
	close(orders[0]);
	close(orders[1]);
}
END_TEST

START_TEST(memory_is_waited_for_since_it_is_short)
{
	const int64_t now = clock_ms();
	int ends[2];

	ck_assert_int_eq(post_open(ends), 0);
	begin_job(0, getpid());
	crew.v[0].control = ends[0];
	crew.v[0].state = MEMBER_WAITING;
	crew.waiting = 1;
	/* For its turn it waits for an hour already. */
	crew.v[0].since_ms = now - 3600000;
	ck_assert_int_eq(crew_refuse_waiting(&crew, now, 600000,
					     REFUSAL_MEMORY), now + 600000);
	ck_assert_int_eq(crew.waiting, 1);
	ck_assert_int_eq(crew_refuse_waiting(&crew, now - 600000, 600000,
					     REFUSAL_MEMORY), CLOCK_NEVER);
	ck_assert_int_eq(crew.waiting, 0);
	ck_assert_int_eq(crew.v[0].state, MEMBER_BUSY);
	close(ends[1]);
	close(orders[0]);
	close(orders[1]);
}
END_TEST

/* A worker that is late although its client did all that it had to. */
START_TEST(only_who_waits_for_its_client_is_sent_away)
{
	struct slot *slot = &serve.board->slots[1];

	worker = start_worker(1);
	atomic_store(&slot->phase, PHASE_RECEIVE);
	ck_assert_int_gt(crew_send_away(&crew), clock_ms());
	ck_assert_int_eq(crew.v[1].sent_away_ms, 0);
	atomic_store(&slot->waits, 1);
	crew.v[1].moved_ms = clock_ms() - 3600000;
	crew.v[1].since_ms = crew.v[1].moved_ms;
	crew_send_away(&crew);
	ck_assert_int_ne(crew.v[1].sent_away_ms, 0);
	ck_assert_int_eq(waitpid(worker, NULL, 0), worker);
	crew.v[1].pid = 0;
	close(orders[0]);
	close(orders[1]);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, open_crew, close_crew);
	tcase_add_test(tcase, last_words_are_heard_before_the_dead_are_buried);
	tcase_add_test(tcase, one_that_leaves_gets_no_other_job);
	tcase_add_test(tcase, only_who_waits_for_its_client_is_sent_away);
	tcase_add_test(tcase, memory_is_waited_for_since_it_is_short);
}

int
main(void)
{
	return unit_run("crew", add_tests);
}
