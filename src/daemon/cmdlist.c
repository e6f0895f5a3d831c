/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/cmdlist.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"

#define MAX_FILE (1024 * 1024)

/* The part of path behind its words-th slash from the right. */
static const char *
key_of(const char *path, int words)
{
	const char *p = path + strlen(path);

	/* The slash of the root separates nothing. */
	while (p > path + 1) {
		p--;
		if (*p == '/' && --words == 0)
			return p + 1;
	}
	return path;
}

static size_t
without_trailing_blanks(const char *line, size_t len)
{
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		len--;
	return len;
}

static int
parse(struct cmdlist *list, char *text, const char *file)
{
	size_t len, used;
	int number;

	for (number = 1; *text != '\0'; number++) {
		len = strcspn(text, "\n");
		used = without_trailing_blanks(text, len);
		len += text[len] == '\n';
		text[used] = '\0';
		if (used > 0 && *text != '/') {
			log_error("%s:%d: '%s' is not an absolute path", file,
				  number, text);
			return ERR_SYNTAX;
		}
		if (used > 0)
			args_push(&list->paths, text);
		text += len;
	}
	if (list->paths.count > 0)
		return 0;
	log_error("%s names no compiler", file);
	return ERR_MISSING;
}

int
cmdlist_load(struct cmdlist *list, const char *file, int words)
{
	struct buf text = BUF_INIT;
	int r;

	list->words = words;
	r = file_read(file, MAX_FILE, &text);
	if (r < 0) {
		log_error_r(r, "cannot read the list of compilers "
			    "(DISTCC_CMDLIST) '%s'", file);
	} else if (strlen(text.data) != text.len) {
		log_error("%s is not a text", file);
		r = ERR_SYNTAX;
	} else if (text.len > 0) {
		r = parse(list, text.data, file);
	} else {
		log_error("%s is empty", file);
		r = ERR_MISSING;
	}
	if (r < 0)
		cmdlist_clear(list);
	buf_clear(&text);
	return r;
}

const char *
cmdlist_find(const struct cmdlist *list, const char *name)
{
	const char *key = key_of(name, list->words);
	size_t i;

	for (i = 0; i < list->paths.count; i++) {
		if (strcmp(key_of(list->paths.v[i], list->words), key) == 0)
			return list->paths.v[i];
	}
	return NULL;
}

void
cmdlist_clear(struct cmdlist *list)
{
	args_clear(&list->paths);
}
