/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/walk.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

/* As many links does the kernel follow in one path. */
#define LINKS_MAX 40

struct walk {
	struct folders *folders;
	struct trail *trail;
	int links;
	int is_borrowed;
};

void
trail_clear(struct trail *trail)
{
	free(trail->links);
	free(trail->folders);
	*trail = (struct trail)TRAIL_INIT;
}

void
trail_need_folder(struct trail *trail, const struct folders *folders,
		  struct folder *folder)
{
	uint64_t round = folders_round(folders);

	if (folder->needed == round || folders_is_system(folders, folder))
		return;
	folder->needed = round;
	if (trail->folder_count == trail->folder_room) {
		trail->folder_room = trail->folder_room * 2 + 16;
		trail->folders = xrealloc(trail->folders,
					  trail->folder_room *
						  sizeof *trail->folders);
	}
	trail->folders[trail->folder_count++] = folder;
}

static void
need_link(struct walk *walk, struct entry *entry)
{
	struct trail *trail = walk->trail;
	uint64_t round = folders_round(walk->folders);

	if (trail == NULL)
		return;
	if (folders_is_system(walk->folders, entry->in)) {
		walk->is_borrowed = 1;
		return;
	}
	if (entry->needed == round)
		return;
	entry->needed = round;
	if (trail->link_count == trail->link_room) {
		trail->link_room = trail->link_room * 2 + 16;
		trail->links = xrealloc(trail->links,
					trail->link_room *
						sizeof *trail->links);
	}
	trail->links[trail->link_count++] = entry;
}

static void follow(struct walk *walk, struct folder *from, const char *path,
		   size_t len, struct place *place);

/* One component, which is not empty, from place->folder on. */
static void
step(struct walk *walk, const char *name, size_t len, struct place *place)
{
	struct folder *folder = place->folder;
	struct entry *entry;

	if (len == 1 && name[0] == '.')
		return;
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		if (walk->trail != NULL)
			trail_need_folder(walk->trail, walk->folders, folder);
		if (folder->parent != NULL)
			place->folder = folder->parent;
		return;
	}
	entry = folders_find(walk->folders, folder, name, len);
	place->kind = entry->kind;
	place->entry = entry;
	if (entry->kind == ENTRY_LINK) {
		need_link(walk, entry);
		if (++walk->links > LINKS_MAX)
			place->kind = ENTRY_ERROR;
		else
			follow(walk, folder, entry->target,
			       strlen(entry->target), place);
	} else if (entry->kind == ENTRY_FOLDER) {
		place->folder = entry->folder;
		if (!folders_look(walk->folders, entry->folder))
			place->kind = ENTRY_MISSING;
	}
}

static void
follow(struct walk *walk, struct folder *from, const char *path, size_t len,
       struct place *place)
{
	const char *end = path + len, *name;
	struct folder *here;

	if (len > 0 && path[0] == '/')
		from = folders_root(walk->folders);
	place->kind = ENTRY_FOLDER;
	place->folder = from;
	place->from = from;
	place->entry = NULL;
	while (path < end) {
		if (*path == '/') {
			path++;
			/* Only directories have anything behind a slash. */
			if (place->kind != ENTRY_FOLDER)
				break;
			continue;
		}
		for (name = path; path < end && *path != '/'; path++)
			continue;
		here = place->folder;
		step(walk, name, (size_t)(path - name), place);
		place->from = here;
		if (place->kind == ENTRY_ERROR || place->kind == ENTRY_MISSING)
			break;
	}
	if (path < end)
		place->from = NULL;
	if (place->kind != ENTRY_FOLDER && place->kind != ENTRY_ERROR &&
	    (path < end || (len > 0 && end[-1] == '/')))
		place->kind = ENTRY_MISSING;
}

void
walk_path(struct folders *folders, struct trail *trail, struct folder *from,
	  const char *path, size_t len, struct place *place)
{
	struct walk walk = { folders, trail, 0, 0 };

	if (!folders_look(folders, from)) {
		*place = (struct place){ .kind = ENTRY_MISSING };
		return;
	}
	follow(&walk, from, path, len, place);
	place->links = walk.links;
	place->is_borrowed = walk.is_borrowed;
}
