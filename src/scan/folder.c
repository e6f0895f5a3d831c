/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/folder.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hashtab.h>
#include <libiberty.h>

#include "base/buf.h"

#define FIRST_ENTRIES 1021

struct folders {
	htab_t entries;
	struct folder *root;
	struct folder **all;
	size_t count, room;
	uint64_t round;
	int64_t time;
	size_t size;
	struct buf path;	/* of what is looked at */
};

/* What an entry is found by. */
struct key {
	const struct folder *in;
	const char *name;
	size_t len;
};

static hashval_t
hash_key(const struct folder *in, const char *name, size_t len)
{
	uint64_t hash = (uint64_t)(uintptr_t)in * 0x9e3779b97f4a7c15ULL;
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)name[i]) * 0x100000001b3ULL;
	return (hashval_t)(hash ^ hash >> 32);
}

static hashval_t
hash_entry(const void *member)
{
	const struct entry *entry = member;

	return hash_key(entry->in, entry->name, entry->len);
}

static int
is_entry(const void *member, const void *wanted)
{
	const struct entry *entry = member;
	const struct key *key = wanted;

	return entry->in == key->in && entry->len == key->len &&
	       memcmp(entry->name, key->name, key->len) == 0;
}

static void
free_entry(void *member)
{
	struct entry *entry = member;

	free(entry->name);
	free(entry->target);
	free(entry);
}

static struct folder *
add_folder(struct folders *folders, struct folder *parent, char *path)
{
	struct folder *folder = xcalloc(1, sizeof *folder);

	folder->parent = parent;
	folder->path = path;
	folder->counter = 1;
	if (folders->count == folders->room) {
		folders->room = folders->room * 2 + 64;
		folders->all = xrealloc(folders->all, folders->room *
						      sizeof *folders->all);
	}
	folders->all[folders->count++] = folder;
	folders->size += sizeof *folder + strlen(path) + 32;
	return folder;
}

struct folders *
folders_new(void)
{
	struct folders *folders = xcalloc(1, sizeof *folders);

	folders->entries = htab_create(FIRST_ENTRIES, hash_entry, is_entry,
				       free_entry);
	folders->path = (struct buf)BUF_INIT;
	folders->root = add_folder(folders, NULL, xstrdup("/"));
	return folders;
}

void
folders_free(struct folders *folders)
{
	size_t i;

	if (folders == NULL)
		return;
	htab_delete(folders->entries);
	for (i = 0; i < folders->count; i++) {
		free(folders->all[i]->path);
		free(folders->all[i]);
	}
	free(folders->all);
	buf_clear(&folders->path);
	free(folders);
}

void
folders_begin(struct folders *folders)
{
	folders->round++;
	folders->time = filekey_now();
}

uint64_t
folders_round(const struct folders *folders)
{
	return folders->round;
}

int64_t
folders_time(const struct folders *folders)
{
	return folders->time;
}

size_t
folders_size(const struct folders *folders)
{
	return folders->size;
}

struct folder *
folders_root(struct folders *folders)
{
	return folders->root;
}

static enum entry_kind find_out(struct folders *folders, struct entry *entry);

/* Looks at all names again. Returns whether something else is at one. */
static int
look_again(struct folders *folders, const struct folder *folder)
{
	enum entry_kind kind;
	struct entry *entry;
	char *target;
	int changed = 0;

	for (entry = folder->entries; entry != NULL; entry = entry->next) {
		kind = entry->kind;
		target = entry->target;
		entry->target = NULL;
		entry->kind = find_out(folders, entry);
		if (entry->kind != kind ||
		    (kind == ENTRY_LINK && strcmp(entry->target, target) != 0))
			changed = 1;
		free(target);
	}
	return changed;
}

