/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/include_server.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/path.h"
#include "wire/agent.h"
#include "wire/agent_socket.h"
#include "wire/conn.h"
#include "wire/limits.h"

/* The mirror's root has so many components. */
#define ROOT_DEPTH 3

/* As many files as a server takes. */
#define MAX_FILES 100000

static int
send_question(struct conn *conn, const char *cwd, const struct args *args)
{
	size_t i;

	conn_put_string(conn, "CDIR", cwd);
	conn_put_token(conn, "ARGC", (uint32_t)args->count);
	for (i = 0; i < args->count; i++)
		conn_put_string(conn, "ARGV", args->v[i]);
	return conn_flush(conn);
}

static int
read_answer(struct conn *conn, struct args *paths)
{
	struct buf path = BUF_INIT;
	uint32_t i, count;
	int r;

	r = conn_read_token(conn, "ARGC", &count);
	if (r == 0 && count == 0)
		r = ERR_DENIED;
	if (r == 0 && count > MAX_FILES)
		r = ERR_LIMIT;
	for (i = 0; r == 0 && i < count; i++) {
		r = conn_read_string(conn, "ARGV", LIMIT_ARG, &path);
		if (r == 0)
			args_push(paths, path.data);
	}
	buf_clear(&path);
	return r;
}

static int
exchange(const char *socket, const char *cwd, const struct args *args,
	 int64_t deadline, struct args *paths)
{
	int fd = agent_socket_connect(socket, deadline);
	struct conn conn;
	int r;

	if (fd < 0)
		return fd;
	conn_init(&conn, fd, fd, clock_left(deadline));
	conn.deadline = deadline;
	r = send_question(&conn, cwd, args);
	if (r == 0)
		r = read_answer(&conn, paths);
	conn_clear(&conn);
	close(fd);
	return r;
}

/* Takes suffix off, if it stands at the end. */
static void
cut_suffix(char *name, const char *suffix)
{
	size_t len = strlen(name), cut = strlen(suffix);

	if (len > cut && strcmp(name + len - cut, suffix) == 0)
		name[len - cut] = '\0';
}

/* The client's own name of a file of the mirror; NULL if it has none. */
static char *
own_name(const char *path)
{
	char *name;
	int i;

	for (i = 0; path != NULL && i <= ROOT_DEPTH; i++) {
		if (*path != '/')
			return NULL;
		if (i < ROOT_DEPTH)
			path = strchr(path + 1, '/');
	}
	if (path == NULL)
		return NULL;
	name = xstrdup(path);
	cut_suffix(name, ".abs");
	cut_suffix(name, ".lzo");
	return name;
}

static int
read_link(const char *path, size_t size, struct agent_entry *entry)
{
	char *target = xmalloc(size + 2);
	ssize_t n = readlink(path, target, size + 1);

	entry->kind = TREE_LINK;
	entry->target = target;
	target[n < 0 ? 0 : n] = '\0';
	return n < 0 ? ERR_SYS : 0;
}

static int
read_body(const char *path, struct agent_entry *entry, struct buf *bodies)
{
	size_t start = bodies->len;
	int r;

	if (start > LIMIT_BULK)
		return ERR_LIMIT;
	r = file_read(path, LIMIT_LZO_WIRE, bodies);
	entry->kind = TREE_FILE;
	entry->body.at = (uint32_t)start;
	entry->body.size = (uint32_t)(bodies->len - start);
	return r;
}

static int
read_entry(const char *path, struct agent_entry *entry, struct buf *bodies)
{
	struct stat st;

	entry->name = own_name(path);
	if (entry->name == NULL || !tree_name_is_sane(entry->name))
		return ERR_PROTO;
	/* It stands for its directory, and has no content. */
	if (strcmp(path_base(path), TREE_PLACEHOLDER) == 0)
		return 0;
	if (lstat(path, &st) < 0)
		return ERR_SYS;
	if (S_ISLNK(st.st_mode))
		return read_link(path, (size_t)st.st_size, entry);
	return read_body(path, entry, bodies);
}

int
include_server_ask(const char *socket, const char *cwd,
		   const struct args *args, int64_t deadline,
		   struct agent_plan *plan, struct buf *bodies)
{
	struct args paths = ARGS_INIT;
	size_t i;
	int r = exchange(socket, cwd, args, deadline, &paths);

	if (r == 0)
		plan->entries = xcalloc(paths.count, sizeof *plan->entries);
	for (i = 0; r == 0 && i < paths.count; i++) {
		plan->count++;
		r = read_entry(paths.v[i], &plan->entries[i], bodies);
	}
	plan->sent_bytes = bodies->len;
	args_clear(&paths);
	return r;
}
