/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/object.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "compiler/elf.h"
#include "compiler/probe.h"

int
object_is_right(int fd, const struct probe *probe, const struct args *command,
		struct buf *trouble)
{
	struct buf kind = BUF_INIT;
	char *expected = NULL;
	int right = 1;

	if (elf_kind(fd, &kind) == 0)
		expected = probe_object(probe, command);
	if (expected != NULL && strcmp(expected, kind.data) != 0) {
		buf_addf(trouble, "%s instead of %s", kind.data, expected);
		right = 0;
	}
	free(expected);
	buf_clear(&kind);
	return right;
}
