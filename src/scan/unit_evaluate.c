/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/unit.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/path.h"
#include "compiler/lang.h"
#include "scan/dialect.h"
#include "scan/evaluate.h"
#include "scan/files.h"
#include "scan/folder.h"
#include "scan/record.h"
#include "scan/scan.h"

/* gcc's and clang's own limit. */
#define DEPTH_MAX 200

/* Some ten million take a second. */
#define STEPS_MAX 2000000

/* So often may the compiler be asked in one unit. */
#define ATTEMPTS_MAX 32

/* --- what files are used for --------------------------------------------- */

static void
add_file(struct unit *unit, struct file *file)
{
	if (unit->count == unit->room) {
		unit->room = unit->room * 2 + 256;
		unit->files = xrealloc(unit->files,
				       unit->room * sizeof *unit->files);
	}
	unit->files[unit->count++] = file;
}

/*
 * gcc names a file for -MMD if it was no system header when it was first
 * read, under each of its names; clang if it ever was none.
 */
static int
becomes_loud(const struct unit *unit, const struct level *level)
{
	if (level->is_system)
		return 0;
	return unit->command.family == FAMILY_CLANG ||
	       (level->file->use & FILE_READ) == 0 ||
	       level->file->from != level->dir;
}

/* Notes that the file is used, and makes sure that it is as we know it. */
static enum refusal
use_file(struct unit *unit, const struct level *level, unsigned use)
{
	struct memory *memory = unit->memory;
	struct file *file = level->file;
	enum refusal refusal;

	if (file->unit != unit->attempt) {
		file->unit = unit->attempt;
		file->use = 0;
		file->from = NULL;
		refusal = files_check(memory->files, memory->folders, file);
		if (refusal != REFUSAL_NONE)
			return unit_refuse(unit, refusal, file->path);
		add_file(unit, file);
		if (level->is_borrowed ||
		    folders_is_system(memory->folders, file->entry->in))
			file->use |= FILE_SYSTEM;
	}
	/* clang goes on from the first of several names of a file. */
	if (unit->command.family == FAMILY_CLANG && file->from != NULL &&
	    file->from != level->dir)
		return unit_refuse(unit, REFUSAL_NAME, file->path);
	if ((use & FILE_READ) != 0 && becomes_loud(unit, level))
		use |= FILE_LOUD;
	if (level->is_absolute)
		use |= FILE_ABSOLUTE;
	if (file->from == NULL)
		file->from = level->dir;
	file->use |= use;
	return REFUSAL_NONE;
}

/* Why a file cannot be read, whatever is true in it. */
static enum refusal
judge_marks(const struct unit *unit, unsigned marks)
{
	if ((marks & (RECORD_INCBIN | RECORD_ASM_INCLUDE)) != 0)
		return REFUSAL_ASSEMBLER;
	if ((marks & (RECORD_DATE | RECORD_TIMESTAMP)) != 0)
		return REFUSAL_TIME;
	if ((marks & RECORD_TRIGRAPH) != 0 &&
	    (unit->dialect->has_trigraphs || unit->command.has_trigraphs))
		return REFUSAL_TRIGRAPH;
	if ((marks & RECORD_SLASHES) != 0 && unit->dialect->is_c90)
		return REFUSAL_DIRECTIVE;
	if ((marks & RECORD_PCH) != 0)
		return REFUSAL_PRAGMA;
	return REFUSAL_NONE;
}

/* --- going through files ------------------------------------------------- */

/* Whether it was read before and is not to be read again. */
static int
is_done_with(struct unit *unit, struct file *file, int is_import)
{
	if (is_import) {
		unit->has_once = 1;
		if ((file->use & FILE_READ) != 0) {
			file->use |= FILE_ONCE;
			return 1;
		}
	}
	return (file->use & FILE_ONCE) != 0;
}

static enum refusal
read_file(struct unit *unit, const struct level *level, int is_option)
{
	struct memory *memory = unit->memory;
	const struct record *record;
	enum refusal refusal;
	uint32_t guard;

	refusal = files_record(memory->files, memory->folders, level->file,
			       unit->dialect->reading, &record);
	if (refusal == REFUSAL_NONE)
		refusal = judge_marks(unit, record_marks(record));
	if (refusal != REFUSAL_NONE)
		return unit_refuse(unit, refusal, level->file->path);
	guard = record_guard(record);
	if (guard != 0 && evaluate_is_defined(memory->evaluator, guard))
		return REFUSAL_NONE;
	if (unit->depth >= DEPTH_MAX)
		return unit_refuse(unit, REFUSAL_DEPTH, level->file->path);
	unit->levels[unit->depth++] = *level;
	refusal = is_option ? evaluate_included(memory->evaluator, record) :
			      evaluate_record(memory->evaluator, record);
	if (refusal != REFUSAL_NONE && unit->refusal == REFUSAL_NONE) {
		const char *why = evaluate_culprit(memory->evaluator);

		unit_refuse(unit, refusal, level->file->path);
		if (why[0] != '\0')
			buf_addf(&unit->culprit, ": %s", why);
	}
	unit->depth--;
	return refusal;
}

