/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/optrow.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/access.h"
#include "daemon/exitcode.h"
#include "daemon/options.h"
#include "wire/limits.h"

#define MAX_SECONDS 1000000	/* as milliseconds they are an int still */
#define MAX_MIB 100000000
#define MAX_OUTPUT_MIB (int)(LIMIT_BULK >> 20)

#define AT(member) .at = offsetof(struct options, member)
#define FLAG(name, letter, member, help) \
	{ name, NULL, help, AT(member), 0, 0, OPTROW_FLAG, letter, 0 }
#define COMMAND(name, member, help) \
	{ name, NULL, help, AT(member), 0, 0, OPTROW_FLAG, 0, 1 }
#define NUMBER(name, letter, member, min, max, help, value) \
	{ name, value, help, AT(member), min, max, OPTROW_NUMBER, letter, 0 }
#define ANY_NUMBER(name, letter, member, help, value) \
	NUMBER(name, letter, member, INT_MIN, INT_MAX, help, value)
#define VALUE(name, letter, kind, member, help, value) \
	{ name, value, help, AT(member), 0, 0, kind, letter, 0 }
#define STRING(name, letter, member, help, value) \
	VALUE(name, letter, OPTROW_STRING, member, help, value)
#define OTHER(name, letter, kind, alone, help, value) \
	{ name, value, help, 0, 0, 0, kind, letter, alone }

static const struct optrow rows[] = {
	OTHER("help", '?', OPTROW_HELP, 1, "explain and exit", NULL),
	OTHER("version", 0, OPTROW_VERSION, 1, "show version and exit", NULL),
	COMMAND("check", check, "say what would be active and exit"),
	{ "config", "FILE", "file with more options", AT(config),
	  0, 0, OPTROW_STRING, 0, 1 },
	FLAG("daemon", 0, standalone, "listen by itself"),
	COMMAND("inetd", inetd, "serve one job on the standard input"),
	NUMBER("port", 'p', port, 1, 65535, "TCP port to listen on", "PORT"),
	VALUE("listen", 0, OPTROW_WORDS, listen,
	      "address to listen on (repeatable; all)", "ADDRESS"),
	VALUE("allow", 'a', OPTROW_ACCESS, access,
	      "clients that may connect (repeatable)", "ADDRESS[/BITS]"),
	FLAG("allow-private", 0, allow_private,
	     "clients in private networks may connect"),
	VALUE("proxy-from", 0, OPTROW_ACCESS, balancers,
	      "balancers, which say for whom they connect (repeatable)",
	      "ADDRESS[/BITS]"),
	NUMBER("jobs", 'j', jobs, 1, OPTIONS_MAX_JOBS,
	       "jobs at a time (CPUs + 2)", "N"),
	NUMBER("receivers", 0, receivers, 1, OPTIONS_MAX_JOBS,
	       "clients beyond jobs that are received (jobs, or 8)", "N"),
	NUMBER("jobs-per-client", 0, jobs_per_client, 0, OPTIONS_MAX_JOBS,
	       "jobs at a time for one address", "N"),
	ANY_NUMBER("job-lifetime", 0, job_lifetime,
		   "longest time for one compile (1800)", "SECONDS"),
	NUMBER("job-cpu-time", 0, job_cpu_time, 0, MAX_SECONDS,
	       "most processor time of a compiler", "SECONDS"),
	NUMBER("job-memory", 0, job_memory, 0, MAX_MIB,
	       "most memory of a compiler (all that there is)", "MIB"),
	NUMBER("job-output", 0, job_output, 1, MAX_OUTPUT_MIB,
	       "largest file of a compiler (1024)", "MIB"),
	NUMBER("min-free-memory", 0, min_free_memory, 0, MAX_MIB,
	       "with less, no job begins (100)", "MIB"),
	NUMBER("min-free-disk", 0, min_free_disk, 0, MAX_MIB,
	       "with less in TMPDIR, no job begins (100)", "MIB"),
	ANY_NUMBER("lifetime", 0, lifetime, "end after this time", "SECONDS"),
	NUMBER("drain-time", 0, drain_time, 0, MAX_SECONDS,
	       "when told to end, let jobs finish for so long (30)",
	       "SECONDS"),
	ANY_NUMBER("nice", 'N', nice, "lower the priority by this", "N"),
	ANY_NUMBER("oom-score-adj", 0, oom_score_adj,
		   "let Linux kill jobs sooner when memory runs out", "N"),
	STRING("user", 0, user, "account to run as when root starts it",
	       "NAME|NUMBER"),
	STRING("pid-file", 'P', pid_file, "write the process id there",
	       "FILE"),
	FLAG("no-detach", 0, no_detach, "stay in the foreground"),
	FLAG("no-fork", 0, no_fork, "serve one job after the other"),
	OTHER("no-fifo", 0, OPTROW_IGNORED, 0, "accepted, without effect",
	      NULL),
	FLAG("wizard", 'W', wizard, "all that debugging the daemon needs"),
	STRING("log-file", 0, log_file, "log there instead of to syslog",
	       "FILE"),
	STRING("log-level", 0, log_level, "log this and what is worse",
	       "LEVEL"),
	VALUE("log-format", 0, OPTROW_LOG_FORMAT, log_json,
	      "what lines of the log look like (text)", "text|json"),
	FLAG("log-stderr", 0, log_stderr, "log to the standard error"),
	FLAG("verbose", 0, verbose, "log everything"),
	FLAG("stats", 0, stats, "serve statistics by HTTP"),
	NUMBER("stats-port", 0, stats_port, 0, 65535,
	       "TCP port of the statistics (3633)", "PORT"),
	VALUE("stats-listen", 0, OPTROW_WORDS, stats_listen,
	      "address of the statistics (repeatable; this machine only)",
	      "ADDRESS"),
	FLAG("enable-tcp-insecure", 0, insecure,
	     "let clients run any program: dangerous"),
	FLAG("make-me-a-botnet", 0, insecure, "the same"),
	STRING("sysroot", 0, sysroot, "accepted, without effect", "DIR"),
	OTHER("zeroconf", 0, OPTROW_ZEROCONF, 0, "not built in yet", NULL),
	OTHER("auth", 0, OPTROW_AUTH, 0, "not built in yet", NULL),
	OTHER("blacklist", 0, OPTROW_AUTH, 0, "not built in yet", "FILE"),
	OTHER("whitelist", 0, OPTROW_AUTH, 0, "not built in yet", "FILE"),
	OTHER("show-principal", 0, OPTROW_AUTH, 0, "not built in yet", NULL),
	{ .name = NULL }
};

