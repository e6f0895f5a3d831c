/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/choose.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "farm/hosts.h"
#include "farm/watch.h"
#include "unit.h"

/* Many processes that want few slots. */

#define SLOTS 3
#define WAITERS 40
#define LONG_MS 20000

/* Who waits sleeps no longer than that without a look. */
#define NAP_MS 5000

/* Behind one who does not run: each could cost all a nap. */
#define OTHERS 6

/* So long that nobody can take a look after it for an event. */
static struct choose_rules rules = { ".", LONG_MS, 60, NULL, NULL };
static struct hosts hosts = HOSTS_INIT;
static struct choose_list list = CHOOSE_LIST_INIT;

/* What the processes of a test know of each other. */
static struct shared {
	atomic_int here, most;	/* how many have a slot; had at once */
	atomic_int served;
	atomic_int order[WAITERS];
	atomic_int longest_ms;
	atomic_int told;
} *shared;

static void
enter(void)
{
	unit_enter_dir();
	hosts_parse(&hosts, "a/2 b/1");
	choose_list_fill(&list, &hosts, &rules);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(shared, MAP_FAILED);
}

static void
leave(void)
{
	munmap(shared, sizeof *shared);
	choose_list_clear(&list);
	hosts_clear(&hosts);
	unit_leave_dir();
}

/* Whether the system tells; else some of this cannot be. */
static int
has_events(void)
{
	struct watch watch = WATCH_INIT;
	int fd;

	watch_start(&watch, ".");
	fd = watch_stop(&watch);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void
raise_to(atomic_int *most, int value)
{
	int was = atomic_load(most);

	while (was < value && !atomic_compare_exchange_weak(most, &was, value))
		;
}

static void
take(struct slot *slot)
{
	int64_t start = clock_ms();

	if (choose_host(&list, &rules, slot) == NULL)
		_exit(1);
	raise_to(&shared->longest_ms, (int)(clock_ms() - start));
	raise_to(&shared->most, atomic_fetch_add(&shared->here, 1) + 1);
}

static void
give(struct slot *slot)
{
	atomic_fetch_sub(&shared->here, 1);
	slot_release(slot);
}

/* A process that has a slot when this returns, until it is killed. */
static pid_t
start_holder(void)
{
	struct slot slot = SLOT_INIT;
	int before = atomic_load(&shared->here);
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		take(&slot);
		poll(NULL, 0, -1);
	}
	while (atomic_load(&shared->here) == before)
		poll(NULL, 0, 1);
	return pid;
}

/* How many numbers were drawn. */
static int
drawn(void)
{
	uint32_t number = 0;
	int fd = open("line", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	ck_assert_int_ge(read(fd, &number, sizeof number), 0);
	close(fd);
	return (int)number;
}

/* A process that is in line when this returns. */
static pid_t
start_waiter(int name)
{
	struct slot slot = SLOT_INIT;
	int before = drawn();
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		take(&slot);
		atomic_store(&shared->order[name],
			     atomic_fetch_add(&shared->served, 1));
		poll(NULL, 0, 5);
		give(&slot);
		_exit(0);
	}
	while (drawn() == before)
		poll(NULL, 0, 1);
	return pid;
}

static void
end_holder(pid_t pid)
{
	atomic_fetch_sub(&shared->here, 1);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static void
await_success(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}

START_TEST(many_wait_in_order_asleep_and_never_too_many_run)
{
	pid_t holders[SLOTS], waiters[WAITERS];
	struct rusage usage;
	int i;

	if (!has_events())
		return;
	for (i = 0; i < SLOTS; i++)
		holders[i] = start_holder();
	for (i = 0; i < WAITERS; i++)
		waiters[i] = start_waiter(i);
	poll(NULL, 0, 300);
	ck_assert_int_eq(atomic_load(&shared->served), 0);
	for (i = 0; i < SLOTS; i++)
		end_holder(holders[i]);
	for (i = 0; i < WAITERS; i++)
		await_success(waiters[i]);
	ck_assert_int_eq(atomic_load(&shared->most), SLOTS);
	/* As many as there are slots may be noted in any order. */
	for (i = 0; i < WAITERS; i++) {
		ck_assert_int_le(abs(atomic_load(&shared->order[i]) - i),
				 SLOTS);
	}
	/* Nobody looked around while it waited, were it every 30 ms. */
	ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &usage), 0);
	ck_assert_int_lt(usage.ru_nvcsw, 10 * (WAITERS + SLOTS));
}
END_TEST

START_TEST(no_event_is_lost_in_many_hand_overs)
{
	struct slot slot = SLOT_INIT;
	pid_t pids[8];
	int i, round;

	if (!has_events())
		return;
	list.v[0].usable = 0;
	for (i = 0; i < 8; i++) {
		pids[i] = fork();
		ck_assert_int_ge(pids[i], 0);
		for (round = 0; pids[i] == 0 && round < 250; round++) {
			take(&slot);
			give(&slot);
		}
		if (pids[i] == 0)
			_exit(0);
	}
	for (i = 0; i < 8; i++)
		await_success(pids[i]);
	ck_assert_int_eq(atomic_load(&shared->most), 1);
	ck_assert_int_lt(atomic_load(&shared->longest_ms), 4000);
}
END_TEST

