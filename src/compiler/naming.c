/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/naming.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/path.h"
#include "compiler/identity.h"
#include "compiler/probe.h"

/* How long a chain of links from a name to its program may be. */
#define LINKS_MAX 8

/* Replaces *path by what it links to. Returns 0 if it is no link. */
static int
follow(char **path)
{
	char text[PATH_MAX];
	ssize_t len = readlink(*path, text, sizeof text - 1);
	char *dir;

	if (len < 0)
		return 0;
	text[len] = '\0';
	dir = path_dir(*path);
	free(*path);
	*path = text[0] == '/' ? xstrdup(text) : path_join(dir, text);
	free(dir);
	return 1;
}

/*
 * The first name on the way from path along its links that says which
 * compiler it is, or NULL. Yours to free.
 */
static char *
telling_name(const char *path)
{
	char *at = xstrdup(path), *found = NULL;
	const char *base;
	int i;

	for (i = 0; found == NULL && i < LINKS_MAX && follow(&at); i++) {
		base = path_base(at);
		if (strcmp(base, "cc") != 0 && strcmp(base, "c++") != 0 &&
		    identity_is_compiler_name(base) && access(at, X_OK) == 0)
			found = xstrdup(base);
	}
	free(at);
	return found;
}

static char *
plain_name(const char *name, const char *pathlist)
{
	char *path, *found = NULL;

	if (strcmp(name, "cc") != 0 && strcmp(name, "c++") != 0)
		return xstrdup(name);
	path = path_find_program(name, pathlist, identity_is_hidden);
	if (path != NULL)
		found = telling_name(path);
	free(path);
	return found == NULL ? xstrdup(name) : found;
}

static int
is_plain_gcc(const char *name)
{
	size_t len = identity_plain_length(name);

	return len == 3 && (strncmp(name, "gcc", len) == 0 ||
			    strncmp(name, "g++", len) == 0);
}

/* Whether name leads to the very compiler that probe asks. */
static int
is_same_compiler(const char *name, const char *pathlist,
		 const struct probe *probe)
{
	char *path = path_find_program(name, pathlist, identity_is_hidden);
	char *real = path == NULL ? NULL : realpath(path, NULL);
	int is = real != NULL && strcmp(real, probe->real) == 0;

	free(real);
	free(path);
	return is;
}

char *
naming_remote(const char *name, const char *pathlist,
	      const struct probe *probe)
{
	char *plain, *target, *full;

	if (strchr(name, '/') != NULL)
		return xstrdup(name);
	plain = plain_name(name, pathlist);
	if (!is_plain_gcc(plain))
		return plain;
	target = probe_target(probe);
	if (target == NULL)
		return plain;
	full = concat(target, "-", plain, (char *)NULL);
	free(target);
	if (!is_same_compiler(full, pathlist, probe)) {
		free(full);
		return plain;
	}
	free(plain);
	return full;
}

char *
naming_target(const char *remote, const struct probe *probe)
{
	/* A prefix of the name is a target that the server will see. */
	if (strncmp(path_base(remote), "clang", 5) != 0)
		return NULL;
	return probe_target(probe);
}
