/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/sig.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"

static int ends[2] = { -1, -1 };

int
sig_open(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (ends[i] >= 0)
			close(ends[i]);
		ends[i] = -1;
	}
	if (pipe(ends) < 0)
		return ERR_SYS;
	for (i = 0; i < 2; i++) {
		if (fd_set_nonblock(ends[i]) < 0 ||
		    fd_set_cloexec(ends[i]) < 0)
			return ERR_SYS;
	}
	return ends[0];
}

static void
write_number(int signo)
{
	unsigned char byte = (unsigned char)signo;
	int saved = errno;
	ssize_t n;

	/* A full pipe has plenty to wake up for already. */
	do
		n = write(ends[1], &byte, 1);
	while (n < 0 && errno == EINTR);
	errno = saved;
}

void
sig_handle(int signo, void (*handler)(int), int interrupt)
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = interrupt ? 0 : SA_RESTART;
	sigemptyset(&action.sa_mask);
	sigaction(signo, &action, NULL);
}

void
sig_catch(int signo)
{
	sig_handle(signo, write_number, 0);
}

int
sig_ignore(int signo)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction before;

	return sigaction(signo, &ignore, &before) == 0 &&
	       before.sa_handler == SIG_IGN;
}

void
sig_default(int signo)
{
	sig_handle(signo, SIG_DFL, 0);
}

int
sig_next(void)
{
	unsigned char byte;
	ssize_t n;

	do
		n = read(ends[0], &byte, 1);
	while (n < 0 && errno == EINTR);
	return n == 1 ? byte : 0;
}

void
sig_die(int signo)
{
	sigset_t set;

	sig_default(signo);
	sigemptyset(&set);
	sigaddset(&set, signo);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signo);
	_exit(128 + signo);
}
