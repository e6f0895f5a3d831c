/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_STATE_H
#define CLIENT_STATE_H

/*
 * What this process is doing, for monitors: a file binstate_PID in the state
 * directory, in the format that distcc 3.x's monitors read.
 */

enum state_phase {
	STATE_STARTUP,
	STATE_BLOCKED,
	STATE_CONNECT,
	STATE_PREPROCESS,
	STATE_SEND,
	STATE_COMPILE,
	STATE_RECEIVE,
	STATE_DONE
};

/*
 * Starts to tell about a job; dir may be NULL: then nothing is told. Files
 * that dead processes left in dir are removed.
 */
void state_open(const char *dir, const char *source);

/* Tells where the job runs. */
void state_set_host(const char *host, int slot);

/*
 * Tells what the job is at. In the phase that can be long, STATE_COMPILE, the
 * file is written again every now and then, by the tick (tick.h).
 */
void state_set_phase(enum state_phase phase);

/*
 * Writes the file again, so that monitors, which take one that was not
 * written for a minute as dead, see that the job only waits.
 */
void state_refresh(void);

/* Removes the file. Safe in a signal handler. */
void state_close(void);

#endif
