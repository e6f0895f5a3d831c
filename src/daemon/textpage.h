/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_TEXTPAGE_H
#define DAEMON_TEXTPAGE_H

struct buf;
struct snapshot;

/*
 * Writes the statistics as distcc 3.x has them, field by field in the same
 * order: scripts in the field read them.
 */
void textpage_write(struct buf *out, const struct snapshot *snapshot);

#endif
