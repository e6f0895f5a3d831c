/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_SIG_H
#define BASE_SIG_H

#include <signal.h>

/*
 * Signals as events: each signal given to sig_catch writes its number, one
 * byte, to a pipe that poll() can wait on. One pipe a process.
 */

/*
 * Makes the pipe; after a fork it makes a new one, so that parent and child
 * do not share. Returns the end to poll, non-blocking, or ERR_SYS.
 */
int sig_open(void);

/* From now on signo is delivered through the pipe. */
void sig_catch(int signo);

/* Ignores signo. Returns whether it was ignored before. */
int sig_ignore(int signo);

/* Gives signo back its default. */
void sig_default(int signo);

/* Runs handler on signo, with SA_RESTART unless interrupt is set. */
void sig_handle(int signo, void (*handler)(int), int interrupt);

/* The next signal that came, or 0 if there is none. */
int sig_next(void);

/* Ends this process by signo's default, so that its parent sees the signal. */
void sig_die(int signo) __attribute__((noreturn));

#endif
