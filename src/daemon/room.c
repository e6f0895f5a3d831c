/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/room.h"

#include "base/clock.h"
#include "daemon/machine.h"

#define KNOWN_MS 100

int
room_has_memory(struct room *room, int floor)
{
	if (floor == 0)
		return 1;
	if (clock_left(room->until) == 0) {
		room->memory = machine_free_memory();
		room->until = clock_after(KNOWN_MS);
	}
	return room->memory < 0 || room->memory >= (int64_t)floor << 20;
}
