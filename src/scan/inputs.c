/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/inputs.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "scan/dialect.h"
#include "scan/files.h"
#include "scan/folder.h"
#include "scan/scan.h"
#include "scan/unit.h"

static struct scan_input *
add(struct scan_result *result, enum scan_kind kind, char *path)
{
	struct scan_input *input = &result->inputs[result->count++];

	*input = (struct scan_input){ .kind = kind, .path = path };
	return input;
}

static unsigned
traits_of(const struct file *file)
{
	unsigned traits = 0;

	if ((file->use & FILE_SYSTEM) != 0)
		traits |= SCAN_SYSTEM;
	if ((file->use & FILE_LOUD) == 0)
		traits |= SCAN_QUIET;
	if ((file->use & FILE_READ) == 0)
		traits |= SCAN_LOOKED_AT;
	if ((file->use & FILE_ABSOLUTE) != 0)
		traits |= SCAN_ABSOLUTE;
	if ((file->use & FILE_SOURCE) != 0)
		traits |= SCAN_SOURCE;
	return traits;
}

static void
add_files(const struct unit *unit, struct scan_result *result)
{
	const struct file *file;
	struct scan_input *input;
	size_t i;

	for (i = 0; i < unit->count; i++) {
		file = unit->files[i];
		input = add(result, SCAN_FILE, xstrdup(file->path));
		input->traits = traits_of(file);
		input->size = file->key.size;
		input->digest = file->digest;
		result->bytes += input->size;
	}
}

static void
add_trail(const struct unit *unit, struct scan_result *result)
{
	const struct trail *trail = &unit->trail;
	const struct entry *link;
	size_t i;

	for (i = 0; i < trail->link_count; i++) {
		link = trail->links[i];
		add(result, SCAN_LINK, folder_path_of(link->in, link->name))
			->target = xstrdup(link->target);
	}
	for (i = 0; i < trail->folder_count; i++)
		add(result, SCAN_DIRECTORY, xstrdup(trail->folders[i]->path));
}

/* The compiler's own directories, but for those below others of them. */
static void
add_own(const struct unit *unit, struct scan_result *result)
{
	const struct folders *folders = unit->memory->folders;
	const uint64_t round = folders_round(folders);
	struct folder *folder;
	size_t i;

	for (i = 0; i < unit->chain.count; i++) {
		folder = unit->chain.dirs[i].folder;
		if (folder->rooted != round || folder->needed == round)
			continue;
		folder->needed = round;
		if (folder->parent == NULL ||
		    !folders_is_system(folders, folder->parent))
			add(result, SCAN_SYSTEM_DIR, xstrdup(folder->path));
	}
}

static int
compare_inputs(const void *a, const void *b)
{
	const struct scan_input *one = a, *other = b;

	return strcmp(one->path, other->path);
}

static int
compare_contents(const void *a, const void *b)
{
	const struct file *one = *(struct file *const *)a;
	const struct file *other = *(struct file *const *)b;

	if (one->key.size != other->key.size)
		return one->key.size < other->key.size ? -1 : 1;
	if (one->digest.a != other->digest.a)
		return one->digest.a < other->digest.a ? -1 : 1;
	if (one->digest.b != other->digest.b)
		return one->digest.b < other->digest.b ? -1 : 1;
	return 0;
}

/*
 * Whether the compiler may take the two files, whose contents are the same,
 * for one: gcc does by content and time, which goes by seconds and is another
 * one elsewhere, if one of them is to be read once; clang by their number,
 * in all that it does.
 */
static int
are_confused(const struct unit *unit, const struct file *one,
	     const struct file *other)
{
	if (((one->use | other->use) & FILE_ONCE) != 0)
		return 1;
	return unit->command.family == FAMILY_CLANG &&
	       one->key.dev == other->key.dev &&
	       one->key.ino == other->key.ino;
}

/* A file that is confused with another one, or NULL. */
static const struct file *
find_confused(struct unit *unit)
{
	struct file **files = unit->files;
	size_t i, k;

	if (!unit->has_once && unit->command.family == FAMILY_GCC)
		return NULL;
	qsort(files, unit->count, sizeof *files, compare_contents);
	for (i = 0; i < unit->count; i++) {
		for (k = i + 1; k < unit->count &&
				compare_contents(&files[i], &files[k]) == 0;
		     k++) {
			if (are_confused(unit, files[i], files[k]))
				return files[k];
		}
	}
	return NULL;
}

static void
add_digests(struct scan_result *result)
{
	char text[DIGEST_TEXT_SIZE];
	const struct scan_input *input;
	size_t i, len;

	for (i = 0; i < result->count; i++) {
		input = &result->inputs[i];
		if (input->kind != SCAN_FILE ||
		    (input->traits & SCAN_LOOKED_AT) != 0)
			continue;
		len = strlen(input->path) + 1;
		digest_add(&result->all_paths, input->path, len);
		if ((input->traits & SCAN_QUIET) == 0)
			digest_add(&result->user_paths, input->path, len);
		if ((input->traits & SCAN_SYSTEM) == 0)
			continue;
		digest_text(&input->digest, text);
		digest_add(&result->system_contents, text, sizeof text);
	}
}

void
inputs_collect(struct unit *unit, struct scan_result *result)
{
	const struct digest nothing = DIGEST_INIT;
	const struct file *confused = find_confused(unit);

	if (confused != NULL) {
		unit_refuse(unit, REFUSAL_SAME_CONTENT, confused->path);
		return;
	}
	result->inputs = xcalloc(unit->count + unit->trail.link_count +
					 unit->trail.folder_count +
					 unit->chain.count + 1,
				 sizeof *result->inputs);
	result->count = 0;
	result->bytes = 0;
	add_files(unit, result);
	add_trail(unit, result);
	add_own(unit, result);
	qsort(result->inputs, result->count, sizeof *result->inputs,
	      compare_inputs);
	result->all_paths = result->user_paths = nothing;
	result->system_contents = nothing;
	add_digests(result);
}

void
inputs_digest(const struct scan_result *result, struct digest *digest)
{
	const struct scan_input *input;
	size_t i;

	for (i = 0; i < result->count; i++) {
		input = &result->inputs[i];
		digest_add(digest, input->path, strlen(input->path) + 1);
		digest_add(digest, &input->digest, sizeof input->digest);
		if (input->target != NULL)
			digest_add(digest, input->target,
				   strlen(input->target) + 1);
	}
}
