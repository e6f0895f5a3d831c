/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/backoff.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"

static char *
mark_path(const char *dir, const char *lock_name)
{
	struct buf leaf = BUF_INIT;
	char *path;

	buf_addf(&leaf, "backoff_%s_0", lock_name);
	path = path_join(dir, leaf.data);
	buf_clear(&leaf);
	return path;
}

int
backoff_mark(const char *dir, const char *lock_name)
{
	char *path = mark_path(dir, lock_name);
	int r;

	r = file_write(path, "x", 1);
	free(path);
	return r;
}

void
backoff_clear(const char *dir, const char *lock_name)
{
	char *path = mark_path(dir, lock_name);

	unlink(path);
	free(path);
}

enum backoff
backoff_check(const char *dir, const char *lock_name, int period)
{
	char *path = mark_path(dir, lock_name);
	struct stat st;
	int r;

	r = stat(path, &st);
	free(path);
	if (r < 0)
		return BACKOFF_NONE;
	return time(NULL) - st.st_mtime < period ? BACKOFF_ACTIVE :
						   BACKOFF_OLD;
}
