/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/unit.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "scan/dialect.h"
#include "scan/files.h"
#include "scan/folder.h"
#include "scan/record.h"
#include "scan/scan.h"

enum refusal
unit_refuse(struct unit *unit, enum refusal refusal, const char *culprit)
{
	if (unit->refusal == REFUSAL_NONE && refusal != REFUSAL_NONE) {
		unit->refusal = refusal;
		buf_reset(&unit->culprit);
		if (culprit != NULL)
			buf_add_str(&unit->culprit, culprit);
	}
	return refusal;
}

/* Variables by which a compiler finds its parts, or other directories. */
static const char *
find_meddler(char *const *envp)
{
	static const char *const names[] = {
		"GCC_EXEC_PREFIX=", "COMPILER_PATH=", "SDKROOT=", NULL
	};
	const char *const *name;

	for (; envp != NULL && *envp != NULL; envp++) {
		for (name = names; *name != NULL; name++) {
			if (strncmp(*envp, *name, strlen(*name)) == 0)
				return *envp;
		}
	}
	return NULL;
}

static void
find_cwd(struct unit *unit)
{
	struct folders *folders = unit->memory->folders;
	const char *cwd = unit->asked->cwd;
	struct place place;

	walk_path(folders, &unit->trail, folders_root(folders), cwd,
		  strlen(cwd), &place);
	if (cwd[0] != '/' || place.kind != ENTRY_FOLDER) {
		unit_refuse(unit, REFUSAL_MISSING, cwd);
		return;
	}
	unit->cwd = place.folder;
	trail_need_folder(&unit->trail, folders, place.folder);
}

/* What path is now; the compiler's own directories leave no trail. */
static enum entry_kind
kind_of(struct unit *unit, const char *path, struct place *place)
{
	struct folders *folders = unit->memory->folders;

	walk_path(folders, NULL, folders_root(folders), path, strlen(path),
		  place);
	return place->kind;
}

/* Whether dir is one of the compiler's own. */
static int
is_own(struct unit *unit, const struct folder *dir)
{
	const struct args *own = &unit->dialect->own;
	struct place place;
	size_t i;

	for (i = 0; i < own->count; i++) {
		if (kind_of(unit, own->v[i], &place) == ENTRY_FOLDER &&
		    place.folder->key.dev == dir->key.dev &&
		    place.folder->key.ino == dir->key.ino)
			return 1;
	}
	return 0;
}

/*
 * Whether the compiler would say the same of its directories, now that they
 * may have come or gone.
 */
static int
is_up_to_date(struct unit *unit)
{
	const struct dialect *dialect = unit->dialect;
	struct place place;
	size_t i;

	for (i = 0; i < dialect->own.count; i++) {
		if (kind_of(unit, dialect->own.v[i], &place) != ENTRY_FOLDER)
			return 0;
	}
	for (i = 0; i < dialect->absent.count; i++) {
		if (kind_of(unit, dialect->absent.v[i], &place) !=
		    ENTRY_MISSING)
			return 0;
	}
	for (i = 0; i < dialect->doubles.count; i++) {
		if (kind_of(unit, dialect->doubles.v[i], &place) !=
			    ENTRY_FOLDER ||
		    !is_own(unit, place.folder))
			return 0;
	}
	return 1;
}

static void
find_dialect(struct unit *unit)
{
	int afresh;

	for (afresh = 0; afresh < 2; afresh++) {
		if (dialects_find(unit->memory->dialects, &unit->command,
				  unit->compiler, unit->pathlist, afresh,
				  &unit->dialect) != REFUSAL_NONE)
			break;
		if (is_up_to_date(unit))
			return;
	}
	unit_refuse(unit, REFUSAL_COMPILER, unit->compiler);
}

/* Marks the compiler's own directories. Before all that asks for it. */
static void
mark_own(struct unit *unit)
{
	const struct args *own = &unit->dialect->own;
	struct place place;
	size_t i;

	for (i = 0; i < own->count; i++) {
		if (kind_of(unit, own->v[i], &place) == ENTRY_FOLDER)
			place.folder->rooted =
				folders_round(unit->memory->folders);
	}
}

static void
make_chain(struct unit *unit)
{
	struct memory *memory = unit->memory;
	const struct chain_parts parts = {
		memory->folders, &unit->trail, unit->cwd, &unit->command,
		&unit->dialect->own, unit->asked->envp
	};
	const struct resolve_parts resolve = {
		memory->folders, memory->files, &unit->trail, unit->cwd,
		&unit->chain, unit->command.family, unit->command.keeps_names
	};
	enum refusal refusal = chain_make(&unit->chain, &parts,
					  &unit->culprit);

	if (refusal != REFUSAL_NONE)
		unit->refusal = refusal;
	else
		unit->resolver = resolver_new(&resolve);
}

/* path as it is from everywhere; yours to free. */
static char *
from_cwd(const struct unit *unit, const char *path)
{
	if (path[0] == '/')
		return xstrdup(path);
	return path_join(unit->asked->cwd, path);
}

/* The command runs in another directory than we do. */
static void
set_compiler(struct unit *unit)
{
	const char *name = unit->asked->args->v[0];
	const char *rest = unit->asked->pathlist;
	struct buf list = BUF_INIT;
	char *part, *path;

	unit->compiler = strchr(name, '/') == NULL ? xstrdup(name) :
						     from_cwd(unit, name);
	for (part = path_list_next(&rest); part != NULL;
	     part = path_list_next(&rest)) {
		path = from_cwd(unit, part);
		buf_addf(&list, "%s%s", list.len == 0 ? "" : ":", path);
		free(path);
		free(part);
	}
	unit->pathlist = buf_steal(&list);
}

void
unit_prepare(struct unit *unit)
{
	const struct scan_unit *asked = unit->asked;
	const char *meddler = find_meddler(asked->envp);
	struct command *command = &unit->command;

	*command = (struct command)COMMAND_INIT;
	unit->culprit = (struct buf)BUF_INIT;
	folders_begin(unit->memory->folders);
	set_compiler(unit);
	command_parse(command, asked->args, unit->compiler, unit->pathlist,
		      asked->cwd);
	unit_refuse(unit, command->refusal, command->culprit);
	if (meddler != NULL)
		unit_refuse(unit, REFUSAL_ENVIRONMENT, meddler);
	if (unit->refusal == REFUSAL_NONE)
		find_dialect(unit);
}

void
unit_run(struct unit *unit)
{
	mark_own(unit);
	find_cwd(unit);
	if (unit->refusal == REFUSAL_NONE)
		make_chain(unit);
	if (unit->refusal == REFUSAL_NONE)
		unit_evaluate(unit);
}

void
unit_clear(struct unit *unit)
{
	free(unit->compiler);
	free(unit->pathlist);
	command_clear(&unit->command);
	chain_clear(&unit->chain);
	trail_clear(&unit->trail);
	resolver_free(unit->resolver);
	if (unit->defines != NULL)
		record_free(unit->defines);
	free(unit->levels);
	free(unit->files);
	buf_clear(&unit->culprit);
}