static enum refusal
enter(struct unit *unit, struct level *level, int is_import, int is_option)
{
	struct file *file = level->file;
	enum refusal refusal;

	if (file->unit == unit->attempt &&
	    is_done_with(unit, file, is_import) &&
	    unit->command.family == FAMILY_GCC)
		return REFUSAL_NONE;
	refusal = use_file(unit, level, FILE_READ);
	if (refusal != REFUSAL_NONE)
		return refusal;
	if ((file->use & FILE_ONCE) != 0)
		return REFUSAL_NONE;
	if (is_import) {
		unit->has_once = 1;
		file->use |= FILE_ONCE;
	}
	return read_file(unit, level, is_option);
}

static const struct level *
current(const struct unit *unit)
{
	return &unit->levels[unit->depth - 1];
}

static enum refusal
find(struct unit *unit, const struct include_name *name, struct level *found)
{
	enum refusal refusal = resolve_include(unit->resolver, current(unit),
					       unit->depth == 1, name, found,
					       &unit->culprit);

	if (refusal != REFUSAL_NONE && unit->refusal == REFUSAL_NONE)
		unit->refusal = refusal;
	return refusal;
}

static enum refusal
on_include(void *arg, const struct include_name *name)
{
	struct unit *unit = arg;
	struct level level;
	enum refusal refusal = find(unit, name, &level);

	if (refusal != REFUSAL_NONE)
		return refusal;
	if (level.file == NULL) {
		unit_refuse(unit, REFUSAL_MISSING, NULL);
		buf_add(&unit->culprit, name->text, name->len);
		return REFUSAL_MISSING;
	}
	level.is_system |= current(unit)->is_system;
	return enter(unit, &level, name->kind == INCLUDE_IMPORT, 0);
}

static enum refusal
on_has_include(void *arg, const struct include_name *name, int *answer)
{
	struct unit *unit = arg;
	struct level level;
	enum refusal refusal = find(unit, name, &level);

	*answer = level.file != NULL;
	if (refusal != REFUSAL_NONE || level.file == NULL)
		return refusal;
	level.is_system |= current(unit)->is_system;
	/* clang's dependencies have it, as if it were read. */
	return use_file(unit, &level,
			unit->command.family == FAMILY_CLANG ? FILE_READ : 0);
}

static enum refusal
on_query(void *arg, const char *function, const char *operand,
	 long long *value)
{
	struct unit *unit = arg;

	if (dialect_query(unit->dialect, function, operand, value) >= 0)
		return REFUSAL_NONE;
	unit_refuse(unit, REFUSAL_CONDITION, function);
	buf_addf(&unit->culprit, "(%s)", operand);
	return REFUSAL_CONDITION;
}

static void
on_once(void *arg)
{
	struct unit *unit = arg;

	/* To clang it means nothing in the source. */
	if (unit->depth == 1 && unit->command.family == FAMILY_CLANG)
		return;
	unit->has_once = 1;
	current(unit)->file->use |= FILE_ONCE;
}

static void
on_system_header(void *arg)
{
	struct unit *unit = arg;

	if (unit->depth > 1)
		unit->levels[unit->depth - 1].is_system = 1;
}

/* --- one unit ------------------------------------------------------------ */

/* clang's driver looks for a precompiled form of what -include names. */
static enum refusal
judge_option(struct unit *unit, const char *name)
{
	static const char *const suffixes[] = { ".pch", ".gch", NULL };
	const char *const *suffix;
	struct place place;
	char *path;

	if (unit->command.family != FAMILY_CLANG)
		return REFUSAL_NONE;
	for (suffix = suffixes; *suffix != NULL; suffix++) {
		path = concat(name, *suffix, (char *)NULL);
		walk_path(unit->memory->folders, NULL, unit->cwd, path,
			  strlen(path), &place);
		free(path);
		if (place.kind != ENTRY_MISSING)
			return unit_refuse(unit, REFUSAL_PCH, name);
	}
	return REFUSAL_NONE;
}

