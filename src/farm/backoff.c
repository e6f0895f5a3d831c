/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/backoff.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/lock.h"
#include "farm/slot.h"

#define LONGEST_S 3600

/* So many doublings of a second are longer than the longest. */
#define MOST_FAILURES 16

/* So far the clock of a file server may be ahead of ours. */
#define AHEAD_S 5

/* No longer does one job alone try a host; nor longer than the period. */
#define TRYING_S 60

static char *
mark_path(const char *dir, const char *lock_name)
{
	return slot_file(dir, "backoff_", lock_name, 0);
}

/* How often the host failed in a row; what is not ours to read counts once. */
static int
read_failures(int fd)
{
	char text[16];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);
	long count;

	if (n < 2 || text[0] != 'x')
		return 1;
	text[n] = '\0';
	count = strtol(text + 1, NULL, 10);
	if (count < 1)
		return 1;
	return count < MOST_FAILURES ? (int)count : MOST_FAILURES;
}

/* For how many seconds a host that failed so often is left alone. */
static long
time_out(int failures, int period)
{
	long seconds = period;

	while (--failures > 0 && seconds < LONGEST_S)
		seconds *= 2;
	if (seconds > LONGEST_S)
		seconds = period > LONGEST_S ? period : LONGEST_S;
	return seconds;
}

/*
 * Whether then is less than so many seconds ago. What is to come has no known
 * age, and would be new for as long as the clock is wrong: it counts as old.
 */
static int
is_recent(time_t then, long seconds)
{
	time_t age = time(NULL) - then;

	return age >= -AHEAD_S && age < seconds;
}

static int
holds(int fd, int period)
{
	struct stat st;

	return fstat(fd, &st) == 0 &&
	       is_recent(st.st_mtime, time_out(read_failures(fd), period));
}

int
backoff_mark(const char *dir, const char *lock_name, int period)
{
	char *path = mark_path(dir, lock_name);
	struct buf text = BUF_INIT;
	int fd, failures, r;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	failures = 1;
	if (fd >= 0) {
		failures = read_failures(fd);
		if (!holds(fd, period) && failures < MOST_FAILURES)
			failures++;
	}
	buf_add_str(&text, "x");
	if (failures > 1)
		buf_addf(&text, "%d", failures);
	/* Before fd is closed: that makes way for the next one to try. */
	r = file_write(path, text.data, text.len);
	if (fd >= 0)
		close(fd);
	buf_clear(&text);
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

/*
 * Who tries the host has a lock on the byte of the mark whose number is the
 * time at which it began: so all see who tries, and for how long. Whether
 * somebody else does who may still be waited for.
 */
static int
is_tried(int fd, int period)
{
	long seconds = period < TRYING_S ? period : TRYING_S;
	off_t at;

	return lock_find(fd, (off_t)time(NULL) + 1 - seconds, seconds, &at) > 0;
}

enum backoff
backoff_check(const char *dir, const char *lock_name, int period)
{
	char *path = mark_path(dir, lock_name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum backoff says = BACKOFF_OLD;

	free(path);
	if (fd < 0)
		return BACKOFF_NONE;
	if (holds(fd, period) || is_tried(fd, period))
		says = BACKOFF_ACTIVE;
	close(fd);
	return says;
}

/* Whether fd is still the file at path: another one may have cleared it. */
static int
is_there(int fd, const char *path)
{
	struct stat ours, theirs;

	return fstat(fd, &ours) == 0 && stat(path, &theirs) == 0 &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

int
backoff_try(const char *dir, const char *lock_name, int period, int *fd)
{
	char *path = mark_path(dir, lock_name);
	int may;

	*fd = open(path, O_RDWR | O_CLOEXEC);
	if (*fd < 0) {
		/* Without a right to the mark, nobody can be kept away. */
		may = backoff_check(dir, lock_name, period) != BACKOFF_ACTIVE;
		goto out;
	}
	/* Locked before the look: two who come at once do not both try. */
	may = lock_try(*fd, (off_t)time(NULL), 1) != 0 &&
	      !is_tried(*fd, period) && !holds(*fd, period);
	if (!may || !is_there(*fd, path)) {
		close(*fd);
		*fd = -1;
	}
out:
	free(path);
	return may;
}
