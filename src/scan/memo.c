/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/memo.h"

#include <stdlib.h>
#include <string.h>

#include <hashtab.h>
#include <libiberty.h>

#include "base/digest.h"
#include "scan/dialect.h"
#include "scan/files.h"
#include "scan/folder.h"
#include "scan/scan.h"
#include "scan/unit.h"

/* A directory and what is known of it. */
struct look {
	struct folder *folder;
	uint32_t counter;
};

/* A file and its content. */
struct content {
	struct file *file;
	uint32_t version;
};

struct memo {
	struct digest key;
	const struct dialect *dialect;
	unsigned version;	/* of the dialect */
	struct look *looks;
	size_t look_count;
	struct content *contents;
	size_t content_count;
	/* the result, but for the paths of files, which the contents have */
	struct scan_result result;
};

struct memos {
	htab_t all;
	size_t size, max;
};

static hashval_t
hash_memo(const void *member)
{
	const struct memo *memo = member;

	return (hashval_t)memo->key.a;
}

static int
is_memo(const void *member, const void *wanted)
{
	const struct memo *memo = member;

	return digest_equal(&memo->key, wanted);
}

static void
free_memo(void *member)
{
	struct memo *memo = member;

	scan_result_clear(&memo->result);
	free(memo->looks);
	free(memo->contents);
	free(memo);
}

struct memos *
memos_new(size_t max)
{
	struct memos *memos = xcalloc(1, sizeof *memos);

	memos->all = htab_create(251, hash_memo, is_memo, free_memo);
	memos->max = max;
	return memos;
}

void
memos_free(struct memos *memos)
{
	if (memos == NULL)
		return;
	htab_delete(memos->all);
	free(memos);
}

static int
is_same(const struct memo *memo, const struct unit *unit)
{
	struct memory *memory = unit->memory;
	const struct content *content;
	const struct look *look;
	size_t i;

	if (memo->dialect != unit->dialect ||
	    memo->version != unit->dialect->version)
		return 0;
	for (i = 0; i < memo->look_count; i++) {
		look = &memo->looks[i];
		(void)folders_look(memory->folders, look->folder);
		if (look->folder->counter != look->counter)
			return 0;
	}
	for (i = 0; i < memo->content_count; i++) {
		content = &memo->contents[i];
		if (files_check(memory->files, memory->folders,
				content->file) != REFUSAL_NONE ||
		    content->file->version != content->version)
			return 0;
	}
	return 1;
}

/* The inputs of from, paths given to those that have none. */
static void
copy_result(const struct scan_result *from, const struct content *contents,
	    struct scan_result *to)
{
	const struct scan_input *input;
	size_t i;

	*to = *from;
	to->culprit = (struct buf)BUF_INIT;
	to->inputs = xcalloc(from->count + 1, sizeof *to->inputs);
	for (i = 0; i < from->count; i++) {
		input = &from->inputs[i];
		to->inputs[i] = *input;
		to->inputs[i].path = xstrdup(input->path != NULL ?
						     input->path :
						     (contents++)->file->path);
		if (input->target != NULL)
			to->inputs[i].target = xstrdup(input->target);
	}
}

int
memos_recall(struct memos *memos, const struct unit *unit,
	     const struct digest *key, struct scan_result *result)
{
	const struct memo *memo = htab_find_with_hash(memos->all, key,
						      (hashval_t)key->a);

	if (memo == NULL || !is_same(memo, unit))
		return 0;
	copy_result(&memo->result, memo->contents, result);
	return 1;
}

/* The directories that were looked at in this round. */
static void
keep_looks(struct memo *memo, const struct folders *folders)
{
	const uint64_t round = folders_round(folders);
	struct folder *folder;
	size_t i, count = 0;

	for (i = 0; folders_at(folders, i) != NULL; i++)
		count += folders_at(folders, i)->round == round;
	memo->looks = xcalloc(count + 1, sizeof *memo->looks);
	for (i = 0; memo->look_count < count; i++) {
		folder = folders_at(folders, i);
		if (folder->round == round)
			memo->looks[memo->look_count++] = (struct look){
				folder, folder->counter
			};
	}
}

static int
compare_files(const void *a, const void *b)
{
	const struct content *one = a, *other = b;

	return strcmp(one->file->path, other->file->path);
}

/* The files, in the order of their paths. */
static void
keep_contents(struct memo *memo, const struct unit *unit)
{
	size_t i;

	memo->contents = xcalloc(unit->count + 1, sizeof *memo->contents);
	memo->content_count = unit->count;
	for (i = 0; i < unit->count; i++) {
		memo->contents[i].file = unit->files[i];
		memo->contents[i].version = unit->files[i]->version;
	}
	qsort(memo->contents, unit->count, sizeof *memo->contents,
	      compare_files);
}

static void
keep_result(struct memo *memo, const struct scan_result *result)
{
	const struct scan_input *input;
	struct scan_input *copy;
	size_t i;

	memo->result = *result;
	memo->result.culprit = (struct buf)BUF_INIT;
	memo->result.inputs = xcalloc(result->count + 1, sizeof *copy);
	for (i = 0; i < result->count; i++) {
		input = &result->inputs[i];
		copy = &memo->result.inputs[i];
		*copy = *input;
		copy->path = input->kind == SCAN_FILE ? NULL :
							xstrdup(input->path);
		if (input->target != NULL)
			copy->target = xstrdup(input->target);
	}
}

static size_t
size_of(const struct memo *memo)
{
	return sizeof *memo + memo->look_count * sizeof *memo->looks +
	       memo->content_count * sizeof *memo->contents +
	       memo->result.count * sizeof *memo->result.inputs;
}

void
memos_keep(struct memos *memos, const struct unit *unit,
	   const struct digest *key, const struct scan_result *result)
{
	struct memo *memo = xcalloc(1, sizeof *memo);
	void **slot;

	memo->key = *key;
	memo->dialect = unit->dialect;
	memo->version = unit->dialect->version;
	keep_looks(memo, unit->memory->folders);
	keep_contents(memo, unit);
	keep_result(memo, result);
	if (memos->size > memos->max) {
		htab_empty(memos->all);
		memos->size = 0;
	}
	slot = htab_find_slot_with_hash(memos->all, key, (hashval_t)key->a,
					INSERT);
	if (*slot != HTAB_EMPTY_ENTRY) {
		memos->size -= size_of(*slot);
		free_memo(*slot);
	}
	*slot = memo;
	memos->size += size_of(memo);
}
