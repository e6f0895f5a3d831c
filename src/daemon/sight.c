/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/path.h"
#include "compiler/depfile.h"
#include "daemon/contents.h"
#include "wire/seen.h"

/* A file that the compiler read. */
struct look {
	char *path;		/* as the client has it */
	int is_own;		/* this machine's; not sent */
	struct digest digest;	/* of its content, if it is */
};

/* A list can name so many directories that to search them all takes hours. */
#define MAX_DIRS_BACK 64

/* Names of directories, and what they are without links. */
struct dirs {
	struct args spelled, real;
};

/* The directory without links, borrowed; NULL if it is none. */
static const char *
find_dir(struct dirs *dirs, const char *spelled)
{
	const size_t count = dirs->spelled.count;
	size_t i = count;
	char *real;

	/* The last one is the likeliest. */
	while (i > 0 && count - i < MAX_DIRS_BACK) {
		i--;
		if (strcmp(dirs->spelled.v[i], spelled) == 0)
			return dirs->real.v[i];
	}
	real = realpath(spelled, NULL);
	if (real == NULL)
		return NULL;
	args_push(&dirs->spelled, spelled);
	args_take(&dirs->real, real);
	return real;
}

/* The file's path without links, or NULL; st is about it. */
static char *
resolve(struct dirs *dirs, const char *path, struct stat *st)
{
	char *spelled = path_dir(path), *full, *real;
	const char *dir = find_dir(dirs, spelled);

	free(spelled);
	if (dir == NULL)
		return NULL;
	full = path_join(dir, path_base(path));
	if (lstat(full, st) < 0) {
		free(full);
		return NULL;
	}
	if (!S_ISLNK(st->st_mode))
		return full;
	real = realpath(full, NULL);
	free(full);
	if (real != NULL && lstat(real, st) == 0)
		return real;
	free(real);
	return NULL;
}

/* The part of path that is below root, with its slash, or NULL. */
static const char *
below(const char *path, const char *root)
{
	const size_t len = strlen(root);

	return strncmp(path, root, len) == 0 && path[len] == '/' ?
		       path + len : NULL;
}

/* Whether name, as the compiler has it, is longer than the client's path. */
static int
is_renamed(const struct sight *sight, const char *name, const char *path)
{
	const char *dir;
	size_t i, len;

	if (name[0] == '/' || strlen(path) >= strlen(name))
		return 0;
	for (i = 0; i < sight->system_dirs->count; i++) {
		dir = sight->system_dirs->v[i];
		len = strlen(dir);
		if (strncmp(name, dir, len) == 0)
			return 1;
	}
	return 0;
}

static int
look_at(const struct sight *sight, struct dirs *dirs, const char *name,
	struct contents *contents, struct look *look)
{
	char *path = name[0] == '/' ? xstrdup(name) :
				      path_join(sight->cwd, name);
	struct stat st;
	char *real = resolve(dirs, path, &st);
	const char *inside;
	int r = 0;

	free(path);
	if (real == NULL)
		return ERR_SYS;
	inside = below(real, sight->root);
	look->is_own = inside == NULL;
	if (inside != NULL) {
		look->path = xstrdup(inside);
		free(real);
		return 0;
	}
	look->path = real;
	if (sight->is_all)
		r = contents_digest(contents, real, &st, &look->digest);
	return r;
}

static int
compare(const void *a, const void *b)
{
	const struct look *one = a, *other = b;
	int order = strcmp(one->path, other->path);

	return order != 0 ? order : one->is_own - other->is_own;
}

static void
sum_up(const struct look *looks, size_t count, struct seen *seen)
{
	struct digest paths = DIGEST_INIT, contents = DIGEST_INIT;
	char text[DIGEST_TEXT_SIZE];
	size_t i;

	for (i = 0; i < count; i++) {
		if (i > 0 && compare(&looks[i], &looks[i - 1]) == 0)
			continue;
		if (i == 0 || strcmp(looks[i].path, looks[i - 1].path) != 0)
			digest_add(&paths, looks[i].path,
				   strlen(looks[i].path) + 1);
		if (!looks[i].is_own || !seen->is_all)
			continue;
		digest_text(&looks[i].digest, text);
		digest_add(&contents, text, sizeof text);
	}
	digest_text(&paths, seen->paths);
	digest_text(&contents, seen->system);
}

static int
look_at_all(const struct sight *sight, const struct args *names,
	    struct contents *contents, struct seen *seen, int *renamed)
{
	struct look *looks = xcalloc(names->count + 1, sizeof *looks);
	struct dirs dirs = { ARGS_INIT, ARGS_INIT };
	char *name;
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < names->count; i++) {
		name = depfile_unquote(names->v[i]);
		r = look_at(sight, &dirs, name, contents, &looks[i]);
		if (r == 0)
			*renamed |= is_renamed(sight, name, looks[i].path);
		free(name);
	}
	if (r == 0) {
		qsort(looks, names->count, sizeof *looks, compare);
		sum_up(looks, names->count, seen);
	}
	for (i = 0; i < names->count; i++)
		free(looks[i].path);
	free(looks);
	args_clear(&dirs.spelled);
	args_clear(&dirs.real);
	return r;
}

int
sight_look(const struct sight *sight, const char *text,
	   struct contents *contents, struct seen *seen)
{
	struct depfile depfile = DEPFILE_INIT;
	int r, renamed = 0;

	memset(seen, 0, sizeof *seen);
	seen->is_all = sight->is_all;
	r = depfile_parse(&depfile, text);
	if (r == 0)
		r = look_at_all(sight, &depfile.names, contents, seen,
				&renamed);
	if (r < 0) {
		snprintf(seen->paths, sizeof seen->paths, "%032d", 0);
		snprintf(seen->system, sizeof seen->system, "%032d", 0);
	}
	depfile_clear(&depfile);
	return renamed;
}
