/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/identity.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/path.h"
#include "base/self.h"

static int
is_any(const char *name, size_t len, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strlen(*list) == len && strncmp(*list, name, len) == 0)
			return 1;
	}
	return 0;
}

size_t
identity_plain_length(const char *name)
{
	const char *dash = strrchr(name, '-');

	if (dash == NULL || !isdigit((unsigned char)dash[1]) ||
	    dash[1 + strspn(dash + 1, "0123456789.")] != '\0')
		return strlen(name);
	return (size_t)(dash - name);
}

int
identity_is_triple(const char *name, size_t len)
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
	size_t len = identity_plain_length(name);

	if (is_any(name, len, names))
		return 1;
	if (len < 5 || (strncmp(name + len - 4, "-gcc", 4) != 0 &&
			strncmp(name + len - 4, "-g++", 4) != 0))
		return 0;
	return identity_is_triple(name, len - 4);
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

/* Whether dir/name, called base in truth, is a distcc. */
static int
is_distcc(const char *dir, const char *name, const char *base)
{
	char *path = path_join(dir, name);
	/* Hard links and copies have no telling name. */
	int is = strstr(base, "distcc") != NULL || self_is(path);

	free(path);
	return is;
}

int
identity_is_wrapper(const char *dir, const char *name)
{
	char *base = real_name(dir, name);
	int is = is_distcc(dir, name, base);

	free(base);
	return is;
}

int
identity_is_hidden(const char *dir, const char *name)
{
	char *base = real_name(dir, name);
	int hides = strcmp(base, "ccache") == 0 || is_distcc(dir, name, base);

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
		path = path_find_program(name, pathlist, identity_is_hidden);
	if (path != NULL)
		real = realpath(path, NULL);
	if (real != NULL && strstr(path_base(real), "clang") != NULL)
		family = FAMILY_CLANG;
	free(real);
	free(path);
	return family;
}
