/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In place of the scanner: the inputs of a unit are its last word, and what
 * that includes by "name" from its own directory.
 */
#include "scan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "base/path.h"

struct scan {
	int distrusted;
};

struct scan *
scan_new(const struct scan_settings *settings)
{
	(void)settings;
	return xcalloc(1, sizeof(struct scan));
}

void
scan_free(struct scan *scan)
{
	free(scan);
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
add_file(struct scan_result *result, const char *path, unsigned traits)
{
	struct buf text = BUF_INIT, dir = BUF_INIT;
	struct scan_input *input;
	char *at, *end, *name;

	if (file_read(path, 1 << 20, &text) < 0) {
		result->refusal = REFUSAL_MISSING;
		buf_add_str(&result->culprit, path);
		return;
	}
	result->inputs = xrealloc(result->inputs, (result->count + 1) *
				  sizeof *result->inputs);
	input = &result->inputs[result->count++];
	memset(input, 0, sizeof *input);
	input->kind = SCAN_FILE;
	input->traits = traits;
	input->path = xstrdup(path);
	input->size = text.len;
	input->digest = (struct digest)DIGEST_INIT;
	digest_add(&input->digest, text.data, text.len);
	result->bytes += text.len;
	for (at = strstr(text.data, "#include \""); at != NULL;
	     at = strstr(end + 1, "#include \"")) {
		at += strlen("#include \"");
		end = strchr(at, '"');
		*end = '\0';
		name = *at == '/' ? xstrdup(at) : NULL;
		if (name == NULL) {
			char *of = path_dir(path);

			name = path_join(of, at);
			free(of);
		}
		add_file(result, name, *at == '/' ? SCAN_ABSOLUTE : 0);
		free(name);
	}
	buf_clear(&dir);
	buf_clear(&text);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct scan_input *)a)->path,
		      ((const struct scan_input *)b)->path);
}

void
scan_unit(struct scan *scan, const struct scan_unit *unit,
	  struct scan_result *result)
{
	const char *word = unit->args->v[unit->args->count - 1];
	char *path = *word == '/' ? xstrdup(word) : path_join(unit->cwd, word);

	if (scan->distrusted)
		result->refusal = REFUSAL_MISMATCH;
	else
		add_file(result, path, SCAN_SOURCE);
	if (result->count > 0)
		qsort(result->inputs, result->count, sizeof *result->inputs,
		      compare);
	free(path);
}

int
scan_read(const struct scan_input *input, struct buf *content)
{
	struct digest digest = DIGEST_INIT;
	size_t before = content->len;

	if (file_read(input->path, 1 << 20, content) < 0)
		return ERR_SYS;
	digest_add(&digest, content->data + before, content->len - before);
	return digest_equal(&digest, &input->digest) ? 0 : ERR_MISSING;
}

void
scan_distrust(struct scan *scan, const struct scan_unit *unit)
{
	(void)unit;
	scan->distrusted = 1;
}
