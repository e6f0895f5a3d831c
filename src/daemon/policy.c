/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/policy.h"

#include <stdlib.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "compiler/identity.h"
#include "compiler/rooted.h"
#include "daemon/exitcode.h"
#include "daemon/settings.h"

static const char *const masquerade_dirs[] = {
	LIBDIR "/distcc", "/usr/lib/distcc", NULL
};

static int
load_cmdlist(struct policy *policy, const struct settings *settings)
{
	policy->has_cmdlist = 1;
	return cmdlist_load(&policy->cmdlist, settings->cmdlist,
			    settings->cmdlist_words);
}

int
policy_load(struct policy *policy, const struct settings *settings,
	    int anything)
{
	*policy = (struct policy){
		.compilers = COMPILERS_INIT,
		.cmdlist = CMDLIST_INIT,
		.anything = anything,
		.path = settings->path,
	};
	if (settings->cmdlist != NULL) {
		if (load_cmdlist(policy, settings) < 0)
			return EXITCODE_NO_COMPILER;
		return -1;
	}
	if (anything)
		return -1;
	compilers_find(&policy->compilers, masquerade_dirs, settings->path);
	if (policy->compilers.names.count > 0)
		return -1;
	log_critical("no compiler may be run: neither %s nor %s names one, "
		     "and none was found", masquerade_dirs[0],
		     masquerade_dirs[1]);
	return EXITCODE_NO_COMPILER;
}

void
policy_clear(struct policy *policy)
{
	compilers_clear(&policy->compilers);
	cmdlist_clear(&policy->cmdlist);
}

/*
 * What an unrestricted daemon runs: the path, or else its last part. What
 * is found nowhere becomes a path that cannot be executed either.
 */
static char *
find_anything(const char *name, const char *path)
{
	char *found;

	if (name[0] == '/' && access(name, X_OK) == 0)
		return xstrdup(name);
	found = path_find_program(path_base(name), path, identity_is_wrapper);
	return found != NULL ? found : path_join(".", path_base(name));
}

static char *
find_program(const struct policy *policy, const char *name,
	     struct buf *refusal)
{
	const char *found;

	if (name[0] == '\0' || name[0] == '-') {
		buf_addf(refusal, "'%s' is no name of a compiler", name);
		return NULL;
	}
	if (policy->has_cmdlist) {
		found = cmdlist_find(&policy->cmdlist, name);
		if (found == NULL)
			buf_addf(refusal, "lookup of %s in DISTCC_CMDLIST "
				 "failed", name);
	} else if (policy->anything) {
		return find_anything(name, policy->path);
	} else {
		found = compilers_look_up(&policy->compilers, name);
		if (found == NULL)
			buf_addf(refusal, "compiler %s is not allowed here",
				 name);
	}
	return found == NULL ? NULL : xstrdup(found);
}

static void
explain(const struct cmdline *cmd, struct buf *refusal)
{
	if (cmd->culprit == NULL)
		buf_add_str(refusal, reason_text(cmd->reason));
	else
		buf_addf(refusal, "%s%s is not allowed: %s",
			 cmd->culprit[0] == '-' ? "option " : "",
			 cmd->culprit, reason_text(cmd->reason));
}

/* Finds the program; whoever is refused that is refused everything. */
static int
judge_program(const struct policy *policy, const struct args *args,
	      struct verdict *verdict)
{
	verdict->program = find_program(policy, args->v[0],
					&verdict->refusal);
	return verdict->program == NULL ? ERR_DENIED : 0;
}

static int
conclude(struct verdict *verdict)
{
	if (verdict->cmd.reason == REASON_NONE)
		return 0;
	explain(&verdict->cmd, &verdict->refusal);
	return ERR_DENIED;
}

int
policy_judge(const struct policy *policy, const struct args *args,
	     struct verdict *verdict)
{
	if (judge_program(policy, args, verdict) < 0)
		return ERR_DENIED;
	cmdline_parse_foreign(&verdict->cmd, args->v);
	verdict->cmd.family = identity_family(verdict->program, policy->path);
	return conclude(verdict);
}

int
policy_judge_pump(const struct policy *policy, const struct args *args,
		  const char *cwd, struct verdict *verdict)
{
	if (judge_program(policy, args, verdict) < 0)
		return ERR_DENIED;
	cmdline_parse_pumped(&verdict->cmd, args->v);
	verdict->cmd.family = identity_family(verdict->program, policy->path);
	if (verdict->cmd.reason == REASON_NONE)
		rooted_judge(&verdict->cmd, cwd);
	return conclude(verdict);
}

void
verdict_clear(struct verdict *verdict)
{
	cmdline_clear(&verdict->cmd);
	free(verdict->program);
	verdict->program = NULL;
	buf_clear(&verdict->refusal);
}
