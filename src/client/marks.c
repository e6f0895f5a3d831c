/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/marks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/path.h"
#include "compiler/cmdline.h"
#include "compiler/lang.h"
#include "compiler/linemark.h"
#include "compiler/option.h"

/* Enough for two marks with long names. */
#define HEAD 16384

/* Servers keep no longer name. */
#define PLAIN_MAX 128

/* The length of the mark that text begins with, without its end; or 0. */
static size_t
mark_length(const char *text)
{
	const char *end = text + strcspn(text, "\n");
	struct linemark mark;

	return linemark_read(text, end, &mark) == 0 ? (size_t)(end - text) : 0;
}

/* gcc takes the folder from the second mark: # 1 "/folder//" */
static int
tells_folder(const char *text)
{
	size_t len = mark_length(text);

	return len >= 3 && strncmp(text + len - 3, "//\"", 3) == 0;
}

/*
 * Without marks, the object has the name of the file that a server makes,
 * which calls it as the source is called, if that is nothing unusual.
 */
static int
is_plain(const char *input)
{
	const char *suffix = path_suffix(input), *c;

	for (c = input; c < suffix; c++) {
		if (strchr("abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "0123456789_-+.", *c) == NULL)
			return 0;
	}
	return *input != '.' && suffix - input <= PLAIN_MAX;
}

static enum reason
check_given(const struct cmdline *cmd, int needs_folder, int fd)
{
	char head[HEAD + 1];
	ssize_t n = pread(fd, head, HEAD, 0);
	size_t len;

	head[n < 0 ? 0 : n] = '\0';
	len = mark_length(head);
	if (len == 0 || head[len] != '\n')
		return !needs_folder && is_plain(cmdline_input(cmd)) ?
			       REASON_NONE :
			       REASON_PATHS;
	if (needs_folder && cmd->family == FAMILY_GCC &&
	    !tells_folder(head + len + 1))
		return REASON_PATHS;
	return REASON_NONE;
}

/* What may be a folder where headers are looked for, or NULL. */
static const char *
folder_of(const struct option_use *use)
{
	const char *name;

	if (use->option == NULL || (use->option->traits & OPTION_CPP) == 0)
		return NULL;
	name = use->option->name;
	return strcmp(name, "-D") == 0 || strcmp(name, "-U") == 0 ? NULL :
								    use->value;
}

/* folder/base, as clang joins and trims it. */
static char *
join(const char *folder, const char *base)
{
	size_t len = strlen(folder);
	char *path, *trimmed;
	const char *p;

	while (len > 1 && folder[len - 1] == '/')
		len--;
	path = xstrndup(folder, len);
	trimmed = path_join(path, base);
	free(path);
	for (p = trimmed; p[0] == '.' && p[1] == '/';) {
		for (p++; *p == '/'; p++)
			;
	}
	path = xstrdup(p);
	free(trimmed);
	return path;
}

/*
 * The source's name in debug information by clang, yours to free. Its folder
 * is called there as the first that found it called it: an option for
 * headers may have. NULL if these call it by different names.
 */
static char *
clang_name(const struct cmdline *cmd)
{
	const char *input = cmdline_input(cmd), *base = path_base(input);
	char *own = path_dir(input), *name = NULL, *other;
	struct option_use use;
	struct stat at, st;
	size_t i;

	if (stat(own, &at) < 0 || strncmp(input, "//", 2) == 0)
		goto out;
	for (i = 1; i < cmd->args.count; i += use.words) {
		use = option_at(cmd->args.v, i);
		if (folder_of(&use) == NULL ||
		    stat(folder_of(&use), &st) < 0 ||
		    st.st_dev != at.st_dev || st.st_ino != at.st_ino)
			continue;
		other = join(folder_of(&use), base);
		if (name != NULL && strcmp(name, other) != 0) {
			free(other);
			free(name);
			name = NULL;
			goto out;
		}
		free(name);
		name = other;
	}
	if (name == NULL)
		name = join(own, base);
out:
	free(own);
	return name;
}

/* In its place: blanks fill what is left of the line. */
static int
rename_mark(int fd, const char *from, const char *to)
{
	char *old = concat("# 1 \"", from, "\"\n", (char *)NULL);
	char *new = concat("# 1 \"", to, "\"", (char *)NULL);
	size_t len = strlen(old), size = strlen(new);
	char *line = xmalloc(len);
	int done = 0;

	if (size < len && pread(fd, line, len, 0) == (ssize_t)len &&
	    memcmp(line, old, len) == 0) {
		memset(line, ' ', len - 1);
		memcpy(line, new, size);
		done = pwrite(fd, line, len, 0) == (ssize_t)len;
	}
	free(line);
	free(new);
	free(old);
	return done;
}

static enum reason
settle_clang(const struct cmdline *cmd, int fd)
{
	const char *input = cmdline_input(cmd);
	char *name;
	int fits;

	/* Not told of a folder, it would name the one where it runs. */
	if (getpwd() == NULL)
		return REASON_PATHS;
	name = clang_name(cmd);
	fits = name != NULL && strcmp(name, input) == 0;
	if (name != NULL && !fits && !cmd->lang->is_preprocessed)
		fits = rename_mark(fd, input, name);
	free(name);
	return fits ? REASON_NONE : REASON_PATHS;
}

enum reason
marks_settle(const struct cmdline *cmd, int fd)
{
	int is_debug = option_any_is_debug(cmd->args.v);
	enum reason reason = REASON_NONE;

	if (cmd->lang->is_preprocessed)
		reason = check_given(cmd, is_debug, fd);
	if (reason == REASON_NONE && is_debug && cmd->family == FAMILY_CLANG)
		reason = settle_clang(cmd, fd);
	return reason;
}
