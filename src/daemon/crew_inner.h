/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CREW_INNER_H
#define DAEMON_CREW_INNER_H

#include "daemon/crew.h"

/* What the files of the crew share, and nobody else needs. */

/* What has done so many jobs is replaced: no leak is for ever. */
#define CREW_WORN_OUT 1000

struct slot *crew_slot(const struct crew *crew, const struct member *member);

/* Changes a worker's state, and all that counts states. */
void crew_enter(struct crew *crew, struct member *member,
		enum member_state state);

/* Its job has ended: counts it as the slot tells of it. */
void crew_finish(struct crew *crew, struct member *member);

/* From now on it gets no orders, and leaves when it has no job. */
void crew_dismiss(struct member *member);

#endif
