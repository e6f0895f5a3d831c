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

/* Says the command, which asks for this processor, in words for others. */
static void
make_portable(const struct settings *settings, struct cmdline *cmd)
{
	const enum family family = cmd->family;
	struct probe probe = PROBE_INIT;
	struct args words = ARGS_INIT;

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

/* Whether the environment leaves nothing to be sent. */
static int
stays_by_environment(const struct settings *settings, struct cmdline *cmd)
{
	char *culprit = environment_culprit(settings->environment,
					    cmd->family);

	if (culprit == NULL)
		return 0;
	cmd->reason = REASON_ENVIRONMENT;
	free(cmd->culprit);
	cmd->culprit = culprit;
	return 1;
}

void
command_parse(const struct settings *settings, const struct args *command,
	      struct cmdline *cmd)
{
	enum family family = identity_family(command->v[0], settings->path);

	cmdline_parse(cmd, command->v, family);
	if (cmd->reason != REASON_NONE && cmd->reason != REASON_NATIVE)
		return;
	if (!stays_by_environment(settings, cmd) &&
	    cmd->reason == REASON_NATIVE)
		make_portable(settings, cmd);
}
