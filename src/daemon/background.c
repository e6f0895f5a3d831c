/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/background.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/log.h"
#include "base/proc.h"
#include "base/sig.h"
#include "daemon/exitcode.h"

static void
await_ready(int fd, pid_t pid)
{
	int status;
	ssize_t n;
	char byte;

	do
		n = read(fd, &byte, 1);
	while (n < 0 && errno == EINTR);
	if (n == 1)
		_exit(EXITCODE_OK);
	if (proc_wait(pid, &status) < 0)
		_exit(EXITCODE_GENERAL);
	_exit(proc_exit_code(status));
}

int
background_enter(void)
{
	int ends[2];
	pid_t pid;

	if (pipe(ends) < 0)
		return ERR_SYS;
	sig_ignore(SIGHUP);
	pid = fork();
	if (pid < 0)
		return ERR_SYS;
	if (pid > 0) {
		close(ends[1]);
		await_ready(ends[0], pid);
	}
	close(ends[0]);
	if (fd_set_cloexec(ends[1]) < 0 || setsid() < 0)
		return ERR_SYS;
	return ends[1];
}

void
background_ready(int ready_fd, int keep_stderr)
{
	const int last = keep_stderr ? STDOUT_FILENO : STDERR_FILENO;
	int fd, null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (fd = 0; null >= 0 && fd <= last; fd++)
		dup2(null, fd);
	if (null >= 0)
		close(null);
	/* A starter that did not wait misses nothing. */
	if (fd_write_all(ready_fd, "", 1) < 0)
		log_info_r(ERR_SYS, "nobody waits for the start");
	close(ready_fd);
}

void
background_write_pid(const char *path)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%ld\n", (long)getpid());
	if (file_write(path, text.data, text.len) < 0)
		log_error_r(ERR_SYS, "cannot write the pid file %s", path);
	buf_clear(&text);
}
