/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_SETTINGS_H
#define AGENT_SETTINGS_H

/* What the environment asks of the agent; distcc-agent(1) has the variables. */
struct settings {
	/* borrowed from the environment */
	char *const *environment;
	const char *path;
	const char *tmp_dir;
	const char *mirror_dir;	/* for files for distcc 3.x */
	char *cache_dir;	/* what compilers have said, or NULL */
	char *socket_dir;	/* or NULL */
};

void settings_read(struct settings *settings);
void settings_clear(struct settings *settings);

#endif
