/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/agent.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/request.h"
#include "wire/token.h"

static void
put_words(struct conn *conn, const char *count_name, const char *name,
	  const struct args *words)
{
	size_t i;

	conn_put_token(conn, count_name, (uint32_t)words->count);
	for (i = 0; i < words->count; i++)
		conn_put_string(conn, name, words->v[i]);
}

/* Whether request_read_args would take them. */
static int
do_fit(const struct args *words)
{
	size_t i, len, room = LIMIT_ARGS;

	if (words->count > LIMIT_ARGC)
		return 0;
	for (i = 0; i < words->count; i++) {
		len = strlen(words->v[i]);
		if (len > LIMIT_ARG || len > room)
			return 0;
		room -= len;
	}
	return 1;
}

int
agent_send_request(struct conn *conn, const struct agent_request *request)
{
	if (!do_fit(request->args) || !do_fit(request->env) ||
	    strlen(request->cwd) > LIMIT_ARG ||
	    strlen(request->pathlist) > LIMIT_ARG)
		return ERR_LIMIT;
	conn_put_token(conn, "SCAN", AGENT_VERSION);
	conn_put_token(conn, "KIND", request->question);
	conn_put_string(conn, "VIEW", request->view);
	conn_put_string(conn, "CDIR", request->cwd);
	conn_put_string(conn, "PATH", request->pathlist);
	put_words(conn, "ENVC", "ENVV", request->env);
	put_words(conn, "ARGC", "ARGV", request->args);
	return conn_flush(conn);
}

void
agent_asked_clear(struct agent_asked *asked)
{
	buf_clear(&asked->view);
	buf_clear(&asked->cwd);
	buf_clear(&asked->pathlist);
	args_clear(&asked->env);
	args_clear(&asked->args);
}

/* Tokens that announce a string; all others stand alone. */
static int
has_string(const char *token)
{
	static const char *const names[] = {
		"VIEW", "CDIR", "PATH", "ENVV", "ARGV",
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (memcmp(token, names[i], 4) == 0)
			return 1;
	}
	return 0;
}

/* The words of the command are the last of every question. */
static int
count_words(const char *token, uint32_t value, uint32_t *words)
{
	static const char *const others[] = { "SCAN", "KIND", "ENVC" };
	size_t i;

	if (memcmp(token, "ARGC", 4) == 0) {
		if (value == 0 || value > LIMIT_ARGC)
			return ERR_LIMIT;
		*words = value;
		return 0;
	}
	for (i = 0; i < sizeof others / sizeof *others; i++) {
		if (memcmp(token, others[i], 4) == 0)
			return 0;
	}
	return ERR_PROTO;
}

/* Tokens may come in any order here: agent_read_request minds it. */
ssize_t
agent_question_size(const char *data, size_t size)
{
	size_t at = 0;
	uint32_t value, words = 0;
	int r;

	for (;;) {
		if (at > AGENT_MAX_QUESTION)
			return ERR_LIMIT;
		if (size < at + TOKEN_SIZE)
			return 0;
		r = token_decode(data + at, data + at, &value);
		if (r < 0)
			return r;
		if (!has_string(data + at)) {
			r = count_words(data + at, value, &words);
			if (r < 0)
				return r;
			at += TOKEN_SIZE;
			continue;
		}
		if (value > LIMIT_ARG)
			return ERR_LIMIT;
		r = memcmp(data + at, "ARGV", 4) == 0 && words-- <= 1;
		at += TOKEN_SIZE + value;
		if (r)
			return at <= size ? (ssize_t)at : 0;
	}
}

static int
read_environment(struct conn *conn, struct args *env)
{
	struct buf word = BUF_INIT;
	size_t room = LIMIT_ARGS;
	uint32_t i, count;
	int r;

	r = conn_read_token(conn, "ENVC", &count);
	if (r == 0 && count > LIMIT_ARGC)
		r = ERR_LIMIT;
	for (i = 0; r == 0 && i < count; i++) {
		r = conn_read_string(conn, "ENVV", room, &word);
		room -= word.len;
		if (r == 0)
			args_push(env, word.data);
	}
	buf_clear(&word);
	return r;
}

int
agent_read_request(struct conn *conn, uint32_t version,
		   struct agent_asked *asked)
{
	uint32_t kind;
	int r;

	if (version != AGENT_VERSION)
		return ERR_VERSION;
	r = conn_read_token(conn, "KIND", &kind);
	if (r < 0)
		return r;
	if (kind > AGENT_LEAVE)
		return ERR_PROTO;
	asked->question = (enum agent_question)kind;
	r = conn_read_string(conn, "VIEW", LIMIT_ARG, &asked->view);
	if (r == 0)
		r = conn_read_string(conn, "CDIR", LIMIT_ARG, &asked->cwd);
	if (r == 0)
		r = conn_read_string(conn, "PATH", LIMIT_ARG,
				     &asked->pathlist);
	if (r == 0)
		r = read_environment(conn, &asked->env);
	return r == 0 ? request_read_args(conn, &asked->args) : r;
}

void
agent_put_text(struct conn *conn, const char *text)
{
	conn_put_string(conn, "SAID", text);
}

int
agent_read_text(struct conn *conn, struct buf *text)
{
	return conn_read_string(conn, "SAID", LIMIT_ARG, text);
}

int
agent_ask_text(int fd, enum agent_question question, const char *program,
	       int64_t deadline, struct buf *text)
{
	struct args words = ARGS_INIT, none = ARGS_INIT;
	const struct agent_request request = {
		.question = question, .view = "", .cwd = "", .pathlist = "",
		.env = &none, .args = &words,
	};
	struct conn conn;
	int r;

	args_push(&words, program);
	conn_init(&conn, fd, fd, clock_left(deadline));
	conn.deadline = deadline;
	r = agent_send_request(&conn, &request);
	if (r == 0)
		r = agent_read_text(&conn, text);
	conn_clear(&conn);
	args_clear(&words);
	return r;
}
