/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_PEER_H
#define TEST_PEER_H

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/fd.h"
#include "unit.h"
#include "wire/conn.h"

/* Peers for tests of what talks: the other end of a socket pair. */

#define PEER_IDLE_MS 20000	/* so long that only a hang gets there */

static int peer_ends[2] = { -1, -1 };	/* ours, the peer's */

/* Bytes whose place can be told. */
static inline char *
peer_pattern(size_t size)
{
	static char data[300000];
	size_t i;

	ck_assert_uint_le(size, sizeof data);
	for (i = 0; i < size; i++)
		data[i] = (char)(i * 31 + i / 251);
	return data;
}

/* A connection to a peer that does nothing yet; its end is peer_ends[1]. */
static inline void
peer_open(struct conn *conn)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, peer_ends), 0);
	conn_init(conn, peer_ends[0], peer_ends[0], PEER_IDLE_MS);
}

/* A connection to a peer that says size bytes, few, and then closes. */
static inline void
peer_saying(struct conn *conn, const void *data, size_t size)
{
	peer_open(conn);
	ck_assert_int_eq(fd_write_all(peer_ends[1], data, size), 0);
	ck_assert_int_eq(shutdown(peer_ends[1], SHUT_WR), 0);
}

/* The same by a process, which needs not wait for us to read it all. */
static inline pid_t
peer_running(struct conn *conn, void (*speak)(int fd, const void *arg),
	     const void *arg)
{
	pid_t pid;

	peer_open(conn);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(peer_ends[0]);
		speak(peer_ends[1], arg);
		_exit(0);
	}
	close(peer_ends[1]);
	peer_ends[1] = -1;
	return pid;
}

static inline void
peer_end(struct conn *conn)
{
	conn_clear(conn);
	close(peer_ends[0]);
	if (peer_ends[1] >= 0)
		close(peer_ends[1]);
}

static inline void
peer_wait(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}

/* What arrived at the peer's end so far, in out; returns how much. */
static inline size_t
peer_heard(void *out, size_t room)
{
	ssize_t n = recv(peer_ends[1], out, room, MSG_DONTWAIT);

	return n < 0 ? 0 : (size_t)n;
}

/* The most memory that this process ever had, in KiB. */
static inline long
peer_max_memory(void)
{
	struct rusage usage;

	ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

#endif
