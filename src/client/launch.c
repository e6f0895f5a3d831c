/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"
#include "base/self.h"
#include "client/settings.h"

#define PROGRAM "distcc-agent"

_Static_assert(LAUNCH_FD == STDERR_FILENO + 1, "the report's is the next");

/* Beside the program that runs: it is of the same version. */
static char *
find_beside(void)
{
	char *self = self_path(), *dir, *path;

	if (self == NULL)
		return NULL;
	dir = path_dir(self);
	path = path_join(dir, PROGRAM);
	free(dir);
	free(self);
	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
find_program(const struct settings *settings)
{
	char *path = find_beside();

	if (path != NULL)
		return path;
	if (access(BINDIR "/" PROGRAM, X_OK) == 0)
		return xstrdup(BINDIR "/" PROGRAM);
	return path_find_program(PROGRAM, settings->path, NULL);
}

/* What is passed on must not be closed by what takes its number. */
static int
out_of_the_way(int fd)
{
	return fcntl(fd, F_DUPFD, LAUNCH_FD + 2);
}

/* Nothing of the client's streams is left to whoever starts us. */
static int
take_streams(int listener, int report)
{
	int fd, null = open("/dev/null", O_RDWR);

	if (null < 0)
		return ERR_SYS;
	listener = out_of_the_way(listener);
	report = out_of_the_way(report);
	null = out_of_the_way(null);
	/* An agent with something else in its place would be deaf. */
	if (listener < 0 || report < 0 || null < 0)
		return ERR_SYS;
	for (fd = 0; fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
	dup2(listener, LAUNCH_FD);
	dup2(report, LAUNCH_FD + 1);
	fd_close_from(LAUNCH_FD + 2);
	return fd_set_cloexec(LAUNCH_FD + 1);
}

/* Between fork and exec only what is safe in a handler of signals. */
static void
become(char *const *argv, int listener, int report)
{
	int error, fd = report;

	if (take_streams(listener, report) == 0) {
		fd = LAUNCH_FD + 1;
		if (chdir("/") == 0)
			execv(argv[0], argv);
	}
	error = errno;
	(void)fd_write_all(fd, &error, sizeof error);
	_exit(EXIT_FAILURE);
}

/* Twice, so that the system and not this process waits for its end. */
static void
fork_again(char *const *argv, int listener, int report)
{
	int error = 0;
	pid_t pid;

	setsid();
	pid = fork();
	if (pid == 0)
		become(argv, listener, report);
	if (pid < 0) {
		error = errno;
		(void)fd_write_all(report, &error, sizeof error);
	}
	_exit(EXIT_SUCCESS);
}

/* The end of the report, which exec closes, is the good news. */
static int
await_report(int fd, int64_t deadline)
{
	int error, r = fd_wait(fd, POLLIN, -1, deadline);
	ssize_t n;

	if (r < 0)
		return r;
	do
		n = read(fd, &error, sizeof error);
	while (n < 0 && errno == EINTR);
	if (n == (ssize_t)sizeof error)
		errno = error;
	return n == 0 ? 0 : ERR_SYS;
}

static void
await_child(pid_t pid)
{
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

static int
start(char *const *argv, int listener, int64_t deadline)
{
	int ends[2], r;
	pid_t pid;

	if (pipe(ends) < 0)
		return ERR_SYS;
	pid = fork();
	if (pid == 0)
		fork_again(argv, listener, ends[1]);
	close(ends[1]);
	r = pid < 0 ? ERR_SYS : 0;
	if (pid > 0) {
		await_child(pid);
		r = await_report(ends[0], deadline);
	}
	close(ends[0]);
	return r;
}

int
launch_agent(const struct settings *settings, const char *path, int listener,
	     int64_t deadline)
{
	char *program = find_program(settings);
	char fd_option[] = "--listen-fd", fd_text[] = "3";
	char socket_option[] = "--socket", *socket = xstrdup(path);
	char *argv[] = { program, fd_option, fd_text, socket_option, socket,
			 NULL };
	int r = program == NULL ? ERR_MISSING :
				  start(argv, listener, deadline);

	free(socket);
	free(program);
	return r;
}
