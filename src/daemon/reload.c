/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/reload.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/args.h"
#include "base/err.h"
#include "base/log.h"
#include "daemon/logging.h"
#include "daemon/options.h"
#include "daemon/policy.h"

/* What only a new start can change. */
enum kind {
	KIND_INT,
	KIND_STRING,
	KIND_ARGS
};

static const struct fixed {
	const char *option;
	enum kind kind;
	size_t at;
} fixed[] = {
#define FIXED(option, kind, member) \
	{ option, kind, offsetof(struct options, member) }
	FIXED("listen", KIND_ARGS, listen),
	FIXED("stats-listen", KIND_ARGS, stats_listen),
	FIXED("user", KIND_STRING, user),
	FIXED("pid-file", KIND_STRING, pid_file),
	FIXED("port", KIND_INT, port),
	FIXED("jobs", KIND_INT, jobs),
	FIXED("receivers", KIND_INT, receivers),
	FIXED("lifetime", KIND_INT, lifetime),
	FIXED("nice", KIND_INT, nice),
	FIXED("stats", KIND_INT, stats),
	FIXED("stats-port", KIND_INT, stats_port),
#undef FIXED
};

static int
open_here(void)
{
	return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void
reload_init(struct reload *reload, int argc, char **argv)
{
	*reload = (struct reload){
		.argc = argc, .argv = argv, .start_fd = open_here(),
		.work_fd = -1,
	};
}

void
reload_ready(struct reload *reload, struct options *options,
	     const struct settings *settings, struct policy *policy)
{
	reload->work_fd = open_here();
	reload->options = options;
	reload->settings = settings;
	reload->policy = policy;
}

static int
same_string(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int
same_args(const struct args *a, const struct args *b)
{
	size_t i;

	for (i = 0; i < a->count && i < b->count; i++) {
		if (strcmp(a->v[i], b->v[i]) != 0)
			return 0;
	}
	return a->count == b->count;
}

static void
swap(void *a, void *b, size_t size)
{
	unsigned char *x = a, *y = b, byte;

	for (; size > 0; size--, x++, y++) {
		byte = *x;
		*x = *y;
		*y = byte;
	}
}

/* Returns whether the member differs; then each struct gets the other's. */
static int
swap_fixed(const struct fixed *row, struct options *a, struct options *b)
{
	void *x = (char *)a + row->at, *y = (char *)b + row->at;

	switch (row->kind) {
	case KIND_STRING:
		if (same_string(*(char **)x, *(char **)y))
			return 0;
		swap(x, y, sizeof(char *));
		return 1;
	case KIND_ARGS:
		if (same_args(x, y))
			return 0;
		swap(x, y, sizeof(struct args));
		return 1;
	default:
		if (*(int *)x == *(int *)y)
			return 0;
		swap(x, y, sizeof(int));
		return 1;
	}
}

static void
take_over(struct reload *reload, struct options *fresh, struct policy *policy)
{
	size_t i;

	for (i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		if (swap_fixed(&fixed[i], reload->options, fresh))
			log_warn("--%s is changed by a new start only",
				 fixed[i].option);
	}
	swap(reload->options, fresh, sizeof *fresh);
	swap(reload->policy, policy, sizeof *policy);
	(void)logging_open(reload->options, reload->settings);
}

/* Reads it, with nothing changed; returns whether it can be used. */
static int
read_again(struct reload *reload, struct options *fresh,
	   struct policy *policy)
{
	if (options_parse(fresh, reload->argc, reload->argv) >= 0)
		return 0;
	if (reload->options->access.count > 0 && fresh->access.count == 0) {
		log_error("nobody might connect any more");
		return 0;
	}
	return policy_load(policy, reload->settings, fresh->insecure) < 0;
}

void
reload_run(void *arg)
{
	struct reload *reload = arg;
	struct options fresh;
	struct policy policy;

	memset(&policy, 0, sizeof policy);
	log_notice("read the configuration again");
	if (fchdir(reload->start_fd) < 0)
		log_info_r(ERR_SYS, "relative paths count from TMPDIR");
	if (read_again(reload, &fresh, &policy))
		take_over(reload, &fresh, &policy);
	else
		log_error("the configuration stays as it was");
	if (fchdir(reload->work_fd) < 0)
		log_error_r(ERR_SYS, "cannot return to TMPDIR");
	options_clear(&fresh);
	policy_clear(&policy);
}

void
reload_clear(struct reload *reload)
{
	if (reload->start_fd >= 0)
		close(reload->start_fd);
	if (reload->work_fd >= 0)
		close(reload->work_fd);
}
