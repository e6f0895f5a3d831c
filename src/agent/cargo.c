/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/cargo.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/path.h"
#include "scan/scan.h"
#include "wire/limits.h"
#include "wire/pack.h"

/* So many steps up lead out of any root that a server has for a job. */
#define STEPS_UP 20

/* What the work is done with. */
struct loading {
	struct cargo *cargo;
	const struct scan_result *result;
	struct store *store;
	struct buf content, body;	/* used again for each file */
};

void
cargo_clear(struct cargo *cargo)
{
	size_t i;

	for (i = 0; i < cargo->count; i++) {
		free(cargo->items[i].name);
		free(cargo->items[i].target);
	}
	free(cargo->items);
	*cargo = (struct cargo)CARGO_INIT;
}

static struct cargo_item *
add_item(struct cargo *cargo, enum tree_kind kind, char *name)
{
	struct cargo_item *item = &cargo->items[cargo->count++];

	memset(item, 0, sizeof *item);
	item->kind = kind;
	item->name = name;
	return item;
}

static int
is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	return strncmp(path, dir, len) == 0 && path[len] == '/';
}

/* The link of a system's directory stands for all that is below it. */
static int
is_of_system(const struct scan_result *result, const char *path)
{
	size_t i;

	for (i = 0; i < result->count; i++) {
		if (result->inputs[i].kind == SCAN_SYSTEM_DIR &&
		    is_below(path, result->inputs[i].path))
			return 1;
	}
	return 0;
}

static int
is_sent(const struct scan_result *result, const struct scan_input *input)
{
	if (input->kind == SCAN_FILE)
		return (input->traits & SCAN_SYSTEM) == 0;
	return !is_of_system(result, input->path);
}

/* A file or link below it makes a directory by itself. */
static int
has_content(const struct scan_result *result, const char *dir)
{
	const struct scan_input *input;
	size_t i;

	for (i = 0; i < result->count; i++) {
		input = &result->inputs[i];
		if (is_below(input->path, dir) &&
		    input->kind != SCAN_DIRECTORY && is_sent(result, input))
			return 1;
	}
	return 0;
}

static char *
target_of_system(const char *path)
{
	struct buf target = BUF_INIT;
	const char *p;
	int steps = STEPS_UP;

	for (p = path; *p != '\0'; p++)
		steps += *p == '/';
	while (steps-- > 0)
		buf_add_str(&target, "../");
	buf_add_str(&target, path + 1);
	return buf_steal(&target);
}

/* Reads a file, and makes of it what is sent. */
static enum refusal
make_body(struct loading *loading, const struct scan_input *input)
{
	struct buf *content = &loading->content;
	int r;

	buf_reset(content);
	if ((input->traits & SCAN_ABSOLUTE) != 0)
		buf_addf(content, "#line 1 \"%s\"\n", input->path);
	r = scan_read(input, content);
	if (r < 0)
		return r == ERR_MISSING ? REFUSAL_CHANGING :
					  REFUSAL_UNREADABLE;
	/* More, a server of version 3 does not take. */
	if (content->len > LIMIT_LZO_RECEIVE)
		return REFUSAL_SIZE;
	buf_reset(&loading->body);
	return pack_add(&loading->body, content->data, content->len) == 0 ?
	       REFUSAL_NONE : REFUSAL_SIZE;
}

static struct digest
key_of(const struct scan_input *input)
{
	struct digest key = input->digest;

	digest_add(&key, &input->size, sizeof input->size);
	if ((input->traits & SCAN_ABSOLUTE) != 0)
		digest_add(&key, input->path, strlen(input->path));
	return key;
}

static enum refusal
load_file(struct loading *loading, const struct scan_input *input)
{
	struct cargo *cargo = loading->cargo;
	struct cargo_item *item;
	enum refusal refusal;

	item = add_item(cargo, TREE_FILE, xstrdup(input->path));
	item->has_line = (input->traits & SCAN_ABSOLUTE) != 0;
	if (input->size == 0 && !item->has_line)
		return REFUSAL_NONE;
	item->key = key_of(input);
	if (!store_find(loading->store, &item->key, &item->place)) {
		refusal = make_body(loading, input);
		if (refusal != REFUSAL_NONE)
			return refusal;
		if (store_add(loading->store, &item->key, &loading->body,
			      &item->place) < 0)
			return REFUSAL_SIZE;
	}
	cargo->bytes += item->place.size;
	return cargo->bytes > store_max(loading->store) ? REFUSAL_SIZE :
							  REFUSAL_NONE;
}

static enum refusal
load(struct loading *loading, const struct scan_input *input)
{
	struct cargo *cargo = loading->cargo;
	struct cargo_item *item;

	switch (input->kind) {
	case SCAN_FILE:
		return load_file(loading, input);
	case SCAN_LINK:
		item = add_item(cargo, TREE_LINK, xstrdup(input->path));
		item->target = xstrdup(input->target);
		break;
	case SCAN_SYSTEM_DIR:
		item = add_item(cargo, TREE_LINK, xstrdup(input->path));
		item->target = target_of_system(input->path);
		break;
	case SCAN_DIRECTORY:
		if (!has_content(loading->result, input->path))
			add_item(cargo, TREE_FILE,
				 path_join(input->path, TREE_PLACEHOLDER));
		break;
	}
	return REFUSAL_NONE;
}

enum refusal
cargo_load(struct cargo *cargo, const struct scan_result *result,
	   struct store *store, struct buf *culprit)
{
	struct loading loading = { cargo, result, store, BUF_INIT, BUF_INIT };
	enum refusal refusal = REFUSAL_NONE;
	const struct scan_input *input;
	size_t i;

	store_begin(store);
	cargo->items = xcalloc(result->count + 1, sizeof *cargo->items);
	for (i = 0; refusal == REFUSAL_NONE && i < result->count; i++) {
		input = &result->inputs[i];
		if (!is_sent(result, input))
			continue;
		refusal = load(&loading, input);
		if (refusal != REFUSAL_NONE) {
			buf_reset(culprit);
			buf_add_str(culprit, input->path);
		}
	}
	buf_clear(&loading.content);
	buf_clear(&loading.body);
	return refusal;
}
