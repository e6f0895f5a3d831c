/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_REMOTE_H
#define FARM_REMOTE_H

#include <stdint.h>

#include "base/net.h"
#include "wire/seen.h"

struct args;
struct host;
struct tree_entry;

/* What a try is about to do, for those who watch. */
enum remote_phase {
	REMOTE_CONNECT,
	REMOTE_SEND,
	REMOTE_COMPILE,
	REMOTE_RECEIVE
};

struct remote_job {
	const struct args *args;	/* the command, as it is sent */
	int source_fd;		/* the source; or, in version 3, */
	const char *cwd;	/* where the compiler works, */
	const struct tree_entry *entries;	/* what it reads */
	size_t entry_count;
	int object_fd;		/* where the object goes */
	int depfile_fd;		/* where dependencies go, in version 3; or -1 */
	const char *tmp_dir;	/* for what the compiler prints */
	unsigned version;
	int connect_ms;		/* for each address of the host */
	int io_ms;		/* without progress */
	int64_t deadline;	/* for all of it (clock.h); 0: none */
	void (*note)(void *arg, enum remote_phase phase);
	void *note_arg;
};

/* What came back. */
struct remote_result {
	uint32_t status;	/* as the wire has it, reply.h */
	int stderr_fd;		/* -1: the compiler printed nothing */
	int stdout_fd;
	enum remote_phase phase;	/* how far it came */
	int has_seen;		/* the server said what its compiler read */
	struct seen seen;
	uint64_t bytes_in, bytes_out;
	int64_t connect_us;	/* how long that took, with its name */
	char peer[NET_NAME_SIZE];	/* the address that was used */
	char local[NET_NAME_SIZE];	/* ours, as the server sees it, or "" */
};

#define REMOTE_RESULT_INIT { .stderr_fd = -1, .stdout_fd = -1 }

/*
 * One try of one job on one host. Returns 0 when a whole reply came, whatever
 * its status says; object and dependencies are then in their files if that is
 * 0. Else an ERR_*, and what was received is worth nothing. The result is to
 * be cleared in either case.
 */
int remote_compile(const struct host *host, const struct remote_job *job,
		   struct remote_result *result);

void remote_result_clear(struct remote_result *result);

/* Of whom a failure of remote_compile tells. */
enum remote_fault {
	REMOTE_FAULT_HOST,
	REMOTE_FAULT_NO_WAY,	/* we cannot go there: no network */
	REMOTE_FAULT_OURS	/* we cannot do it: our disk is full */
};

/* What remote_compile's negative r means, with its errno and its phase. */
enum remote_fault remote_fault(int r, int error, enum remote_phase phase);

#endif
