/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/identity.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/path.h"

/* How long a chain of links from a name to its program may be. */
#define LINKS_MAX 8

static int
is_any(const char *name, size_t len, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strlen(*list) == len && strncmp(*list, name, len) == 0)
			return 1;
	}
	return 0;
}

/* The length of name without a version: "gcc-12.2" has 3. */
static size_t
length_without_version(const char *name)
{
	const char *dash = strrchr(name, '-');

	if (dash == NULL || !isdigit((unsigned char)dash[1]) ||
	    dash[1 + strspn(dash + 1, "0123456789.")] != '\0')
		return strlen(name);
	return (size_t)(dash - name);
}

/* A target: "x86_64-linux-gnu", two or more words with dashes between. */
static int
is_triple(const char *name, size_t len)
{
	size_t i, in_word = 0, words = 0;

	for (i = 0; i < len; i++) {
		if (name[i] == '-') {
			if (in_word == 0)
				return 0;
			in_word = 0;
			continue;
		}
		if (!isalnum((unsigned char)name[i]) && name[i] != '_' &&
		    name[i] != '.')
			return 0;
		words += in_word == 0;
		in_word = 1;
	}
	return in_word == 1 && words >= 2;
}

int
identity_is_cxx(const char *name)
{
	return strstr(path_base(name), "++") != NULL;
}

int
identity_is_compiler_name(const char *name)
{
	static const char *const names[] = {
		"cc", "c++", "c89", "c99", "gcc", "g++", "clang", "clang++",
		"c89-gcc", "c89-g++", "c99-gcc", "c99-g++", NULL
	};
	size_t len = length_without_version(name);

	if (is_any(name, len, names))
		return 1;
	if (len < 5 || (strncmp(name + len - 4, "-gcc", 4) != 0 &&
			strncmp(name + len - 4, "-g++", 4) != 0))
		return 0;
	return is_triple(name, len - 4);
}

/* What dir/name is called at the end of its links; "" if nowhere. Yours. */
static char *
real_name(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	char *real = realpath(path, NULL);
	char *base = xstrdup(real == NULL ? "" : path_base(real));

	free(real);
	free(path);
	return base;
}

int
identity_is_wrapper(const char *dir, const char *name)
{
	char *base = real_name(dir, name);
	int is = strstr(base, "distcc") != NULL;

	free(base);
	return is;
}

/* A link in a masquerade directory says nothing about the compiler. */
static int
hides_compiler(const char *dir, const char *name)
{
	char *base = real_name(dir, name);
	int hides = strstr(base, "distcc") != NULL ||
		    strcmp(base, "ccache") == 0;

	free(base);
	return hides;
}

enum family
identity_family(const char *name, const char *pathlist)
{
	const char *base = path_base(name);
	enum family family = FAMILY_GCC;
	char *path, *real = NULL;

	if (strstr(base, "clang") != NULL)
		return FAMILY_CLANG;
	if (strstr(base, "gcc") != NULL || strstr(base, "g++") != NULL)
		return FAMILY_GCC;
	if (base != name)
		path = xstrdup(name);
	else
		path = path_find_program(name, pathlist, hides_compiler);
	if (path != NULL)
		real = realpath(path, NULL);
	if (real != NULL && strstr(path_base(real), "clang") != NULL)
		family = FAMILY_CLANG;
	free(real);
	free(path);
	return family;
}

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
	static const char *const plain[] = { "cc", "c++", NULL };
	char *at = xstrdup(path), *found = NULL;
	const char *base;
	int i;

	for (i = 0; found == NULL && i < LINKS_MAX && follow(&at); i++) {
		base = path_base(at);
		if (!is_any(base, strlen(base), plain) &&
		    identity_is_compiler_name(base) && access(at, X_OK) == 0)
			found = xstrdup(base);
	}
	free(at);
	return found;
}

static char *
plain_name(const char *name, const char *pathlist,
	   int (*skip)(const char *dir, const char *name))
{
	char *path, *found = NULL;

	if (strcmp(name, "cc") != 0 && strcmp(name, "c++") != 0)
		return xstrdup(name);
	path = path_find_program(name, pathlist, skip);
	if (path != NULL)
		found = telling_name(path);
	free(path);
	return found == NULL ? xstrdup(name) : found;
}

static int
is_native_gcc(const char *name)
{
	static const char *const names[] = { "gcc", "g++", NULL };

	return is_any(name, length_without_version(name), names);
}

char *
identity_remote_name(const char *name, const char *pathlist,
		     int (*skip)(const char *dir, const char *name))
{
	char *plain, *full, *path;

	if (strchr(name, '/') != NULL)
		return xstrdup(name);
	plain = plain_name(name, pathlist, skip);
	if (!is_native_gcc(plain))
		return plain;
	full = concat(NATIVE_TRIPLE, "-", plain, (char *)NULL);
	path = path_find_program(full, pathlist, skip);
	if (path == NULL) {
		free(full);
		return plain;
	}
	free(path);
	free(plain);
	return full;
}
