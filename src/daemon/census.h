/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CENSUS_H
#define DAEMON_CENSUS_H

#include <stdint.h>

/*
 * What else goes on on this machine. Only a /proc as Linux has it tells;
 * elsewhere everything is unknown.
 */
struct census {
	int running;		/* tasks on a processor or ready; -1 */
	int blocked;		/* processes in state D; -1 */
	int64_t max_rss_kb;	/* of the biggest that is no compiler; -1 */
	char max_rss_name[32];	/* its name, as the kernel has it, or "" */
};

/* Goes through all processes: not for every second. */
void census_take(struct census *census);

/* Sectors moved from and to disks since the boot, or -1. */
int64_t census_sectors(void);

#endif