static enum refusal
read_option(struct unit *unit, const char *name)
{
	struct level level;
	enum refusal refusal = judge_option(unit, name);

	if (refusal != REFUSAL_NONE)
		return refusal;
	refusal = resolve_option(unit->resolver, name, &level,
				 &unit->culprit);
	if (refusal != REFUSAL_NONE) {
		if (unit->refusal == REFUSAL_NONE)
			unit->refusal = refusal;
		return refusal;
	}
	if (level.file == NULL)
		return unit_refuse(unit, REFUSAL_MISSING, name);
	return enter(unit, &level, 0, 1);
}

static enum refusal
read_options(struct unit *unit, const struct args *names)
{
	enum refusal refusal = REFUSAL_NONE;
	size_t i;

	for (i = 0; refusal == REFUSAL_NONE && i < names->count; i++)
		refusal = read_option(unit, names->v[i]);
	return refusal;
}

/* gcc for systems with the GNU library reads this before all else. */
static enum refusal
read_preinclude(struct unit *unit)
{
	static const struct include_name name = {
		"stdc-predef.h", 13, 1, INCLUDE_PLAIN
	};
	struct level level;
	enum refusal refusal;

	if (unit->command.family != FAMILY_GCC ||
	    unit->command.has_nostdinc || !unit->dialect->is_hosted)
		return REFUSAL_NONE;
	refusal = find(unit, &name, &level);
	if (refusal != REFUSAL_NONE || level.file == NULL)
		return refusal;
	/* Not every gcc does, but if there is one, it said so. */
	if (!unit->dialect->preincludes)
		return unit_refuse(unit, REFUSAL_COMPILER, name.text);
	return enter(unit, &level, 0, 1);
}

static void
begin(struct unit *unit)
{
	static const struct evaluate_calls calls = {
		on_include, on_has_include, on_query, on_once,
		on_system_header
	};
	struct evaluate_mode mode = { .max_steps = STEPS_MAX };
	const char *lang = unit->command.lang->name;

	mode.is_cxx = strcmp(lang, "c++") == 0 ||
		      strcmp(lang, "objective-c++") == 0;
	mode.is_assembler = strcmp(lang, "assembler-with-cpp") == 0;
	mode.is_c90 = unit->dialect->is_c90;
	mode.trigraphs = unit->dialect->has_trigraphs ||
			 unit->command.has_trigraphs;
	mode.has_module_lines = unit->dialect->has_module_lines;
	unit->attempt = ++unit->memory->attempts;
	unit->count = 0;
	unit->depth = 0;
	unit->has_once = 0;
	unit->refusal = REFUSAL_NONE;
	buf_reset(&unit->culprit);
	evaluate_begin(unit->memory->evaluator, &mode, &calls, unit,
		       unit->dialect->predefined);
}

/* All that is read before the source, and then that. */
static enum refusal
read_all(struct unit *unit)
{
	const struct command *command = &unit->command;
	struct level source;
	enum refusal refusal;

	refusal = resolve_source(unit->resolver, command->source, &source,
				 &unit->culprit);
	if (refusal != REFUSAL_NONE) {
		unit->refusal = refusal;
		return refusal;
	}
	/* What options name is included from there, as it were. */
	unit->levels[unit->depth++] = source;
	refusal = evaluate_record(unit->memory->evaluator, unit->defines);
	if (refusal == REFUSAL_NONE)
		refusal = read_options(unit, &command->macros);
	if (refusal == REFUSAL_NONE)
		refusal = read_preinclude(unit);
	if (refusal == REFUSAL_NONE)
		refusal = read_options(unit, &command->includes);
	unit->depth = 0;
	if (refusal == REFUSAL_NONE)
		refusal = use_file(unit, &source, FILE_READ | FILE_SOURCE);
	if (refusal == REFUSAL_NONE)
		refusal = read_file(unit, &source, 0);
	return refusal;
}

void
unit_evaluate(struct unit *unit)
{
	struct memory *memory = unit->memory;
	int attempts;

	unit->levels = xcalloc(DEPTH_MAX + 1, sizeof *unit->levels);
	unit->defines = record_new(memory->symbols,
				   unit->command.defines.data,
				   unit->command.defines.len, RECORD_PLAIN);
	for (attempts = 0; attempts < ATTEMPTS_MAX; attempts++) {
		begin(unit);
		unit_refuse(unit, read_all(unit), NULL);
		if (unit->dialect->waiting == 0)
			return;
		dialects_ask(memory->dialects, unit->dialect, &unit->command,
			     unit->compiler, unit->pathlist);
		if (unit->dialect->waiting > 0) {
			unit_refuse(unit, REFUSAL_COMPILER, unit->compiler);
			return;
		}
	}
	unit_refuse(unit, REFUSAL_STEPS, unit->command.source);
}
