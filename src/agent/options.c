/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/options.h"

#include <limits.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/log.h"
#include "base/path.h"

enum { FOUND_HELP = 1, FOUND_VERSION };

#define MAX_SECONDS 1000000	/* as milliseconds they are an int still */
#define MAX_MIB 1000000

/* Most words that a command line of ours can make sense with. */
#define ROWS 12

static void
fill_table(struct options *options, struct poptOption table[static ROWS])
{
	const struct poptOption rows[ROWS] = {
		{ "help", '?', POPT_ARG_NONE, NULL, FOUND_HELP,
		  "explain and exit", NULL },
		{ "version", 0, POPT_ARG_NONE, NULL, FOUND_VERSION,
		  "show version and exit", NULL },
		{ "socket", 0, POPT_ARG_STRING, &options->socket, 0,
		  "socket to listen on, or to ask", "PATH" },
		{ "listen-fd", 0, POPT_ARG_INT, &options->listen_fd, 0,
		  "descriptor that listens there already", "N" },
		{ "idle-time", 0, POPT_ARG_INT, &options->idle_s, 0,
		  "end when nobody asked for so long; 0: never (600)",
		  "SECONDS" },
		{ "memory", 0, POPT_ARG_INT, &options->memory, 0,
		  "most memory for what clients send (256)", "MIB" },
		{ "pid-file", 0, POPT_ARG_STRING, &options->pid_file, 0,
		  "write the process id there", "FILE" },
		{ "log-file", 0, POPT_ARG_STRING, &options->log_file, 0,
		  "log there", "FILE" },
		{ "no-detach", 0, POPT_ARG_NONE, &options->no_detach, 0,
		  "stay in the foreground", NULL },
		{ "verbose", 0, POPT_ARG_NONE, &options->verbose, 0,
		  "log everything", NULL },
		{ "status", 0, POPT_ARG_NONE, &options->status, 0,
		  "ask the agent that runs how it is", NULL },
		{ "stop", 0, POPT_ARG_NONE, &options->stop, 0,
		  "ask the agent that runs to end", NULL },
	};

	memcpy(table, rows, sizeof rows);
	memset(&table[ROWS], 0, sizeof table[ROWS]);
}

static void
show_version(void)
{
	printf("distcc-agent %s %s\n  built %s\n", PACKAGE_VERSION,
	       HOST_TRIPLE, BUILD_DATE);
}

static int
parse(poptContext popt)
{
	int found = poptGetNextOpt(popt);

	if (found == FOUND_HELP) {
		show_version();
		printf("\n");
		poptPrintHelp(popt, stdout, 0);
		return EXIT_SUCCESS;
	}
	if (found == FOUND_VERSION) {
		show_version();
		return EXIT_SUCCESS;
	}
	if (found < -1) {
		log_error("%s: %s", poptBadOption(popt, 0),
			  poptStrerror(found));
		return EXIT_FAILURE;
	}
	if (poptPeekArg(popt) != NULL) {
		log_error("'%s' is no option", poptPeekArg(popt));
		return EXIT_FAILURE;
	}
	return -1;
}

static int
check(const struct options *options)
{
	if (options->idle_s < 0 || options->idle_s > MAX_SECONDS) {
		log_error("--idle-time %d is not a number between 0 and %d",
			  options->idle_s, MAX_SECONDS);
		return EXIT_FAILURE;
	}
	if (options->memory < 1 || options->memory > MAX_MIB) {
		log_error("--memory %d is not a number between 1 and %d",
			  options->memory, MAX_MIB);
		return EXIT_FAILURE;
	}
	if (options->listen_fd >= 0 && options->socket == NULL) {
		log_error("--listen-fd needs --socket");
		return EXIT_FAILURE;
	}
	return -1;
}

/* The background has another working directory. */
static void
make_absolute(char **path)
{
	char *dir, *word = *path;

	if (word == NULL || *word == '/')
		return;
	dir = getcwd(NULL, 0);
	*path = path_join(dir == NULL ? "/" : dir, word);
	free(dir);
	free(word);
}

int
options_parse(struct options *options, int argc, char **argv)
{
	struct poptOption table[ROWS + 1];
	const char **words = xmalloc(((size_t)argc + 1) * sizeof *words);
	poptContext popt;
	int code;

	*options = (struct options){
		.listen_fd = -1, .idle_s = 600, .memory = 256,
	};
	fill_table(options, table);
	/* popt wants words that are const, and changes none. */
	memcpy(words, argv, ((size_t)argc + 1) * sizeof *words);
	popt = poptGetContext("distcc-agent", argc, words, table, 0);
	code = parse(popt);
	poptFreeContext(popt);
	free(words);
	make_absolute(&options->socket);
	make_absolute(&options->pid_file);
	return code >= 0 ? code : check(options);
}

void
options_clear(struct options *options)
{
	free(options->socket);
	free(options->pid_file);
	free(options->log_file);
}
