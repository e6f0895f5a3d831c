/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_STATUSJSON_H
#define DAEMON_STATUSJSON_H

struct buf;
struct snapshot;

/*
 * Writes everything as one JSON object. Its fields, which stay as they are,
 * are in doc/statistics.txt; what is not known is null.
 */
void statusjson_write(struct buf *out, const struct snapshot *snapshot);

#endif
