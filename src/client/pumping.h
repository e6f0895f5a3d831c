/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_PUMPING_H
#define CLIENT_PUMPING_H

#include "client/attempt.h"

/*
 * The tries of a job by protocol 3 (pump mode): its sources go, and the
 * server preprocesses.
 */

/*
 * Whether it is known which files these are, so that they can go to host.
 * That is asked for once a job; if it is no, attempt->record says why.
 */
int pumping_has_plan(struct attempt *attempt, const struct host *host);

/*
 * One try with them on host. ATTEMPT_STAYS without a plan means that this was
 * the end of it, and the job can still be preprocessed, for the same host
 * too; anything else is as for attempt_run.
 */
enum attempt_outcome pumping_run(struct attempt *attempt,
				 const struct host *host);

#endif
