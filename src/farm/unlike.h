/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_UNLIKE_H
#define FARM_UNLIKE_H

/*
 * Hosts whose own headers, those that are not sent, are not this machine's:
 * what they make of sources is of no use, be the host as well as it may. A
 * mark in the lock directory dir tells other jobs, for an hour: headers are
 * installed seldom. lock_name is as for slots.
 */
enum unlike_sign {
	UNLIKE_SUSPECT = 1,	/* it read other files, for whatever reason */
	UNLIKE_SURE = 3	/* the same, of which some are other than here */
};

/* Notes a sign; three suspicions are as good as one that is sure. Returns 0
 * or ERR_SYS. */
int unlike_mark(const char *dir, const char *lock_name,
		enum unlike_sign sign);

/* Whether there were signs enough in the last hour. */
int unlike_is_marked(const char *dir, const char *lock_name);

#endif
