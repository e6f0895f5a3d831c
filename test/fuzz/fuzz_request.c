/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/args.h"
#include "base/err.h"
#include "target.h"
#include "wire/bulk.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/request.h"
#include "wire/tree.h"
#include "wire/version.h"

#define IDLE_MS 1000

/* All files of a tree, whose bodies are dropped. */
static int
read_files(struct conn *conn)
{
	struct buf name = BUF_INIT, target = BUF_INIT;
	enum tree_kind kind;
	uint32_t count = 0, size, i;
	int r;

	r = tree_read_count(conn, &count);
	for (i = 0; r == 0 && i < count; i++) {
		r = tree_read_entry(conn, &name, &kind, &target, &size);
		REQUIRE(r != 0 || tree_name_is_sane(name.data));
		REQUIRE(r != 0 || (kind == TREE_LINK) == (target.len > 0));
		if (r == 0 && kind == TREE_FILE)
			r = bulk_read(conn, VERSION_PUMP, size, -1, 0);
	}
	buf_clear(&name);
	buf_clear(&target);
	return r;
}

static int
read_request(struct conn *conn, unsigned *version, struct args *args,
	     int source)
{
	struct buf cwd = BUF_INIT;
	int r;

	r = request_read_version(conn, version);
	if (r == 0 && *version == VERSION_PUMP) {
		r = tree_read_cwd(conn, &cwd);
		REQUIRE(r != 0 || tree_name_is_sane(cwd.data));
		buf_clear(&cwd);
	}
	if (r == 0)
		r = request_read_args(conn, args);
	if (r == 0)
		r = *version == VERSION_PUMP ?
			    read_files(conn) :
			    request_read_source(conn, *version, source);
	return r;
}

/* What was read can be sent, and is then read the same. */
static void
send_again(unsigned version, const struct args *args, int source)
{
	struct args again = ARGS_INIT;
	unsigned version_again;
	struct conn conn;
	int wire = target_file("", 0), copy = target_file("", 0);
	size_t i;

	conn_init(&conn, wire, wire, IDLE_MS);
	REQUIRE((version == VERSION_PUMP ?
			 tree_send(&conn, "/w", args, NULL, 0) :
			 request_send(&conn, version, args, source)) == 0);
	REQUIRE(lseek(wire, 0, SEEK_SET) == 0);
	REQUIRE(read_request(&conn, &version_again, &again, copy) == 0);
	REQUIRE(version_again == version);
	REQUIRE(again.count == args->count);
	for (i = 0; i < args->count; i++)
		REQUIRE(strcmp(again.v[i], args->v[i]) == 0);
	REQUIRE(fd_size(copy) == fd_size(source));
	args_clear(&again);
	conn_clear(&conn);
	close(wire);
	close(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct args args = ARGS_INIT;
	unsigned version = 0;
	struct conn conn;
	int in = target_file(data, size), source = target_file("", 0);
	int r;

	conn_init(&conn, in, in, IDLE_MS);
	r = read_request(&conn, &version, &args, source);
	REQUIRE(r <= 0 && r != ERR_SYS && r != ERR_TIMEOUT);
	REQUIRE(args.count <= LIMIT_ARGC);
	REQUIRE(fd_size(source) <= (off_t)LIMIT_LZO_RECEIVE);
	if (r == 0) {
		REQUIRE(args.count > 0);
		send_again(version, &args, source);
	}
	args_clear(&args);
	conn_clear(&conn);
	close(in);
	close(source);
	return 0;
}
