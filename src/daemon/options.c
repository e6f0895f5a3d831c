/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/options.h"

#include <limits.h>
#include <popt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/config.h"
#include "daemon/exitcode.h"
#include "daemon/machine.h"
#include "daemon/optrow.h"
#include "wire/version.h"

/* Read if nothing else is asked for; it need not be there. */
#define USUAL_FILE SYSCONFDIR "/distcc/distccd.conf"

#define LEAST_RECEIVERS 8
#define MIB (1024 * 1024)

/* popt hands back what was found as a number, which is the row's and 1. */
static void
fill_table(struct poptOption *table)
{
	const struct optrow *row;

	memset(table, 0, OPTROW_MAX * sizeof *table);
	for (row = optrow_all(); row->name != NULL; row++, table++) {
		table->longName = row->name;
		table->shortName = row->letter;
		table->argInfo = row->value == NULL ? POPT_ARG_NONE :
						      POPT_ARG_STRING;
		table->val = (int)(row - optrow_all()) + 1;
		table->descrip = row->help;
		table->argDescrip = row->value;
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

static uint64_t
bit_of(const struct optrow *row)
{
	return (uint64_t)1 << (row - optrow_all());
}

/* Returns as options_parse does; word is the option's value, or NULL. */
static int
take_option(struct options *options, const struct optrow *row,
	    const char *word, poptContext popt)
{
	char *label;
	int r;

	switch (row->kind) {
	case OPTROW_HELP:
		show_version();
		printf("\n");
		poptPrintHelp(popt, stdout, 0);
		return EXITCODE_OK;
	case OPTROW_VERSION:
		show_version();
		return EXITCODE_OK;
	default:
		label = concat("--", row->name, (char *)NULL);
		r = optrow_set(options, row, word, label);
		free(label);
		return r;
	}
}

/* Adds the options that the command line has to given. */
static int
parse_words(struct options *options, uint64_t *given, poptContext popt)
{
	const struct optrow *row;
	char *word;
	int found, r;

	for (;;) {
		found = poptGetNextOpt(popt);
		if (found < 0)
			break;
		row = optrow_all() + found - 1;
		*given |= bit_of(row);
		word = poptGetOptArg(popt);
		r = take_option(options, row, word, popt);
		free(word);
		if (r >= 0)
			return r;
	}
	if (found < -1) {
		log_error("%s: %s", poptBadOption(popt, 0),
			  poptStrerror(found));
		return EXITCODE_BAD_ARGUMENTS;
	}
	if (poptPeekArg(popt) != NULL)
		log_warn("'%s' is no option, and ignored", poptPeekArg(popt));
	return -1;
}

static int
parse_command_line(struct options *options, uint64_t *given, int argc,
		   char **argv)
{
	struct poptOption table[OPTROW_MAX];
	const char **words = xmalloc(((size_t)argc + 1) * sizeof *words);
	poptContext popt;
	int r;

	fill_table(table);
	/* popt wants words that are const, and changes none. */
	memcpy(words, argv, ((size_t)argc + 1) * sizeof *words);
	popt = poptGetContext("distccd", argc, words, table, 0);
	r = parse_words(options, given, popt);
	poptFreeContext(popt);
	free(words);
	return r;
}

static int
take_line(struct options *options, const struct config_line *line,
	  const struct optrow *row, const char *label)
{
	const char *complaint = NULL;

	if (row == NULL)
		complaint = "there is no such option";
	else if (row->alone)
		complaint = "only the command line may say this";
	else if (row->value == NULL && line->value != NULL)
		complaint = "this option takes no value";
	else if (row->value != NULL && line->value == NULL)
		complaint = "this option needs a value";
	if (complaint == NULL)
		return optrow_set(options, row, line->value, label);
	log_error("%s: %s", label, complaint);
	return EXITCODE_BAD_ARGUMENTS;
}

/*
 * What the command line has goes before what the file has, be it one value
 * or a list; the file must make sense all the same.
 */
static int
take_lines(struct options *options, const struct config *config,
	   uint64_t given)
{
	struct options unused = { .config = NULL };
	struct buf label = BUF_INIT;
	const struct optrow *row;
	size_t i;
	int r = -1;

	for (i = 0; r < 0 && i < config->count; i++) {
		row = optrow_find(config->lines[i].name);
		buf_reset(&label);
		buf_addf(&label, "%s:%d: %s", options->config,
			 config->lines[i].number, config->lines[i].name);
		r = take_line(row != NULL && (given & bit_of(row)) != 0 ?
			      &unused : options, &config->lines[i], row,
			      label.data);
	}
	options_clear(&unused);
	buf_clear(&label);
	return r;
}

static int
read_file(struct options *options, uint64_t given)
{
	const int is_usual = options->config == NULL;
	struct config config;
	int r;

	if (is_usual)
		options->config = xstrdup(USUAL_FILE);
	r = config_read(&config, options->config);
	if (r == ERR_MISSING && is_usual) {
		free(options->config);
		options->config = NULL;
		return -1;
	}
	if (r == ERR_MISSING)
		log_error("--config %s: there is no such file",
			  options->config);
	if (r < 0)
		return EXITCODE_BAD_ARGUMENTS;
	r = take_lines(options, &config, given);
	config_clear(&config);
	return r;
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

/* What the machine decides if nobody else did. */
static void
choose_numbers(struct options *options)
{
	int64_t memory;

	if (options->jobs == 0) {
		options->jobs_chosen = 1;
		options->jobs = machine_cpus() + 2;
		if (options->jobs > OPTIONS_MAX_JOBS)
			options->jobs = OPTIONS_MAX_JOBS;
	}
	if (options->receivers == 0)
		options->receivers = options->jobs < LEAST_RECEIVERS ?
				     LEAST_RECEIVERS : options->jobs;
	if (options->job_memory < 0) {
		/* What is not known is 0, no limit. */
		memory = machine_memory() / MIB;
		options->job_memory = memory > INT_MAX ? 0 : (int)memory;
	}
}

static void
settle(struct options *options)
{
	if (options->wizard) {
		options->log_stderr = options->standalone = 1;
		options->no_detach = options->no_fork = options->verbose = 1;
	}
	choose_level(options);
	choose_numbers(options);
	if (options->job_lifetime < 0)
		options->job_lifetime = 0;
	if (options->lifetime < 0)
		options->lifetime = 0;
	if (options->allow_private)
		access_add_private(&options->access);
	if (options->sysroot != NULL)
		log_warn("--sysroot has no effect");
#ifndef HAVE_MICROHTTPD
	if (options->stats)
		log_warn("--stats: this build has no statistics");
	options->stats = 0;
#endif
}

int
options_parse(struct options *options, int argc, char **argv)
{
	uint64_t given = 0;
	int r;

	*options = (struct options){
		.access = ACCESS_INIT,
		.listen = ARGS_INIT,
		.level = LOG_NOTICE,
		.port = WIRE_DEFAULT_PORT,
		.nice = 5,
		.oom_score_adj = OPTIONS_NO_SCORE,
		.balancers = ACCESS_INIT,
		.stats_listen = ARGS_INIT,
		.job_lifetime = 1800,
		.drain_time = 30,
		.job_memory = -1,
		.job_output = 1024,
		.min_free_memory = 100,
		.min_free_disk = 100,
		.stats_port = 3633,
	};
	r = parse_command_line(options, &given, argc, argv);
	if (r < 0)
		r = read_file(options, given);
	if (r < 0)
		settle(options);
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
}
