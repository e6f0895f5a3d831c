/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ASK_H
#define COMPILER_ASK_H

struct args;
struct buf;

/* How long a compiler may take to answer, and how much it may say. */
#define ASK_MS 5000
#define ASK_BYTES 262144

/* A question to a compiler: a command that tells something about it. */
struct ask {
	const char *path;	/* what to execute */
	const struct args *args;	/* its words, [0] its name */
	int stream;	/* which output is the answer: 1 or 2 */
	int input_fd;	/* its standard input; -1: none */
	int keep_fd;	/* what else it inherits (proc.h), or -1 */
	char *const *envp;	/* its environment; NULL: this process's */
};

#define ASK_INIT { .stream = 1, .input_fd = -1, .keep_fd = -1, \
		   .envp = NULL }

/*
 * Asks, and appends the answer to answer; what goes to the other stream is
 * lost. Returns 0 if the compiler ended well, ERR_DENIED if it did not,
 * ERR_TIMEOUT, ERR_LIMIT or ERR_SYS. Whatever it started is gone then.
 * Signals that would end this process wait as long.
 */
int ask_compiler(const struct ask *ask, struct buf *answer);

#endif
