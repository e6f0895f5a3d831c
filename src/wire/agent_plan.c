/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of wire/agent that is the answer. */
#include "wire/agent.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/pass.h"
#include "wire/conn.h"
#include "wire/limits.h"

_Static_assert(AGENT_MAX_FDS <= PASS_MAX, "segments are passed at once");

/* More entries than any compile has. */
#define MAX_ENTRIES 1000000

static void
clear_entries(struct agent_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->count; i++) {
		free(plan->entries[i].name);
		free(plan->entries[i].target);
	}
	free(plan->entries);
	plan->entries = NULL;
	plan->count = 0;
}

void
agent_plan_clear(struct agent_plan *plan)
{
	size_t i;

	clear_entries(plan);
	for (i = 0; i < plan->fd_count; i++)
		close(plan->fds[i]);
	free(plan->refusal);
	buf_clear(&plan->phrase);
	buf_clear(&plan->culprit);
	*plan = (struct agent_plan)AGENT_PLAN_INIT;
}

/* A number of 64 bits is two tokens, the higher half first. */
static void
put_number(struct conn *conn, const char *name, uint64_t value)
{
	conn_put_token(conn, name, (uint32_t)(value >> 32));
	conn_put_token(conn, name, (uint32_t)value);
}

static int
read_number(struct conn *conn, const char *name, uint64_t *value)
{
	uint32_t high, low;
	int r;

	r = conn_read_token(conn, name, &high);
	if (r == 0)
		r = conn_read_token(conn, name, &low);
	if (r == 0)
		*value = (uint64_t)high << 32 | low;
	return r;
}

static void
put_entry(struct conn *conn, const struct agent_entry *entry)
{
	conn_put_string(conn, "NAME", entry->name);
	conn_put_token(conn, "KIND", entry->kind);
	if (entry->kind == TREE_LINK) {
		conn_put_string(conn, "LINK", entry->target);
		return;
	}
	conn_put_token(conn, "FILE", entry->body.size);
	if (entry->body.size == 0)
		return;
	conn_put_token(conn, "SEGM", entry->body.segment);
	conn_put_token(conn, "FROM", entry->body.at);
}

void
agent_put_plan(struct conn *conn, const struct agent_plan *plan)
{
	size_t i;

	conn_put_token(conn, "PLAN", plan->refusal == NULL);
	conn_put_token(conn, "TIME", plan->scan_us);
	if (plan->refusal != NULL) {
		conn_put_string(conn, "WHYN", plan->refusal);
		conn_put_string(conn, "TEXT", plan->phrase.data);
		conn_put_string(conn, "WHAT", plan->culprit.data);
		return;
	}
	conn_put_string(conn, "ALLP", plan->all_paths);
	conn_put_string(conn, "USRP", plan->user_paths);
	conn_put_string(conn, "SYSC", plan->system_contents);
	put_number(conn, "READ", plan->bytes);
	put_number(conn, "SENT", plan->sent_bytes);
	conn_put_token(conn, "NFIL", (uint32_t)plan->count);
	for (i = 0; i < plan->count; i++)
		put_entry(conn, &plan->entries[i]);
}

/*
 * Descriptors come with the first bytes, and are lost on who reads those in
 * another way.
 */
