/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/detach.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"

static void
await_ready(int fd)
{
	ssize_t n;
	char byte;

	do
		n = read(fd, &byte, 1);
	while (n < 0 && errno == EINTR);
	_exit(n == 1 ? EXIT_SUCCESS : EXIT_FAILURE);
}

int
detach_start(void)
{
	int ends[2];
	pid_t pid;

	if (pipe(ends) < 0)
		return ERR_SYS;
	pid = fork();
	if (pid < 0)
		return ERR_SYS;
	if (pid > 0) {
		close(ends[1]);
		await_ready(ends[0]);
	}
	close(ends[0]);
	if (fd_set_cloexec(ends[1]) < 0 || setsid() < 0)
		return ERR_SYS;
	return ends[1];
}

void
detach_streams(int keep_stderr)
{
	const int last = keep_stderr ? STDOUT_FILENO : STDERR_FILENO;
	int fd, null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (fd = 0; null >= 0 && fd <= last; fd++)
		dup2(null, fd);
	if (null > STDERR_FILENO)
		close(null);
	/* What it may be on can be unmounted then. */
	if (chdir("/") < 0)
		log_info_r(ERR_SYS, "/");
}

void
detach_ready(int ready_fd)
{
	detach_streams(0);
	/* A starter that did not wait misses nothing. */
	if (fd_write_all(ready_fd, "", 1) < 0)
		log_info_r(ERR_SYS, "nobody waits for the start");
	close(ready_fd);
}
