/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WEBTABLE_H
#define DAEMON_WEBTABLE_H

struct buf;
struct snapshot;

/* The sections of the page that are tables, each with its heading. */

/* How many jobs ended how in the last minute, hour, ... */
void webtable_write_windows(struct buf *out, const struct snapshot *snapshot);

/* The last jobs, the newest first. */
void webtable_write_last(struct buf *out, const struct snapshot *snapshot);

/* What each compiler did. */
void webtable_write_compilers(struct buf *out,
			      const struct snapshot *snapshot);

/* Why clients were not served. */
void webtable_write_refusals(struct buf *out, const struct snapshot *snapshot);

/* How long jobs are in each phase. */
void webtable_write_phases(struct buf *out, const struct snapshot *snapshot);

/* What workers are at that have a client. */
void webtable_write_workers(struct buf *out, const struct snapshot *snapshot);

#endif
