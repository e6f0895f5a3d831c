/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/settings.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"
#include "wire/agent_socket.h"

extern char **environ;

#define SAFEGUARD "_DISTCC_SAFEGUARD"
#define CCACHE_PREFIX "CCACHE_PREFIX"

/* "1" and "0" count; anything else is as if it were not set. */
static int
get_bool(const char *name, int otherwise)
{
	const char *value = getenv(name);

	if (value == NULL || value[0] == '\0' || value[1] != '\0')
		return otherwise;
	if (value[0] == '1')
		return 1;
	return value[0] == '0' ? 0 : otherwise;
}

static const char *
get_text(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || *value == '\0' ? NULL : value;
}

/* Sets *number if the variable is set. Returns 0 or ERR_SYNTAX. */
static int
get_number(const char *name, long min, long max, int *number)
{
	const char *value = get_text(name);
	char *end;
	long n;

	if (value == NULL)
		return 0;
	errno = 0;
	n = strtol(value, &end, 10);
	if (errno != 0 || *end != '\0' || n < min || n > max)
		return ERR_SYNTAX;
	*number = (int)n;
	return 0;
}

static int
read_numbers(struct settings *settings, char **complaint)
{
	int io_seconds = 300;
	const struct {
		const char *name;
		long min, max;
		int *number;
	} table[] = {
		{ "DISTCC_BACKOFF_PERIOD", 0, INT_MAX,
		  &settings->backoff_period },
		{ "DISTCC_PAUSE_TIME_MSEC", 0, INT_MAX, &settings->pause_ms },
		{ "DISTCC_IO_TIMEOUT", 1, INT_MAX / 1000, &io_seconds },
		{ "DISTCC_MAX_DISCREPANCY", 1, INT_MAX,
		  &settings->max_discrepancy },
	};
	struct buf text = BUF_INIT;
	size_t i;

	settings->backoff_period = 60;
	settings->pause_ms = 1000;
	settings->max_discrepancy = 1;
	for (i = 0; i < sizeof table / sizeof *table; i++) {
		if (get_number(table[i].name, table[i].min, table[i].max,
			       table[i].number) == 0)
			continue;
		buf_addf(&text, "%s is '%s': it takes a number from %ld "
			 "to %ld", table[i].name, getenv(table[i].name),
			 table[i].min, table[i].max);
		*complaint = buf_steal(&text);
		return ERR_SYNTAX;
	}
	settings->io_ms = io_seconds * 1000;
	return 0;
}

static const char *
home_dir(void)
{
	const char *home = get_text("HOME");
	const struct passwd *user;

	if (home != NULL)
		return home;
	user = getpwuid(getuid());
	return user == NULL ? NULL : user->pw_dir;
}

static int
is_usable_dir(const char *path)
{
	/* By way of "." it must be a directory. */
	char *inside = concat(path, "/.", (char *)NULL);
	int usable = access(inside, R_OK | W_OK | X_OK) == 0;

	free(inside);
	return usable;
}

/* The first that can be used, in gcc's order: it never complains either. */
static void
read_tmp_dir(struct settings *settings)
{
	const char *dirs[] = {
		get_text("TMPDIR"), get_text("TMP"), get_text("TEMP"),
		P_tmpdir, "/var/tmp", "/usr/tmp",
	};
	size_t i;

	settings->tmp_dir = P_tmpdir;
	for (i = 0; i < sizeof dirs / sizeof *dirs; i++) {
		if (dirs[i] != NULL && is_usable_dir(dirs[i])) {
			settings->tmp_dir = dirs[i];
			break;
		}
	}
	if (i > 0)
		settings->bad_tmp_dir = dirs[0];
}

static void
read_agent(struct settings *settings, const char *chosen_dir)
{
	settings->agent_dir = agent_socket_dir(chosen_dir,
					       get_text("XDG_RUNTIME_DIR"),
					       settings->dir);
	settings->agent_socket = get_text("DISTCC_AGENT_SOCKET");
	settings->include_server = get_text("INCLUDE_SERVER_PORT");
}

