/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

const char *
path_suffix(const char *path)
{
	const char *base = path_base(path);
	const char *dot = strrchr(base, '.');

	return dot == NULL ? base + strlen(base) : dot;
}

char *
path_join(const char *dir, const char *name)
{
	size_t len = strlen(dir);
	const char *slash = len > 0 && dir[len - 1] == '/' ? "" : "/";

	return concat(dir, slash, name, (char *)NULL);
}

char *
path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	if (slash == path)
		return xstrdup("/");
	return xstrndup(path, (size_t)(slash - path));
}

char *
path_with_suffix(const char *path, const char *suffix)
{
	char *stem = xstrndup(path, (size_t)(path_suffix(path) - path));
	char *result = concat(stem, suffix, (char *)NULL);

	free(stem);
	return result;
}

static int
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       access(path, X_OK) == 0;
}

int
path_is_same(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

char *
path_list_next(const char **list)
{
	const char *part = *list;
	size_t len;

	if (part == NULL)
		return NULL;
	len = strcspn(part, ":");
	*list = part[len] == ':' ? part + len + 1 : NULL;
	return len == 0 ? xstrdup(".") : xstrndup(part, len);
}

char *
path_find_program(const char *name, const char *list,
		  int (*skip)(const char *dir, const char *name))
{
	char *dir, *path;

	for (dir = path_list_next(&list); dir != NULL;
	     dir = path_list_next(&list)) {
		path = path_join(dir, name);
		if (is_program(path) &&
		    (skip == NULL || skip(dir, name) == 0)) {
			free(dir);
			return path;
		}
		free(path);
		free(dir);
	}
	return NULL;
}

int
path_make_dirs(const char *dir, mode_t mode)
{
	char *copy, *p;
	int r = 0;

	/* Most of the time all is there. */
	if (mkdir(dir, mode) == 0 || errno == EEXIST)
		return 0;
	if (errno != ENOENT)
		return ERR_SYS;
	copy = xstrdup(dir);
	for (p = copy + 1; r == 0 && *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, mode) < 0 && errno != EEXIST)
			r = ERR_SYS;
		*p = '/';
	}
	if (r == 0 && mkdir(copy, mode) < 0 && errno != EEXIST)
		r = ERR_SYS;
	free(copy);
	return r;
}

static int remove_at(int dirfd, const char *name);

static int
open_dir(int dirfd, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(dirfd, name, flags);

	/* A job may have taken its own directory's permissions away. */
	if (fd < 0 && errno == EACCES && fchmodat(dirfd, name, 0700, 0) == 0)
		return openat(dirfd, name, flags);
	/* It may be read, but perhaps neither searched nor emptied. */
	if (fd >= 0)
		(void)fchmod(fd, 0700);
	return fd;
}

static int
empty_dir(int dirfd, const char *name)
{
	struct dirent *entry;
	DIR *dir;
	int fd, r = 0;

	fd = open_dir(dirfd, name);
	if (fd < 0)
		return ERR_SYS;
	dir = fdopendir(fd);
	if (dir == NULL) {
		close(fd);
		return ERR_SYS;
	}
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (remove_at(fd, entry->d_name) < 0)
			r = ERR_SYS;
	}
	closedir(dir);
	return r;
}

static int
remove_at(int dirfd, const char *name)
{
	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return ERR_SYS;
	if (unlinkat(dirfd, name, AT_REMOVEDIR) == 0)
		return 0;
	if (empty_dir(dirfd, name) < 0)
		return ERR_SYS;
	return unlinkat(dirfd, name, AT_REMOVEDIR);
}

int
path_remove_tree(const char *path)
{
	return remove_at(AT_FDCWD, path);
}
