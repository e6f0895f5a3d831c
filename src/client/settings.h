/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_SETTINGS_H
#define CLIENT_SETTINGS_H

#include <signal.h>

/*
 * What the environment asks of the client, read once at the start; distcc(1)
 * documents the variables. What is const is borrowed from the environment.
 */
struct settings {
	char *const *environment;	/* all of it */
	const char *hosts;	/* DISTCC_HOSTS, or NULL */
	char *dir;	/* DISTCC_DIR or ~/.distcc; NULL: no home */
	char *lock_dir;	/* below it, or NULL */
	char *state_dir;
	char *cache_dir;	/* what compilers have said, or NULL */
	char *agent_dir;	/* where distcc-agent has its socket, or NULL */
	const char *agent_socket;	/* DISTCC_AGENT_SOCKET, or NULL */
	const char *include_server;	/* INCLUDE_SERVER_PORT, or NULL */
	const char *tmp_dir;	/* TMPDIR, or what gcc would take instead */
	const char *bad_tmp_dir;	/* TMPDIR, where that cannot be used */
	char *path;	/* PATH */
	const char *log_file;	/* DISTCC_LOG, or NULL */
	int log_fd;		/* UNCACHED_ERR_FD, or -1 */
	int verbose;
	int fallback;
	int skip_local_retry;
	int local_diagnostics;
	int rewrite_names;
	int save_temps;
	int journal;
	const char *build;	/* DISTCC_BUILD_ID, or NULL */
	int backoff_period;	/* seconds */
	int pause_ms;
	int io_ms;
	int max_discrepancy;	/* DISTCC_MAX_DISCREPANCY */
	int recursion;		/* how many distccs run this one */
	/* signals that the caller ignores, and what it runs shall; see main */
	sigset_t ignored;
};

/*
 * Fills settings. Returns 0, or ERR_SYNTAX with *complaint set to a sentence
 * about a variable whose value cannot be used; it is yours to free.
 */
int settings_read(struct settings *settings, char **complaint);

/* Frees what settings holds. */
void settings_clear(struct settings *settings);

/*
 * Makes the directories that settings names, where they are missing. On
 * ERR_SYS, lock_dir and state_dir are NULL afterwards: the job can be done
 * without them.
 */
int settings_make_dirs(struct settings *settings);

/* The host list files to look at, in order; yours to free. */
char *settings_user_hosts_file(const struct settings *settings);
const char *settings_system_hosts_file(void);

/*
 * Sets the recursion level for what this process runs, and sees to it that a
 * ccache among that does not call distcc by CCACHE_PREFIX.
 */
void settings_export_recursion(const struct settings *settings);

/* From now on, path is PATH, also for what this process runs. Takes it. */
void settings_take_path(struct settings *settings, char *path);

#endif
