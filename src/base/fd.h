/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_FD_H
#define BASE_FD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Sets O_NONBLOCK, or close-on-exec. Returns 0 or ERR_SYS. */
int fd_set_nonblock(int fd);
int fd_set_cloexec(int fd);

/* Closes all fds from first on. */
void fd_close_from(int first);

/*
 * Opens /dev/null on those of 0, 1 and 2 that are closed, so that no later
 * open gets a standard number by accident. It is close-on-exec: what this
 * process runs finds them closed, as it did. Returns 0 or ERR_SYS.
 */
int fd_open_standard(void);

/* Whether fd is one that fd_open_standard had to open. */
int fd_was_closed(int fd);

/* Writes all of data to a blocking fd. Returns 0 or ERR_SYS. */
int fd_write_all(int fd, const void *data, size_t size);

/* The size of the file at fd, or ERR_SYS. */
off_t fd_size(int fd);

/*
 * Writes the whole file at from, whose offset is moved, to a blocking fd.
 * Returns 0 or ERR_SYS.
 */
int fd_copy_all(int to, int from);

/*
 * Moves up to size bytes from the file at from, at its offset, to the
 * socket or file at to, in the cheapest way that the system has. Returns how
 * many went out (0: the file ended), or ERR_SYS, where EAGAIN means that a
 * non-blocking socket is full. It may move fewer than size.
 */
ssize_t fd_send_file(int to, int from, size_t size);

/*
 * Waits until fd has one of the poll() events, or cancel_fd (-1: none) is
 * readable, or deadline (clock.h) passes. Returns 0, ERR_CANCEL,
 * ERR_TIMEOUT or ERR_SYS; a signal does not end the wait.
 */
int fd_wait(int fd, short events, int cancel_fd, int64_t deadline);

struct rlimit;

/*
 * Lets this process have at least count fds open, if the system allows that;
 * sets *before to what the limit was. Returns how many it may have.
 */
int fd_raise_limit(int count, struct rlimit *before);

#endif
