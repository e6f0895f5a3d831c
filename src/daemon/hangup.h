/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_HANGUP_H
#define DAEMON_HANGUP_H

#include <stddef.h>

/*
 * Whether a client that waits for its answer is gone. To be asked when fd, its
 * connection, is readable: it has nothing to say but that. Bytes are dropped,
 * and counted in *stray, zero at first; who sends too many of them counts as
 * gone.
 */
int hangup_is_here(int fd, size_t *stray);

#endif
