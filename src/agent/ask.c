/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "wire/agent_socket.h"
#include "wire/conn.h"

/* It may be busy with the questions of others. */
#define WAIT_MS 20000

static int
exchange(int fd, enum agent_question question, struct buf *text)
{
	struct args words = ARGS_INIT, none = ARGS_INIT;
	const struct agent_request request = {
		.question = question, .view = "", .cwd = "", .pathlist = "",
		.env = &none, .args = &words,
	};
	struct conn conn;
	int r;

	args_push(&words, "distcc-agent");
	conn_init(&conn, fd, fd, WAIT_MS);
	conn.deadline = clock_after(WAIT_MS);
	r = agent_send_request(&conn, &request);
	if (r == 0)
		r = agent_read_text(&conn, text);
	conn_clear(&conn);
	args_clear(&words);
	return r;
}

int
ask_agent(const char *path, enum agent_question question)
{
	struct buf text = BUF_INIT;
	int fd = agent_socket_connect(path, clock_after(WAIT_MS));
	int r = fd;

	if (fd >= 0) {
		r = exchange(fd, question, &text);
		close(fd);
	}
	if (r < 0)
		log_error_r(r, "no agent answers at %s", path);
	fputs(text.data, stdout);
	buf_clear(&text);
	return r < 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
