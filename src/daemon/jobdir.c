/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/jobdir.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"
#include "base/tmp.h"
#include "wire/limits.h"

#define MAX_STEM 128
#define MAX_MESSAGES (64 * 1024)

/* With less room than this, the disk may have been full a moment ago. */
#define LITTLE_ROOM (16 * 1024 * 1024)

static int
is_harmless(const char *stem)
{
	const unsigned char *p = (const unsigned char *)stem;

	/* Not an option, not a response file, not hidden. */
	if (!isalnum(*p) && *p != '_')
		return 0;
	for (; *p != '\0'; p++) {
		if (!isalnum(*p) && *p < 0x80 && strchr("._+-~", *p) == NULL)
			return 0;
	}
	return (const char *)p - stem <= MAX_STEM;
}

char *
jobdir_stem(const char *input)
{
	const char *base = path_base(input);
	size_t len = (size_t)(path_suffix(input) - base);
	char *stem = xstrndup(base, len);

	if (is_harmless(stem))
		return stem;
	free(stem);
	return xstrdup("source");
}

static void
forget(char **name)
{
	free(*name);
	*name = NULL;
}

/* After this failed, there is nothing that jobdir_close could remove. */
static int
enter(struct jobdir *jobdir)
{
	int saved;

	if (mkdtemp(jobdir->path) != NULL) {
		if (chdir(jobdir->path) == 0)
			return 0;
		saved = errno;
		rmdir(jobdir->path);
		errno = saved;
	}
	forget(&jobdir->path);
	forget(&jobdir->source);
	forget(&jobdir->object);
	return ERR_SYS;
}

static int
open_source(struct jobdir *jobdir)
{
	if (jobdir->source == NULL)
		return 0;
	jobdir->source_fd = open(jobdir->source, O_RDWR | O_CREAT | O_EXCL |
				 O_CLOEXEC, 0600);
	return jobdir->source_fd < 0 ? ERR_SYS : 0;
}

int
jobdir_open(struct jobdir *jobdir, char *path, const char *input,
	    const char *suffix)
{
	char *stem = jobdir_stem(input);

	jobdir->path = path;
	if (suffix != NULL)
		jobdir->source = concat(stem, suffix, (char *)NULL);
	jobdir->object = concat(stem, ".o", (char *)NULL);
	free(stem);
	if (enter(jobdir) < 0)
		return ERR_SYS;
	if (open_source(jobdir) < 0)
		return ERR_SYS;
	jobdir->stdout_fd = tmp_open_messages(".", LIMIT_MESSAGES);
	if (jobdir->stdout_fd < 0)
		return ERR_SYS;
	jobdir->stderr_fd = tmp_open_messages(".", LIMIT_MESSAGES);
	return jobdir->stderr_fd < 0 ? ERR_SYS : 0;
}

static int
end_messages(int fd)
{
	if (tmp_end_messages(fd) < 0)
		return ERR_SYS;
	/* What is exactly as long as it can be was longer. */
	return fd_size(fd) >= (off_t)LIMIT_MESSAGES ? ERR_LIMIT : 0;
}

int
jobdir_end_messages(const struct jobdir *jobdir)
{
	int r = end_messages(jobdir->stdout_fd);

	return r < 0 ? r : end_messages(jobdir->stderr_fd);
}

