/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif
#include <sys/wait.h>

#include "base/err.h"
#include "base/file.h"
#include "unit.h"

static char sh[] = "sh";
static char dash_c[] = "-c";
static char script[1000];
static char *argv[] = { sh, dash_c, script, NULL };

/* Runs a line of shell and returns its wait status. */
static int
run(struct proc *proc, const char *line)
{
	int status = -1;
	pid_t pid;

	snprintf(script, sizeof script, "%s", line);
	proc->path = "/bin/sh";
	proc->argv = argv;
	ck_assert_int_eq(proc_start(proc, &pid), 0);
	ck_assert_int_eq(proc_wait(pid, &status), 0);
	return status;
}

static const struct {
	const char *line;
	int code;
} ends[] = {
	{ "exit 0", 0 },
	{ "exit 1", 1 },
	{ "exit 255", 255 },
	{ "kill -TERM $$", 128 + SIGTERM },
	{ "kill -KILL $$", 128 + SIGKILL },
	{ "kill -SEGV $$", 128 + SIGSEGV },
};

START_TEST(the_exit_code_is_a_shells)
{
	struct proc proc = PROC_INIT;

	ck_assert_int_eq(proc_exit_code(run(&proc, ends[_i].line)),
			 ends[_i].code);
}
END_TEST

START_TEST(a_core_dump_does_not_change_the_code)
{
	ck_assert_int_eq(proc_exit_code(SIGSEGV | 0x80), 128 + SIGSEGV);
}
END_TEST

START_TEST(a_name_is_looked_for_in_path)
{
	struct proc proc = PROC_INIT;
	int status;
	pid_t pid;

	snprintf(script, sizeof script, "exit 3");
	proc.path = "sh";
	proc.argv = argv;
	ck_assert_int_eq(proc_start(&proc, &pid), 0);
	ck_assert_int_eq(proc_wait(pid, &status), 0);
	ck_assert_int_eq(proc_exit_code(status), 3);
}
END_TEST

