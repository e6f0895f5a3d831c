/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_AGENT_H
#define WIRE_AGENT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/digest.h"
#include "wire/tree.h"

struct conn;

/*
 * What distcc and distcc-agent say to each other, by tokens over a Unix
 * socket. One connection carries one question. (The older question, CDIR
 * ARGC ARGV..., which distcc 3.x asks its include server, is told apart by
 * its first token; agent/legacy answers it.)
 */

/* Most bytes of a question: words of the command, environment, the rest. */
#define AGENT_MAX_QUESTION (3u << 20)

/* Bumped when the two, which can be of different installations, could
 * misunderstand each other. */
#define AGENT_VERSION 1

enum agent_question {
	AGENT_PLAN,		/* which files does this compile need? */
	AGENT_DISTRUST,		/* a server read others: scan_distrust */
	AGENT_STATUS,		/* how are you? for people */
	AGENT_LEAVE		/* answer what was asked, and end */
};

/*
 * SCAN version, KIND question, VIEW, CDIR, PATH, ENVC, ENVV..., ARGC, ARGV...
 * view is what view_add_all says: an agent with another one would look at
 * other files. args has at least one word.
 */
struct agent_request {
	enum agent_question question;
	const char *view;
	const char *cwd;
	const char *pathlist;
	const struct args *env;	/* "NAME=value", those that matter */
	const struct args *args;	/* response files expanded */
};

/* Sends a question. Returns 0, what conn_flush does, or ERR_LIMIT with nothing
 * sent if it is more than an agent takes. */
int agent_send_request(struct conn *conn,
		       const struct agent_request *request);

/* The same, received; strings are owned. */
struct agent_asked {
	enum agent_question question;
	struct buf view, cwd, pathlist;
	struct args env, args;
};

#define AGENT_ASKED_INIT { .view = BUF_INIT, .cwd = BUF_INIT, \
	.pathlist = BUF_INIT, .env = ARGS_INIT, .args = ARGS_INIT }

void agent_asked_clear(struct agent_asked *asked);

/*
 * How many bytes of data, of which size have come so far, are a whole
 * question, be it ours or the older one; 0 if some are missing, ERR_PROTO if
 * they are none, ERR_LIMIT if it is too long. Never waits, and allocates
 * nothing, so that an agent can collect questions of many at a time.
 */
ssize_t agent_question_size(const char *data, size_t size);

/*
 * Reads a question whose first token was read already. Returns 0, or what
 * conn_read_string does; ERR_VERSION if version is another one.
 */
int agent_read_request(struct conn *conn, uint32_t version,
		       struct agent_asked *asked);

/*
 * The answer to AGENT_PLAN: PLAN 0 and what the file list is, or PLAN 1 with
 * the refusal's name and culprit; the bodies themselves are in files that the
 * client maps, whose descriptors come along with the first bytes.
 */
#define AGENT_MAX_FDS 8

/* Where a body is; in the agent's store. */
struct agent_body {
	uint32_t segment;	/* which of the descriptors */
	uint32_t at, size;	/* size 0: an empty file */
};

struct agent_entry {
	enum tree_kind kind;
	char *name;
	char *target;		/* of a link; else NULL */
	struct agent_body body;	/* of a file */
};

struct agent_plan {
	char *refusal;	/* refusal_name(); NULL: there is a plan */
	struct buf phrase;	/* refusal_text() */
	struct buf culprit;
	struct agent_entry *entries;
	size_t count;
	int fds[AGENT_MAX_FDS];	/* of segments; owned by who received them */
	size_t fd_count;
	/* what scan_result has of the same names, as digest_text */
	char all_paths[DIGEST_TEXT_SIZE];
	char user_paths[DIGEST_TEXT_SIZE];
	char system_contents[DIGEST_TEXT_SIZE];
	uint64_t bytes;		/* what the preprocessor would read */
	uint64_t sent_bytes;	/* all bodies, as they are sent */
	uint32_t scan_us;	/* how long it took */
};

#define AGENT_PLAN_INIT { .phrase = BUF_INIT, .culprit = BUF_INIT }

void agent_plan_clear(struct agent_plan *plan);

/* Queues an answer to AGENT_PLAN; its descriptors go with the first bytes. */
void agent_put_plan(struct conn *conn, const struct agent_plan *plan);

/*
 * Receives it; plan is fresh or cleared. Nothing must have been read from
 * conn before. Every body is in a segment that there is; whether that is long
 * enough is for who maps it to see. Returns 0, or what conn_read_string does.
 */
int agent_read_plan(struct conn *conn, struct agent_plan *plan);

/* The answer to the other questions, and to those of another version: SAID
 * and a text, which may be empty. */
void agent_put_text(struct conn *conn, const char *text);
int agent_read_text(struct conn *conn, struct buf *text);

/*
 * Asks the agent at fd a question that is about no compile, in the name of a
 * program, and appends its answer to text. Returns 0 or ERR_*.
 */
int agent_ask_text(int fd, enum agent_question question, const char *program,
		   int64_t deadline, struct buf *text);

#endif
