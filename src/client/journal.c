/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"
#include "base/path.h"
#include "client/record.h"
#include "client/settings.h"

#define NAME "journal"
#define OLD_NAME "journal.old"

static int
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/*
 * Several may find the journal full. The lock belongs to the file and not to
 * its name, and who has it looks whether the name still means this file: so
 * that each file is renamed once, and a new one never because of the old.
 */
static int
rotate(int fd, const char *path, const char *dir)
{
	struct stat mine, named;
	char *old;
	int r;

	/* Who has the lock renames it, now or never: nobody waits for that. */
	if (flock(fd, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK ? 0 : ERR_SYS;
	if (fstat(fd, &mine) < 0)
		return ERR_SYS;
	if (stat(path, &named) < 0 || !same_file(&mine, &named))
		return 0;
	old = path_join(dir, OLD_NAME);
	r = rename(path, old);
	free(old);
	return r;
}

/* Opens the journal and sets *size. What is no file could block us. */
static int
open_journal(const char *path, off_t *size)
{
	struct stat st;
	int fd;

	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK |
			O_NOCTTY, 0666);
	if (fd < 0)
		return ERR_SYS;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		errno = EINVAL;
		return ERR_SYS;
	}
	*size = st.st_size;
	return fd;
}

/* A disk that was full may have left the beginning of a line. */
static int
ends_torn(int fd, off_t size)
{
	char last;

	return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

static int
append(int fd, off_t size, const struct buf *line)
{
	struct buf mended = BUF_INIT;
	ssize_t n;
	int saved;

	if (ends_torn(fd, size))
		buf_add_char(&mended, '\n');
	buf_add(&mended, line->data, line->len);
	n = write(fd, mended.data, mended.len);
	saved = errno;
	if (n >= 0 && (size_t)n < mended.len)
		saved = ENOSPC;
	n = n == (ssize_t)mended.len ? 0 : ERR_SYS;
	buf_clear(&mended);
	errno = saved;
	return (int)n;
}

static int
append_line(const char *path, const char *dir, const struct buf *line)
{
	int tries, fd, r, saved;
	off_t size;

	/* After two turns the journal is a little too large: so be it. */
	for (tries = 2;; tries--) {
		fd = open_journal(path, &size);
		if (fd < 0)
			return ERR_SYS;
		if (size + (off_t)line->len <= JOURNAL_MAX || tries == 0)
			break;
		r = rotate(fd, path, dir);
		close(fd);
		if (r < 0)
			return r;
	}
	if (size < 2 * (off_t)JOURNAL_MAX) {
		r = append(fd, size, line);
	} else {
		errno = EFBIG;
		r = ERR_SYS;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return r;
}

int
journal_append(const char *dir, const struct record *record)
{
	struct buf line = BUF_INIT;
	char *path = path_join(dir, NAME);
	int r, saved;

	record_write(record, &line);
	r = append_line(path, dir, &line);
	saved = errno;
	buf_clear(&line);
	free(path);
	errno = saved;
	return r;
}

/* Where the next record goes, which is empty. */
static struct record *
next_record(struct journal *journal)
{
	struct record *record;

	if (journal->count == journal->room) {
		journal->room = journal->room * 2 + 64;
		journal->v = xrealloc(journal->v,
				      journal->room * sizeof *journal->v);
	}
	record = &journal->v[journal->count];
	*record = (struct record)RECORD_INIT;
	return record;
}

/*
 * What has no end yet is being written, or was cut off. After a crash, a file
 * system may have put NULs where a line was.
 */
static void
take_lines(struct journal *journal, const struct buf *text)
{
	char *line = text->data, *end;
	size_t rest = text->len;

	for (end = memchr(line, '\n', rest); end != NULL;
	     end = memchr(line, '\n', rest)) {
		*end = '\0';
		if (end - line < RECORD_MAX &&
		    record_read(next_record(journal), line) == 0)
			journal->count++;
		rest -= (size_t)(end + 1 - line);
		line = end + 1;
	}
}

static int
read_file(struct journal *journal, const char *dir, const char *name)
{
	struct buf text = BUF_INIT;
	char *path = path_join(dir, name);
	int r;

	r = file_read(path, (size_t)JOURNAL_MAX * 2, &text);
	if (r == 0 || r == ERR_LIMIT)
		take_lines(journal, &text);
	free(path);
	buf_clear(&text);
	return r == ERR_SYS && errno != ENOENT ? ERR_SYS : 0;
}

int
journal_read(struct journal *journal, const char *dir)
{
	int old = read_file(journal, dir, OLD_NAME);
	int new = read_file(journal, dir, NAME);

	return old < 0 ? old : new;
}

int
journal_open(struct journal *journal, const struct settings *settings)
{
	if (settings->dir == NULL) {
		log_error("there is no journal without DISTCC_DIR or HOME");
		return ERR_SYS;
	}
	if (journal_read(journal, settings->dir) < 0) {
		log_error_r(ERR_SYS, "cannot read the journal in %s",
			    settings->dir);
		return ERR_SYS;
	}
	return 0;
}

int
journal_in_last_build(const struct journal *journal, size_t i)
{
	const char *last = journal->v[journal->count - 1].build;
	const char *build = journal->v[i].build;

	/* It is a part of a job that has a record of its own. */
	if (journal->v[i].reason == REASON_NESTED)
		return 0;
	if (last == NULL || build == NULL)
		return i == journal->count - 1;
	return strcmp(build, last) == 0;
}

size_t
journal_last_build(const struct journal *journal)
{
	size_t i;

	for (i = 0; i < journal->count; i++) {
		if (journal_in_last_build(journal, i))
			break;
	}
	return i;
}

void
journal_clear(struct journal *journal)
{
	size_t i;

	for (i = 0; i < journal->count; i++)
		record_clear(&journal->v[i]);
	free(journal->v);
	*journal = (struct journal)JOURNAL_INIT;
}
