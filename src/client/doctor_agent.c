/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor_agent.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "client/agent.h"
#include "wire/agent.h"
#include "wire/conn.h"

/* A person waits for this. */
#define PATIENCE_MS 10000

/* Asks at fd. Returns 0 or what went wrong. */
static int
exchange(int fd, int64_t deadline, struct buf *text)
{
	struct args words = ARGS_INIT, none = ARGS_INIT;
	const struct agent_request request = {
		.question = AGENT_STATUS, .view = "", .cwd = "",
		.pathlist = "", .env = &none, .args = &words,
	};
	struct conn conn;
	int r;

	args_push(&words, "distcc");
	conn_init(&conn, fd, fd, PATIENCE_MS);
	conn.deadline = deadline;
	r = agent_send_request(&conn, &request);
	if (r == 0)
		r = agent_read_text(&conn, text);
	conn_clear(&conn);
	args_clear(&words);
	return r;
}

int
doctor_agent_ask(const struct settings *settings, struct buf *text)
{
	const int64_t deadline = clock_after(PATIENCE_MS);
	int fd = agent_open(settings, 1, deadline, text);
	int r = fd;

	if (fd < 0)
		return fd;
	r = exchange(fd, deadline, text);
	close(fd);
	if (r < 0) {
		buf_reset(text);
		buf_addf(text, "it does not answer: %s", err_text(r));
	}
	return r;
}
