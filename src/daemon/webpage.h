/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WEBPAGE_H
#define DAEMON_WEBPAGE_H

struct buf;
struct snapshot;

/*
 * Writes the page for persons: HTML without scripts and without anything
 * that is elsewhere; it asks to be loaded again every few seconds.
 */
void webpage_write(struct buf *out, const struct snapshot *snapshot);

#endif
