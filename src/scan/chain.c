/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/chain.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/lang.h"
#include "scan/command.h"
#include "scan/folder.h"
#include "scan/walk.h"

/* While it is made: the lists that are put together in the end. */
struct making {
	const struct chain_parts *parts;
	struct chain lists[CHAIN_COUNT];
	struct buf *culprit;
};

void
chain_clear(struct chain *chain)
{
	free(chain->dirs);
	*chain = (struct chain)CHAIN_INIT;
}

static void
push(struct chain *chain, const struct chain_dir *dir)
{
	if (chain->count == chain->room) {
		chain->room = chain->room * 2 + 16;
		chain->dirs = xrealloc(chain->dirs,
				       chain->room * sizeof *chain->dirs);
	}
	chain->dirs[chain->count++] = *dir;
}

/* The value of a variable, or NULL. */
static const char *
value_of(char *const *envp, const char *name)
{
	size_t len = strlen(name);

	for (; envp != NULL && *envp != NULL; envp++) {
		if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=')
			return *envp + len + 1;
	}
	return NULL;
}

/* name with what "=" and $SYSROOT stand for; yours to free. */
static char *
expand(const struct command *command, const char *name, int *is_rooted)
{
	const char *rest = NULL;

	if (command->sysroot != NULL && command->family == FAMILY_GCC) {
		if (name[0] == '=')
			rest = name + 1;
		else if (strncmp(name, "$SYSROOT", 8) == 0)
			rest = name + 8;
	}
	*is_rooted = rest != NULL;
	return rest == NULL ? xstrdup(name) :
			      concat(command->sysroot, rest, (char *)NULL);
}

/* Whether nobody knows what "=" stands for. */
static int
is_unclear(const struct command *command, const char *name)
{
	if (name[0] != '=' && name[0] != '$')
		return 0;
	return command->sysroot == NULL || command->has_sysroots ||
	       command->family == FAMILY_CLANG;
}

static enum refusal
add(struct making *making, enum chain_kind list, const char *name, int is_own)
{
	const struct chain_parts *parts = making->parts;
	struct chain_dir dir = { 0 };
	struct place place;
	char *path;

	if (!is_own && is_unclear(parts->command, name)) {
		buf_add_str(making->culprit, name);
		return REFUSAL_OPTION;
	}
	path = expand(parts->command, name, &dir.is_rooted);
	walk_path(parts->folders, is_own ? NULL : parts->trail, parts->cwd,
		  path, strlen(path), &place);
	dir.folder = place.folder;
	dir.len = strlen(path);
	if (path[dir.len - 1] != '/')
		dir.len++;
	dir.is_absolute = path[0] == '/';
	dir.has_links = place.links > 0;
	dir.is_system = list == CHAIN_SYSTEM || list == CHAIN_AFTER;
	dir.is_own = is_own;
	free(path);
	if (place.kind == ENTRY_FOLDER) {
		push(&making->lists[list], &dir);
		if (!is_own)
			trail_need_folder(parts->trail, parts->folders,
					  place.folder);
		return REFUSAL_NONE;
	}
	if (place.kind == ENTRY_MISSING)
		return REFUSAL_NONE;
	/* A file may be a map of headers. */
	buf_add_str(making->culprit, name);
	return place.kind == ENTRY_ERROR ? REFUSAL_UNREADABLE :
					   REFUSAL_OPTION;
}

static enum refusal
add_all(struct making *making, enum chain_kind list, const struct args *names,
	int is_own)
{
	enum refusal refusal = REFUSAL_NONE;
	size_t i;

	for (i = 0; refusal == REFUSAL_NONE && i < names->count; i++)
		refusal = add(making, list, names->v[i], is_own);
	return refusal;
}

static enum refusal
add_variable(struct making *making, enum chain_kind list, const char *name)
{
	const char *rest = value_of(making->parts->envp, name);
	enum refusal refusal = REFUSAL_NONE;
	char *part;

	if (rest == NULL || rest[0] == '\0')
		return REFUSAL_NONE;
	for (part = path_list_next(&rest);
	     part != NULL && refusal == REFUSAL_NONE;
	     part = path_list_next(&rest)) {
		refusal = add(making, list, part[0] == '\0' ? "." : part, 0);
		free(part);
		part = NULL;
	}
	free(part);
	return refusal;
}

