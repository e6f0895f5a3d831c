/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/scanincludes.h"

#include <stdio.h>
#include <string.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "client/command.h"
#include "client/exitcode.h"
#include "client/hostlist.h"
#include "client/pump.h"
#include "client/settings.h"
#include "client/way.h"
#include "compiler/cmdline.h"
#include "farm/hosts.h"
#include "wire/tree.h"

/* How a link begins that leads from anywhere in a tree to its server's root. */
#define TO_ROOT "../../../../"

/* The length of the directory that a placeholder stands for, or 0. */
static size_t
placeholder_dir(const char *name)
{
	static const char end[] = "/" TREE_PLACEHOLDER;
	size_t len = strlen(name), skip = sizeof end - 1;

	return len > skip && strcmp(name + len - skip, end) == 0 ? len - skip :
								    0;
}

/* Whether the link leads to where it is itself, on another machine. */
static int
is_system_dir(const struct tree_entry *entry)
{
	const char *at = entry->target;

	if (strncmp(at, TO_ROOT, sizeof TO_ROOT - 1) != 0)
		return 0;
	while (strncmp(at, "../", 3) == 0)
		at += 3;
	return strcmp(at, entry->name + 1) == 0;
}

static void
print_entry(const struct tree_entry *entry)
{
	size_t dir = placeholder_dir(entry->name);

	if (entry->kind == TREE_LINK)
		printf("%-9s %s\n", is_system_dir(entry) ? "SYSTEMDIR" :
							   "SYMLINK",
		       entry->name);
	else if (dir > 0)
		printf("%-9s %.*s\n", "DIRECTORY", (int)dir, entry->name);
	else
		printf("%-9s %s\n", "FILE", entry->name);
}

/* Returns an exit code. */
static int
print_plan(const struct settings *settings, const struct cmdline *cmd)
{
	struct pump pump = PUMP_INIT;
	struct buf why = BUF_INIT;
	int code = EXIT_GENERAL;
	size_t i;

	if (!way_is_open(settings, cmd, &why)) {
		log_error("sources are not sent: %s", why.data);
	} else if (pump_ask(&pump, settings, cmd) < 0) {
		log_error("sources are not sent: %s", pump.trouble.data);
	} else {
		for (i = 0; i < pump.plan.count; i++)
			print_entry(&pump.entries[i]);
		code = 0;
	}
	pump_clear(&pump);
	buf_clear(&why);
	return code;
}

static int
any_host_takes_sources(const struct settings *settings)
{
	struct hosts hosts = HOSTS_INIT;
	int any;

	(void)hostlist_read(settings, &hosts);
	hostlist_log_complaints(&hosts);
	any = hosts_any_cpp(&hosts);
	hosts_clear(&hosts);
	return any;
}

int
scanincludes_run(const struct settings *settings, char *const *words)
{
	struct args command = ARGS_INIT;
	struct cmdline cmd = CMDLINE_INIT;
	int code = EXIT_GENERAL;

	if (words[0] == NULL) {
		log_error("usage: distcc --scan-includes COMPILER [OPTIONS]");
		return EXIT_BAD_ARGUMENTS;
	}
	if (!any_host_takes_sources(settings)) {
		log_error("no host takes sources (,lzo,cpp)");
		return EXIT_GENERAL;
	}
	args_append_argv(&command, words);
	command_parse(settings, &command, &cmd);
	command_make_portable(settings, &cmd);
	if (cmd.reason != REASON_NONE && !cmd.needs_sources)
		log_error("the command stays here: %s",
			  reason_text(cmd.reason));
	else
		code = print_plan(settings, &cmd);
	cmdline_clear(&cmd);
	args_clear(&command);
	return code;
}
