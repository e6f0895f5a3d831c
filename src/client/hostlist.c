/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/hostlist.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"
#include "client/settings.h"
#include "farm/hosts.h"

#define MAX_LIST (1024 * 1024)

/* Reads a list file. Returns 0, ERR_MISSING (go on looking) or an error. */
static int
read_file(const char *path, struct buf *text)
{
	int r;

	r = file_read(path, MAX_LIST, text);
	if (r == ERR_SYS && (errno == ENOENT || errno == ENOTDIR))
		return ERR_MISSING;
	if (r < 0)
		log_warn_r(r, "cannot read the host list %s", path);
	if (r == ERR_SYS) {
		buf_reset(text);
		return ERR_MISSING;
	}
	return r;
}

/* Finds the list; source becomes what to call it, to be freed. */
static int
find_list(const struct settings *settings, struct buf *text, char **source)
{
	int r = ERR_MISSING;

	if (settings->hosts != NULL) {
		*source = xstrdup("$DISTCC_HOSTS");
		buf_add_str(text, settings->hosts);
		return 0;
	}
	*source = settings_user_hosts_file(settings);
	if (*source != NULL)
		r = read_file(*source, text);
	if (r == ERR_MISSING) {
		free(*source);
		*source = xstrdup(settings_system_hosts_file());
		r = read_file(*source, text);
	}
	return r;
}

static void
complain(const struct hosts *hosts)
{
	size_t i;

	for (i = 0; i < hosts->complaints.count; i++)
		log_warn("%s", hosts->complaints.v[i]);
}

/* Takes out what was understood, but cannot be done. */
static void
skip_not_built_in(struct hosts *hosts)
{
	size_t i;

	if (hosts->zeroconf)
		log_warn("skipping '+zeroconf' in the host list: "
			 "finding hosts by zeroconf is not built in yet");
	for (i = 0; i < hosts->count; i++) {
		if (hosts->v[i].kind != HOST_SSH || hosts->v[i].down)
			continue;
		log_warn("skipping '%s' in the host list: "
			 "ssh hosts are not built in yet", hosts->v[i].word);
		hosts->v[i].down = 1;
	}
}

int
hostlist_read(const struct settings *settings, struct hosts *hosts)
{
	struct buf text = BUF_INIT;
	char *source = NULL;
	int r;

	r = find_list(settings, &text, &source);
	if (r == ERR_MISSING) {
		log_warn("no hostlist is set; can't distribute work");
		goto out;
	}
	if (r < 0) {
		r = ERR_MISSING;
		goto out;
	}
	hosts_parse(hosts, text.data);
	if (hosts->randomize)
		hosts_shuffle(hosts,
			      (unsigned)getpid() ^ (unsigned)clock_us());
	complain(hosts);
	skip_not_built_in(hosts);
	if (hosts->count == 0) {
		log_warn("%s contained no hosts; can't distribute work",
			 source);
		r = ERR_MISSING;
	}
out:
	free(source);
	buf_clear(&text);
	return r;
}
