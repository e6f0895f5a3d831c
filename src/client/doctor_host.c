/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor_host.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/mask.h"
#include "base/net.h"
#include "base/proc.h"
#include "client/attempt.h"
#include "client/doctor_client.h"
#include "client/record.h"
#include "client/settings.h"
#include "farm/choose.h"
#include "farm/hosts.h"
#include "farm/slot.h"

/* A person waits for this. */
#define PATIENCE_MS 10000

/* No test unit makes more of it. */
#define OBJECT_MAX (1 << 20)

int
doctor_verdict_is_usable(enum doctor_verdict verdict)
{
	return verdict == DOCTOR_OK || verdict == DOCTOR_LOCAL ||
	       verdict == DOCTOR_DIFFERS || verdict == DOCTOR_BUSY;
}

int
doctor_verdict_is_good(enum doctor_verdict verdict)
{
	return verdict == DOCTOR_OK || verdict == DOCTOR_LOCAL ||
	       verdict == DOCTOR_DOWN;
}

/* A copy of what a server said, or made, fit for a terminal. */
static char *
tame(const char *text, size_t len)
{
	char *copy = xstrndup(text, len);

	mask_controls(copy);
	return copy;
}

static void
conclude(struct doctor_host *result, enum doctor_verdict verdict,
	 const char *why)
{
	result->verdict = verdict;
	free(result->why);
	result->why = tame(why, strlen(why));
}

/* Reads all of a small file. Returns 0, ERR_LIMIT or ERR_SYS. */
static int
read_object(int fd, struct buf *buf)
{
	off_t size = fd_size(fd);
	ssize_t n;

	if (size < 0 || size > OBJECT_MAX)
		return size < 0 ? ERR_SYS : ERR_LIMIT;
	n = pread(fd, buf_grow(buf, (size_t)size), (size_t)size, 0);
	if (n < 0)
		return ERR_SYS;
	buf_wrote(buf, (size_t)n);
	return 0;
}

/*
 * What the section .comment of an object says, "GCC: (Debian 12.2.0-14)
 * 12.2.0"; nothing else in the test unit's looks like that. Yours to free.
 */
static char *
compiler_of(const struct buf *object)
{
	static const char *const marks[] = { "GCC: (", "clang version " };
	const char *at = NULL, *end = object->data + object->len;
	size_t i;

	for (i = 0; at == NULL && i < sizeof marks / sizeof *marks; i++)
		at = memmem(object->data, object->len, marks[i],
			    strlen(marks[i]));
	if (at == NULL)
		return NULL;
	while (at > object->data && at[-1] >= ' ' && at[-1] <= '~')
		at--;
	return tame(at, strnlen(at, (size_t)(end - at)));
}

static void
compare(struct doctor_host *result, int here_fd, int there_fd)
{
	struct buf here = BUF_INIT, there = BUF_INIT, why = BUF_INIT;
	char *compiler = NULL;

	if (read_object(here_fd, &here) < 0 ||
	    read_object(there_fd, &there) < 0) {
		conclude(result, DOCTOR_DIFFERS, "the object is too big");
		goto out;
	}
	result->compiler = compiler_of(&there);
	compiler = compiler_of(&here);
	if (here.len == there.len &&
	    memcmp(here.data, there.data, here.len) == 0) {
		result->verdict = DOCTOR_OK;
		goto out;
	}
	if (compiler != NULL && result->compiler != NULL &&
	    strcmp(compiler, result->compiler) != 0)
		buf_addf(&why, "the compiler there is \"%s\", here \"%s\"",
			 result->compiler, compiler);
	else
		buf_addf(&why, "%zu bytes there, %zu here, though the "
			 "compilers call themselves the same", there.len,
			 here.len);
	conclude(result, DOCTOR_DIFFERS, why.data);
out:
	free(compiler);
	buf_clear(&why);
	buf_clear(&there);
	buf_clear(&here);
}

/* The compiler there said that the test unit is wrong. */
static void
tell_status(struct doctor_host *result, const struct attempt *attempt)
{
	struct buf why = BUF_INIT;
	char line[256] = "";

	if (attempt->result.stderr_fd >= 0 &&
	    pread(attempt->result.stderr_fd, line, sizeof line - 1, 0) < 0)
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	buf_addf(&why, "the compiler there ended with status %d%s%s",
		 proc_exit_code((int)attempt->result.status),
		 *line != '\0' ? ": " : "", line);
	conclude(result, DOCTOR_FAILED, why.data);
	buf_clear(&why);
}

static enum attempt_outcome
try_once(struct attempt *attempt, const struct host *host, int lzo, int cpp)
{
	struct host copy = *host;

	copy.lzo = lzo;
	copy.cpp = cpp;
	attempt->deadline = clock_after(attempt->settings->io_ms);
	return attempt_run(attempt, &copy);
}

