/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/sysdir.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/path.h"
#include "wire/tree.h"

/* With all below them. */
static const char *const shared[] = {
	"/usr", "/opt", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/gnu",
	NULL
};

/* Wherever a link among the above leads to. */
static const char *const never[] = {
	"/etc", "/home", "/root", "/proc", "/sys", "/dev", "/var", "/tmp",
	"/run", "/boot", NULL
};

/* Whether path is dir, or below it. */
static int
is_within(const char *path, const char *dir)
{
	const size_t len = strlen(dir);

	return strncmp(path, dir, len) == 0 &&
	       (path[len] == '\0' || path[len] == '/');
}

static int
is_within_any(const char *path, const char *const *dirs)
{
	for (; *dirs != NULL; dirs++) {
		if (is_within(path, *dirs))
			return 1;
	}
	return 0;
}

/*
 * Whether path is among the files that belong to the compiler at program:
 * for PREFIX/bin/TARGET-gcc, PREFIX/lib, PREFIX/include, PREFIX/TARGET.
 */
static int
is_of_compiler(const char *path, const char *program)
{
	char *real = realpath(program, NULL);
	char *bin = real == NULL ? NULL : path_dir(real);
	char *prefix = bin == NULL ? NULL : path_dir(bin);
	size_t len = prefix == NULL ? 0 : strlen(prefix), first;
	const char *rest, *dash;
	int is = 0;

	if (len > 1 && strncmp(path, prefix, len) == 0 && path[len] == '/') {
		rest = path + len + 1;
		first = strcspn(rest, "/");
		dash = strrchr(path_base(real), '-');
		is = strncmp(rest, "lib", 3) == 0 ||
		     (first == 7 && strncmp(rest, "include", first) == 0) ||
		     (dash != NULL &&
		      first == (size_t)(dash - path_base(real)) &&
		      strncmp(rest, path_base(real), first) == 0);
	}
	free(prefix);
	free(bin);
	free(real);
	return is;
}

int
sysdir_is_shared(const char *path, const char *program)
{
	return is_within_any(path, shared) || is_of_compiler(path, program);
}

static int
is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum sysdir_verdict
judge_outside(const char *path, const char *program)
{
	enum sysdir_verdict verdict = SYSDIR_PRIVATE;
	char *real;

	if (!tree_name_is_sane(path) || !sysdir_is_shared(path, program))
		return SYSDIR_PRIVATE;
	real = realpath(path, NULL);
	if (real == NULL)
		verdict = SYSDIR_ABSENT;
	else if (strcmp(real, "/") != 0 && is_dir(real) &&
		 (!is_within_any(real, never) ||
		  sysdir_is_shared(real, program)))
		verdict = SYSDIR_GOOD;
	free(real);
	return verdict;
}

static int
has_parent(const char *path)
{
	size_t len;

	for (; *path != '\0'; path += len + (path[len] == '/')) {
		len = strcspn(path, "/");
		if (len == 2 && path[0] == '.' && path[1] == '.')
			return 1;
	}
	return 0;
}

/* How many ".." path begins with; *rest is what is behind them. */
static size_t
count_parents(const char *path, const char **rest)
{
	size_t count = 0;

	while (path[0] == '.' && path[1] == '.' &&
	       (path[2] == '/' || path[2] == '\0')) {
		count++;
		path += 2;
		path += strspn(path, "/");
	}
	*rest = path;
	return count;
}

/* In how many directories, below /, name is. */
static size_t
depth_of(const char *name)
{
	size_t depth = 0;

	for (name = strchr(name + 1, '/'); name != NULL;
	     name = strchr(name + 1, '/'))
		depth++;
	return depth;
}

enum sysdir_verdict
sysdir_judge_link(const char *name, const char *target, const char *root,
		  const char *program, struct buf *text)
{
	const char *rest;
	size_t parents;

	buf_reset(text);
	parents = count_parents(target, &rest);
	/* Behind a link, ".." would lead elsewhere than it looks. */
	if (has_parent(rest))
		return SYSDIR_TWISTED;
	if (target[0] == '/') {
		buf_addf(text, "%s%s", root, target);
		return SYSDIR_GOOD;
	}
	if (parents <= depth_of(name)) {
		buf_add_str(text, target);
		return SYSDIR_GOOD;
	}
	buf_addf(text, "/%s", rest);
	return judge_outside(text->data, program);
}
