/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_SEGMENT_H
#define AGENT_SEGMENT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A file without a name that is written once, from its beginning on, and that
 * others map: they get a descriptor which only reads, and its length never
 * changes.
 */
struct segment {
	int write_fd, read_fd;	/* -1: not open */
	uint32_t room, used;
};

#define SEGMENT_INIT { -1, -1, 0, 0 }

/*
 * Makes it: in memory where the system has that, else in tmp_dir. Returns 0 or
 * ERR_SYS.
 */
int segment_open(struct segment *segment, uint32_t room, const char *tmp_dir);

/* Closes it; who has it mapped has it still. */
void segment_close(struct segment *segment);

/* Appends size bytes, for which there is room. Returns 0 or ERR_SYS. */
int segment_add(struct segment *segment, const void *data, uint32_t size);

/* Reads size bytes that were written at at. Returns 0 or ERR_SYS. */
int segment_read(const struct segment *segment, uint32_t at, void *data,
		 uint32_t size);

#endif
