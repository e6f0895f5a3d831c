/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/proc.h"

#define PIECE 4096

/* Reads until all that can write has ended. */
static int
read_answer(int fd, int64_t deadline, struct buf *answer)
{
	const size_t start = answer->len;
	ssize_t n;
	int r;

	for (;;) {
		r = fd_wait(fd, POLLIN, -1, deadline);
		if (r < 0)
			return r;
		n = read(fd, buf_grow(answer, PIECE), PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		buf_wrote(answer, (size_t)n);
		if (answer->len - start > ASK_BYTES)
			return ERR_LIMIT;
	}
}

/* Waits for a process that has closed its output, but may not end. */
static int
collect(pid_t pid, int r, int64_t deadline)
{
	int status;

	while (r == 0 && clock_left(deadline) > 0) {
		siginfo_t info = { 0 };

		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG |
							    WNOWAIT) < 0 ||
		    info.si_pid == pid)
			break;
		(void)poll(NULL, 0, 1);
	}
	/* It leads a group; nothing of that shall stay. */
	(void)kill(-pid, SIGKILL);
	if (proc_wait(pid, &status) < 0)
		return ERR_SYS;
	if (r < 0)
		return r;
	return status == 0 ? 0 : ERR_DENIED;
}

static int
run(const struct ask *ask, int null, struct buf *answer)
{
	struct proc proc = PROC_INIT;
	int64_t deadline = clock_after(ASK_MS);
	int ends[2], r;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return ERR_SYS;
	proc.path = ask->path;
	proc.argv = ask->args->v;
	proc.envp = ask->envp;
	proc.fds[0] = ask->input_fd >= 0 ? ask->input_fd : null;
	proc.fds[1] = ask->stream == 1 ? ends[1] : null;
	proc.fds[2] = ask->stream == 2 ? ends[1] : null;
	proc.keep_fd = ask->keep_fd;
	proc.own_group = 1;
	r = proc_start(&proc, &pid);
	close(ends[1]);
	if (r == 0)
		r = collect(pid, read_answer(ends[0], deadline, answer),
			    deadline);
	close(ends[0]);
	return r;
}

int
ask_compiler(const struct ask *ask, struct buf *answer)
{
	sigset_t signals, before;
	int null, r;

	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return ERR_SYS;
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &before);
	r = run(ask, null, answer);
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(null);
	return r;
}
