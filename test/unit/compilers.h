/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_COMPILERS_H
#define TEST_COMPILERS_H

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/file.h"
#include "compiler/probe.h"
#include "unit.h"

/* Compilers that are scripts, and count how often they are run. */

static inline void
make_compiler(const char *path, const char *script)
{
	char *text = concat("#!/bin/sh\necho run >>", unit_dir, "/runs\n",
			    script, "\n", (char *)NULL);

	ck_assert_int_eq(file_write(path, text, strlen(text)), 0);
	ck_assert_int_eq(chmod(path, 0755), 0);
	free(text);
}

static inline void
make_link(const char *to, const char *path)
{
	ck_assert_int_eq(symlink(to, path), 0);
}

/* How many of them ran since the last call. */
static inline int
runs(void)
{
	struct buf text = BUF_INIT;
	int count = 0;

	if (file_read("runs", 65536, &text) == 0)
		count = (int)(text.len / strlen("run\n"));
	buf_clear(&text);
	(void)unlink("runs");
	return count;
}

static inline void
open_probe(struct probe *probe, const char *name)
{
	probe_open(probe, name, "bin", "kept", unit_dir);
}

#endif
