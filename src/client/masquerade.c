/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/masquerade.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/lang.h"

#define SELF "distcc"
#define DEFAULT_COMPILER "cc"

int
masquerade_is_on(const char *argv0)
{
	return strstr(path_base(argv0), SELF) == NULL;
}

/* Whether a word can only be part of a command that lacks its compiler. */
static int
is_not_compiler(const char *word)
{
	return *word == '-' || lang_by_file(word) != NULL ||
	       strcmp(path_suffix(word), ".o") == 0;
}

void
masquerade_command(char *const *argv, struct args *command)
{
	if (masquerade_is_on(argv[0]))
		args_push(command, path_base(argv[0]));
	else if (argv[1] == NULL || is_not_compiler(argv[1]))
		args_push(command, DEFAULT_COMPILER);
	args_append_argv(command, argv + 1);
}

/* Whether two names lead to the same directory. */
static int
is_same_dir(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
	       sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* The directory that argv0 was found in, by PATH if it does not say. */
static char *
own_dir(const char *argv0, const char *path)
{
	char *found, *dir;

	if (strchr(argv0, '/') != NULL)
		return path_dir(argv0);
	found = path_find_program(argv0, path, NULL);
	if (found == NULL)
		return NULL;
	dir = path_dir(found);
	free(found);
	return dir;
}

/* What follows the last part of path that is dir, or NULL. */
static const char *
after_dir(const char *path, const char *dir)
{
	const char *rest = NULL;
	char *part;
	size_t len;

	for (;; path += len + 1) {
		len = strcspn(path, ":");
		part = len == 0 ? xstrdup(".") : xstrndup(path, len);
		if (is_same_dir(part, dir))
			rest = path[len] == ':' ? path + len + 1 : "";
		free(part);
		if (path[len] == '\0')
			return rest;
	}
}

char *
masquerade_trim_path(const char *argv0, const char *path)
{
	char *dir = own_dir(argv0, path);
	const char *rest;

	if (dir == NULL)
		return NULL;
	rest = after_dir(path, dir);
	free(dir);
	return rest == NULL || *rest == '\0' ? NULL : xstrdup(rest);
}
