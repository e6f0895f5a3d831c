/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lock.h"
#include "base/owner.h"
#include "base/path.h"

#define PREFIX "distcc-agent-"
#define LOCK ".distcc-agent-lock"
#define NEW ".distcc-agent-new"

/* Where there is always something to write to. */
#define LAST_PLACE "/tmp"

/* How many components it has, if it is absolute and plain; else too many. */
static int
depth_of(const char *path)
{
	int depth = 0;

	if (*path != '/' || strstr(path, "//") != NULL ||
	    strstr(path, "/.") != NULL || path[strlen(path) - 1] == '/')
		return 99;
	for (; *path != '\0'; path++)
		depth += *path == '/';
	return depth;
}

static int
open_lock(const struct root *root)
{
	char *path = path_join(root->top, LOCK);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	free(path);
	return fd < 0 || lock_try(fd, 0, 0) == 1 ? fd : ERR_SYS;
}

static int
open_in(struct root *root, const char *place)
{
	const int depth = depth_of(place);

	if (depth > 2)
		return ERR_MISSING;
	root->top = path_join(place, PREFIX "XXXXXX");
	if (mkdtemp(root->top) == NULL) {
		free(root->top);
		root->top = NULL;
		return ERR_SYS;
	}
	root->lock_fd = open_lock(root);
	root->path = depth == 2 ? xstrdup(root->top) :
				  path_join(root->top, "m");
	if (root->lock_fd >= 0 &&
	    (depth == 2 || mkdir(root->path, 0700) == 0))
		return 0;
	root_close(root);
	return ERR_SYS;
}

int
root_open(struct root *root, const char *place)
{
	errno = ENAMETOOLONG;
	if (open_in(root, place) == 0)
		return 0;
	return open_in(root, LAST_PLACE) == 0 ? 0 : ERR_SYS;
}

void
root_close(struct root *root)
{
	const int saved = errno;

	if (root->top != NULL)
		(void)path_remove_tree(root->top);
	if (root->lock_fd >= 0)
		close(root->lock_fd);
	free(root->top);
	free(root->path);
	*root = (struct root)ROOT_INIT;
	errno = saved;
}

/* One without a lock is just being made. */
static void
remove_if_dead(const char *top)
{
	char *path = path_join(top, LOCK);
	int fd = owner_has_dir(top) ?
		 open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW) : -1;

	if (fd >= 0 && lock_try(fd, 0, 0) == 1)
		(void)path_remove_tree(top);
	if (fd >= 0)
		close(fd);
	free(path);
}

static void
sweep(const char *place)
{
	const struct dirent *entry;
	DIR *dir = opendir(place);
	char *top;

	if (dir == NULL)
		return;
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		top = path_join(place, entry->d_name);
		remove_if_dead(top);
		free(top);
	}
	closedir(dir);
}

void
root_sweep(const char *place)
{
	sweep(place);
	sweep(LAST_PLACE);
}

void
root_add_new_name(const struct root *root, struct buf *name)
{
	buf_addf(name, "%s/%s", root->top, NEW);
}
