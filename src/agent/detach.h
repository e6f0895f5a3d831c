/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_DETACH_H
#define AGENT_DETACH_H

/*
 * Goes on in a process in the background; this one exits as soon as that one
 * calls detach_ready, with 0, or when it ends before, with 1. Returns what
 * detach_ready wants, or ERR_SYS.
 */
int detach_start(void);

/* The start has succeeded: lets the starter go, and its streams too. */
void detach_ready(int ready_fd);

/* Lets go of the standard streams, and of the directory. */
void detach_streams(int keep_stderr);

#endif
