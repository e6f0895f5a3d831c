/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor_agent.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "client/agent.h"
#include "wire/agent.h"

/* A person waits for this. */
#define PATIENCE_MS 10000

int
doctor_agent_ask(const struct settings *settings, struct buf *text)
{
	const int64_t deadline = clock_after(PATIENCE_MS);
	int fd = agent_open(settings, 1, deadline, text);
	int r = fd;

	if (fd < 0)
		return fd;
	r = agent_ask_text(fd, AGENT_STATUS, "distcc", deadline, text);
	close(fd);
	if (r < 0) {
		buf_reset(text);
		buf_addf(text, "it does not answer: %s", err_text(r));
	}
	return r;
}
