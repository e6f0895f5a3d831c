/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "scan/folder.h"
#include "scan/record.h"

/* A source is smaller; what is not is data, and takes too long. */
#define FILE_MAX_BYTES (64 * 1024 * 1024)

#define PIECE 65536

struct files {
	struct symbols *symbols;
	struct file **all;
	size_t count, room;
	struct file *oldest, *newest;
	size_t size, max;
	struct buf content;	/* of the file that is being read */
};

struct files *
files_new(struct symbols *symbols, size_t max)
{
	struct files *files = xcalloc(1, sizeof *files);

	files->symbols = symbols;
	files->max = max;
	files->content = (struct buf)BUF_INIT;
	return files;
}

static void
drop_records(struct files *files, struct file *file)
{
	int i;

	for (i = 0; i < FILES_DIALECTS; i++) {
		if (file->records[i] == NULL)
			continue;
		files->size -= record_size(file->records[i]);
		record_free(file->records[i]);
		file->records[i] = NULL;
	}
}

void
files_free(struct files *files)
{
	size_t i;

	if (files == NULL)
		return;
	for (i = 0; i < files->count; i++) {
		drop_records(files, files->all[i]);
		free(files->all[i]->path);
		free(files->all[i]);
	}
	free(files->all);
	buf_clear(&files->content);
	free(files);
}

struct file *
files_at(struct files *files, struct entry *entry)
{
	struct file *file = entry->file;

	if (file != NULL)
		return file;
	file = xcalloc(1, sizeof *file);
	file->entry = entry;
	file->path = folder_path_of(entry->in, entry->name);
	entry->file = file;
	if (files->count == files->room) {
		files->room = files->room * 2 + 256;
		files->all = xrealloc(files->all,
				      files->room * sizeof *files->all);
	}
	files->all[files->count++] = file;
	files->size += sizeof *file + 128;
	return file;
}

static void
unlink_file(struct files *files, struct file *file)
{
	if (file->older != NULL)
		file->older->newer = file->newer;
	else if (files->oldest == file)
		files->oldest = file->newer;
	if (file->newer != NULL)
		file->newer->older = file->older;
	else if (files->newest == file)
		files->newest = file->older;
	file->older = file->newer = NULL;
}

static void
make_newest(struct files *files, struct file *file)
{
	if (files->newest == file)
		return;
	unlink_file(files, file);
	file->older = files->newest;
	if (files->newest != NULL)
		files->newest->newer = file;
	else
		files->oldest = file;
	files->newest = file;
}

static enum refusal
read_all(struct files *files, int fd)
{
	ssize_t n;

	buf_reset(&files->content);
	for (;;) {
		n = read(fd, buf_grow(&files->content, PIECE), PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return REFUSAL_UNREADABLE;
		if (n == 0)
			return REFUSAL_NONE;
		buf_wrote(&files->content, (size_t)n);
		if (files->content.len > FILE_MAX_BYTES)
			return REFUSAL_SIZE;
	}
}

/* Reads what is open at fd, and sets *key to what it was all the time. */
static enum refusal
read_steady(struct files *files, int fd, struct filekey *key)
{
	struct filekey after;
	struct stat st;
	enum refusal refusal;
	int tries;

	for (tries = 0; tries < 2; tries++) {
		if (fstat(fd, &st) < 0)
			return REFUSAL_UNREADABLE;
		if (!S_ISREG(st.st_mode))
			return REFUSAL_SPECIAL;
		filekey_set(key, &st);
		if (lseek(fd, 0, SEEK_SET) < 0)
			return REFUSAL_UNREADABLE;
		refusal = read_all(files, fd);
		if (refusal != REFUSAL_NONE)
			return refusal;
		if (fstat(fd, &st) < 0)
			return REFUSAL_UNREADABLE;
		filekey_set(&after, &st);
		if (filekey_equal(key, &after) &&
		    files->content.len == key->size)
			return REFUSAL_NONE;
	}
	return REFUSAL_CHANGING;
}

static void
take_up(struct files *files, struct file *file, const struct filekey *key)
{
	struct digest digest = DIGEST_INIT;

	digest_add(&digest, files->content.data, files->content.len);
	if (!file->is_read || !digest_equal(&digest, &file->digest) ||
	    file->key.size != key->size) {
		drop_records(files, file);
		file->version++;
	}
	file->key = *key;
	file->digest = digest;
	file->is_read = 1;
}

/* Reads the file, whose content is then in files. */
static enum refusal
load(struct files *files, const struct folders *folders, struct file *file)
{
	int64_t now = filekey_now();
	int fd = open(file->path, O_RDONLY | O_NOCTTY | O_NONBLOCK |
					  O_CLOEXEC | O_NOFOLLOW);
	enum refusal refusal;
	struct filekey key;

	if (fd < 0)
		return errno == ENOENT ? REFUSAL_CHANGING :
					 REFUSAL_UNREADABLE;
	refusal = read_steady(files, fd, &key);
	close(fd);
	if (refusal != REFUSAL_NONE)
		return refusal;
	take_up(files, file, &key);
	file->is_fresh = filekey_is_fresh(&key, now,
					  file->entry->in->is_coarse) != 0;
	file->round = folders_round(folders);
	return REFUSAL_NONE;
}

static int
is_same(const struct folders *folders, struct file *file)
{
	struct filekey key;
	struct stat st;

	if (!file->is_read)
		return 0;
	if (file->round == folders_round(folders))
		return 1;
	if (file->is_fresh || lstat(file->path, &st) < 0)
		return 0;
	filekey_set(&key, &st);
	if (!filekey_equal(&key, &file->key))
		return 0;
	file->round = folders_round(folders);
	return 1;
}

enum refusal
files_check(struct files *files, struct folders *folders, struct file *file)
{
	make_newest(files, file);
	return is_same(folders, file) ? REFUSAL_NONE :
					load(files, folders, file);
}

/* The record that says what the file does in that dialect, if there is one. */
static const struct record *
find_record(const struct file *file, unsigned dialect)
{
	int i;

	if (file->records[dialect] != NULL)
		return file->records[dialect];
	for (i = 0; i < FILES_DIALECTS; i++) {
		if (file->records[i] != NULL &&
		    (record_marks(file->records[i]) & RECORD_DIALECT) == 0)
			return file->records[i];
	}
	return NULL;
}

enum refusal
files_record(struct files *files, struct folders *folders, struct file *file,
	     unsigned dialect, const struct record **record)
{
	enum refusal refusal = files_check(files, folders, file);

	if (refusal != REFUSAL_NONE)
		return refusal;
	*record = find_record(file, dialect);
	if (*record != NULL)
		return REFUSAL_NONE;
	refusal = load(files, folders, file);
	if (refusal != REFUSAL_NONE)
		return refusal;
	file->records[dialect] = record_new(files->symbols,
					    files->content.data,
					    files->content.len, dialect);
	files->size += record_size(file->records[dialect]);
	*record = file->records[dialect];
	return REFUSAL_NONE;
}

void
files_trim(struct files *files, const struct folders *folders)
{
	struct file *file = files->oldest, *next;

	for (; file != NULL && files->size > files->max; file = next) {
		next = file->newer;
		if (file->round == folders_round(folders))
			break;
		drop_records(files, file);
		unlink_file(files, file);
	}
}

size_t
files_size(const struct files *files)
{
	return files->size;
}
