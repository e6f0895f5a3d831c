/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_UNIT_REMOTE_H
#define TEST_UNIT_REMOTE_H

/* A try of farm/remote at a server that follows a script. */

#include "farm/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>

#include "base/args.h"
#include "base/file.h"
#include "base/net.h"
#include "farm/hosts.h"
#include "peer.h"
#include "wire/bulk.h"
#include "wire/request.h"
#include "wire/tree.h"
#include "wire/version.h"

/* What a server does with the one connection that it takes. */
struct script {
	const char *reply;
	size_t size;
	int reads;	/* the whole request, before it replies */
	enum {
		DRAIN,	/* what the client still sends, and then close */
		STAY,	/* until the client leaves */
		LEAVE	/* at once, which resets the connection */
	} then;
};

static struct args args = ARGS_INIT;
static struct host host = { .kind = HOST_TCP };
static struct remote_result result = REMOTE_RESULT_INIT;
static char phases[20];
static char host_name[] = "127.0.0.1";

static inline void
note(void *arg, enum remote_phase phase)
{
	static const char letters[] = {
		[REMOTE_CONNECT] = 'c', [REMOTE_SEND] = 's',
		[REMOTE_COMPILE] = 'x', [REMOTE_RECEIVE] = 'r',
	};
	char *text = arg;

	text[strlen(text)] = letters[phase];
}

static const struct tree_entry entries[] = {
	{ TREE_FILE, "/w/x.c", NULL, "\030int x;\n\021\0", 11 },
	{ TREE_LINK, "/w/l", "x.c", NULL, 0 },
};

static inline struct remote_job
job_for(unsigned version)
{
	struct remote_job job = {
		.args = &args,
		.tmp_dir = ".",
		.version = version,
		.cwd = "/w",
		.entries = entries,
		.entry_count = 2,
		.depfile_fd = -1,
		.connect_ms = PEER_IDLE_MS,
		.io_ms = PEER_IDLE_MS,
		.note = note,
		.note_arg = phases,
	};

	args_push(&args, "gcc");
	args_push(&args, "-c");
	ck_assert_int_eq(file_write("src", "int x;\n", 7), 0);
	/* Left over from a try on another host. */
	ck_assert_int_eq(file_write("obj", "a longer object", 15), 0);
	job.source_fd = open("src", O_RDONLY | O_CLOEXEC);
	job.object_fd = open("obj", O_RDWR | O_CLOEXEC);
	lseek(job.object_fd, 0, SEEK_END);
	return job;
}

static inline void
read_tree(struct conn *conn)
{
	struct buf name = BUF_INIT, target = BUF_INIT;
	enum tree_kind kind;
	uint32_t count, size;
	int fd = open("arrived", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (tree_read_count(conn, &count) < 0 || count != 2 ||
	    tree_read_entry(conn, &name, &kind, &target, &size) < 0 ||
	    bulk_read(conn, VERSION_PUMP, size, fd, 100) < 0 ||
	    strcmp(name.data, "/w/x.c") != 0 ||
	    tree_read_entry(conn, &name, &kind, &target, &size) < 0 ||
	    strcmp(name.data, "/w/l") != 0 ||
	    strcmp(target.data, "x.c") != 0)
		_exit(7);
}

static inline void
read_source(struct conn *conn, unsigned version)
{
	int fd = open("arrived", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (request_read_source(conn, version, fd) < 0)
		_exit(3);
}

static inline void
read_request(struct conn *conn)
{
	struct args got = ARGS_INIT;
	struct buf source = BUF_INIT, cwd = BUF_INIT;
	unsigned version;

	if (request_read_version(conn, &version) < 0 ||
	    (version == VERSION_PUMP &&
	     (tree_read_cwd(conn, &cwd) < 0 ||
	      strcmp(cwd.data, "/w") != 0)) ||
	    request_read_args(conn, &got) < 0)
		_exit(3);
	if (version == VERSION_PUMP)
		read_tree(conn);
	else
		read_source(conn, version);
	if (got.count != 2 || strcmp(got.v[0], "gcc") != 0 ||
	    strcmp(got.v[1], "-c") != 0)
		_exit(4);
	if (file_read("arrived", 100, &source) < 0 ||
	    strcmp(source.data, "int x;\n") != 0)
		_exit(5);
}

static inline void
serve(int listener, const struct script *script)
{
	struct conn conn;
	int fd;

	if (fd_wait(listener, POLLIN, -1, CLOCK_NEVER) < 0)
		_exit(1);
	fd = accept(listener, NULL, NULL);
	conn_init(&conn, fd, fd, PEER_IDLE_MS);
	if (script->reads)
		read_request(&conn);
	else if (fd_wait(fd, POLLIN, -1, CLOCK_NEVER) < 0)
		_exit(6);
	conn_put(&conn, script->reply, script->size);
	if (conn_flush(&conn) < 0)
		_exit(2);
	if (script->then == STAY)
		fd_wait(fd, POLLIN, -1, CLOCK_NEVER);
	if (script->then == DRAIN)
		conn_drain(&conn, UINT64_MAX, PEER_IDLE_MS);
	_exit(0);
}

static inline pid_t
start_server(const struct script *script)
{
	int listener;
	pid_t pid;

	ck_assert_int_eq(net_listen("127.0.0.1", 0, &listener, 1), 1);
	host.name = host_name;
	host.port = net_local_port(listener);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		serve(listener, script);
	close(listener);
	return pid;
}

/* One try at a server that follows script. */
static inline int
try(const struct script *script, const struct remote_job *job)
{
	pid_t pid = start_server(script);
	int r = remote_compile(&host, job, &result);
	int saved = errno;

	peer_wait(pid);
	errno = saved;
	return r;
}

static inline void
finish(struct remote_job *job)
{
	remote_result_clear(&result);
	ck_assert_int_eq(result.stderr_fd, -1);
	ck_assert_int_eq(result.stdout_fd, -1);
	close(job->source_fd);
	close(job->object_fd);
	args_clear(&args);
}

static inline void
assert_text(int fd, const char *text)
{
	char got[100];
	ssize_t n;

	if (text == NULL) {
		ck_assert_int_eq(fd, -1);
		return;
	}
	ck_assert_int_ge(fd, 0);
	n = pread(fd, got, sizeof got - 1, 0);
	ck_assert_int_ge(n, 0);
	got[n] = '\0';
	ck_assert_str_eq(got, text);
}

#define WORDS(text) (text), sizeof(text) - 1

#endif
