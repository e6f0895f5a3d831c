/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PLOT_H
#define DAEMON_PLOT_H

#include "daemon/history.h"

struct buf;

/* A curve of the last hour. Texts are ours, and need no escape. */
struct plot {
	const char *title;
	enum series series;
	double unit;		/* values are divided by it */
	const char *unit_name;	/* behind a value: " GiB", or "" */
	double limit;		/* a line across, in units; 0: none */
};

/*
 * Writes it as a <figure> of HTML with an <svg> in it, whose label says in
 * words what the curve shows. Where nothing is known there is a gap.
 */
void plot_write(struct buf *out, const struct plot *plot,
		const struct point points[static HISTORY_POINTS]);

#endif
