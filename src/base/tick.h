/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_TICK_H
#define BASE_TICK_H

/*
 * A signal every now and then, one such a process. It comes from a timer of
 * its own, and is SIGURG, which does no harm where nobody handles it: alarm()
 * and SIGALRM belong to whoever started us, and may be meant to end us.
 */

/*
 * From now on handler runs after first_ms, which is more than 0, and then
 * every every_ms, be the signal blocked or not; a tick that is on is stopped.
 * It interrupts system calls if interrupt is set. Returns 0, or ERR_SYS: no
 * timer is to be had.
 */
int tick_start(int first_ms, int every_ms, void (*handler)(int),
	       int interrupt);

/* Ends it, if it is on; the signal is then as it was before. */
void tick_stop(void);

#endif
