/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PASS_H
#define BASE_PASS_H

#include <stddef.h>
#include <sys/types.h>

/* Descriptors that go from process to process, by a Unix socket. */

/* Most that go at a time. */
#define PASS_MAX 8

/*
 * Sends size > 0 bytes, or as many of them as the socket takes, and with the
 * first of them copies of count descriptors. Returns how many bytes went, or
 * ERR_SYS, where EAGAIN means that a non-blocking socket is full.
 */
ssize_t pass_send(int socket, const void *data, size_t size, const int *fds,
		  size_t count);

/*
 * Receives up to size bytes by one call with these flags of recv(), and the
 * descriptors that came with them, which are close-on-exec. Sets *count; one
 * too many for max, at most PASS_MAX, is closed. Returns as recvmsg() does.
 */
ssize_t pass_receive(int socket, void *data, size_t size, int flags,
		     int *fds, size_t max, size_t *count);

#endif
