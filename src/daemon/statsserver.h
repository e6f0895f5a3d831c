/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_STATSSERVER_H
#define DAEMON_STATSSERVER_H

#include <sys/types.h>

struct stats;

/*
 * What the process of the statistics server does once it is one: lowers its
 * rights, counts second by second, and answers, until parent is gone or a
 * signal comes. Never returns.
 */
void statsserver_run(const struct stats *stats, pid_t parent)
	__attribute__((noreturn));

#endif
