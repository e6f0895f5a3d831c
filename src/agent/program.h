/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_PROGRAM_H
#define AGENT_PROGRAM_H

#include <sys/stat.h>

/* The file that this process runs, to see whether it was replaced. */
struct program {
	char *path;		/* NULL: the system does not say */
	struct stat st;
};

void program_init(struct program *program);
void program_clear(struct program *program);

/* Whether there is another file now, or none. */
int program_was_replaced(const struct program *program);

#endif
