/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/hostlist.h"

#include <errno.h>
#include <stdarg.h>
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

static void
__attribute__((format(printf, 2, 3)))
complain(struct hosts *hosts, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	args_take(&hosts->complaints, buf_steal(&text));
}

/* Reads a list file. Returns 0, or ERR_MISSING: go on looking. */
static int
read_file(const char *path, struct buf *text, struct hosts *hosts)
{
	int r = file_read(path, MAX_LIST, text);

	if (r == 0)
		return 0;
	if (r == ERR_LIMIT)
		complain(hosts, "the host list %s is longer than %d bytes",
			 path, MAX_LIST);
	else if (errno != ENOENT && errno != ENOTDIR)
		complain(hosts, "cannot read the host list %s: %s", path,
			 err_text(r));
	buf_reset(text);
	return ERR_MISSING;
}

/* Finds the list; source becomes what to call it, to be freed. */
static int
find_list(const struct settings *settings, struct buf *text,
	  struct hosts *hosts, char **source)
{
	int r = ERR_MISSING;

	if (settings->hosts != NULL) {
		*source = xstrdup("$DISTCC_HOSTS");
		buf_add_str(text, settings->hosts);
		return 0;
	}
	*source = settings_user_hosts_file(settings);
	if (*source != NULL)
		r = read_file(*source, text, hosts);
	if (r == ERR_MISSING) {
		free(*source);
		*source = xstrdup(settings_system_hosts_file());
		r = read_file(*source, text, hosts);
	}
	/* Where a list could not be read, that was said instead. */
	if (r < 0 && hosts->complaints.count == 0)
		complain(hosts, "no hostlist is set; can't distribute work");
	return r;
}

/* Takes out what was understood, but cannot be done. */
static void
skip_not_built_in(struct hosts *hosts)
{
	size_t i;

	if (hosts->zeroconf)
		complain(hosts, "skipping '+zeroconf' in the host list: "
			 "finding hosts by zeroconf is not built in yet");
	for (i = 0; i < hosts->count; i++) {
		if (hosts->v[i].kind != HOST_SSH || hosts->v[i].down)
			continue;
		complain(hosts, "skipping '%s' in the host list: "
			 "ssh hosts are not built in yet", hosts->v[i].word);
		hosts->v[i].down = 1;
	}
}

int
hostlist_read_from(const struct settings *settings, struct hosts *hosts,
		   char **source)
{
	struct buf text = BUF_INIT;
	int r;

	r = find_list(settings, &text, hosts, source);
	if (r < 0) {
		free(*source);
		*source = NULL;
		goto out;
	}
	hosts_parse(hosts, text.data);
	if (hosts->randomize)
		hosts_shuffle(hosts,
			      (unsigned)getpid() ^ (unsigned)clock_us());
	skip_not_built_in(hosts);
	if (hosts->count == 0) {
		complain(hosts, "%s contained no hosts; "
			 "can't distribute work", *source);
		r = ERR_MISSING;
	}
out:
	buf_clear(&text);
	return r;
}

int
hostlist_read(const struct settings *settings, struct hosts *hosts)
{
	char *source = NULL;
	int r = hostlist_read_from(settings, hosts, &source);

	free(source);
	return r;
}

void
hostlist_log_complaints(const struct hosts *hosts)
{
	size_t i;

	for (i = 0; i < hosts->complaints.count; i++)
		log_warn("%s", hosts->complaints.v[i]);
}
