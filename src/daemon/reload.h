/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_RELOAD_H
#define DAEMON_RELOAD_H

struct options;
struct policy;
struct settings;

/*
 * SIGHUP: the configuration is read again, from the same command line and the
 * file that it names. Paths in both count from where the daemon was started.
 */
struct reload {
	int argc;
	char **argv;
	int start_fd, work_fd;	/* directories; -1 */
	struct options *options;
	const struct settings *settings;
	struct policy *policy;
};

/* To be called in the directory where the daemon was started. */
void reload_init(struct reload *reload, int argc, char **argv);

/*
 * The same in the directory in which it works. What can change is changed in
 * options and policy, which are borrowed.
 */
void reload_ready(struct reload *reload, struct options *options,
		  const struct settings *settings, struct policy *policy);

/*
 * Reads all again; arg is the struct reload. The access rules, by names as
 * they are now, the compilers, the log with its file, and the limits of jobs
 * are then the new ones; what needs a new start is named in the log. With a
 * mistake in it, it says so, and nothing changes.
 */
void reload_run(void *arg);

/* Closes what reload holds. */
void reload_clear(struct reload *reload);

#endif
