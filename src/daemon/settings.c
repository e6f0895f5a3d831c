/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/log.h"
#include "daemon/exitcode.h"

#define DEFAULT_TIMEOUT 300
#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"

static const char *
value_of(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value == NULL || *value == '\0' ? otherwise : value;
}

/* A number from 1 to max, or -1 after a complaint. */
static int
number_of(const char *name, int otherwise, int max)
{
	const char *text = value_of(name, NULL);
	char *end;
	long value;

	if (text == NULL)
		return otherwise;
	value = strtol(text, &end, 10);
	if (*end == '\0' && value >= 1 && value <= max)
		return (int)value;
	log_error("%s=%s is not a number between 1 and %d", name, text, max);
	return -1;
}

/*
 * The working directory is one where anybody may put programs, so that a
 * relative part of a PATH would be an invitation.
 */
static char *
absolute_parts(const char *list)
{
	struct buf path = BUF_INIT;
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ":");
		if (*list == '/') {
			if (path.len > 0)
				buf_add_char(&path, ':');
			buf_add(&path, list, len);
		} else {
			log_warn("PATH: the relative part '%.*s' is left out",
				 (int)len, list);
		}
		if (list[len] == '\0')
			return buf_steal(&path);
	}
}

/* Whether the variable called name has the number of this process. */
static int
names_us(const char *name)
{
	const char *pid = value_of(name, NULL);

	return pid != NULL && strtol(pid, NULL, 10) == (long)getpid();
}

/* The socket activation protocol: so many sockets, if they are for us. */
int
settings_passed_fds(void)
{
	const char *count = value_of("LISTEN_FDS", "0");
	char *end;
	long value;

	if (!names_us("LISTEN_PID"))
		return 0;
	value = strtol(count, &end, 10);
	return *end != '\0' || value < 0 || value > INT_MAX ? 0 : (int)value;
}

/*
 * Whether standard error is the stream whose device and inode JOURNAL_STREAM
 * has. Who was started by one who is logged may well log to somewhere else.
 */
static int
stderr_is_journal(void)
{
	const char *stream = value_of("JOURNAL_STREAM", NULL);
	struct stat st;
	char *end;

	if (stream == NULL || fstat(STDERR_FILENO, &st) < 0)
		return 0;
	return strtoull(stream, &end, 10) == (unsigned long long)st.st_dev &&
	       *end == ':' &&
	       strtoull(end + 1, &end, 10) == (unsigned long long)st.st_ino &&
	       *end == '\0';
}

/* How long a service manager waits for a sign of life, if it is ours. */
static int64_t
watchdog_us(void)
{
	const char *text = value_of("WATCHDOG_USEC", "0");
	char *end;
	long long value = strtoll(text, &end, 10);

	if (value_of("WATCHDOG_PID", NULL) != NULL &&
	    !names_us("WATCHDOG_PID"))
		return 0;
	return *end != '\0' || value < 0 ? 0 : value;
}

static void
push_env(struct args *env, const char *name, const char *value)
{
	args_take(env, concat(name, "=", value, (char *)NULL));
}

/* Counts how deep distcc runs inside distcc, against endless recursion. */
static void
push_safeguard(struct args *env)
{
	struct buf level = BUF_INIT;
	long value = strtol(value_of("_DISTCC_SAFEGUARD", "0"), NULL, 10);

	buf_addf(&level, "%ld", value < 0 || value > 1000 ? 1 : value + 1);
	push_env(env, "_DISTCC_SAFEGUARD", level.data);
	buf_clear(&level);
}

static void
make_compiler_env(struct settings *settings)
{
	static const char *const inherited[] = {
		"LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES",
	};
	const char *value;
	size_t i;

	push_env(&settings->compiler_env, "PATH", settings->path);
	push_safeguard(&settings->compiler_env);
	for (i = 0; i < sizeof inherited / sizeof *inherited; i++) {
		value = value_of(inherited[i], NULL);
		if (value != NULL)
			push_env(&settings->compiler_env, inherited[i], value);
	}
}

int
settings_read(struct settings *settings)
{
	/* Set to nothing, it is a list that cannot be read: nothing may run. */
	const char *cmdlist = getenv("DISTCC_CMDLIST");
	const char *notify = value_of("NOTIFY_SOCKET", NULL);
	int seconds;

	memset(settings, 0, sizeof *settings);
	settings->tmpdir = xstrdup(value_of("TMPDIR", "/tmp"));
	settings->path = absolute_parts(value_of("DISTCCD_PATH",
				value_of("PATH", DEFAULT_PATH)));
	settings->defer_accept =
		strcmp(value_of("DISTCC_TCP_DEFER_ACCEPT", "1"), "0") != 0;
	settings->listen_fds = settings_passed_fds();
	settings->watchdog_us = watchdog_us();
	if (notify != NULL)
		settings->notify_socket = xstrdup(notify);
	settings->stderr_is_journal = stderr_is_journal();
	make_compiler_env(settings);
	if (cmdlist != NULL)
		settings->cmdlist = xstrdup(cmdlist);
	settings->cmdlist_words = number_of("DISTCC_CMDLIST_NUMWORDS", 1, 1000);
	seconds = number_of("DISTCC_IO_TIMEOUT", DEFAULT_TIMEOUT, 1000000);
	if (seconds < 0 || settings->cmdlist_words < 0)
		return EXITCODE_BAD_ARGUMENTS;
	settings->idle_ms = seconds * 1000;
	return -1;
}

void
settings_clear(struct settings *settings)
{
	free(settings->tmpdir);
	free(settings->path);
	free(settings->cmdlist);
	free(settings->notify_socket);
	args_clear(&settings->compiler_env);
}
