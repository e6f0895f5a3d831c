/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/stamp.h"

#include <stdio.h>
#include <time.h>

void
stamp_write(char stamp[static STAMP_SIZE])
{
	char date[24], zone[8];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	if (localtime_r(&now.tv_sec, &tm) == NULL ||
	    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &tm) == 0 ||
	    strftime(zone, sizeof zone, "%z", &tm) != 5) {
		snprintf(stamp, STAMP_SIZE, "-");
		return;
	}
	/* %z has no colon. */
	snprintf(stamp, STAMP_SIZE, "%s.%03ld%.3s:%s", date,
		 now.tv_nsec / 1000000, zone, zone + 3);
}