static void
read_dirs(struct settings *settings)
{
	const char *path, *dir, *home;

	read_tmp_dir(settings);
	path = getenv("PATH");
	settings->path = xstrdup(path == NULL ? "/usr/bin:/bin" : path);
	dir = get_text("DISTCC_DIR");
	home = dir == NULL ? home_dir() : NULL;
	if (dir != NULL)
		settings->dir = xstrdup(dir);
	else if (home != NULL)
		settings->dir = path_join(home, ".distcc");
	read_agent(settings, dir);
	if (settings->dir == NULL)
		return;
	settings->lock_dir = path_join(settings->dir, "lock");
	settings->state_dir = path_join(settings->dir, "state");
	settings->cache_dir = path_join(settings->dir, "compilers");
}

static int
recursion_level(void)
{
	int level = 0;

	/* Something is there, even if it is no number. */
	if (get_number(SAFEGUARD, 0, 1000, &level) < 0)
		return 1;
	return level;
}

int
settings_read(struct settings *settings, char **complaint)
{
	memset(settings, 0, sizeof *settings);
	sigemptyset(&settings->ignored);
	settings->environment = environ;
	settings->hosts = getenv("DISTCC_HOSTS");
	settings->log_file = get_text("DISTCC_LOG");
	settings->log_fd = -1;
	if (get_number("UNCACHED_ERR_FD", 0, INT_MAX, &settings->log_fd) < 0)
		settings->log_fd = -1;
	settings->verbose = get_bool("DISTCC_VERBOSE", 0);
	settings->fallback = get_bool("DISTCC_FALLBACK", 1);
	settings->save_temps = get_bool("DISTCC_SAVE_TEMPS", 0);
	settings->journal = get_bool("DISTCC_JOURNAL", 1);
	settings->build = get_text("DISTCC_BUILD_ID");
	settings->local_diagnostics = get_bool("DISTCC_LOCAL_DIAGNOSTICS", 1);
	settings->skip_local_retry = getenv("DISTCC_SKIP_LOCAL_RETRY") != NULL;
	settings->rewrite_names = getenv("DISTCC_NO_REWRITE_CROSS") == NULL;
	settings->recursion = recursion_level();
	read_dirs(settings);
	*complaint = NULL;
	return read_numbers(settings, complaint);
}

static void
forget_dirs(struct settings *settings)
{
	free(settings->lock_dir);
	free(settings->state_dir);
	settings->lock_dir = NULL;
	settings->state_dir = NULL;
}

void
settings_clear(struct settings *settings)
{
	forget_dirs(settings);
	free(settings->agent_dir);
	free(settings->cache_dir);
	free(settings->dir);
	free(settings->path);
	memset(settings, 0, sizeof *settings);
}

int
settings_make_dirs(struct settings *settings)
{
	int saved;

	errno = ENOENT;
	if (settings->dir != NULL &&
	    path_make_dirs(settings->lock_dir, 0777) == 0 &&
	    path_make_dirs(settings->state_dir, 0777) == 0)
		return 0;
	saved = errno;
	forget_dirs(settings);
	errno = saved;
	return ERR_SYS;
}

char *
settings_user_hosts_file(const struct settings *settings)
{
	return settings->dir == NULL ? NULL :
				       path_join(settings->dir, "hosts");
}

const char *
settings_system_hosts_file(void)
{
	return SYSCONFDIR "/distcc/hosts";
}

void
settings_export_recursion(const struct settings *settings)
{
	const char *prefix;
	char level[16];

	snprintf(level, sizeof level, "%d", settings->recursion + 1);
	setenv(SAFEGUARD, level, 1);
	/* A ccache that we run is behind us and need not come back to us. */
	prefix = getenv(CCACHE_PREFIX);
	if (prefix != NULL && strstr(path_base(prefix), "distcc") != NULL)
		setenv(CCACHE_PREFIX, "", 1);
}

void
settings_take_path(struct settings *settings, char *path)
{
	setenv("PATH", path, 1);
	free(settings->path);
	settings->path = path;
}