static const struct {
	int signal;
	int late;	/* when the others are in line already */
	int most_ms;	/* until all of them are served */
} ends[] = {
	{ SIGKILL, 0, NAP_MS },
	{ SIGKILL, 1, NAP_MS },
	{ SIGSTOP, 0, NAP_MS },
	/* One of them must see it; the others sleep on behind that one. */
	{ SIGSTOP, 1, NAP_MS + NAP_MS / 2 },
};

static void
end_first(pid_t first, int signo)
{
	ck_assert_int_eq(kill(first, signo), 0);
	ck_assert_int_eq(waitpid(first, NULL, WUNTRACED), first);
}

START_TEST(a_first_that_is_killed_or_stopped_is_in_nobodys_way)
{
	pid_t holders[SLOTS], first, others[OTHERS];
	struct slot slot = SLOT_INIT;
	int i, before;
	int64_t start;

	if (!has_events() || access("/proc/self/stat", R_OK) != 0)
		return;
	for (i = 0; i < SLOTS; i++)
		holders[i] = start_holder();
	first = start_waiter(0);
	start = clock_ms();
	if (!ends[_i].late)
		end_first(first, ends[_i].signal);
	for (i = 0; i < OTHERS; i++)
		others[i] = start_waiter(1 + i);
	if (ends[_i].late)
		end_first(first, ends[_i].signal);
	end_holder(holders[0]);
	for (i = 0; i < OTHERS; i++)
		await_success(others[i]);
	ck_assert_int_lt(clock_ms() - start, ends[_i].most_ms);
	/* Nor need a new one go in line. */
	before = drawn();
	take(&slot);
	ck_assert_int_eq(drawn(), before);
	give(&slot);
	kill(first, SIGKILL);
	waitpid(first, NULL, 0);
	for (i = 1; i < SLOTS; i++)
		end_holder(holders[i]);
}
END_TEST

static void
count_tell(void *arg)
{
	atomic_int *told = arg;

	atomic_fetch_add(told, 1);
}

START_TEST(without_a_line_and_events_it_still_goes_on)
{
	pid_t holders[SLOTS], pids[SLOTS];
	struct slot slot = SLOT_INIT;
	int i;

	/* No line can be made. */
	ck_assert_int_eq(mkdir("line", 0777), 0);
	rules.pause_ms = 20;
	for (i = 0; i < SLOTS; i++)
		holders[i] = start_holder();
	for (i = 0; i < SLOTS; i++) {
		pids[i] = fork();
		ck_assert_int_ge(pids[i], 0);
		if (pids[i] == 0) {
			take(&slot);
			_exit(0);
		}
	}
	poll(NULL, 0, 50);
	for (i = 0; i < SLOTS; i++)
		end_holder(holders[i]);
	for (i = 0; i < SLOTS; i++)
		await_success(pids[i]);
}
END_TEST

static void
sleep_for_ever(void *arg)
{
	(void)arg;
	poll(NULL, 0, -1);
}

START_TEST(a_first_that_does_not_run_is_passed_by)
{
	pid_t holders[SLOTS], first, second;
	int i;

	for (i = 0; i < SLOTS; i++)
		holders[i] = start_holder();
	/* Not stopped, for all that anybody can see. */
	rules.waiting = sleep_for_ever;
	first = start_waiter(0);
	rules.waiting = NULL;
	second = start_waiter(1);
	end_holder(holders[0]);
	await_success(second);
	kill(first, SIGKILL);
	waitpid(first, NULL, 0);
	for (i = 1; i < SLOTS; i++)
		end_holder(holders[i]);
}
END_TEST

START_TEST(who_waits_says_so_now_and_then)
{
	pid_t holders[SLOTS], first, second;
	int i;

	rules.waiting = count_tell;
	rules.waiting_arg = &shared->told;
	for (i = 0; i < SLOTS; i++)
		holders[i] = start_holder();
	first = start_waiter(0);
	second = start_waiter(1);
	/* When it begins to wait, and twice later. */
	while (atomic_load(&shared->told) < 6)
		poll(NULL, 0, 20);
	for (i = 0; i < SLOTS; i++)
		end_holder(holders[i]);
	await_success(first);
	await_success(second);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter, leave);
	tcase_add_test(tcase, many_wait_in_order_asleep_and_never_too_many_run);
	tcase_add_test(tcase, no_event_is_lost_in_many_hand_overs);
	tcase_add_loop_test(tcase,
			    a_first_that_is_killed_or_stopped_is_in_nobodys_way,
			    0, COUNT_OF(ends));
	tcase_add_test(tcase, a_first_that_does_not_run_is_passed_by);
	tcase_add_test(tcase, without_a_line_and_events_it_still_goes_on);
	tcase_add_test(tcase, who_waits_says_so_now_and_then);
}

int
main(void)
{
	return unit_run("waiting", add_tests);
}
