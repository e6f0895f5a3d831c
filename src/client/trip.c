/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/trip.h"

#include <errno.h>
#include <stdlib.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "client/attempt.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/state.h"
#include "compiler/cmdline.h"
#include "compiler/naming.h"
#include "farm/hosts.h"
#include "farm/remote.h"
#include "farm/slot.h"

#define CONNECT_MS 4000

static void
note_phase(void *arg, enum remote_phase phase)
{
	static const struct {
		enum state_phase state;
		enum record_phase record;
	} phases[] = {
		[REMOTE_CONNECT] = { STATE_CONNECT, RECORD_CONNECT },
		[REMOTE_SEND] = { STATE_SEND, RECORD_SEND },
		[REMOTE_COMPILE] = { STATE_COMPILE, RECORD_COMPILE },
		[REMOTE_RECEIVE] = { STATE_RECEIVE, RECORD_RECEIVE },
	};

	struct attempt *attempt = arg;

	state_set_phase(phases[phase].state);
	record_enter(attempt->record, phases[phase].record);
	/* From here on there is nothing to do but wait. */
	if (phase == REMOTE_COMPILE && attempt->slot != NULL)
		slot_settle(attempt->slot);
}

void
trip_make_command(const struct attempt *attempt,
		  void (*rewrite)(const struct cmdline *cmd,
				  const char *compiler, const char *target,
				  struct args *out),
		  struct args *args)
{
	const struct cmdline *cmd = attempt->cmd;
	const char *name = cmd->args.v[0];
	char *remote = NULL, *target = NULL;

	if (attempt->settings->rewrite_names) {
		remote = naming_remote(name, attempt->settings->path,
				       &attempt->probe);
		target = naming_target(remote, &attempt->probe);
		name = remote;
	}
	rewrite(cmd, name, target, args);
	free(target);
	free(remote);
}

static void
fill_in(struct attempt *attempt, struct remote_job *job)
{
	job->object_fd = attempt->object.fd;
	job->depfile_fd = attempt->depfile.fd;
	job->tmp_dir = attempt->settings->tmp_dir;
	job->connect_ms = CONNECT_MS;
	job->io_ms = attempt->settings->io_ms;
	job->deadline = attempt->deadline;
	job->note = note_phase;
	job->note_arg = attempt;
}

static void
log_rate(const struct attempt *attempt, const struct host *host, int64_t us)
{
	double seconds = (double)us / 1e6;
	double bytes;

	if (log_level() < LOG_INFO)
		return;
	bytes = attempt->way == RECORD_WAY_PUMP ?
			(double)attempt->pump.plan.bytes :
			(double)fd_size(attempt->source_fd);
	log_info("elapsed compilation time %.6fs", seconds);
	log_info("%.0f bytes from %s compiled on %s in %.4fs, rate %.0fkB/s",
		 bytes, cmdline_input(attempt->cmd), host->word, seconds,
		 us > 0 ? bytes / 1024 / seconds : 0.0);
}

int
trip_make(struct attempt *attempt, const struct host *host,
	  struct remote_job *job)
{
	int64_t start = clock_us();
	char *text;
	int r, saved;

	fill_in(attempt, job);
	if (log_level() >= LOG_INFO) {
		text = args_text(job->args);
		log_info("compile from %s to %s",
			 cmdline_input(attempt->cmd), attempt->cmd->output);
		log_info("exec on %s: %s", host->word, text);
		free(text);
	}
	remote_result_clear(&attempt->result);
	record_begin_try(attempt->record, host->word);
	r = remote_compile(host, job, &attempt->result);
	saved = errno;
	record_name_try(attempt->record, attempt->result.local);
	attempt->record->sent += (int64_t)attempt->result.bytes_out;
	attempt->record->received += (int64_t)attempt->result.bytes_in;
	log_rate(attempt, host, clock_us() - start);
	errno = saved;
	return r;
}
