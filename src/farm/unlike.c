/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/unlike.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"

#define COUNTS_S 3600

static char *
mark_path(const char *dir, const char *lock_name)
{
	struct buf leaf = BUF_INIT;
	char *path;

	buf_addf(&leaf, "unlike_%s_0", lock_name);
	path = path_join(dir, leaf.data);
	buf_clear(&leaf);
	return path;
}

int
unlike_mark(const char *dir, const char *lock_name)
{
	char *path = mark_path(dir, lock_name);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	int r = fd < 0 ? ERR_SYS : futimens(fd, NULL);

	if (fd >= 0)
		close(fd);
	free(path);
	return r;
}

int
unlike_is_marked(const char *dir, const char *lock_name)
{
	char *path = mark_path(dir, lock_name);
	struct stat st;
	int is = stat(path, &st) == 0 && st.st_mtime <= time(NULL) &&
		 time(NULL) - st.st_mtime < COUNTS_S;

	free(path);
	return is;
}
