/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/program.h"

#include <stdlib.h>

#include "base/self.h"

void
program_init(struct program *program)
{
	program->path = self_path();
	if (program->path != NULL &&
	    stat(program->path, &program->st) < 0)
		program_clear(program);
}

void
program_clear(struct program *program)
{
	free(program->path);
	program->path = NULL;
}

int
program_was_replaced(const struct program *program)
{
	struct stat st;

	if (program->path == NULL)
		return 0;
	return stat(program->path, &st) < 0 ||
	       st.st_dev != program->st.st_dev ||
	       st.st_ino != program->st.st_ino ||
	       st.st_mtime != program->st.st_mtime;
}
