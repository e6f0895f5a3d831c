/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_EXITCODE_H
#define CLIENT_EXITCODE_H

/*
 * How distcc itself ends, where it is not the compiler that decides. The
 * numbers are those of distcc 3.x; distcc(1) documents them.
 */
enum {
	EXIT_GENERAL = 100,
	EXIT_BAD_ARGUMENTS = 101,
	EXIT_CONNECT_FAILED = 103,
	EXIT_NO_MEMORY = 105,
	EXIT_IO_ERROR = 107,
	EXIT_TRUNCATED = 108,
	EXIT_PROTOCOL_ERROR = 109,
	EXIT_NO_COMPILER = 110,
	EXIT_RECURSION = 111,
	EXIT_REFUSED = 113,
	EXIT_NO_HOSTS = 116,
	EXIT_TIMEOUT = 118
};

/* The code for a try that failed with r (err.h); connected: it got so far. */
int exitcode_of_error(int r, int connected);

#endif