static int
read_fds(struct conn *conn, struct agent_plan *plan)
{
	ssize_t n;
	int r;

	do {
		r = fd_wait(conn->in, POLLIN, conn->cancel_fd,
			    conn->deadline);
		if (r < 0)
			return r;
		n = pass_receive(conn->in, conn->in_data,
				 sizeof conn->in_data, 0, plan->fds,
				 AGENT_MAX_FDS, &plan->fd_count);
	} while (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
	if (n < 0)
		return errno == ECONNRESET ? ERR_EOF : ERR_SYS;
	conn->in_end = (size_t)n;
	conn->bytes_in += (size_t)n;
	return n == 0 ? ERR_EOF : 0;
}

static int
read_refusal(struct conn *conn, struct agent_plan *plan)
{
	struct buf name = BUF_INIT;
	int r;

	r = conn_read_string(conn, "WHYN", LIMIT_ARG, &name);
	if (r == 0)
		r = conn_read_string(conn, "TEXT", LIMIT_ARG, &plan->phrase);
	if (r == 0)
		r = conn_read_string(conn, "WHAT", LIMIT_ARG, &plan->culprit);
	if (r == 0)
		plan->refusal = buf_steal(&name);
	buf_clear(&name);
	return r;
}

static int
read_digest(struct conn *conn, const char *name,
	    char text[static DIGEST_TEXT_SIZE])
{
	struct buf digest = BUF_INIT;
	int r;

	r = conn_read_string(conn, name, DIGEST_TEXT_SIZE - 1, &digest);
	if (r == 0)
		memcpy(text, digest.data, digest.len + 1);
	buf_clear(&digest);
	return r;
}

static int
read_body(struct conn *conn, const struct agent_plan *plan,
	  struct agent_body *body)
{
	int r;

	r = conn_read_token(conn, "FILE", &body->size);
	if (r < 0 || body->size == 0)
		return r;
	r = conn_read_token(conn, "SEGM", &body->segment);
	if (r == 0)
		r = conn_read_token(conn, "FROM", &body->at);
	if (r == 0 && body->segment >= plan->fd_count)
		r = ERR_PROTO;
	return r;
}

static int
read_entry(struct conn *conn, const struct agent_plan *plan,
	   struct agent_entry *entry)
{
	struct buf text = BUF_INIT;
	uint32_t kind;
	int r;

	r = conn_read_string(conn, "NAME", LIMIT_ARG, &text);
	if (r == 0)
		entry->name = buf_steal(&text);
	if (r == 0)
		r = conn_read_token(conn, "KIND", &kind);
	if (r == 0 && kind == TREE_LINK) {
		entry->kind = TREE_LINK;
		r = conn_read_string(conn, "LINK", LIMIT_ARG, &text);
		if (r == 0)
			entry->target = buf_steal(&text);
	} else if (r == 0) {
		entry->kind = TREE_FILE;
		r = read_body(conn, plan, &entry->body);
	}
	buf_clear(&text);
	return r;
}

static int
read_entries(struct conn *conn, struct agent_plan *plan)
{
	uint32_t count;
	int r;

	r = conn_read_token(conn, "NFIL", &count);
	if (r == 0 && count > MAX_ENTRIES)
		r = ERR_LIMIT;
	if (r < 0)
		return r;
	plan->entries = xcalloc(count + 1, sizeof *plan->entries);
	while (r == 0 && plan->count < count)
		r = read_entry(conn, plan, &plan->entries[plan->count++]);
	return r;
}

static int
read_files(struct conn *conn, struct agent_plan *plan)
{
	int r;

	r = read_digest(conn, "ALLP", plan->all_paths);
	if (r == 0)
		r = read_digest(conn, "USRP", plan->user_paths);
	if (r == 0)
		r = read_digest(conn, "SYSC", plan->system_contents);
	if (r == 0)
		r = read_number(conn, "READ", &plan->bytes);
	if (r == 0)
		r = read_number(conn, "SENT", &plan->sent_bytes);
	return r == 0 ? read_entries(conn, plan) : r;
}

int
agent_read_plan(struct conn *conn, struct agent_plan *plan)
{
	uint32_t is_plan;
	int r;

	r = read_fds(conn, plan);
	if (r == 0)
		r = conn_read_token(conn, "PLAN", &is_plan);
	if (r == 0)
		r = conn_read_token(conn, "TIME", &plan->scan_us);
	if (r == 0)
		r = is_plan ? read_files(conn, plan) :
			      read_refusal(conn, plan);
	return r;
}
