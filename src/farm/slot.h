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
};

#define SLOT_INIT { -1, 0 }

/*
 * Tries to take slot number of the host called lock_name (hosts.h) in the
 * lock directory dir. Returns 1, 0 if somebody has it, or ERR_SYS.
 */
int slot_try(struct slot *slot, const char *dir, const char *lock_name,
	     int number);

/*
 * The same, but waits in line until the slot is free, for at most ms
 * milliseconds; then 0. Uses SIGALRM: one thread at a time.
 */
int slot_wait(struct slot *slot, const char *dir, const char *lock_name,
	      int number, int ms);

/* Gives the slot back, if one is held. */
void slot_release(struct slot *slot);

#endif
