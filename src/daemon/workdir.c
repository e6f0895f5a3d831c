/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/workdir.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"

#define PREFIX "distccd_"
#define JOB_PREFIX "job_"
#define LOCK_NAME "lock"
#define NEW_LOCK_NAME "lock.new"

/* The process id in a directory's name, or 0 if it is no name of ours. */
static pid_t
owner_of(const char *name)
{
	char *end;
	long pid;

	if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
		return 0;
	name += strlen(PREFIX);
	if (!isdigit((unsigned char)*name))
		return 0;
	pid = strtol(name, &end, 10);
	if (*end != '_' || strlen(end + 1) != 6 || pid <= 0)
		return 0;
	return (pid_t)pid;
}

static int
open_own_dir(int base_fd, const char *name)
{
	int fd = openat(base_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
			O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid())
		return fd;
	close(fd);
	return -1;
}

/*
 * A lock that nobody holds means that all who worked here are dead. Without
 * a lock file, a daemon died, or still is, between two steps of its start.
 */
static int
is_abandoned(int dir_fd, pid_t owner)
{
	int fd = openat(dir_fd, LOCK_NAME, O_RDONLY | O_NOFOLLOW |
			O_NONBLOCK | O_CLOEXEC);
	int abandoned;

	if (fd < 0)
		return errno == ENOENT && kill(owner, 0) < 0 &&
		       errno == ESRCH;
	abandoned = flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return abandoned;
}

static void
sweep_one(int base_fd, const char *base, const char *name)
{
	pid_t owner = owner_of(name);
	int fd, abandoned;
	char *path;

	if (owner == 0)
		return;
	fd = open_own_dir(base_fd, name);
	if (fd < 0)
		return;
	abandoned = is_abandoned(fd, owner);
	close(fd);
	if (!abandoned)
		return;
	path = path_join(base, name);
	log_info("remove %s, which a dead daemon left", path);
	path_remove_tree(path);
	free(path);
}

static void
sweep(const char *base)
{
	const struct dirent *entry;
	DIR *dir = opendir(base);

	if (dir == NULL)
		return;
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir))
		sweep_one(dirfd(dir), base, entry->d_name);
	closedir(dir);
}

/* The lock file gets its name when it is locked, and not before. */
static int
make_lock(struct workdir *workdir)
{
	char *fresh = path_join(workdir->path, NEW_LOCK_NAME);
	char *name = path_join(workdir->path, LOCK_NAME);
	int r = ERR_SYS;

	workdir->lock_fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
				0600);
	if (workdir->lock_fd < 0)
		goto out;
	if (flock(workdir->lock_fd, LOCK_EX | LOCK_NB) < 0)
		goto out;
	r = rename(fresh, name);
out:
	free(fresh);
	free(name);
	return r;
}

int
workdir_open(struct workdir *workdir, const char *base)
{
	struct buf name = BUF_INIT;
	int saved;

	sweep(base);
	buf_addf(&name, PREFIX "%ld_XXXXXX", (long)getpid());
	workdir->path = path_join(base, name.data);
	buf_clear(&name);
	if (mkdtemp(workdir->path) == NULL) {
		free(workdir->path);
		workdir->path = NULL;
		return ERR_SYS;
	}
	if (make_lock(workdir) == 0)
		return 0;
	saved = errno;
	workdir_close(workdir);
	errno = saved;
	return ERR_SYS;
}

/* Somebody else might have made one of the same name. */
static int
is_ours_alone(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
	       st.st_uid == geteuid() && (st.st_mode & 077) == 0;
}

int
workdir_restore(const struct workdir *workdir)
{
	if (mkdir(workdir->path, 0700) == 0)
		log_warn("%s was removed, and is made again", workdir->path);
	else if (errno != EEXIST)
		return ERR_SYS;
	return is_ours_alone(workdir->path) ? 0 : ERR_DENIED;
}

void
workdir_close(struct workdir *workdir)
{
	if (workdir->path != NULL)
		path_remove_tree(workdir->path);
	if (workdir->lock_fd >= 0)
		close(workdir->lock_fd);
	free(workdir->path);
	workdir->path = NULL;
	workdir->lock_fd = -1;
}

static void
make_prefix(struct buf *name, pid_t worker)
{
	buf_addf(name, JOB_PREFIX "%ld_", (long)worker);
}

char *
workdir_job_template(const struct workdir *workdir, pid_t worker)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/", workdir->path);
	make_prefix(&path, worker);
	buf_add_str(&path, "XXXXXX");
	return buf_steal(&path);
}

void
workdir_sweep_job(const struct workdir *workdir, pid_t worker)
{
	struct buf prefix = BUF_INIT;
	const struct dirent *entry;
	DIR *dir = opendir(workdir->path);
	char *path;

	if (dir == NULL)
		return;
	make_prefix(&prefix, worker);
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (strncmp(entry->d_name, prefix.data, prefix.len) != 0)
			continue;
		path = path_join(workdir->path, entry->d_name);
		path_remove_tree(path);
		free(path);
	}
	closedir(dir);
	buf_clear(&prefix);
}
