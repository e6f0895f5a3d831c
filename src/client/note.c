/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/note.h"

#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "client/build.h"
#include "client/journal.h"
#include "client/record.h"
#include "client/settings.h"
#include "compiler/cmdline.h"
#include "compiler/identity.h"

static int
is_wanted(const struct settings *settings)
{
	return settings->journal && settings->dir != NULL;
}

void
note_job(const struct settings *settings, const struct args *command,
	 const struct cmdline *cmd, struct record *record)
{
	if (!is_wanted(settings))
		return;
	if (cmd->input_at > 0)
		record->file = xstrdup(cmdline_input(cmd));
	if (cmd->output != NULL)
		record->output = xstrdup(cmd->output);
	record->compiler = xstrdup(command->v[0]);
	record->cwd = getcwd(NULL, 0);
	record->build = settings->build != NULL ? xstrdup(settings->build) :
						  build_name();
	if (journal_append(settings->dir, record) < 0)
		log_info_r(ERR_SYS, "cannot write to the journal in %s",
			   settings->dir);
}

void
note_nested(const struct settings *settings, const struct args *command)
{
	struct record record = RECORD_INIT;
	struct cmdline cmd = CMDLINE_INIT;

	if (!is_wanted(settings))
		return;
	record_start(&record);
	cmdline_parse(&cmd, command->v,
		      identity_family(command->v[0], settings->path));
	record_explain(&record, REASON_NESTED, NULL);
	record.verdict = RECORD_IS_LOCAL;
	/* Nobody will be left to see how it ends. */
	record_finish(&record, RECORD_NO_STATUS);
	note_job(settings, command, &cmd, &record);
	cmdline_clear(&cmd);
	record_clear(&record);
}
