/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "wire/agent_socket.h"

/* It may be busy with the questions of others. */
#define WAIT_MS 20000

int
ask_agent(const char *path, enum agent_question question)
{
	struct buf text = BUF_INIT;
	const int64_t deadline = clock_after(WAIT_MS);
	int fd = agent_socket_connect(path, deadline);
	int r = fd;

	if (fd >= 0) {
		r = agent_ask_text(fd, question, "distcc-agent", deadline,
				   &text);
		close(fd);
	}
	if (r < 0)
		log_error_r(r, "no agent answers at %s", path);
	fputs(text.data, stdout);
	buf_clear(&text);
	return r < 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
