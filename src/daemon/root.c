/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/root.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/fd.h"

/* When the first file was written, as far as the compiler can see. */
#define FIRST_SECOND 1000000000

#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* What errno says about a name of the client's. */
static int
judge_errno(void)
{
	switch (errno) {
	case EEXIST:
	case ENOTDIR:
	case ELOOP:
	case EISDIR:
		return ERR_DENIED;
	case ENAMETOOLONG:
		return ERR_LIMIT;
	default:
		return ERR_SYS;
	}
}

int
root_open(struct root *root, char *path)
{
	root->path = path;
	if (mkdir(path, 0700) < 0)
		return ERR_SYS;
	root->fds[0] = open(path, DIR_FLAGS);
	if (root->fds[0] < 0)
		return ERR_SYS;
	root->ends[0] = 0;
	root->depth = 0;
	return 0;
}

static void
leave_one(struct root *root)
{
	close(root->fds[root->depth]);
	root->depth--;
	if (root->depth >= 0) {
		root->dir.len = root->ends[root->depth];
		root->dir.data[root->dir.len] = '\0';
	}
}

static int
enter_one(struct root *root, const char *component, size_t len)
{
	char *name = xstrndup(component, len);
	int at = root->fds[root->depth], r = ERR_LIMIT, fd;

	if (root->depth == ROOT_DEPTH)
		goto out;
	fd = openat(at, name, DIR_FLAGS);
	if (fd < 0 && errno == ENOENT) {
		if (root->made >= ROOT_DIRS)
			goto out;
		root->made++;
		if (mkdirat(at, name, 0700) == 0)
			fd = openat(at, name, DIR_FLAGS);
	}
	r = fd < 0 ? judge_errno() : 0;
	if (r < 0)
		goto out;
	buf_addf(&root->dir, "/%s", name);
	root->depth++;
	root->fds[root->depth] = fd;
	root->ends[root->depth] = root->dir.len;
out:
	free(name);
	return r;
}

/* Whether the current directory is the one called dir, or above it. */
static int
is_on_the_way(const struct root *root, const char *dir, size_t len)
{
	return root->dir.len <= len &&
	       memcmp(root->dir.data, dir, root->dir.len) == 0 &&
	       (root->dir.len == len || dir[root->dir.len] == '/');
}

/* Goes to the directory called by the first len bytes of dir; 0 is /. */
static int
enter(struct root *root, const char *dir, size_t len)
{
	size_t at, size;
	int r = 0;

	while (!is_on_the_way(root, dir, len))
		leave_one(root);
	for (at = root->dir.len; r == 0 && at < len; at += 1 + size) {
		size = strcspn(dir + at + 1, "/");
		if (size > len - at - 1)
			size = len - at - 1;
		r = enter_one(root, dir + at + 1, size);
	}
	return r;
}

int
root_add_dir(struct root *root, const char *name)
{
	return enter(root, name, strcmp(name, "/") == 0 ? 0 : strlen(name));
}

/* Goes to the directory of name; *base is what follows. */
static int
enter_dir_of(struct root *root, const char *name, const char **base)
{
	const char *slash = strrchr(name, '/');

	*base = slash + 1;
	return enter(root, name, (size_t)(slash - name));
}

int
root_add_file(struct root *root, const char *name, const void *data,
	      size_t size)
{
	struct timespec times[2] = { { .tv_nsec = 0 }, { .tv_nsec = 0 } };
	const char *base;
	int fd, r;

	r = enter_dir_of(root, name, &base);
	if (r < 0)
		return r;
	fd = openat(root->fds[root->depth], base, O_WRONLY | O_CREAT | O_EXCL |
		    O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return judge_errno();
	r = fd_write_all(fd, data, size);
	times[0].tv_sec = times[1].tv_sec =
		(time_t)(FIRST_SECOND + root->files++);
	if (r == 0)
		r = futimens(fd, times);
	if (close(fd) < 0)
		r = ERR_SYS;
	return r;
}

int
root_add_link(struct root *root, const char *name, const char *target)
{
	const char *base;
	int r;

	r = enter_dir_of(root, name, &base);
	if (r < 0)
		return r;
	if (symlinkat(target, root->fds[root->depth], base) < 0)
		return judge_errno();
	return 0;
}

char *
root_real_name(const struct root *root, const char *name)
{
	return concat(root->path, name, (char *)NULL);
}

void
root_close(struct root *root)
{
	while (root->depth >= 0)
		leave_one(root);
}

void
root_clear(struct root *root)
{
	root_close(root);
	buf_clear(&root->dir);
	free(root->path);
	*root = (struct root)ROOT_INIT;
}
