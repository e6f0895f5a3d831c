/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_OUTPUT_H
#define CLIENT_OUTPUT_H

#include "client/attempt.h"

/*
 * Opens the files that a compile leaves, unless they are open, each to be
 * written at the end as its compiler would write it: into what is there, or in
 * its place. Returns ATTEMPT_VERDICT; ATTEMPT_STAYS if only the compiler
 * itself does it right, with the reason in attempt; or ATTEMPT_OURS.
 */
enum attempt_outcome output_open(struct attempt *attempt);

#endif
