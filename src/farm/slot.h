/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_SLOT_H
#define FARM_SLOT_H

/*
 * Slots: how many jobs at once a user sends to one host. A slot is a file in
 * the lock directory, with the name and the kind of lock that distcc 3.x
 * uses, so that old and new clients share them; the kernel frees it whatever
 * becomes of its holder.
 */
struct slot {
	int fd;		/* -1: none is held */
	int number;
	int watch_fd;	/* of the watch by which it came; -1: closed */
};

#define SLOT_INIT { -1, 0, -1 }

/* What the names of all slots begin with. */
#define SLOT_PREFIX "cpu_"

/*
 * The path of the file that is called so in the lock directory dir: kind
 * ("backoff_"), the host's lock_name (hosts.h), and a number. Slots and marks
 * are named like this, as distcc 3.x does it. Yours to free.
 */
char *slot_file(const char *dir, const char *kind, const char *lock_name,
		int number);

/*
 * Whether somebody else holds slot number of the host called lock_name
 * (hosts.h) in the lock directory dir: 1, 0, or ERR_SYS. Whoever watches the
 * directory sees nothing of it.
 */
int slot_is_taken(const char *dir, const char *lock_name, int number);

/* Tries to take that slot. Returns 1, 0 if somebody has it, or ERR_SYS. */
int slot_try(struct slot *slot, const char *dir, const char *lock_name,
	     int number);

/*
 * Closes the watch by which the slot came, if that is still open: a user has
 * but a hundred or so. It may take some 20 ms, if these have not passed yet
 * (watch.h); so this is for a time when there is nothing to do but wait.
 */
void slot_settle(struct slot *slot);

/* Gives the slot back, if one is held. */
void slot_release(struct slot *slot);

#endif