static const char *
variable_of(const struct lang *lang)
{
	if (strcmp(lang->name, "c++") == 0)
		return "CPLUS_INCLUDE_PATH";
	if (strcmp(lang->name, "objective-c") == 0)
		return "OBJC_INCLUDE_PATH";
	if (strcmp(lang->name, "objective-c++") == 0)
		return "OBJCPLUS_INCLUDE_PATH";
	return "C_INCLUDE_PATH";
}

/* clang reads both of these for Objective-C++. */
static int
is_ambiguous(const struct chain_parts *parts)
{
	return parts->command->family == FAMILY_CLANG &&
	       strcmp(parts->command->lang->name, "objective-c++") == 0 &&
	       value_of(parts->envp, "CPLUS_INCLUDE_PATH") != NULL;
}

static enum refusal
fill(struct making *making)
{
	const struct chain_parts *parts = making->parts;
	const struct args *dirs = parts->command->dirs;
	enum refusal refusal;

	if (is_ambiguous(parts))
		return REFUSAL_ENVIRONMENT;
	refusal = add_all(making, CHAIN_QUOTE, &dirs[CHAIN_QUOTE], 0);
	if (refusal == REFUSAL_NONE)
		refusal = add_all(making, CHAIN_BRACKET, &dirs[CHAIN_BRACKET],
				  0);
	if (refusal == REFUSAL_NONE)
		refusal = add_variable(making, CHAIN_BRACKET, "CPATH");
	if (refusal == REFUSAL_NONE)
		refusal = add_all(making, CHAIN_SYSTEM, &dirs[CHAIN_SYSTEM],
				  0);
	if (refusal == REFUSAL_NONE)
		refusal = add_variable(making, CHAIN_SYSTEM,
				       variable_of(parts->command->lang));
	if (refusal == REFUSAL_NONE)
		refusal = add_all(making, CHAIN_SYSTEM, parts->own, 1);
	if (refusal == REFUSAL_NONE)
		refusal = add_all(making, CHAIN_AFTER, &dirs[CHAIN_AFTER], 0);
	return refusal;
}

static int
is_same(const struct chain_dir *one, const struct chain_dir *other)
{
	return one->folder->key.dev == other->folder->key.dev &&
	       one->folder->key.ino == other->folder->key.ino;
}

static int
has(const struct chain *chain, size_t from, const struct chain_dir *dir)
{
	size_t i;

	for (i = from; i < chain->count; i++) {
		if (is_same(&chain->dirs[i], dir))
			return 1;
	}
	return 0;
}

/* Appends those of list that are not in chain from there on, or in other. */
static void
join(struct chain *chain, const struct chain *list, const struct chain *other)
{
	size_t from = chain->count, i;

	for (i = 0; i < list->count; i++) {
		if (!has(chain, from, &list->dirs[i]) &&
		    (other == NULL || !has(other, 0, &list->dirs[i])))
			push(chain, &list->dirs[i]);
	}
}

/*
 * A directory that is there twice counts where it comes first; but one that
 * is a system's counts as that alone, so that -I does not change the order of
 * those. clang leaves -iquote alone.
 */
static void
put_together(struct chain *chain, struct making *making)
{
	const int is_gcc = making->parts->command->family == FAMILY_GCC;
	struct chain system = CHAIN_INIT, both = CHAIN_INIT;
	size_t i;

	for (i = 0; i < making->lists[CHAIN_AFTER].count; i++)
		push(&making->lists[CHAIN_SYSTEM],
		     &making->lists[CHAIN_AFTER].dirs[i]);
	join(&system, &making->lists[CHAIN_SYSTEM], NULL);
	join(&both, &making->lists[CHAIN_BRACKET], &system);
	for (i = 0; i < system.count; i++)
		push(&both, &system.dirs[i]);
	join(chain, &making->lists[CHAIN_QUOTE], is_gcc ? &system : NULL);
	if (is_gcc && chain->count > 0 && both.count > 0 &&
	    is_same(&chain->dirs[chain->count - 1], &both.dirs[0]))
		chain->count--;
	chain->bracket = chain->count;
	for (i = 0; i < both.count; i++)
		push(chain, &both.dirs[i]);
	chain_clear(&system);
	chain_clear(&both);
}

enum refusal
chain_make(struct chain *chain, const struct chain_parts *parts,
	   struct buf *culprit)
{
	struct making making = { .parts = parts, .culprit = culprit };
	enum refusal refusal = fill(&making);
	int list;

	if (refusal == REFUSAL_NONE)
		put_together(chain, &making);
	for (list = 0; list < CHAIN_COUNT; list++)
		chain_clear(&making.lists[list]);
	return refusal;
}
