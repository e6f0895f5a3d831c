/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_TURN_H
#define DAEMON_TURN_H

#include "daemon/board.h"

struct job;

/* A worker's way through the phases of a job, and its turn to compile. */

/* From now on the job's time goes into phase. */
void turn_enter(struct job *job, enum phase phase);

/*
 * Waits until the job may be compiled. Returns 0; a positive enum refusal: it
 * will not; ERR_EOF: the client is gone; or ERR_CANCEL: a signal came.
 */
int turn_await(struct job *job);

/* The compiler has ended: it is another job's turn. */
void turn_end(struct job *job);

#endif
