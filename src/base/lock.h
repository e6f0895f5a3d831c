/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <sys/types.h>

/*
 * The kernel's locks on bytes of a file. They belong to the process, and are
 * gone when it is, however it ends; but also when it closes any descriptor
 * of that file. A len of 0 means all bytes from start on.
 */

/* Locks these bytes for this process alone. 1, 0 if somebody has any of them,
 * or ERR_SYS. */
int lock_try(int fd, off_t start, off_t len);

/*
 * Waits until nobody else has any of these bytes; they are not locked then.
 * Returns 1, 0 if a signal came first, or ERR_SYS.
 */
int lock_await(int fd, off_t start, off_t len);

/*
 * Whether another process has any of these bytes: 1 with *at where one of its
 * locks begins, 0, or ERR_SYS.
 */
int lock_find(int fd, off_t start, off_t len, off_t *at);

/* Who has this byte, or 0: nobody, or nobody that this system can name. */
pid_t lock_holder(int fd, off_t byte);

/* Gives these bytes back. */
void lock_drop(int fd, off_t start, off_t len);

#endif
