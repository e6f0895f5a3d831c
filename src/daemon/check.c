/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/check.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/net.h"
#include "base/path.h"
#include "base/sig.h"
#include "base/tmp.h"
#include "daemon/checkreport.h"
#include "daemon/exitcode.h"
#include "daemon/machine.h"
#include "daemon/options.h"
#include "daemon/policy.h"
#include "daemon/privilege.h"
#include "daemon/settings.h"

#define MAX_LOG (1024 * 1024)
#define MIB (1024 * 1024)

void
check_begin(struct check *check)
{
	check->exitcode = -1;
	sig_ignore(SIGXFSZ);
	log_set_level(LOG_WARNING);
	check->log_fd = tmp_open_messages("/tmp", MAX_LOG);
	log_to_fd(check->log_fd < 0 ? STDERR_FILENO : check->log_fd);
}

static void
release_log(struct check *check)
{
	log_to_fd(STDERR_FILENO);
	if (check->log_fd < 0)
		return;
	if (tmp_end_messages(check->log_fd) < 0 ||
	    lseek(check->log_fd, 0, SEEK_SET) < 0 ||
	    fd_copy_all(STDERR_FILENO, check->log_fd) < 0)
		log_error_r(ERR_SYS, "what is wrong cannot be said");
	close(check->log_fd);
	check->log_fd = -1;
}

/* A start ends with the first thing that is wrong; we go on. */
static void
note_failure(struct check *check, int exitcode)
{
	if (check->exitcode < 0)
		check->exitcode = exitcode;
}

/* Warns of a file that is to be written and can't; a start goes on too. */
static void
try_file(const char *option, const char *file)
{
	int r = access(file, W_OK);
	char *dir;

	if (r < 0 && errno == ENOENT) {
		dir = path_dir(file);
		r = access(dir, W_OK | X_OK);
		free(dir);
	}
	if (r < 0)
		log_warn_r(ERR_SYS, "%s %s cannot be written", option, file);
}

static void
try_tmpdir(struct check *check)
{
	check->has_room = chdir(check->settings->tmpdir) == 0;
	if (check->has_room)
		return;
	log_error_r(ERR_SYS, "cannot work in %s", check->settings->tmpdir);
	note_failure(check, EXITCODE_IO_ERROR);
}

static void
try_addresses(struct check *check, const struct args *list, int port,
	      const char *option)
{
	struct args found = ARGS_INIT;
	size_t i;
	int r;

	for (i = 0; i < list->count; i++) {
		r = net_resolve(list->v[i], port, &found);
		if (r == 0)
			continue;
		log_error_r(r, "%s %s", option, list->v[i]);
		note_failure(check, EXITCODE_BIND);
	}
	args_clear(&found);
}

static void
try_policy(struct check *check, struct policy *policy)
{
	const struct args *paths = &policy->cmdlist.paths;
	size_t i;
	int r = policy_load(policy, check->settings, check->options->insecure);

	if (r >= 0)
		note_failure(check, r);
	for (i = 0; i < paths->count; i++) {
		if (access(paths->v[i], X_OK) < 0)
			log_warn_r(ERR_SYS, "%s: %s cannot be run",
				   check->settings->cmdlist, paths->v[i]);
	}
}

static void
try_floor(const char *option, int floor, int64_t now)
{
	if (floor > 0 && now >= 0 && now / MIB < floor)
		log_warn("%s %d: no job would begin now, %lld MiB are free",
			 option, floor, (long long)(now / MIB));
}

/* In TMPDIR, which is the working directory. */
static void
try_room(struct check *check)
{
	check->has_room = access(".", W_OK | X_OK) == 0;
	if (!check->has_room) {
		log_error_r(ERR_SYS, "cannot make a directory in %s",
			    check->settings->tmpdir);
		note_failure(check, EXITCODE_IO_ERROR);
	}
	try_floor("--min-free-disk", check->options->min_free_disk,
		  machine_free_disk("."));
}

/* All in the order of a start, so that the first failure is the same. */
int
check_end(struct check *check)
{
	const struct options *options = check->options;
	struct policy policy;

	if (privilege_drop(options->user) < 0)
		note_failure(check, EXITCODE_PRIVILEGE);
	if (options->log_file != NULL && !options->log_stderr)
		try_file("--log-file", options->log_file);
	try_tmpdir(check);
	try_policy(check, &policy);
	if (check->own_sockets)
		try_addresses(check, &options->listen, options->port,
			      "--listen");
	if (check->has_room)
		try_room(check);
	try_floor("--min-free-memory", options->min_free_memory,
		  machine_free_memory());
	if (options->stats)
		try_addresses(check, &options->stats_listen,
			      options->stats_port, "--stats-listen");
	if (options->pid_file != NULL)
		try_file("--pid-file", options->pid_file);
	checkreport_print(check, &policy);
	policy_clear(&policy);
	release_log(check);
	return check->exitcode < 0 ? EXITCODE_OK : check->exitcode;
}
