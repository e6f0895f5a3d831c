/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_BACKOFF_H
#define FARM_BACKOFF_H

/*
 * Hosts that failed are left alone for a while: for the period, in seconds,
 * after the first failure, and for twice as long after each further one, up to
 * an hour. Then one job tries the host, and the others still leave it alone:
 * until that job knows how the host is, but for a minute at most, or for the
 * period, if that is shorter. For a job may take long, or be stopped; so the
 * next one tries too then, and the first whole reply to any of them takes the
 * mark away. That a host takes a request is no proof that it is well: the
 * kernel of one whose daemon hangs does that too.
 *
 * The mark is a file in the lock directory, named as distcc 3.x names it,
 * whose time of modification is that of the failure; one that is to come is a
 * mistake of some clock, and counts as long ago. It holds "x" and, from the
 * second failure on, how many there were.
 */

/*
 * Marks the host called lock_name (hosts.h). A failure while the mark still
 * holds is the same failure, seen by another job, and does not count again.
 * Returns 0 or ERR_SYS.
 */
int backoff_mark(const char *dir, const char *lock_name, int period);

/* Takes the mark away, if there is one: the host is well. */
void backoff_clear(const char *dir, const char *lock_name);

enum backoff {
	BACKOFF_NONE,	/* there is no mark */
	BACKOFF_ACTIVE,	/* it failed lately, or another job just tries it */
	BACKOFF_OLD	/* it failed, but may be tried again, by one job */
};

/*
 * What the mark of a host says. Not while this process tries that host: it
 * would end the trying.
 */
enum backoff backoff_check(const char *dir, const char *lock_name,
			   int period);

/*
 * Makes this job the one that tries a host whose mark is old, at most until
 * the descriptor that is set in *fd is closed; it is -1 if there is no mark
 * any more. Returns 1, or 0 if the host is to be left alone.
 */
int backoff_try(const char *dir, const char *lock_name, int period, int *fd);

#endif