/* The directory at folder's path is as *st says; NULL: there is none. */
static void
accept(struct folders *folders, struct folder *folder, const struct stat *st)
{
	const int was_there = folder->is_there, was_fresh = folder->is_fresh;
	const struct filekey old = folder->key;

	folder->round = folders->round;
	folder->is_there = st != NULL;
	if (st != NULL) {
		filekey_set(&folder->key, st);
		if (!was_there || old.dev != folder->key.dev)
			folder->is_coarse = filekey_is_coarse(folder->path) !=
					    0;
		folder->is_fresh = filekey_is_fresh(&folder->key,
						    folders->time,
						    folder->is_coarse) != 0;
		if (was_there && !was_fresh &&
		    filekey_equal(&folder->key, &old))
			return;
	} else if (!was_there) {
		return;
	}
	/* Another directory may be one that a search has twice. */
	if (look_again(folders, folder) || was_there != folder->is_there ||
	    old.dev != folder->key.dev || old.ino != folder->key.ino)
		folder->counter++;
}

static void
set_path(struct folders *folders, const struct entry *entry)
{
	struct buf *path = &folders->path;

	buf_reset(path);
	buf_add_str(path, entry->in->path);
	if (entry->in->parent != NULL)
		buf_add_char(path, '/');
	buf_add(path, entry->name, entry->len);
}

static enum entry_kind
read_link(struct folders *folders, struct entry *entry)
{
	char text[PATH_MAX];
	ssize_t len = readlink(folders->path.data, text, sizeof text);

	free(entry->target);
	entry->target = NULL;
	if (len <= 0 || (size_t)len == sizeof text)
		return ENTRY_ERROR;
	entry->target = xstrndup(text, (size_t)len);
	return ENTRY_LINK;
}

static enum entry_kind
find_out(struct folders *folders, struct entry *entry)
{
	struct stat st;

	if (!entry->in->is_there)
		return ENTRY_MISSING;
	set_path(folders, entry);
	if (lstat(folders->path.data, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR ? ENTRY_MISSING :
							     ENTRY_ERROR;
	if (S_ISREG(st.st_mode))
		return ENTRY_FILE;
	if (S_ISLNK(st.st_mode))
		return read_link(folders, entry);
	if (!S_ISDIR(st.st_mode))
		return ENTRY_SPECIAL;
	if (entry->folder == NULL)
		entry->folder = add_folder(folders, entry->in,
					   xstrdup(folders->path.data));
	accept(folders, entry->folder, &st);
	return ENTRY_FOLDER;
}

int
folders_look(struct folders *folders, struct folder *folder)
{
	struct stat st;

	if (folder->round == folders->round)
		return folder->is_there;
	if ((folder->parent == NULL ||
	     folders_look(folders, folder->parent)) &&
	    lstat(folder->path, &st) == 0 && S_ISDIR(st.st_mode)) {
		accept(folders, folder, &st);
		return 1;
	}
	accept(folders, folder, NULL);
	return 0;
}

struct entry *
folders_find(struct folders *folders, struct folder *folder, const char *name,
	     size_t len)
{
	const struct key key = { folder, name, len };
	hashval_t hash = hash_key(folder, name, len);
	struct entry *entry;
	void **slot;

	(void)folders_look(folders, folder);
	slot = htab_find_slot_with_hash(folders->entries, &key, hash, INSERT);
	if (*slot == HTAB_EMPTY_ENTRY) {
		entry = xcalloc(1, sizeof *entry);
		entry->in = folder;
		entry->name = xstrndup(name, len);
		entry->len = len;
		entry->next = folder->entries;
		folder->entries = entry;
		entry->kind = find_out(folders, entry);
		*slot = entry;
		folders->size += sizeof *entry + len + 48;
	}
	return *slot;
}

struct folder *
folders_at(const struct folders *folders, size_t i)
{
	return i < folders->count ? folders->all[i] : NULL;
}

char *
folder_path_of(const struct folder *folder, const char *name)
{
	return concat(folder->path, folder->parent == NULL ? "" : "/", name,
		      (char *)NULL);
}

int
folders_is_system(const struct folders *folders, struct folder *folder)
{
	if (folder->judged == folders->round)
		return folder->is_system;
	folder->judged = folders->round;
	folder->is_system = folder->rooted == folders->round ||
			    (folder->parent != NULL &&
			     folders_is_system(folders, folder->parent));
	return folder->is_system;
}
