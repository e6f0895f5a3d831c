/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/settings.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "wire/agent_socket.h"

extern char **environ;

static const char *
value_of(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || *value == '\0' ? NULL : value;
}

/* ~/.distcc, or NULL; yours to free. */
static char *
usual_dir(void)
{
	const char *home = value_of("HOME");
	const struct passwd *user = home == NULL ? getpwuid(getuid()) : NULL;

	if (user != NULL)
		home = user->pw_dir;
	return home == NULL ? NULL : path_join(home, ".distcc");
}

void
settings_read(struct settings *settings)
{
	const char *chosen = value_of("DISTCC_DIR");
	char *usual = usual_dir();
	const char *dir = chosen != NULL ? chosen : usual;

	settings->environment = environ;
	settings->path = value_of("PATH");
	if (settings->path == NULL)
		settings->path = "/usr/bin:/bin";
	settings->tmp_dir = value_of("TMPDIR");
	if (settings->tmp_dir == NULL)
		settings->tmp_dir = P_tmpdir;
	settings->mirror_dir = value_of("DISTCC_CLIENT_TMP");
	if (settings->mirror_dir == NULL)
		settings->mirror_dir = "/dev/shm";
	/* A relative one is the client's, in the directory where it is. */
	settings->cache_dir = dir == NULL || *dir != '/' ? NULL :
			      path_join(dir, "compilers");
	settings->socket_dir = agent_socket_dir(chosen,
						value_of("XDG_RUNTIME_DIR"),
						usual);
	free(usual);
}

void
settings_clear(struct settings *settings)
{
	free(settings->cache_dir);
	free(settings->socket_dir);
}
