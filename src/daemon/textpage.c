/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/textpage.h"

#include <inttypes.h>

#include "base/buf.h"
#include "daemon/snapshot.h"

#define MIB (1024 * 1024)

static void
add_number(struct buf *out, const char *name, int64_t value)
{
	buf_addf(out, "dcc_%s %" PRId64 "\n", name, value);
}

static void
add_count(struct buf *out, const char *name, uint64_t value)
{
	buf_addf(out, "dcc_%s %" PRIu64 "\n", name, value);
}

static void
add_outcomes(struct buf *out, const struct snapshot *snapshot)
{
	const uint64_t *outcomes = snapshot->outcomes;

	add_count(out, "tcp_accept", snapshot->accepted);
	add_count(out, "rej_bad_req", outcomes[OUTCOME_BAD_REQUEST]);
	add_count(out, "rej_overload", outcomes[OUTCOME_OVERLOAD]);
	add_count(out, "compile_ok", outcomes[OUTCOME_OK]);
	add_count(out, "compile_error", outcomes[OUTCOME_ERROR]);
	add_count(out, "compile_timeout", outcomes[OUTCOME_TIMEOUT]);
	add_count(out, "cli_disconnect", outcomes[OUTCOME_DISCONNECT]);
	/* Who is denied was only ever counted as accepted. */
	add_count(out, "other",
		  outcomes[OUTCOME_OTHER] + outcomes[OUTCOME_REFUSED]);
}

static void
add_longest(struct buf *out, const struct board_job *job)
{
	const int any = job->total_us > 0;

	buf_addf(out, "dcc_longest_job %s\n",
		 any && job->input[0] != '\0' ? job->input : "none");
	buf_addf(out, "dcc_longest_job_compiler %s\n",
		 any && job->compiler[0] != '\0' ? job->compiler : "none");
	add_number(out, "longest_job_time_msecs",
		   any ? job->total_us / 1000 : -1);
}

/* The windows of a minute, five and fifteen. */
static void
add_averages(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	add_number(out, "max_kids", snapshot->jobs);
	for (i = 0; i < 3; i++)
		buf_addf(out, "dcc_avg_kids%d %d\n", i + 1,
			 (int)(snapshot->windows[i].busy + 0.5));
	add_number(out, "current_load", snapshot->census.running);
	for (i = 0; i < 3; i++)
		buf_addf(out, "dcc_load%d %.2f\n", i + 1, snapshot->load[i]);
	for (i = 0; i < 3; i++)
		buf_addf(out, "dcc_num_compiles%d %" PRIu64 "\n", i + 1,
			 history_compiles(snapshot->windows[i].outcomes));
}

static int64_t
mib_of(int64_t bytes)
{
	return bytes < 0 ? -1 : bytes / MIB;
}

static void
add_machine(struct buf *out, const struct snapshot *snapshot)
{
	const struct census *census = &snapshot->census;

	add_number(out, "num_procstate_D", census->blocked);
	add_number(out, "max_RSS", census->max_rss_kb);
	buf_addf(out, "dcc_max_RSS_name (%s)\n",
		 census->max_rss_name[0] != '\0' ? census->max_rss_name :
						   "none");
	add_number(out, "io_rate", snapshot->windows[0].sectors_per_s);
	buf_addf(out, "dcc_free_space %" PRId64 " MB\n",
		 mib_of(snapshot->free_disk));
	buf_addf(out, "dcc_free_mem %" PRId64 " MB\n",
		 mib_of(snapshot->free_memory));
}

void
textpage_write(struct buf *out, const struct snapshot *snapshot)
{
	buf_add_str(out, "argv /distccd\n<distccstats>\n");
	add_outcomes(out, snapshot);
	add_longest(out, &snapshot->longest);
	add_averages(out, snapshot);
	add_machine(out, snapshot);
	buf_add_str(out, "</distccstats>\n");
}
