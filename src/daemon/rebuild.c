/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/path.h"
#include "daemon/root.h"
#include "daemon/sysdir.h"
#include "wire/bulk.h"
#include "wire/limits.h"
#include "wire/tree.h"
#include "wire/version.h"

/* One entry after the other, in memory that all of them use. */
struct entry {
	struct buf name, target;
	enum tree_kind kind;
	uint32_t size;		/* of its body on the wire */
	struct buf wire, body;
	uint64_t bytes;		/* of all files so far */
};

#define ENTRY_INIT { .name = BUF_INIT, .target = BUF_INIT, .wire = BUF_INIT, \
	.body = BUF_INIT }

static void
clear_entry(struct entry *entry)
{
	buf_clear(&entry->name);
	buf_clear(&entry->target);
	buf_clear(&entry->wire);
	buf_clear(&entry->body);
}

/*
 * Compilers take a file that is called so for a memory image, wherever they
 * look for another one; they must not get it from somebody else.
 */
static int
is_memory_image(const char *name)
{
	static const char *const suffixes[] = { ".gch", ".pch" };
	const char *end;
	size_t i;

	for (; *name == '/'; name = end) {
		end = name + 1 + strcspn(name + 1, "/");
		for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
			if (end - name > 5 &&
			    strncmp(end - 4, suffixes[i], 4) == 0)
				return 1;
		}
	}
	return 0;
}

/* The length of a first line that tells but the file's own name. */
static size_t
telling_length(const struct entry *entry)
{
	static const char start[] = "#line 1 \"";
	const size_t len = entry->name.len;
	const size_t size = sizeof start - 1 + len + 2;
	const char *body = entry->body.data;

	if (entry->body.len < size ||
	    memcmp(body, start, sizeof start - 1) != 0 ||
	    memcmp(body + sizeof start - 1, entry->name.data, len) != 0 ||
	    memcmp(body + size - 2, "\"\n", 2) != 0)
		return 0;
	return size;
}

static int
is_placeholder(const struct entry *entry)
{
	return entry->size == 0 &&
	       strcmp(path_base(entry->name.data), TREE_PLACEHOLDER) == 0;
}

static int
add_placeholder(struct root *root, const struct entry *entry)
{
	char *dir = path_dir(entry->name.data);
	int r = root_add_dir(root, dir);

	free(dir);
	return r;
}

static int
add_telling(struct rebuild *rebuild, const struct entry *entry, size_t skip)
{
	struct buf text = BUF_INIT;
	int r;

	rebuild->has_told = strpbrk(rebuild->telling, "\"\\\n") == NULL;
	buf_addf(&text, "#line 1 \"%s\"\n", rebuild->telling);
	buf_add(&text, entry->body.data + skip, entry->body.len - skip);
	r = root_add_file(rebuild->root, entry->name.data, text.data,
			  text.len);
	buf_clear(&text);
	return r;
}

static int
add_file(struct rebuild *rebuild, const struct entry *entry)
{
	size_t skip;

	if (is_placeholder(entry))
		return add_placeholder(rebuild->root, entry);
	skip = telling_length(entry);
	if (rebuild->telling != NULL &&
	    strcmp(rebuild->telling, entry->name.data) == 0)
		return add_telling(rebuild, entry, skip);
	return root_add_file(rebuild->root, entry->name.data,
			     entry->body.data + skip, entry->body.len - skip);
}

static int
add_link(struct rebuild *rebuild, const struct entry *entry)
{
	struct buf text = BUF_INIT;
	int r = 0;

	switch (sysdir_judge_link(entry->name.data, entry->target.data,
				  rebuild->root->path, rebuild->program,
				  &text)) {
	case SYSDIR_GOOD:
		r = root_add_link(rebuild->root, entry->name.data, text.data);
		break;
	case SYSDIR_ABSENT:
		break;
	case SYSDIR_TWISTED:
		buf_addf(&rebuild->refusal, "the link %s to %s has a .. that "
			 "could lead anywhere", entry->name.data,
			 entry->target.data);
		break;
	case SYSDIR_PRIVATE:
		buf_addf(&rebuild->refusal, "the link %s to %s leads out of "
			 "the job, and to no directory of a compiler's",
			 entry->name.data, entry->target.data);
		break;
	}
	buf_clear(&text);
	return r;
}

/* Turns what root_add_ returned into a refusal where the client is to blame. */
static int
refuse_name(struct rebuild *rebuild, const char *name, int r)
{
	if (r == ERR_DENIED)
		buf_addf(&rebuild->refusal, "the name %s is taken, or leads "
			 "through a link or a file", name);
	else if (r == ERR_LIMIT)
		buf_addf(&rebuild->refusal, "the name %s is too long, too "
			 "deep, or one of too many directories", name);
	else
		return r;
	return 0;
}

static int
add_entry(struct rebuild *rebuild, struct entry *entry)
{
	int r;

	entry->bytes += entry->body.len;
	if (entry->bytes > LIMIT_TREE) {
		buf_addf(&rebuild->refusal, "all files together are more "
			 "than %u MiB", LIMIT_TREE >> 20);
		return 0;
	}
	if (is_memory_image(entry->name.data)) {
		buf_addf(&rebuild->refusal, "%s is a precompiled header, "
			 "which would be loaded as a memory image",
			 entry->name.data);
		return 0;
	}
	r = entry->kind == TREE_LINK ? add_link(rebuild, entry) :
				       add_file(rebuild, entry);
	return refuse_name(rebuild, entry->name.data, r);
}

/* Reads an entry, without its body if that is not wanted. */
static int
read_entry(struct conn *conn, struct entry *entry, int is_wanted)
{
	int r = tree_read_entry(conn, &entry->name, &entry->kind,
				&entry->target, &entry->size);

	buf_reset(&entry->body);
	if (r < 0 || entry->kind == TREE_LINK)
		return r;
	if (!is_wanted)
		return bulk_read(conn, VERSION_PUMP, entry->size, -1, 0);
	return bulk_read_memory(conn, VERSION_PUMP, entry->size,
				LIMIT_LZO_RECEIVE, &entry->wire,
				&entry->body);
}

int
rebuild_tree(struct rebuild *rebuild, int *is_disk)
{
	struct entry entry = ENTRY_INIT;
	uint32_t count = 0, i;
	int r;

	*is_disk = 0;
	r = tree_read_count(rebuild->conn, &count);
	for (i = 0; r == 0 && i < count; i++) {
		r = read_entry(rebuild->conn, &entry,
			       rebuild->refusal.len == 0);
		if (r < 0 || rebuild->refusal.len > 0)
			continue;
		r = add_entry(rebuild, &entry);
		*is_disk = r == ERR_SYS;
	}
	clear_entry(&entry);
	if (r == 0 && rebuild->refusal.len > 0)
		r = ERR_DENIED;
	return r;
}

int
rebuild_nothing(struct conn *conn)
{
	struct entry entry = ENTRY_INIT;
	uint32_t count = 0, i;
	int r;

	r = tree_read_count(conn, &count);
	for (i = 0; r == 0 && i < count; i++)
		r = read_entry(conn, &entry, 0);
	clear_entry(&entry);
	return r;
}
