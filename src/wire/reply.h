/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_REPLY_H
#define WIRE_REPLY_H

#include <stdint.h>

struct conn;
struct seen;

/*
 * DONE, STAT, SERR, SOUT, DOTO; in version 3, if the status is 0, also DOTD,
 * and behind it what only our servers say (doc/protocol.txt, section 6).
 *
 * STAT is a wait status as Linux has it. These exit codes do not come from a
 * compiler, but from a server that could not do the job.
 */
enum {
	REPLY_NO_MEMORY = 105,	/* no process could be started */
	REPLY_IO_ERROR = 107,
	REPLY_NO_COMPILER = 110,	/* it could not be executed */
	REPLY_LIFETIME = 118,	/* it ran for too long */
	/* Refused. Old clients take 128 and more as the server's fault. */
	REPLY_REFUSED = 241,
	/* Not now: there is no room. Another time, or another host. */
	REPLY_BUSY = 242
};

/* The status of a process that exited with code. */
#define REPLY_STATUS(code) ((uint32_t)(code) << 8)

/* Whether a status is a server's own, or a signal, and so no verdict. */
int reply_is_fault(uint32_t status);

/* What comes with a status. Files are read from offset 0; -1 is empty. */
struct reply_files {
	int stderr_fd, stdout_fd;
	int object_fd;
	int deps_fd;			/* version 3 only */
	const struct seen *seen;	/* the same; NULL: nothing to say */
};

#define REPLY_FILES_INIT { -1, -1, -1, -1, NULL }

/*
 * Sends a whole reply. A failing status (not 0) carries neither object nor
 * dependencies. Returns 0, or what bulk_put_file does; after ERR_LIMIT
 * nothing of it was queued, so that another reply can be sent. A client may
 * close when it has DOTD's token; that is no error.
 */
int reply_send(struct conn *conn, unsigned version, uint32_t status,
	       const struct reply_files *files);

/*
 * Sends a reply without a compile: status, and text as its stderr. Returns
 * as reply_send does.
 */
int reply_send_text(struct conn *conn, unsigned version, uint32_t status,
		    const char *text);

/*
 * Reads DONE, which must name version, and STAT. Returns 0, ERR_VERSION, or
 * what conn_read_token does.
 */
int reply_read_status(struct conn *conn, unsigned version, uint32_t *status);

/*
 * Reads the token of the next body, one of "SERR", "SOUT", "DOTO", in this
 * order, and "DOTD" behind them in version 3 if the status was 0; *size is its length on the wire, for bulk_read. Returns 0, or what
 * conn_read_token does; ERR_LIMIT if no body of that length is taken.
 */
int reply_read_body(struct conn *conn, const char *name, uint32_t *size);

#endif
