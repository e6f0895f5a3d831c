/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_BACKOFF_H
#define FARM_BACKOFF_H

/*
 * Hosts that failed are left alone for a while. The mark is a file in the
 * lock directory, named as distcc 3.x names it, whose time of modification
 * is that of the failure.
 */

/* Marks the host called lock_name (hosts.h). Returns 0 or ERR_SYS. */
int backoff_mark(const char *dir, const char *lock_name);

/* Takes the mark away, if there is one. */
void backoff_clear(const char *dir, const char *lock_name);

enum backoff {
	BACKOFF_NONE,	/* there is no mark */
	BACKOFF_ACTIVE,	/* the host failed less than the period ago */
	BACKOFF_OLD	/* it failed, but may be tried again */
};

/* What the mark of a host says, with a period of so many seconds. */
enum backoff backoff_check(const char *dir, const char *lock_name,
			   int period);

#endif
