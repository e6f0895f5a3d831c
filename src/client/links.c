/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/links.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "base/self.h"
#include "compiler/identity.h"

struct links {
	const char *dir;
	const char *path;	/* where compilers are looked for */
	char *self;		/* where the links lead */
	struct args names;	/* of all compilers, sorted */
	int made, mended, removed, kept, failed;
};

/* What stands in the directory under a compiler's name. */
enum there {
	THERE_NOTHING,
	THERE_RIGHT,	/* leads to this program */
	THERE_WRONG,	/* a link that may be replaced */
	THERE_FOREIGN	/* somebody may miss it */
};

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
has_name(const struct links *links, const char *name)
{
	return links->names.count > 0 &&
	       bsearch(&name, links->names.v, links->names.count,
		       sizeof *links->names.v, compare_names) != NULL;
}

/* The names in dir for which fits says so; none if it cannot be read. */
static void
list_dir(const char *dir, int (*fits)(const char *dir, const char *name),
	 struct args *names)
{
	const struct dirent *entry;
	DIR *stream = opendir(dir);

	if (stream == NULL)
		return;
	for (entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
		if (fits(dir, entry->d_name))
			args_push(names, entry->d_name);
	}
	closedir(stream);
}

static int
is_compiler(const char *dir, const char *name)
{
	char *found;

	if (!identity_is_compiler_name(name))
		return 0;
	found = path_find_program(name, dir, identity_is_wrapper);
	free(found);
	return found != NULL;
}

static void
sort_names(struct args *names)
{
	struct args once = ARGS_INIT;
	size_t i;

	if (names->count == 0)
		return;
	qsort(names->v, names->count, sizeof *names->v, compare_names);
	for (i = 0; i < names->count; i++) {
		if (i == 0 || strcmp(names->v[i], names->v[i - 1]) != 0)
			args_push(&once, names->v[i]);
	}
	args_clear(names);
	*names = once;
}

/*
 * What is in the directory itself does not count: a link there shall stand
 * before a compiler, not in its place.
 */
static void
find_compilers(struct links *links)
{
	const char *list = links->path;
	char *part;

	for (part = path_list_next(&list); part != NULL;
	     part = path_list_next(&list)) {
		if (!path_is_same(part, links->dir))
			list_dir(part, is_compiler, &links->names);
		free(part);
	}
	sort_names(&links->names);
}

/* Only what leads to some distcc, or nowhere, may go. */
static enum there
judge_link(const struct links *links, const char *path)
{
	char *real = realpath(path, NULL);
	enum there there = THERE_WRONG;

	if (real == NULL)
		return THERE_WRONG;
	if (strcmp(real, links->self) == 0)
		there = THERE_RIGHT;
	else if (strcmp(path_base(real), "distcc") != 0 && !self_is(real))
		there = THERE_FOREIGN;
	free(real);
	return there;
}

static enum there
judge(const struct links *links, const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return THERE_NOTHING;
	if (S_ISLNK(st.st_mode))
		return judge_link(links, path);
	return self_is(path) ? THERE_RIGHT : THERE_FOREIGN;
}

/* Puts a link at path in one step, whatever link was there. */
static int
put_link(const struct links *links, const char *name, const char *path)
{
	struct buf leaf = BUF_INIT;
	char *draft;
	int r, saved;

	buf_addf(&leaf, ".%s.%ld", name, (long)getpid());
	draft = path_join(links->dir, leaf.data);
	r = symlink(links->self, draft);
	if (r == 0)
		r = rename(draft, path);
	saved = errno;
	if (r < 0)
		unlink(draft);
	free(draft);
	buf_clear(&leaf);
	errno = saved;
	return r;
}

static void
replace(struct links *links, const char *name, const char *path,
	const char *done, int *count)
{
	if (put_link(links, name, path) < 0) {
		log_error_r(ERR_SYS, "cannot make the link %s", path);
		links->failed++;
		return;
	}
	printf("%s %s\n", done, path);
	++*count;
}

static void
mend(struct links *links, const char *name)
{
	char *path = path_join(links->dir, name);

	switch (judge(links, path)) {
	case THERE_NOTHING:
		replace(links, name, path, "made", &links->made);
		break;
	case THERE_WRONG:
		replace(links, name, path, "mended", &links->mended);
		break;
	case THERE_RIGHT:
		links->kept++;
		break;
	case THERE_FOREIGN:
		log_error("%s is no link to distcc: left alone", path);
		links->failed++;
		break;
	}
	free(path);
}

/*
 * Whether dir/name is a compiler's link to some distcc, also to one that is
 * gone.
 */
static int
is_link_of_ours(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	char text[PATH_MAX];
	ssize_t len = readlink(path, text, sizeof text - 1);
	int is = 0;

	if (len >= 0 && identity_is_compiler_name(name)) {
		text[len] = '\0';
		is = strcmp(path_base(text), "distcc") == 0 || self_is(path);
	}
	free(path);
	return is;
}

static void
remove_stale(struct links *links, const char *name)
{
	char *path;

	if (has_name(links, name))
		return;
	path = path_join(links->dir, name);
	if (unlink(path) == 0) {
		printf("removed %s\n", path);
		links->removed++;
	} else {
		log_error_r(ERR_SYS, "cannot remove %s", path);
		links->failed++;
	}
	free(path);
}

static void
work(struct links *links)
{
	struct args old = ARGS_INIT;
	size_t i;

	for (i = 0; i < links->names.count; i++)
		mend(links, links->names.v[i]);
	list_dir(links->dir, is_link_of_ours, &old);
	sort_names(&old);
	for (i = 0; i < old.count; i++)
		remove_stale(links, old.v[i]);
	args_clear(&old);
	printf("%s: %d made, %d mended, %d kept, %d removed, %d failed\n",
	       links->dir, links->made, links->mended, links->kept,
	       links->removed, links->failed);
}

/* Links behind the compilers are never found. */
static void
give_hint(const struct links *links)
{
	char *found = path_find_program(links->names.v[0], links->path, NULL);
	char *dir = found == NULL ? NULL : path_dir(found);

	if (dir != NULL && !path_is_same(dir, links->dir))
		printf("To use them, put %s first in PATH.\n", links->dir);
	free(dir);
	free(found);
}

int
links_install(const char *dir, const char *path)
{
	struct links links = { .dir = dir, .path = path, .names = ARGS_INIT };

	links.self = self_path();
	if (links.self == NULL) {
		log_error_r(ERR_SYS, "cannot tell where this program is");
		return 1;
	}
	find_compilers(&links);
	if (links.names.count == 0) {
		log_error("no compiler is in PATH outside of %s", dir);
		links.failed++;
	} else if (path_make_dirs(dir, 0777) < 0) {
		log_error_r(ERR_SYS, "cannot make the directory %s", dir);
		links.failed++;
	} else {
		work(&links);
		give_hint(&links);
	}
	args_clear(&links.names);
	free(links.self);
	return links.failed > 0;
}
