/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/masquerade.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/identity.h"
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

static int
is_other_program(const char *dir, const char *name)
{
	return !identity_is_wrapper(dir, name);
}

char *
masquerade_find_link(const char *name, const char *path)
{
	return path_find_program(name, path, is_other_program);
}

/*
 * The directory of the link by which this program was called, by PATH if
 * argv0 does not say. A caller may give any argv0: a directory that has no
 * link to us under that name is not the one.
 */
static char *
own_dir(const char *argv0, const char *path)
{
	char *found, *dir = NULL;

	if (strchr(argv0, '/') != NULL)
		found = xstrdup(argv0);
	else
		found = masquerade_find_link(argv0, path);
	if (found != NULL)
		dir = path_dir(found);
	free(found);
	if (dir != NULL && !identity_is_wrapper(dir, path_base(argv0))) {
		free(dir);
		dir = NULL;
	}
	return dir;
}

/* What follows the last part of path that is dir, or NULL. */
static const char *
after_dir(const char *path, const char *dir)
{
	const char *rest = NULL;
	char *part;

	for (part = path_list_next(&path); part != NULL;
	     part = path_list_next(&path)) {
		if (path_is_same(part, dir))
			rest = path;
		free(part);
	}
	return rest;
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