static void
judge(struct doctor_host *result, const struct attempt *attempt,
      enum attempt_outcome outcome, int here_fd)
{
	switch (outcome) {
	case ATTEMPT_VERDICT:
		if (attempt->result.status == 0)
			compare(result, here_fd, attempt->object.fd);
		else
			tell_status(result, attempt);
		break;
	case ATTEMPT_REFUSED:
		conclude(result, DOCTOR_REFUSED, attempt->trouble.data);
		break;
	case ATTEMPT_BUSY:
		conclude(result, DOCTOR_BUSY, attempt->trouble.data);
		break;
	case ATTEMPT_FARM_FAILED:
	case ATTEMPT_UNREACHED:
		conclude(result, attempt->result.phase == REMOTE_CONNECT ?
					 DOCTOR_UNREACHABLE :
					 DOCTOR_FAILED,
			 attempt->trouble.data);
		break;
	case ATTEMPT_STAYS:
	case ATTEMPT_OURS:
		conclude(result, DOCTOR_NOT_TRIED, *attempt->trouble.data ?
				attempt->trouble.data :
				"the test unit cannot be sent");
		break;
	}
}

static void
note_way(struct doctor_host *result, const struct attempt *attempt)
{
	const char *no_pump = attempt->record->no_pump;

	if (!result->host->cpp)
		return;
	result->pump = attempt->way == RECORD_WAY_PUMP;
	if (no_pump != NULL)
		result->no_pump = tame(no_pump, strlen(no_pump));
}

/* The other protocol may be what the user asks for next. */
static int
works_by_lzo(struct attempt *attempt, const struct host *host)
{
	return (host->lzo && attempt->way == RECORD_WAY_CPP) ||
	       try_once(attempt, host, 1, 0) == ATTEMPT_VERDICT;
}

static void
try_host(struct doctor_host *result, const struct settings *settings,
	 const struct doctor_client *client)
{
	const struct choose_rules rules = {
		.lock_dir = settings->lock_dir,
		.pause_ms = settings->pause_ms,
		.backoff_period = settings->backoff_period,
	};
	const struct host *host = result->host;
	struct settings patient = *settings;
	struct attempt attempt = ATTEMPT_INIT;
	struct record record = RECORD_INIT;
	enum attempt_outcome outcome;
	int64_t start;

	record_start(&record);
	attempt.record = &record;
	if (patient.io_ms > PATIENCE_MS)
		patient.io_ms = PATIENCE_MS;
	attempt_init(&attempt, &patient, &client->cmd, &rules,
		     client->hosts.local_cpp_slots);
	start = clock_us();
	outcome = try_once(&attempt, host, host->lzo, host->cpp);
	judge(result, &attempt, outcome, client->object_fd);
	if (*attempt.result.peer != '\0')
		result->peer = xstrdup(attempt.result.peer);
	if (attempt.result.phase != REMOTE_CONNECT)
		result->connect_us = attempt.result.connect_us;
	if (outcome == ATTEMPT_VERDICT) {
		result->compile_us = clock_us() - start;
		note_way(result, &attempt);
		result->lzo = works_by_lzo(&attempt, host);
	}
	attempt_clear(&attempt);
	record_clear(&record);
}

/* How many of a host's slots are held by jobs that run now. */
static int
count_taken(const struct host *host, const char *dir, const char *lock_name)
{
	int i, got, taken = 0;

	for (i = 0; i < host->slots; i++) {
		got = slot_is_taken(dir, lock_name, i);
		if (got < 0)
			return -1;
		taken += got;
	}
	return taken;
}

static void
look_at_locks(struct doctor_host *result, const struct settings *settings)
{
	char *lock_name = hosts_lock_name(result->host);

	if (settings->lock_dir != NULL) {
		result->slots_taken = count_taken(
			result->host, settings->lock_dir, lock_name);
		if (settings->backoff_period > 0)
			result->backoff = backoff_check(
				settings->lock_dir, lock_name,
				settings->backoff_period);
	}
	free(lock_name);
}

void
doctor_host_check(struct doctor_host *result, const struct host *host,
		  const struct settings *settings,
		  const struct doctor_client *client)
{
	*result = (struct doctor_host){
		.host = host, .addresses = ARGS_INIT, .connect_us = -1,
		.compile_us = -1, .lzo = -1, .pump = -1, .slots_taken = -1,
	};
	look_at_locks(result, settings);
	if (host->kind == HOST_SSH) {
		conclude(result, DOCTOR_NOT_TRIED,
			 "ssh hosts are not built in yet");
	} else if (host->down) {
		result->verdict = DOCTOR_DOWN;
	} else if (host->kind == HOST_LOCAL) {
		result->verdict = DOCTOR_LOCAL;
	} else if (net_resolve(host->name, host->port,
			       &result->addresses) < 0) {
		conclude(result, DOCTOR_UNREACHABLE,
			 "its name has no address");
	} else if (client->object_fd < 0 ||
		   client->cmd.reason != REASON_NONE) {
		conclude(result, DOCTOR_NOT_TRIED,
			 "there is no test unit to send");
	} else {
		try_host(result, settings, client);
	}
}

void
doctor_host_clear(struct doctor_host *result)
{
	free(result->why);
	free(result->peer);
	free(result->no_pump);
	free(result->compiler);
	args_clear(&result->addresses);
}
