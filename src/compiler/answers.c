/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/answers.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <hashtab.h>
#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/path.h"
#include "base/tmp.h"

#define HEAD "distcc answer 1\n"
#define SIZE_MAX_BYTES 524288
#define DAY_S 86400

/* "\n", eight digits, "\n". */
#define TAIL_SIZE 10

/* The file in dir that belongs to question; yours to free. */
static char *
file_of(const char *dir, const char *question)
{
	size_t len = strlen(question);
	struct buf leaf = BUF_INIT;
	char *path;

	buf_addf(&leaf, "%08x%08x", iterative_hash(question, len, 0),
		 iterative_hash(question, len, 1));
	path = path_join(dir, leaf.data);
	buf_clear(&leaf);
	return path;
}

static void
add_head(const char *question, struct buf *text)
{
	buf_addf(text, HEAD "%s\n\n", question);
}

static void
add_tail(struct buf *text)
{
	unsigned sum = xcrc32((const unsigned char *)text->data,
			      (int)text->len, 0xffffffffU);

	buf_addf(text, "\n%08x\n", sum);
}

/* Whether text is an entry with the head given, its checksum being right. */
static int
is_entry(const struct buf *text, const struct buf *head)
{
	struct buf again = BUF_INIT;
	int is;

	if (text->len < head->len + TAIL_SIZE ||
	    memcmp(text->data, head->data, head->len) != 0)
		return 0;
	buf_add(&again, text->data, text->len - TAIL_SIZE);
	add_tail(&again);
	is = again.len == text->len &&
	     memcmp(again.data, text->data, text->len) == 0;
	buf_clear(&again);
	return is;
}

/* A compiler that did not answer may have been busy. */
static int
is_stale(const char *path)
{
	struct stat st;
	time_t now = time(NULL);

	/* Clocks of machines that share the directory differ a little. */
	return stat(path, &st) < 0 || st.st_mtime > now + ANSWERS_EMPTY_S ||
	       st.st_mtime < now - ANSWERS_EMPTY_S;
}

int
answers_find(const char *dir, const char *question, struct buf *answer)
{
	struct buf text = BUF_INIT, head = BUF_INIT;
	char *path = file_of(dir, question);
	int r = ERR_MISSING;
	size_t len;

	add_head(question, &head);
	if (file_read(path, SIZE_MAX_BYTES, &text) == 0 &&
	    is_entry(&text, &head)) {
		len = text.len - head.len - TAIL_SIZE;
		if (len > 0 || !is_stale(path)) {
			buf_add(answer, text.data + head.len, len);
			r = 0;
		}
	}
	buf_clear(&head);
	buf_clear(&text);
	free(path);
	return r;
}

static int
count_files(DIR *dir)
{
	int count = 0;

	while (readdir(dir) != NULL)
		count++;
	rewinddir(dir);
	return count;
}

/* Compilers come and go; what is still needed is asked again. */
static void
sweep(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	struct stat st;

	if (dir == NULL)
		return;
	entry = count_files(dir) > ANSWERS_MAX ? readdir(dir) : NULL;
	for (; entry != NULL; entry = readdir(dir)) {
		if (fstatat(dirfd(dir), entry->d_name, &st,
			    AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && st.st_mtime + DAY_S < time(NULL))
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	closedir(dir);
}

int
answers_keep(const char *dir, const char *question, const char *answer)
{
	struct tmp_file file = TMP_FILE_INIT;
	struct buf text = BUF_INIT;
	char *path = file_of(dir, question);
	int r;

	add_head(question, &text);
	buf_add_str(&text, answer);
	add_tail(&text);
	r = path_make_dirs(dir, 0777);
	if (r == 0) {
		sweep(dir);
		r = tmp_file_open(&file, path, TMP_REPLACE);
	}
	if (r == 0)
		r = fd_write_all(file.fd, text.data, text.len);
	if (r == 0)
		r = tmp_file_commit(&file);
	tmp_file_discard(&file);
	buf_clear(&text);
	free(path);
	return r;
}
