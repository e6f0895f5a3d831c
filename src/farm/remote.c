/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/remote.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/tmp.h"
#include "farm/hosts.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/reply.h"
#include "wire/request.h"
#include "wire/tree.h"
#include "wire/version.h"

static void
enter(const struct remote_job *job, struct remote_result *result,
      enum remote_phase phase)
{
	result->phase = phase;
	if (job->note != NULL)
		job->note(job->note_arg, phase);
}

/* One step's own deadline, unless that of the whole job comes before. */
static int64_t
deadline_of(const struct remote_job *job, int64_t step)
{
	return job->deadline != 0 && job->deadline < step ? job->deadline :
							    step;
}

/* Reads what the compiler printed; most of the time that is nothing. */
static int
read_messages(struct conn *conn, const struct remote_job *job,
	      const char *name, int *fd)
{
	uint32_t size;
	int r;

	r = reply_read_body(conn, name, &size);
	if (r < 0 || size == 0)
		return r;
	*fd = tmp_open(job->tmp_dir);
	if (*fd < 0)
		return ERR_SYS;
	return bulk_read(conn, job->version, size, *fd, LIMIT_MESSAGES);
}

/* Reads a body into a file in which a try before may have left something. */
static int
read_output(struct conn *conn, const struct remote_job *job, uint32_t size,
	    int fd)
{
	if (ftruncate(fd, 0) < 0 && errno != EINVAL)
		return ERR_SYS;
	/* A device, such as /dev/null, has no offset to go back to. */
	if (lseek(fd, 0, SEEK_SET) < 0 && errno != ESPIPE)
		return ERR_SYS;
	return bulk_read(conn, job->version, size, fd, LIMIT_BULK);
}

static int
read_object(struct conn *conn, const struct remote_job *job, uint32_t status)
{
	uint32_t size;
	int r;

	r = reply_read_body(conn, "DOTO", &size);
	if (r < 0)
		return r;
	/* An object of a failed compile is nothing that anybody wants. */
	if (status != 0 && size > 0)
		return ERR_PROTO;
	return read_output(conn, job, size, job->object_fd);
}

/* What is behind the object in version 3. Old servers say no more than DOTD. */
static int
read_rest(struct conn *conn, const struct remote_job *job,
	  struct remote_result *result)
{
	uint32_t size;
	int r;

	r = reply_read_body(conn, "DOTD", &size);
	if (r == 0 && job->depfile_fd >= 0)
		r = read_output(conn, job, size, job->depfile_fd);
	else if (r == 0)
		r = bulk_read(conn, job->version, size, -1, LIMIT_BULK);
	if (r < 0)
		return r;
	r = seen_read(conn, &result->seen);
	result->has_seen = r == 0;
	return r == ERR_EOF ? 0 : r;
}

static int
read_reply(struct conn *conn, const struct remote_job *job,
	   struct remote_result *result)
{
	int r;

	r = reply_read_status(conn, job->version, &result->status);
	if (r < 0)
		return r;
	enter(job, result, REMOTE_RECEIVE);
	conn->deadline = deadline_of(job, clock_after(LIMIT_BODY_MS));
	r = read_messages(conn, job, "SERR", &result->stderr_fd);
	if (r == 0)
		r = read_messages(conn, job, "SOUT", &result->stdout_fd);
	if (r == 0)
		r = read_object(conn, job, result->status);
	if (r == 0 && job->version == VERSION_PUMP && result->status == 0)
		r = read_rest(conn, job, result);
	return r;
}

static int
send_request(struct conn *conn, const struct remote_job *job)
{
	if (job->version == VERSION_PUMP)
		return tree_send(conn, job->cwd, job->args, job->entries,
				 job->entry_count);
	return request_send(conn, job->version, job->args, job->source_fd);
}

static int
talk(int fd, const struct remote_job *job, struct remote_result *result)
{
	struct conn conn;
	int r;

	conn_init(&conn, fd, fd, job->io_ms);
	conn.deadline = deadline_of(job, clock_after(LIMIT_BODY_MS));
	enter(job, result, REMOTE_SEND);
	r = send_request(&conn, job);
	/*
	 * A server that refuses may answer and close before it has read all;
	 * its answer is then still worth reading.
	 */
	if (r == 0 || r == ERR_EOF) {
		enter(job, result, REMOTE_COMPILE);
		conn.deadline = deadline_of(job, CLOCK_NEVER);
		r = read_reply(&conn, job, result);
	}
	result->bytes_in = conn.bytes_in;
	result->bytes_out = conn.bytes_out;
	conn_clear(&conn);
	return r;
}

int
remote_compile(const struct host *host, const struct remote_job *job,
	       struct remote_result *result)
{
	const int64_t start = clock_us();
	int fd, r, saved;

	enter(job, result, REMOTE_CONNECT);
	fd = net_connect(host->name, host->port, job->connect_ms,
			 result->peer);
	saved = errno;
	result->connect_us = clock_us() - start;
	errno = saved;
	if (fd < 0)
		return fd;
	net_local_name(fd, result->local);
	r = talk(fd, job, result);
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

void
remote_result_clear(struct remote_result *result)
{
	if (result->stderr_fd >= 0)
		close(result->stderr_fd);
	if (result->stdout_fd >= 0)
		close(result->stdout_fd);
	*result = (struct remote_result)REMOTE_RESULT_INIT;
}

enum remote_fault
remote_fault(int r, int error, enum remote_phase phase)
{
	if (phase == REMOTE_CONNECT)
		return net_error_is_ours(r, error) ? REMOTE_FAULT_NO_WAY :
						     REMOTE_FAULT_HOST;
	if (r != ERR_SYS)
		return REMOTE_FAULT_HOST;
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case ENOENT:
	case ENOTDIR:
	case EFBIG:
	case EIO:
	case EROFS:
	case EMFILE:
	case ENFILE:
	case ENOMEM:
		return REMOTE_FAULT_OURS;
	default:
		return REMOTE_FAULT_HOST;
	}
}
