/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_FUZZ_TARGET_H
#define TEST_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/tmp.h"

/* What every target defines; replay.c or libFuzzer calls it. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert(), which a build with NDEBUG would take away. */
#define REQUIRE(condition) \
	require((condition), #condition, __FILE__, __LINE__)

static inline void
require(int ok, const char *condition, const char *file, int line)
{
	if (ok)
		return;
	fprintf(stderr, "%s:%d: %s does not hold\n", file, line, condition);
	abort();
}

/* A file without a name that holds data, at its start. */
static inline int
target_file(const void *data, size_t size)
{
	const char *dir = getenv("TMPDIR");
	int fd = tmp_open(dir == NULL || *dir == '\0' ? "/tmp" : dir);

	REQUIRE(fd >= 0);
	REQUIRE(fd_write_all(fd, data, size) == 0);
	REQUIRE(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

#endif