_Static_assert(sizeof rows / sizeof *rows <= OPTROW_MAX,
	       "a set of rows has a bit for each");

const struct optrow *
optrow_all(void)
{
	return rows;
}

const struct optrow *
optrow_find(const char *name)
{
	const struct optrow *row;

	for (row = rows; row->name != NULL; row++) {
		if (strcmp(row->name, name) == 0)
			return row;
	}
	return NULL;
}

static int
set_number(int *number, const struct optrow *row, const char *word,
	   const char *label)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(word, &end, 0);
	if (end == word || *end != '\0' || errno != 0 || value < row->min ||
	    value > row->max) {
		log_error("%s '%s' is not a number between %d and %d", label,
			  word, row->min, row->max);
		return EXITCODE_BAD_ARGUMENTS;
	}
	*number = (int)value;
	return -1;
}

static int
add_access(struct access *access, const char *word, const char *label)
{
	int r = access_add(access, word);

	if (r == 0)
		return -1;
	if (r == ERR_SYNTAX)
		log_error("%s '%s' is no ADDRESS/BITS: at most 32, or 128 in "
			  "IPv6; %%INTERFACE is for link-local ones", label,
			  word);
	else
		log_error_r(r, "%s '%s'", label, word);
	return EXITCODE_BAD_ARGUMENTS;
}

static int
set_log_format(int *json, const char *word, const char *label)
{
	*json = strcmp(word, "json") == 0;
	if (*json || strcmp(word, "text") == 0)
		return -1;
	log_error("%s '%s' is neither text nor json", label, word);
	return EXITCODE_BAD_ARGUMENTS;
}

static void
set_string(char **string, const char *word)
{
	free(*string);
	*string = xstrdup(word);
}

int
optrow_set(struct options *options, const struct optrow *row,
	   const char *word, const char *label)
{
	void *member = (char *)options + row->at;

	switch (row->kind) {
	case OPTROW_FLAG:
		*(int *)member = 1;
		return -1;
	case OPTROW_NUMBER:
		return set_number(member, row, word, label);
	case OPTROW_STRING:
		set_string(member, word);
		return -1;
	case OPTROW_WORDS:
		args_push(member, word);
		return -1;
	case OPTROW_ACCESS:
		return add_access(member, word, label);
	case OPTROW_LOG_FORMAT:
		return set_log_format(member, word, label);
	case OPTROW_ZEROCONF:
		log_warn("%s: zeroconf is not built in yet", label);
		return -1;
	case OPTROW_AUTH:
		/* To go on would let in those whom it was to keep out. */
		log_error("%s: authentication is not built in yet", label);
		return EXITCODE_AUTH;
	default:
		return -1;
	}
}
