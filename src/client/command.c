/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/command.h"

#include <stdlib.h>

#include "base/args.h"
#include "client/settings.h"
#include "compiler/cmdline.h"
#include "compiler/environment.h"
#include "compiler/identity.h"
#include "compiler/native.h"
#include "compiler/probe.h"

void
command_make_portable(const struct settings *settings, struct cmdline *cmd)
{
	const enum family family = cmd->family;
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT;

	if (cmd->reason != REASON_NATIVE)
		return;
	settings_export_recursion(settings);
	probe_open(&probe, cmd->args.v[0], settings->path,
		   settings->cache_dir, settings->tmp_dir);
	if (native_expand(&probe, &cmd->args, family, &words) == 0) {
		cmdline_clear(cmd);
		cmdline_parse(cmd, words.v, family);
	}
	args_clear(&words);
	probe_clear(&probe);
}

/* The environment may leave nothing to be sent. */
static void
judge_environment(const struct settings *settings, struct cmdline *cmd)
{
	char *culprit = environment_culprit(settings->environment,
					    cmd->family);

	if (culprit == NULL)
		return;
	cmd->reason = REASON_ENVIRONMENT;
	cmd->needs_sources = 0;
	free(cmd->culprit);
	cmd->culprit = culprit;
}

void
command_parse(const struct settings *settings, const struct args *command,
	      struct cmdline *cmd)
{
	enum family family = identity_family(command->v[0], settings->path);

	cmdline_parse(cmd, command->v, family);
	if (cmd->reason == REASON_NONE || cmd->reason == REASON_NATIVE ||
	    cmd->needs_sources)
		judge_environment(settings, cmd);
}
