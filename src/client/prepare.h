/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_PREPARE_H
#define CLIENT_PREPARE_H

#include "client/attempt.h"

/*
 * Makes the preprocessed source of a job, and the files that are to receive
 * its outputs. Returns ATTEMPT_VERDICT when all is there, ATTEMPT_STAYS if
 * only this machine compiles the source, or writes the outputs, right, or
 * ATTEMPT_OURS.
 */
enum attempt_outcome prepare_attempt(struct attempt *attempt);

#endif
