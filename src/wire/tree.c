/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/tree.h"

#include <string.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/token.h"
#include "wire/version.h"

/* Many bodies are copied into one write; this much of them at a time. */
#define WRITE_SIZE (256u * 1024)

int
tree_name_is_sane(const char *name)
{
	size_t len;

	if (strcmp(name, "/") == 0)
		return 1;
	if (*name == '\0')
		return 0;
	for (; *name != '\0'; name += 1 + len) {
		if (*name != '/')
			return 0;
		len = strcspn(name + 1, "/");
		if (len == 0 || (len == 1 && name[1] == '.') ||
		    (len == 2 && name[1] == '.' && name[2] == '.'))
			return 0;
	}
	return 1;
}

static int
entry_fits(const struct tree_entry *entry)
{
	if (strlen(entry->name) > LIMIT_PATH)
		return 0;
	if (entry->kind == TREE_LINK)
		return strlen(entry->target) <= LIMIT_PATH;
	return entry->size <= LIMIT_LZO_WIRE;
}

static int
check_limits(const char *cwd, const struct tree_entry *entries, size_t count)
{
	uint64_t bytes = 0;
	size_t i;

	if (count > LIMIT_ENTRIES || strlen(cwd) > LIMIT_PATH)
		return ERR_LIMIT;
	for (i = 0; i < count; i++) {
		if (!entry_fits(&entries[i]))
			return ERR_LIMIT;
		if (entries[i].kind == TREE_FILE)
			bytes += entries[i].size;
	}
	return bytes > LIMIT_TREE ? ERR_LIMIT : 0;
}

static void
put_entry(struct conn *conn, const struct tree_entry *entry)
{
	conn_put_string(conn, "NAME", entry->name);
	if (entry->kind == TREE_LINK) {
		conn_put_string(conn, "LINK", entry->target);
		return;
	}
	conn_put_token(conn, "FILE", (uint32_t)entry->size);
	conn_put(conn, entry->body, entry->size);
}

int
tree_send(struct conn *conn, const char *cwd, const struct args *args,
	  const struct tree_entry *entries, size_t count)
{
	size_t i;
	int r;

	r = check_limits(cwd, entries, count);
	if (r < 0)
		return r;
	conn_put_token(conn, "DIST", VERSION_PUMP);
	conn_put_string(conn, "CDIR", cwd);
	conn_put_token(conn, "ARGC", (uint32_t)args->count);
	for (i = 0; i < args->count; i++)
		conn_put_string(conn, "ARGV", args->v[i]);
	conn_put_token(conn, "NFIL", (uint32_t)count);
	for (i = 0; r == 0 && i < count; i++) {
		put_entry(conn, &entries[i]);
		if (conn->pending.len >= WRITE_SIZE)
			r = conn_flush(conn);
	}
	return r < 0 ? r : conn_flush(conn);
}

int
tree_read_cwd(struct conn *conn, struct buf *cwd)
{
	int r = conn_read_string(conn, "CDIR", LIMIT_PATH, cwd);

	if (r < 0)
		return r;
	return tree_name_is_sane(cwd->data) ? 0 : ERR_PROTO;
}

int
tree_read_count(struct conn *conn, uint32_t *count)
{
	int r = conn_read_token(conn, "NFIL", count);

	if (r < 0)
		return r;
	return *count > LIMIT_ENTRIES ? ERR_LIMIT : 0;
}

/* The one place where the protocol leaves a choice between two tokens. */
static int
read_kind(struct conn *conn, enum tree_kind *kind, uint32_t *size)
{
	char token[TOKEN_SIZE];
	int r;

	r = conn_read(conn, token, sizeof token);
	if (r < 0)
		return r;
	*kind = TREE_LINK;
	if (token_decode(token, "LINK", size) == 0)
		return 0;
	*kind = TREE_FILE;
	return token_decode(token, "FILE", size);
}

static int
read_target(struct conn *conn, uint32_t size, struct buf *target)
{
	int r;

	if (size > LIMIT_PATH)
		return ERR_LIMIT;
	r = conn_read(conn, buf_grow(target, size), size);
	buf_wrote(target, r < 0 ? 0 : size);
	if (r < 0)
		return r;
	return size > 0 && strlen(target->data) == size ? 0 : ERR_PROTO;
}

int
tree_read_entry(struct conn *conn, struct buf *name, enum tree_kind *kind,
		struct buf *target, uint32_t *size)
{
	int r;

	buf_reset(target);
	r = conn_read_string(conn, "NAME", LIMIT_PATH, name);
	if (r < 0)
		return r;
	if (!tree_name_is_sane(name->data) || name->len < 2)
		return ERR_PROTO;
	r = read_kind(conn, kind, size);
	if (r < 0 || *kind == TREE_FILE)
		return r;
	return read_target(conn, *size, target);
}
