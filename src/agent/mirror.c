/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "agent/cargo.h"
#include "agent/root.h"
#include "agent/store.h"
#include "agent/table.h"
#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"

/* What one root may hold; then comes the next. */
#define MAX_BYTES (256u << 20)

struct mirror {
	char *place;
	struct root now, before;
	struct table shown;	/* by path: the key of the body */
	uint64_t bytes;
};

struct mirror *
mirror_new(const char *place)
{
	struct mirror *mirror = xcalloc(1, sizeof *mirror);

	mirror->place = xstrdup(place);
	mirror->now = mirror->before = (struct root)ROOT_INIT;
	root_sweep(place);
	return mirror;
}

void
mirror_free(struct mirror *mirror)
{
	root_close(&mirror->now);
	root_close(&mirror->before);
	table_clear(&mirror->shown);
	free(mirror->place);
	free(mirror);
}

static int
turn_over(struct mirror *mirror)
{
	root_close(&mirror->before);
	mirror->before = mirror->now;
	mirror->now = (struct root)ROOT_INIT;
	table_clear(&mirror->shown);
	mirror->bytes = 0;
	return root_open(&mirror->now, mirror->place);
}

/*
 * Makes the directories above path, below the root, and follows no link: what
 * is behind one of the mirror's is the user's. ERR_DENIED: something else is
 * in the way.
 */
static int
make_parents(const struct mirror *mirror, char *path)
{
	char *slash = path + strlen(mirror->now.path);
	struct stat st;
	int r = 0;

	for (;;) {
		slash = strchr(slash + 1, '/');
		if (slash == NULL || r < 0)
			return r;
		*slash = '\0';
		if (mkdir(path, 0700) < 0)
			r = errno != EEXIST || lstat(path, &st) < 0 ?
			    ERR_SYS : S_ISDIR(st.st_mode) ? 0 : ERR_DENIED;
		*slash = '/';
	}
}

static int
write_new(const char *name, const struct buf *body)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
		      O_NOFOLLOW, 0600);
	int r;

	if (fd < 0)
		return ERR_SYS;
	r = fd_write_all(fd, body->data, body->len);
	return close(fd) < 0 ? ERR_SYS : r;
}

static int
write_file(const struct mirror *mirror, const char *path,
	   const struct buf *body)
{
	struct buf name = BUF_INIT;
	int r;

	root_add_new_name(&mirror->now, &name);
	r = write_new(name.data, body);
	/* A directory in its place is no trouble of the system's. */
	if (r == 0 && rename(name.data, path) < 0)
		r = errno == EISDIR ? ERR_DENIED : ERR_SYS;
	buf_clear(&name);
	return r;
}

static struct digest
digest_of(const char *path)
{
	struct digest digest = DIGEST_INIT;

	digest_add(&digest, path, strlen(path));
	return digest;
}

static int
is_shown(const struct mirror *mirror, const char *path,
	 const struct digest *key)
{
	const struct digest digest = digest_of(path);
	struct table_value value;

	return table_find(&mirror->shown, &digest, &value) &&
	       value.a == key->a && value.b == key->b &&
	       access(path, F_OK) == 0;
}

static int
show_file(struct mirror *mirror, const struct cargo_item *item,
	  const struct store *store, char *path)
{
	const struct table_value value = { item->key.a, item->key.b };
	const struct digest digest = digest_of(path);
	struct buf body = BUF_INIT;
	int r;

	if (is_shown(mirror, path, &item->key))
		return 0;
	r = make_parents(mirror, path);
	if (r == 0 && item->place.size > 0)
		r = store_read(store, &item->place, &body);
	if (r == 0)
		r = write_file(mirror, path, &body);
	if (r == 0)
		table_set(&mirror->shown, &digest, &value);
	mirror->bytes += body.len;
	buf_clear(&body);
	return r;
}

static int
show_link(const struct mirror *mirror, const struct cargo_item *item,
	  char *path)
{
	size_t len = strlen(item->target);
	char *there;
	ssize_t n;
	int r;

	r = make_parents(mirror, path);
	if (r < 0 || symlink(item->target, path) == 0)
		return r;
	if (errno != EEXIST)
		return ERR_SYS;
	there = xmalloc(len + 1);
	n = readlink(path, there, len + 1);
	r = n == (ssize_t)len && memcmp(there, item->target, len) == 0 ?
	    0 : ERR_DENIED;
	free(there);
	return r;
}

static int
is_placeholder(const struct cargo_item *item)
{
	return item->place.size == 0 &&
	       strcmp(path_base(item->name), TREE_PLACEHOLDER) == 0;
}

static int
show_item(struct mirror *mirror, const struct cargo_item *item,
	  const struct store *store, struct args *paths)
{
	struct buf path = BUF_INIT;
	int r;

	buf_addf(&path, "%s%s", mirror->now.path, item->name);
	if (item->kind == TREE_FILE && !is_placeholder(item))
		buf_add_str(&path, item->has_line ? ".lzo.abs" : ".lzo");
	if (item->kind == TREE_FILE)
		r = show_file(mirror, item, store, path.data);
	else
		r = show_link(mirror, item, path.data);
	if (r == 0)
		args_take(paths, buf_steal(&path));
	buf_clear(&path);
	return r;
}

static int
show_all(struct mirror *mirror, const struct cargo *cargo,
	 const struct store *store, struct args *paths)
{
	size_t i;
	int r = 0;

	args_clear(paths);
	for (i = 0; r == 0 && i < cargo->count; i++)
		r = show_item(mirror, &cargo->items[i], store, paths);
	return r;
}

int
mirror_show(struct mirror *mirror, const struct cargo *cargo,
	    const struct store *store, struct args *paths)
{
	int r = 0;

	if (mirror->now.top == NULL || mirror->bytes > MAX_BYTES)
		r = turn_over(mirror);
	if (r == 0)
		r = show_all(mirror, cargo, store, paths);
	if (r == ERR_DENIED) {
		r = turn_over(mirror);
		if (r == 0)
			r = show_all(mirror, cargo, store, paths);
	}
	return r;
}
