/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/scan.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "scan/dialect.h"
#include "scan/evaluate.h"
#include "scan/files.h"
#include "scan/folder.h"
#include "scan/inputs.h"
#include "scan/memo.h"
#include "scan/symbol.h"
#include "scan/unit.h"

#define MEMORY_DEFAULT (128 * 1024 * 1024)

/* A spelling takes about so many bytes. */
#define SYMBOL_BYTES 64

/* More sets of options than projects have. */
#define DIALECTS_MAX 500

/* So many units that servers saw differently are remembered. */
#define DISTRUSTED_MAX 1024

struct distrusted {
	struct digest unit, inputs;
};

struct scan {
	pthread_mutex_t lock;
	struct scan_settings settings;
	struct memory memory;
	struct distrusted distrusted[DISTRUSTED_MAX];
	size_t distrusted_count;	/* ever; the oldest give way */
};

const char *const scan_variables[] = {
	"COMPILER_PATH", "CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH",
	"GCC_EXEC_PREFIX", "OBJCPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH",
	"SDKROOT", NULL
};

static void
open_memory(struct scan *scan)
{
	struct memory *memory = &scan->memory;

	memory->folders = folders_new();
	memory->symbols = symbols_new();
	memory->files = files_new(memory->symbols,
				  scan->settings.memory / 2);
	memory->evaluator = evaluator_new(memory->symbols);
	memory->memos = memos_new(scan->settings.memory / 8);
	memory->dialects = dialects_new(&scan->settings, memory->symbols,
					memory->evaluator);
}

static void
close_memory(struct memory *memory)
{
	memos_free(memory->memos);
	dialects_free(memory->dialects);
	evaluator_free(memory->evaluator);
	files_free(memory->files);
	symbols_free(memory->symbols);
	folders_free(memory->folders);
}

struct scan *
scan_new(const struct scan_settings *settings)
{
	struct scan *scan = xcalloc(1, sizeof *scan);

	(void)pthread_mutex_init(&scan->lock, NULL);
	scan->settings = *settings;
	if (settings->cache_dir != NULL)
		scan->settings.cache_dir = xstrdup(settings->cache_dir);
	scan->settings.tmp_dir = xstrdup(settings->tmp_dir == NULL ?
						 "/tmp" : settings->tmp_dir);
	if (settings->memory == 0)
		scan->settings.memory = MEMORY_DEFAULT;
	open_memory(scan);
	return scan;
}

void
scan_free(struct scan *scan)
{
	if (scan == NULL)
		return;
	close_memory(&scan->memory);
	(void)pthread_mutex_destroy(&scan->lock);
	free((char *)(uintptr_t)scan->settings.cache_dir);
	free((char *)(uintptr_t)scan->settings.tmp_dir);
	free(scan);
}

/* Records go one by one; what else there is, all together. */
static void
trim(struct scan *scan)
{
	struct memory *memory = &scan->memory;

	files_trim(memory->files, memory->folders);
	if (dialects_count(memory->dialects) <= DIALECTS_MAX &&
	    folders_size(memory->folders) + files_size(memory->files) +
		    symbols_count(memory->symbols) * (size_t)SYMBOL_BYTES <=
	    scan->settings.memory)
		return;
	close_memory(memory);
	open_memory(scan);
}

void
scan_result_clear(struct scan_result *result)
{
	size_t i;

	for (i = 0; i < result->count; i++) {
		free(result->inputs[i].path);
		free(result->inputs[i].target);
	}
	free(result->inputs);
	buf_clear(&result->culprit);
	*result = (struct scan_result)SCAN_RESULT_INIT;
}

static void
add_words(struct digest *digest, char *const *words)
{
	for (; words != NULL && *words != NULL; words++)
		digest_add(digest, *words, strlen(*words) + 1);
	digest_add(digest, "", 0);
}

static void
digest_unit(const struct scan_unit *unit, struct digest *digest)
{
	*digest = (struct digest)DIGEST_INIT;
	digest_add(digest, unit->cwd, strlen(unit->cwd) + 1);
	digest_add(digest, unit->pathlist, strlen(unit->pathlist) + 1);
	add_words(digest, unit->args->v);
	add_words(digest, unit->envp);
}

static void
run_once(struct scan *scan, const struct scan_unit *asked,
	 struct scan_result *result)
{
	struct unit unit = { .memory = &scan->memory, .asked = asked };
	struct digest key;

	digest_unit(asked, &key);
	unit_prepare(&unit);
	if (unit.refusal == REFUSAL_NONE &&
	    !memos_recall(scan->memory.memos, &unit, &key, result)) {
		unit_run(&unit);
		if (unit.refusal == REFUSAL_NONE)
			inputs_collect(&unit, result);
		if (unit.refusal == REFUSAL_NONE)
			memos_keep(scan->memory.memos, &unit, &key, result);
	}
	result->refusal = unit.refusal;
	if (unit.refusal != REFUSAL_NONE)
		buf_add(&result->culprit, unit.culprit.data, unit.culprit.len);
	unit_clear(&unit);
}

static void
run(struct scan *scan, const struct scan_unit *asked,
    struct scan_result *result)
{
	run_once(scan, asked, result);
	if (result->refusal == REFUSAL_CHANGING) {
		scan_result_clear(result);
		run_once(scan, asked, result);
	}
	trim(scan);
}

static int
is_distrusted(const struct scan *scan, const struct scan_unit *asked,
	      const struct scan_result *result)
{
	size_t count = scan->distrusted_count, i;
	struct digest unit, inputs = DIGEST_INIT;

	if (count == 0)
		return 0;
	digest_unit(asked, &unit);
	inputs_digest(result, &inputs);
	for (i = 0; i < count && i < DISTRUSTED_MAX; i++) {
		if (digest_equal(&scan->distrusted[i].unit, &unit) &&
		    digest_equal(&scan->distrusted[i].inputs, &inputs))
			return 1;
	}
	return 0;
}

void
scan_unit(struct scan *scan, const struct scan_unit *unit,
	  struct scan_result *result)
{
	(void)pthread_mutex_lock(&scan->lock);
	run(scan, unit, result);
	if (result->refusal == REFUSAL_NONE &&
	    is_distrusted(scan, unit, result)) {
		scan_result_clear(result);
		result->refusal = REFUSAL_MISMATCH;
	}
	(void)pthread_mutex_unlock(&scan->lock);
}

int
scan_read(const struct scan_input *input, struct buf *content)
{
	const size_t start = content->len;
	struct digest digest = DIGEST_INIT;
	int r = file_read(input->path, input->size, content);

	if (r == ERR_LIMIT)
		return ERR_MISSING;
	if (r < 0)
		return r;
	digest_add(&digest, content->data + start, content->len - start);
	return digest_equal(&digest, &input->digest) ? 0 : ERR_MISSING;
}

void
scan_distrust(struct scan *scan, const struct scan_unit *unit)
{
	struct scan_result result = SCAN_RESULT_INIT;
	struct distrusted *entry;

	(void)pthread_mutex_lock(&scan->lock);
	run(scan, unit, &result);
	if (result.refusal == REFUSAL_NONE) {
		entry = &scan->distrusted[scan->distrusted_count++ %
					  DISTRUSTED_MAX];
		digest_unit(unit, &entry->unit);
		entry->inputs = (struct digest)DIGEST_INIT;
		inputs_digest(&result, &entry->inputs);
	}
	(void)pthread_mutex_unlock(&scan->lock);
	scan_result_clear(&result);
}
