/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_HUMAN_H
#define DAEMON_HUMAN_H

#include <stdint.h>

struct buf;

/* Quantities as a person reads them. */

/* "512 B", "1.4 MiB"; a negative number is unknown: a dash. */
void human_bytes(struct buf *out, int64_t bytes);

/* How long something took: "640 µs", "12 ms", "1.25 s", "3 min 20 s". */
void human_time(struct buf *out, int64_t us);

/* How long something has lasted: "12 s", "3 h 5 min", "12 d 4 h". */
void human_span(struct buf *out, int64_t seconds);

/* A number with thousands apart, by a space that does not break. */
void human_count(struct buf *out, uint64_t count);

/* At most one digit behind the point, and none that is zero. */
void human_real(struct buf *out, double value);

#endif