int
jobdir_open_object(const struct jobdir *jobdir)
{
	int fd = open(jobdir->object, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
		      O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return errno == ENOENT ? ERR_MISSING : ERR_SYS;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return ERR_MISSING;
}

static int
has_little_room(const char *path)
{
	struct statvfs st;

	return statvfs(path, &st) == 0 &&
	       (unsigned long long)st.f_bavail * st.f_frsize < LITTLE_ROOM;
}

/*
 * What a line of a compiler's tells of an accident. The user's own words come
 * in quotes, or in the middle of a line.
 */
struct sign {
	const char *text;
	enum jobdir_accident accident;
};

static const struct sign ends[] = {
	{ ": No space left on device", JOBDIR_DISK },
	{ ": Disk quota exceeded", JOBDIR_DISK },
	{ ": Cannot allocate memory", JOBDIR_MEMORY },
	{ ": Killed signal terminated program cc1", JOBDIR_MEMORY },
	{ ": Killed signal terminated program cc1plus", JOBDIR_MEMORY },
	{ ": Killed signal terminated program as", JOBDIR_MEMORY },
	{ ": CPU time limit exceeded signal terminated program cc1",
	  JOBDIR_TIME },
	{ ": CPU time limit exceeded signal terminated program cc1plus",
	  JOBDIR_TIME },
	{ ": CPU time limit exceeded signal terminated program as",
	  JOBDIR_TIME },
	{ ": File size limit exceeded signal terminated program cc1",
	  JOBDIR_SIZE },
	{ ": File size limit exceeded signal terminated program cc1plus",
	  JOBDIR_SIZE },
	{ ": File size limit exceeded signal terminated program as",
	  JOBDIR_SIZE },
	{ " signal terminated program cc1", JOBDIR_OTHER },
	{ " signal terminated program cc1plus", JOBDIR_OTHER },
	{ " signal terminated program as", JOBDIR_OTHER },
};

static const struct sign beginnings[] = {
	{ "cc1: out of memory allocating ", JOBDIR_MEMORY },
	{ "cc1plus: out of memory allocating ", JOBDIR_MEMORY },
	{ "LLVM ERROR: out of memory", JOBDIR_MEMORY },
};

static enum jobdir_accident
read_line(const char *line, size_t len)
{
	size_t i, size;

	if (memchr(line, '"', len) != NULL)
		return JOBDIR_NO_ACCIDENT;
	for (i = 0; i < sizeof ends / sizeof *ends; i++) {
		size = strlen(ends[i].text);
		if (len >= size &&
		    memcmp(line + len - size, ends[i].text, size) == 0)
			return ends[i].accident;
	}
	for (i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
		size = strlen(beginnings[i].text);
		if (len >= size &&
		    memcmp(line, beginnings[i].text, size) == 0)
			return beginnings[i].accident;
	}
	return JOBDIR_NO_ACCIDENT;
}

static enum jobdir_accident
read_messages(const struct jobdir *jobdir)
{
	char *text = xmalloc(MAX_MESSAGES);
	ssize_t left = pread(jobdir->stderr_fd, text, MAX_MESSAGES, 0);
	const char *line = text, *end;
	enum jobdir_accident found = JOBDIR_NO_ACCIDENT;

	for (; found == JOBDIR_NO_ACCIDENT && left > 0;
	     left -= end - line + 1, line = end + 1) {
		end = memchr(line, '\n', (size_t)left);
		if (end == NULL)
			end = line + left;
		found = read_line(line, (size_t)(end - line));
	}
	free(text);
	return found;
}

/* On a full disk the messages are lost as well. */
enum jobdir_accident
jobdir_accident(const struct jobdir *jobdir)
{
	return has_little_room(jobdir->path) ? JOBDIR_DISK :
					       read_messages(jobdir);
}

static void
close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Nearly always there are only the files that we know; that is cheap. */
static void
remove_files(const struct jobdir *jobdir)
{
	if (jobdir->source != NULL)
		unlink(jobdir->source);
	unlink(jobdir->object);
	if (chdir("..") == 0 && rmdir(jobdir->path) == 0)
		return;
	path_remove_tree(jobdir->path);
}

void
jobdir_close(struct jobdir *jobdir)
{
	if (jobdir->path == NULL)
		return;
	close_file(&jobdir->source_fd);
	close_file(&jobdir->stdout_fd);
	close_file(&jobdir->stderr_fd);
	remove_files(jobdir);
	forget(&jobdir->path);
	forget(&jobdir->source);
	forget(&jobdir->object);
}
