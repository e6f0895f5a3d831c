/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_UNLIKE_H
#define FARM_UNLIKE_H

/*
 * Hosts whose own headers, those that are not sent, are not this machine's:
 * what they make of sources is of no use, be the host as well as it may. A
 * mark in the lock directory dir tells other jobs, for an hour: headers are
 * installed seldom. lock_name is as for slots.
 */

/* Marks the host. Returns 0 or ERR_SYS. */
int unlike_mark(const char *dir, const char *lock_name);

/* Whether it has a mark that still counts. */
int unlike_is_marked(const char *dir, const char *lock_name);

#endif
