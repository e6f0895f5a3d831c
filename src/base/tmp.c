/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/tmp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"

#define TRIES 100	/* an attacker may guess some names, not all of them */

/* Names to remove; a place that is free is NULL. A job has two or three. */
static char *volatile listed[16];

static void
list_name(char *name)
{
	size_t i;

	for (i = 0; i < sizeof listed / sizeof *listed; i++) {
		if (listed[i] == NULL) {
			listed[i] = name;
			return;
		}
	}
}

static void
unlist_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof listed / sizeof *listed; i++) {
		if (listed[i] == name)
			listed[i] = NULL;
	}
}

void
tmp_remove_all(void)
{
	size_t i;

	for (i = 0; i < sizeof listed / sizeof *listed; i++) {
		if (listed[i] != NULL)
			unlink(listed[i]);
		listed[i] = NULL;
	}
}

/* The kernel's own name for a file that has none. Yours to free. */
static char *
fd_path(int fd)
{
	char path[32];

	snprintf(path, sizeof path, "/dev/fd/%d", fd);
	return xstrdup(path);
}

static int
open_nameless(const char *dir)
{
#ifdef O_TMPFILE
	return open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
#else
	(void)dir;
	errno = EOPNOTSUPP;
	return ERR_SYS;
#endif
}

/* What names of this machine's begin with; others may use the folder too. */
static void
make_prefix(struct buf *prefix)
{
	char host[64] = "localhost";

	gethostname(host, sizeof host - 1);
	buf_addf(prefix, ".distcc-%s-", host);
}

static char *
new_name(const char *dir, const char *suffix)
{
	static unsigned count;
	struct buf leaf = BUF_INIT;
	char *path;

	make_prefix(&leaf);
	buf_addf(&leaf, "%ld-%08llx-%u%s", (long)getpid(),
		 (unsigned long long)clock_us() & 0xffffffffULL, count++,
		 suffix);
	path = path_join(dir, leaf.data);
	buf_clear(&leaf);
	return path;
}

static int
is_dead(const char *leaf, const struct buf *prefix)
{
	char *end;
	long pid;

	if (strncmp(leaf, prefix->data, prefix->len) != 0)
		return 0;
	pid = strtol(leaf + prefix->len, &end, 10);
	return *end == '-' && pid > 0 && kill((pid_t)pid, 0) < 0 &&
	       errno == ESRCH;
}

/* Files with names outlive a SIGKILL; whoever makes the next removes them. */
static void
sweep(const char *path)
{
	struct buf prefix = BUF_INIT;
	const struct dirent *entry;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return;
	make_prefix(&prefix);
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (is_dead(entry->d_name, &prefix))
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	closedir(dir);
	buf_clear(&prefix);
}

int
tmp_open_named(const char *dir, const char *suffix, char **name)
{
	int fd, i;

	sweep(dir);
	for (i = 0; i < TRIES; i++) {
		*name = new_name(dir, suffix);
		list_name(*name);
		fd = open(*name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0)
			return fd;
		unlist_name(*name);
		free(*name);
		*name = NULL;
		if (errno != EEXIST)
			return ERR_SYS;
	}
	return ERR_SYS;
}

void
tmp_remove_name(char **name)
{
	int saved = errno;

	if (*name == NULL)
		return;
	unlink(*name);
	unlist_name(*name);
	free(*name);
	*name = NULL;
	errno = saved;
}

int
tmp_open(const char *dir)
{
	char *name;
	int fd;

	fd = open_nameless(dir);
	if (fd >= 0)
		return fd;
	fd = tmp_open_named(dir, "", &name);
	if (fd >= 0)
		tmp_remove_name(&name);
	return fd;
}

/* As open_nameless, but only where the file can be given a name later. */
static int
open_linkable(const char *dir)
{
	int fd = open_nameless(dir);
	char *path;
	int ok;

	if (fd < 0)
		return fd;
	path = fd_path(fd);
	ok = access(path, F_OK) == 0;
	free(path);
	if (ok)
		return fd;
	close(fd);
	return ERR_SYS;
}

int
tmp_file_open(struct tmp_file *file, const char *target, enum tmp_way way)
{
	char *dir;

	*file = (struct tmp_file)TMP_FILE_INIT;
	file->way = way;
	if (way == TMP_DIRECT) {
		file->fd = open(target, O_WRONLY | O_CLOEXEC);
	} else {
		dir = path_dir(target);
		file->fd = open_linkable(dir);
		if (file->fd < 0)
			file->fd = tmp_open_named(dir, "", &file->name);
		free(dir);
	}
	if (file->fd < 0)
		return ERR_SYS;
	file->target = xstrdup(target);
	return 0;
}

char *
tmp_file_path(const struct tmp_file *file, int *with_fd)
{
	*with_fd = -1;
	if (file->way == TMP_DIRECT)
		return xstrdup(file->target);
	if (file->name != NULL)
		return xstrdup(file->name);
	*with_fd = file->fd;
	return fd_path(file->fd);
}

static int
link_to(int fd, const char *name)
{
	char *path = fd_path(fd);
	int r;

	r = linkat(AT_FDCWD, path, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
	free(path);
	return r;
}

/* Gives a nameless file a name that is not its target's yet. */
static int
give_name(struct tmp_file *file)
{
	char *dir = path_dir(file->target);
	int i, r = ERR_SYS;

	for (i = 0; r < 0 && i < TRIES; i++) {
		file->name = new_name(dir, "");
		list_name(file->name);
		r = link_to(file->fd, file->name);
		if (r < 0) {
			unlist_name(file->name);
			free(file->name);
			file->name = NULL;
			if (errno != EEXIST)
				break;
		}
	}
	free(dir);
	return r;
}

/* As the compilers that do so: if it was removed meanwhile, it is made. */
static int
overwrite(const struct tmp_file *file)
{
	int to = open(file->target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		      0666);
	int r, saved;

	if (to < 0)
		return ERR_SYS;
	r = fd_copy_all(to, file->fd);
	saved = errno;
	if (close(to) < 0 && r == 0) {
		r = ERR_SYS;
		saved = errno;
	}
	if (r < 0)
		unlink(file->target);
	errno = saved;
	return r;
}

static int
put_in_place(struct tmp_file *file)
{
	if (file->way == TMP_DIRECT)
		return 0;
	if (file->way == TMP_OVERWRITE)
		return overwrite(file);
	if (file->name == NULL) {
		/* The usual case: nothing is there, and one step does it. */
		if (link_to(file->fd, file->target) == 0)
			return 0;
		if (errno != EEXIST || give_name(file) < 0)
			return ERR_SYS;
	}
	if (rename(file->name, file->target) < 0)
		return ERR_SYS;
	unlist_name(file->name);
	free(file->name);
	file->name = NULL;
	return 0;
}

int
tmp_file_commit(struct tmp_file *file)
{
	int r = put_in_place(file);
	int saved = errno;

	/* Network file systems may tell only now that the disk is full. */
	if (r == 0) {
		if (close(file->fd) < 0) {
			r = ERR_SYS;
			saved = errno;
			if (file->way == TMP_REPLACE)
				unlink(file->target);
		}
		file->fd = -1;
	}
	tmp_file_discard(file);
	errno = saved;
	return r;
}

void
tmp_file_discard(struct tmp_file *file)
{
	tmp_remove_name(&file->name);
	if (file->fd >= 0)
		close(file->fd);
	free(file->target);
	*file = (struct tmp_file)TMP_FILE_INIT;
}
