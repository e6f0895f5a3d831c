/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_INPUTS_H
#define TEST_INPUTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/file.h"
#include "scan/scan.h"
#include "unit.h"

/* What a scan found, made by hand: files are written where they are said to
 * be, below the test's directory. */
static inline struct scan_input *
add_input(struct scan_result *result, enum scan_kind kind, const char *path)
{
	struct scan_input *input;

	result->inputs = xrealloc(result->inputs, (result->count + 1) *
				  sizeof *result->inputs);
	input = &result->inputs[result->count++];
	memset(input, 0, sizeof *input);
	input->kind = kind;
	input->path = xstrdup(path);
	return input;
}

static inline void
add_file(struct scan_result *result, const char *path, unsigned traits,
	 const char *text)
{
	struct scan_input *input = add_input(result, SCAN_FILE, path);

	input->traits = traits;
	input->size = strlen(text);
	input->digest = (struct digest)DIGEST_INIT;
	digest_add(&input->digest, text, strlen(text));
}

static inline void
add_link(struct scan_result *result, const char *path, const char *target)
{
	add_input(result, SCAN_LINK, path)->target = xstrdup(target);
}

/* A file that is really there. */
static inline char *
write_input(struct scan_result *result, const char *name, unsigned traits,
	    const char *text)
{
	char *path = path_join(unit_dir, name);

	ck_assert_int_eq(file_write(path, text, strlen(text)), 0);
	add_file(result, path, traits, text);
	return path;
}

#endif
