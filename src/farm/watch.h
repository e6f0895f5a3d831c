/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_WATCH_H
#define FARM_WATCH_H

/*
 * Waits for files of one directory to be closed by who could write to them;
 * that a process ended closes its files too. Where the system cannot tell,
 * a wait just takes its time.
 */
struct watch {
	int fd;		/* -1: nobody tells */
	int id;
};

#define WATCH_INIT { -1, -1 }

/* What is closed from now on, in dir, ends the next wait. */
void watch_start(struct watch *watch, const char *dir);

/*
 * Waits until a file whose name begins with prefix was closed, or ms
 * milliseconds have passed.
 */
void watch_wait(struct watch *watch, const char *prefix, int ms);

/*
 * Ends the watch and returns its descriptor, or -1, to be closed later: the
 * kernel takes some 20 ms for that, but no time once a while has passed.
 */
int watch_stop(struct watch *watch);

#endif
