/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_VERDICT_H
#define CLIENT_VERDICT_H

#include "client/attempt.h"

/*
 * What the end of a trip to host means for the job. Each notes in attempt
 * what it is about: trouble, reason and exit_code, where it is no verdict.
 */

/* A whole reply came, of which reply_is_fault says that no compiler ran. */
enum attempt_outcome verdict_of_fault(struct attempt *attempt,
				      const struct host *host);

/* None came: remote_compile returned r, and errno is still what it left. */
enum attempt_outcome verdict_of_error(struct attempt *attempt,
				      const struct host *host, int r);

/*
 * The compiler ran. But one of the same name may be for another machine; or
 * what it made of a preprocessed source shows that.
 */
enum attempt_outcome verdict_of_object(struct attempt *attempt,
				       const struct host *host);

#endif