START_TEST(what_cannot_be_executed_says_why)
{
	struct proc proc = PROC_INIT;
	pid_t pid;

	proc.argv = argv;
	proc.path = "./missing";
	errno = 0;
	ck_assert_int_eq(proc_start(&proc, &pid), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(file_write("plain", "", 0), 0);
	proc.path = "./plain";
	ck_assert_int_eq(proc_start(&proc, &pid), ERR_SYS);
	ck_assert_int_eq(errno, EACCES);
	/* Nothing is left to be waited for. */
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(the_three_descriptors_are_those_given)
{
	struct buf out = BUF_INIT, err = BUF_INIT;
	struct proc proc = PROC_INIT;

	ck_assert_int_eq(file_write("in", "data", 4), 0);
	proc.fds[0] = open("in", O_RDONLY | O_CLOEXEC);
	proc.fds[1] = open("out", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	proc.fds[2] = open("err", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_eq(run(&proc, "cat; echo wrong >&2"), 0);
	ck_assert_int_eq(file_read("out", 100, &out), 0);
	ck_assert_int_eq(file_read("err", 100, &err), 0);
	ck_assert_str_eq(out.data, "data");
	ck_assert_str_eq(err.data, "wrong\n");
	buf_clear(&out);
	buf_clear(&err);
}
END_TEST

START_TEST(only_the_one_to_keep_is_kept)
{
	struct proc proc = PROC_INIT;
	char line[100];
	int kept, other;

	kept = open("/dev/null", O_RDONLY | O_CLOEXEC);
	other = open("/dev/null", O_RDONLY | O_CLOEXEC);
	snprintf(line, sizeof line,
		 "test -e /dev/fd/%d && ! test -e /dev/fd/%d", kept, other);
	proc.keep_fd = kept;
	ck_assert_int_eq(run(&proc, line), 0);
	ck_assert_int_eq(fcntl(kept, F_GETFD), FD_CLOEXEC);
}
END_TEST

START_TEST(a_standard_descriptor_may_be_its_own_source)
{
	struct proc proc = PROC_INIT;

	ck_assert_int_ge(fcntl(STDOUT_FILENO, F_SETFD, FD_CLOEXEC), 0);
	proc.fds[1] = STDOUT_FILENO;
	ck_assert_int_eq(run(&proc, "test -e /dev/fd/1"), 0);
}
END_TEST

START_TEST(the_environment_is_the_one_given)
{
	char path[] = "PATH=/usr/bin:/bin", own[] = "OWN=1";
	char *envp[] = { path, own, NULL };
	struct proc proc = PROC_INIT;

	setenv("THEIRS", "1", 1);
	ck_assert_int_eq(run(&proc, "test \"$THEIRS\" = 1"), 0);
	proc.envp = envp;
	ck_assert_int_eq(run(&proc, "test -z \"$THEIRS\" && test $OWN = 1"),
			 0);
}
END_TEST

static const int signals[] = { SIGPIPE, SIGTERM, SIGCHLD, SIGALRM,
			       SIGXFSZ };

START_TEST(signals_are_unblocked_and_at_their_defaults)
{
	struct proc proc = PROC_INIT;
	sigset_t set;
	char line[100];
	int status;

	sigfillset(&set);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	if (signals[_i] != SIGCHLD)
		signal(signals[_i], SIG_IGN);
	snprintf(line, sizeof line, "kill -%d $$; exit 9", signals[_i]);
	status = run(&proc, line);
	if (signals[_i] == SIGCHLD) {
		ck_assert_int_eq(proc_exit_code(status), 9);
	} else {
		ck_assert(WIFSIGNALED(status));
		ck_assert_int_eq(WTERMSIG(status), signals[_i]);
	}
}
END_TEST

START_TEST(what_shall_not_be_touched_stays_ignored)
{
	struct proc proc = PROC_INIT;
	sigset_t set;
	int status;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	proc.untouched = &set;
	ck_assert_int_eq(proc_exit_code(run(&proc, "kill -PIPE $$; exit 9")),
			 9);
	status = run(&proc, "kill -TERM $$; exit 9");
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGTERM);
}
END_TEST

START_TEST(hangups_stay_ignored_unless_that_is_undone)
{
	struct proc proc = PROC_INIT;
	int status;

	signal(SIGHUP, SIG_IGN);
	ck_assert_int_eq(proc_exit_code(run(&proc, "kill -HUP $$; exit 9")),
			 9);
	proc.default_hup = 1;
	status = run(&proc, "kill -HUP $$; exit 9");
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGHUP);
}
END_TEST

START_TEST(a_group_of_its_own_is_only_for_those_who_ask)
{
	struct proc proc = PROC_INIT;
	int status, own;
	pid_t pid;

	proc.path = "/bin/sh";
	proc.argv = argv;
	snprintf(script, sizeof script, "kill -STOP $$; exit 0");
	for (own = 0; own < 2; own++) {
		proc.own_group = own;
		ck_assert_int_eq(proc_start(&proc, &pid), 0);
		ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
		ck_assert(WIFSTOPPED(status));
		ck_assert_int_eq(getpgid(pid), own ? pid : getpgrp());
		ck_assert_int_eq(kill(pid, SIGCONT), 0);
		ck_assert_int_eq(proc_wait(pid, &status), 0);
	}
}
END_TEST

START_TEST(who_is_not_our_child_cannot_be_waited_for)
{
	int status;

	ck_assert_int_eq(proc_wait(getpid(), &status), ERR_SYS);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

static const char *const names[] = { "plain", "a) T (b" };

START_TEST(who_is_stopped_is_known)
{
	char name[20];
	int status;
	pid_t pid;

	if (access("/proc/self/stat", R_OK) != 0)
		return;
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		snprintf(name, sizeof name, "%s", names[_i]);
#ifdef HAVE_SYS_PRCTL_H
		prctl(PR_SET_NAME, name);
#endif
		raise(SIGSTOP);
		/* Until it is killed. */
		poll(NULL, 0, -1);
	}
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	ck_assert_int_eq(proc_is_stopped(pid), 1);
	ck_assert_int_eq(kill(pid, SIGCONT), 0);
	ck_assert_int_eq(waitpid(pid, &status, WCONTINUED), pid);
	ck_assert_int_eq(proc_is_stopped(pid), 0);
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(proc_is_stopped(pid), 0);
	ck_assert_int_eq(proc_is_stopped(getpid()), 0);
	ck_assert_int_eq(proc_is_stopped(0), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, the_exit_code_is_a_shells, 0,
			    COUNT_OF(ends));
	tcase_add_test(tcase, a_core_dump_does_not_change_the_code);
	tcase_add_test(tcase, a_name_is_looked_for_in_path);
	tcase_add_test(tcase, what_cannot_be_executed_says_why);
	tcase_add_test(tcase, the_three_descriptors_are_those_given);
	tcase_add_test(tcase, only_the_one_to_keep_is_kept);
	tcase_add_test(tcase, a_standard_descriptor_may_be_its_own_source);
	tcase_add_test(tcase, the_environment_is_the_one_given);
	tcase_add_loop_test(tcase, signals_are_unblocked_and_at_their_defaults,
			    0, COUNT_OF(signals));
	tcase_add_test(tcase, what_shall_not_be_touched_stays_ignored);
	tcase_add_test(tcase, hangups_stay_ignored_unless_that_is_undone);
	tcase_add_test(tcase, a_group_of_its_own_is_only_for_those_who_ask);
	tcase_add_test(tcase, who_is_not_our_child_cannot_be_waited_for);
	tcase_add_loop_test(tcase, who_is_stopped_is_known, 0,
			    COUNT_OF(names));
}

int
main(void)
{
	return unit_run("proc", add_tests);
}
