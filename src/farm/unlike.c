/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/unlike.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "farm/slot.h"

#define COUNTS_S 3600

static char *
mark_path(const char *dir, const char *lock_name)
{
	return slot_file(dir, "unlike_", lock_name, 0);
}

/* Whether the file, which has a byte for each sign, is of the last hour. */
static int
is_recent(const struct stat *st)
{
	time_t age = time(NULL) - st->st_mtime;

	return age >= 0 && age < COUNTS_S;
}

int
unlike_mark(const char *dir, const char *lock_name, enum unlike_sign sign)
{
	char *path = mark_path(dir, lock_name);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	struct stat st;
	int r = fd;

	if (r >= 0)
		r = fstat(fd, &st);
	if (r == 0 && !is_recent(&st))
		r = ftruncate(fd, 0);
	if (r == 0)
		r = fd_write_all(fd, "xxx", (size_t)sign);
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
	int is = stat(path, &st) == 0 && st.st_size >= UNLIKE_SURE &&
		 is_recent(&st);

	free(path);
	return is;
}
