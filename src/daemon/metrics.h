/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

struct buf;
struct snapshot;

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/*
 * Writes the statistics as Prometheus reads them: its text format, version
 * 0.0.4. doc/statistics.txt explains every metric.
 */
void metrics_write(struct buf *out, const struct snapshot *snapshot);

#endif
