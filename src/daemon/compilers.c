/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/compilers.h"

#include <dirent.h>
#include <string.h>

#include "base/path.h"
#include "compiler/identity.h"

static const char *const system_dirs[] = {
	"/usr/bin", "/bin", "/usr/local/bin", NULL
};

static int
is_known(const struct compilers *compilers, const char *name)
{
	size_t i;

	for (i = 0; i < compilers->names.count; i++) {
		if (strcmp(compilers->names.v[i], name) == 0)
			return 1;
	}
	return 0;
}

/* dir is where the name was seen, and the last place to look for it. */
static void
add_name(struct compilers *compilers, const char *name, const char *path,
	 const char *dir)
{
	char *program;

	if (is_known(compilers, name))
		return;
	program = path_find_program(name, path, identity_is_wrapper);
	if (program == NULL)
		program = path_find_program(name, dir, identity_is_wrapper);
	if (program == NULL)
		return;
	args_push(&compilers->names, name);
	args_take(&compilers->paths, program);
}

/* Adds the names in dir that fit. Returns whether dir could be read. */
static int
add_dir(struct compilers *compilers, const char *dir, const char *path,
	int (*fits)(const char *name))
{
	const struct dirent *entry;
	DIR *stream = opendir(dir);

	if (stream == NULL)
		return 0;
	for (entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
		if (fits(entry->d_name))
			add_name(compilers, entry->d_name, path, dir);
	}
	closedir(stream);
	return 1;
}

static int
is_no_dot(const char *name)
{
	return name[0] != '.';
}

/* The same for several; returns whether any could be read. */
static int
add_dirs(struct compilers *compilers, const char *const *dirs,
	 const char *path, int (*fits)(const char *name))
{
	int seen = 0;

	for (; *dirs != NULL; dirs++)
		seen |= add_dir(compilers, *dirs, path, fits);
	return seen;
}

void
compilers_find(struct compilers *compilers, const char *const *masquerade,
	       const char *path)
{
	compilers_clear(compilers);
	if (!add_dirs(compilers, masquerade, path, is_no_dot))
		add_dirs(compilers, system_dirs, path,
			 identity_is_compiler_name);
}

static const char *
without_system_dir(const char *name)
{
	static const char *const prefixes[] = { "/bin/", "/usr/bin/" };
	size_t i, len;

	for (i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		len = strlen(prefixes[i]);
		if (strncmp(name, prefixes[i], len) == 0)
			return name + len;
	}
	return name;
}

const char *
compilers_look_up(const struct compilers *compilers, const char *name)
{
	size_t i;

	/* A name with a slash left is in no table. */
	name = without_system_dir(name);
	for (i = 0; i < compilers->names.count; i++) {
		if (strcmp(compilers->names.v[i], name) == 0)
			return compilers->paths.v[i];
	}
	return NULL;
}

void
compilers_clear(struct compilers *compilers)
{
	args_clear(&compilers->names);
	args_clear(&compilers->paths);
}
