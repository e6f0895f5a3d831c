/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_JOBLOG_H
#define DAEMON_JOBLOG_H

#include <stdint.h>

#include "daemon/board.h"

/* What the log says about one job, in one line. Strings are borrowed. */
struct joblog {
	const char *peer;
	const char *compiler;	/* as the client called it */
	const char *input;	/* as the client called it */
	enum outcome outcome;
	int status;		/* of the compiler, as from wait() */
	int ret;		/* an EXITCODE_* */
	int64_t start_us;
	int64_t cpu_us;
	uint64_t bytes_in, bytes_out;
};

/* Writes the line. */
void joblog_write(const struct joblog *job);

#endif
