/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/way.h"

#include <stdint.h>
#include <string.h>

#include "base/args.h"
#include "base/buf.h"
#include "client/discrepancy.h"
#include "client/settings.h"
#include "compiler/cmdline.h"
#include "compiler/lang.h"
#include "compiler/reason.h"
#include "compiler/rewrite.h"
#include "compiler/rooted.h"
#include "wire/agent.h"

/*
 * Processor time, in nanoseconds, as measured with gcc 12 on a machine of
 * 2021; other compilers and machines differ, but hardly the ratio of the two
 * ways. To preprocess is to start a compiler and its preprocessor, and to read
 * all that is included: 6 ms for nothing at all, 100 ms for 6 MB of C++, 85 ms
 * for 10,000 files with next to nothing in them. What goes with its sources is
 * compressed already, and only copied to the network, file by file.
 */
#define CPP_NS 6000000
#define CPP_NS_A_BYTE 14
#define CPP_NS_A_FILE 6000
#define SEND_NS 300000
#define SEND_NS_A_FILE 2000
#define SEND_NS_A_BYTE 1

/* How much of the bytes that are read goes out when they are preprocessed. */
#define CPP_SENDS 8	/* an eighth */
#define CPP_SENDS_A_FILE 16	/* and where each file begins and ends */

/* More than so many times that is too much for the network ... */
#define BURDEN 4
/* ... but for what hardly counts. */
#define BURDEN_FREE (64 * 1024)

/* What makes compilers here find headers, and is not sent. */
static const char *
searching_variable(char *const *envp)
{
	static const char *const names[] = {
		"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH",
		"OBJC_INCLUDE_PATH", "OBJCPLUS_INCLUDE_PATH",
	};
	size_t i, len;

	for (; *envp != NULL; envp++) {
		len = strcspn(*envp, "=");
		for (i = 0; i < sizeof names / sizeof *names; i++) {
			if (strlen(names[i]) == len &&
			    strncmp(*envp, names[i], len) == 0 &&
			    (*envp)[len] == '=' && (*envp)[len + 1] != '\0')
				return names[i];
		}
	}
	return NULL;
}

int
way_is_open(const struct settings *settings, const struct cmdline *cmd,
	    struct buf *why)
{
	const char *variable = searching_variable(settings->environment);

	if (cmd->lang->is_preprocessed)
		buf_add_str(why, "preprocessed");
	else if (variable != NULL)
		buf_addf(why, "environment: %s", variable);
	else if (discrepancy_is_too_much(settings))
		buf_add_str(why, "discrepancy");
	else
		return 1;
	return 0;
}

int
way_is_served(const struct cmdline *cmd, const char *cwd, struct buf *why)
{
	struct cmdline there = CMDLINE_INIT;
	struct args args = ARGS_INIT;
	int is_served;

	rewrite_to_pump(cmd, cmd->args.v[0], NULL, &args);
	cmdline_parse_pumped(&there, args.v);
	there.family = cmd->family;
	if (there.reason == REASON_NONE)
		rooted_judge(&there, cwd);
	is_served = there.reason == REASON_NONE;
	if (!is_served)
		buf_addf(why, "server: %s", there.culprit != NULL ?
			 there.culprit : reason_name(there.reason));
	cmdline_clear(&there);
	args_clear(&args);
	return is_served;
}

int
way_is_cheap(const struct agent_plan *plan, struct buf *why)
{
	uint64_t cpp = CPP_NS + plan->count * CPP_NS_A_FILE +
		       plan->bytes * CPP_NS_A_BYTE;
	uint64_t cpp_sends = plan->count * CPP_SENDS_A_FILE +
			     plan->bytes / CPP_SENDS;
	uint64_t send = SEND_NS + plan->count * SEND_NS_A_FILE +
			plan->sent_bytes * SEND_NS_A_BYTE;

	if (send <= cpp &&
	    plan->sent_bytes <= BURDEN_FREE + BURDEN * cpp_sends)
		return 1;
	buf_addf(why, "costs: %zu files, %llu bytes", plan->count,
		 (unsigned long long)plan->sent_bytes);
	return 0;
}
