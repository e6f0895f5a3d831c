/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/options.h"

#include <popt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/log.h"
#include "daemon/exitcode.h"
#include "wire/version.h"

#define MAX_JOBS 10000

/* What popt hands back for options that are more than a value to keep. */
enum {
	SAW_HELP = 1,
	SAW_VERSION,
	SAW_ALLOW,
	SAW_LISTEN,
	SAW_STATS,
	SAW_ZEROCONF,
	SAW_AUTH
};

struct row {
	const char *name;
	char letter;
	unsigned type;
	size_t at;	/* of its member in struct options, or NOWHERE */
	int saw;
	const char *help;
	const char *value;
};

#define NOWHERE ((size_t)-1)
#define FLAG(name, letter, member, help) \
	{ name, letter, POPT_ARG_NONE, offsetof(struct options, member), 0, \
	  help, NULL }
#define NUMBER(name, letter, member, help, value) \
	{ name, letter, POPT_ARG_INT, offsetof(struct options, member), 0, \
	  help, value }
#define STRING(name, letter, member, help, value) \
	{ name, letter, POPT_ARG_STRING, offsetof(struct options, member), 0, \
	  help, value }
#define EVENT(name, letter, type, saw, help, value) \
	{ name, letter, type, NOWHERE, saw, help, value }

static const struct row rows[] = {
	EVENT("help", '?', POPT_ARG_NONE, SAW_HELP, "explain and exit", NULL),
	EVENT("version", 0, POPT_ARG_NONE, SAW_VERSION,
	      "show version and exit", NULL),
	FLAG("daemon", 0, standalone, "listen by itself"),
	FLAG("inetd", 0, inetd, "serve one job on the standard input"),
	NUMBER("port", 'p', port, "TCP port to listen on", "PORT"),
	EVENT("listen", 0, POPT_ARG_STRING, SAW_LISTEN,
	      "address to listen on (repeatable; all)", "ADDRESS"),
	EVENT("allow", 'a', POPT_ARG_STRING, SAW_ALLOW,
	      "clients that may connect (repeatable)", "ADDRESS[/BITS]"),
	FLAG("allow-private", 0, allow_private,
	     "clients in private networks may connect"),
	NUMBER("jobs", 'j', jobs, "jobs at a time (CPUs + 2)", "N"),
	NUMBER("job-lifetime", 0, job_lifetime,
	       "longest time for one compile", "SECONDS"),
	NUMBER("lifetime", 0, lifetime, "end after this time", "SECONDS"),
	NUMBER("nice", 'N', nice, "lower the priority by this", "N"),
	NUMBER("oom-score-adj", 0, oom_score_adj,
	       "let Linux kill jobs sooner when memory runs out", "N"),
	STRING("user", 0, user, "account to run as when root starts it",
	       "NAME|NUMBER"),
	STRING("pid-file", 'P', pid_file, "write the process id there",
	       "FILE"),
	FLAG("no-detach", 0, no_detach, "stay in the foreground"),
	FLAG("no-fork", 0, no_fork, "serve one job after the other"),
	FLAG("no-fifo", 0, ignored, "accepted, without effect"),
	FLAG("wizard", 'W', wizard, "all that debugging the daemon needs"),
	STRING("log-file", 0, log_file, "log there instead of to syslog",
	       "FILE"),
	STRING("log-level", 0, log_level, "log this and what is worse",
	       "LEVEL"),
	FLAG("log-stderr", 0, log_stderr, "log to the standard error"),
	FLAG("verbose", 0, verbose, "log everything"),
	FLAG("enable-tcp-insecure", 0, insecure,
	     "let clients run any program: dangerous"),
	FLAG("make-me-a-botnet", 0, insecure, "the same"),
	STRING("sysroot", 0, sysroot, "accepted, without effect", "DIR"),
	FLAG("stats", 0, stats, "serve statistics by HTTP"),
	NUMBER("stats-port", 0, stats_port, "port for them (3633)", "PORT"),
	EVENT("stats-listen", 0, POPT_ARG_STRING, SAW_STATS,
	      "address for them (repeatable; this machine)", "ADDRESS"),
	EVENT("zeroconf", 0, POPT_ARG_NONE, SAW_ZEROCONF,
	      "not built in yet", NULL),
	EVENT("auth", 0, POPT_ARG_NONE, SAW_AUTH, "not built in yet", NULL),
	{ "blacklist", 0, POPT_ARG_STRING, offsetof(struct options, auth_list),
	  SAW_AUTH, "not built in yet", "FILE" },
	{ "whitelist", 0, POPT_ARG_STRING, offsetof(struct options, auth_list),
	  SAW_AUTH, "not built in yet", "FILE" },
	EVENT("show-principal", 0, POPT_ARG_NONE, SAW_AUTH,
	      "not built in yet", NULL),
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

static void
fill_table(struct poptOption *table, struct options *options)
{
	size_t i;

	memset(table, 0, (ROW_COUNT + 1) * sizeof *table);
	for (i = 0; i < ROW_COUNT; i++) {
		table[i].longName = rows[i].name;
		table[i].shortName = rows[i].letter;
		table[i].argInfo = rows[i].type;
		if (rows[i].at != NOWHERE)
			table[i].arg = (char *)options + rows[i].at;
		table[i].val = rows[i].saw;
		table[i].descrip = rows[i].help;
		table[i].argDescrip = rows[i].value;
	}
}

static void
show_version(void)
{
	printf("distccd %s %s\n"
	       "  (protocols 1 and 2) (default port %d)\n"
	       "  built %s\n",
	       PACKAGE_VERSION, HOST_TRIPLE, WIRE_DEFAULT_PORT, BUILD_DATE);
}

static int
add_allowed(struct options *options, const char *word)
{
	int r = access_add(&options->access, word);

	if (r == 0)
		return -1;
	if (r == ERR_SYNTAX)
		log_error("--allow '%s': the number of bits does not fit",
			  word);
	else
		log_error_r(r, "--allow '%s'", word);
	return EXITCODE_BAD_ARGUMENTS;
}

/* Returns as options_parse does; word is the option's value, or NULL. */
static int
take_event(struct options *options, int event, const char *word,
	   poptContext popt)
{
	switch (event) {
	case SAW_HELP:
		show_version();
		printf("\n");
		poptPrintHelp(popt, stdout, 0);
		return EXITCODE_OK;
	case SAW_VERSION:
		show_version();
		return EXITCODE_OK;
	case SAW_ALLOW:
		return add_allowed(options, word);
	case SAW_LISTEN:
		args_push(&options->listen, word);
		return -1;
	case SAW_STATS:
		args_push(&options->stats_listen, word);
		return -1;
	case SAW_ZEROCONF:
		log_warn("--zeroconf: zeroconf is not built in yet");
		return -1;
	default:
		/* To go on would let in those whom it was to keep out. */
		log_error("authentication is not built in yet");
		return EXITCODE_AUTH;
	}
}

static int
default_jobs(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	return cpus < 1 ? 3 : (int)cpus + 2;
}

static void
choose_level(struct options *options)
{
	int level;

	if (options->log_level != NULL) {
		level = log_level_by_name(options->log_level);
		if (level < 0)
			log_warn("unknown log level '%s'", options->log_level);
		else
			options->level = level;
	}
	if (options->verbose)
		options->level = LOG_DEBUG;
}

static int
settle(struct options *options)
{
	if (options->wizard) {
		options->log_stderr = options->standalone = 1;
		options->no_detach = options->no_fork = options->verbose = 1;
	}
	choose_level(options);
	if (options->port < 1 || options->port > 65535) {
		log_error("--port %d is not between 1 and 65535",
			  options->port);
		return EXITCODE_BAD_ARGUMENTS;
	}
	if (options->jobs < 1 || options->jobs > MAX_JOBS) {
		log_error("--jobs %d is not between 1 and %d", options->jobs,
			  MAX_JOBS);
		return EXITCODE_BAD_ARGUMENTS;
	}
	if (options->job_lifetime < 0)
		options->job_lifetime = 0;
	if (options->lifetime < 0)
		options->lifetime = 0;
	if (options->allow_private)
		access_add_private(&options->access);
	if (options->sysroot != NULL)
		log_warn("--sysroot has no effect");
	return -1;
}

/* popt names the value that it does not like, but not the option before it. */
static void
log_bad_option(char *const *argv, const char *word, int error)
{
	const char *option = NULL;

	for (; *word != '-' && argv[0] != NULL && argv[1] != NULL; argv++) {
		if (argv[0][0] == '-' && strcmp(argv[1], word) == 0)
			option = argv[0];
	}
	log_error("%s%s%s: %s", option != NULL ? option : "",
		  option != NULL ? " " : "", word, poptStrerror(error));
}

static int
parse_words(struct options *options, char *const *argv, poptContext popt)
{
	char *word;
	int event, r;

	for (;;) {
		event = poptGetNextOpt(popt);
		if (event < 0)
			break;
		word = poptGetOptArg(popt);
		r = take_event(options, event, word, popt);
		free(word);
		if (r >= 0)
			return r;
	}
	if (event < -1) {
		log_bad_option(argv,
			       poptBadOption(popt, POPT_BADOPTION_NOALIAS),
			       event);
		return EXITCODE_BAD_ARGUMENTS;
	}
	if (poptPeekArg(popt) != NULL)
		log_warn("'%s' is no option, and ignored", poptPeekArg(popt));
	return settle(options);
}

int
options_parse(struct options *options, int argc, char **argv)
{
	struct poptOption table[ROW_COUNT + 1];
	const char **words = xmalloc(((size_t)argc + 1) * sizeof *words);
	poptContext popt;
	int r;

	*options = (struct options){
		.access = ACCESS_INIT,
		.listen = ARGS_INIT,
		.level = LOG_NOTICE,
		.port = WIRE_DEFAULT_PORT,
		.jobs = default_jobs(),
		.nice = 5,
		.oom_score_adj = OPTIONS_NO_SCORE,
		.balancers = ACCESS_INIT,
		.stats_listen = ARGS_INIT,
		.drain_time = 30,
		.job_output = 1024,
		.stats_port = 3633,
	};
	fill_table(table, options);
	/* popt wants words that are const, and changes none. */
	memcpy(words, argv, ((size_t)argc + 1) * sizeof *words);
	popt = poptGetContext("distccd", argc, words, table, 0);
	r = parse_words(options, argv, popt);
	poptFreeContext(popt);
	free(words);
	return r;
}

void
options_clear(struct options *options)
{
	access_clear(&options->access);
	access_clear(&options->balancers);
	args_clear(&options->listen);
	args_clear(&options->stats_listen);
	free(options->config);
	free(options->user);
	free(options->pid_file);
	free(options->log_file);
	free(options->log_level);
	free(options->sysroot);
	free(options->auth_list);
}
