/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/object.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "compiler/elf.h"
#include "compiler/probe.h"

/*
 * What the object at fd is; empty if that does not tell where it comes from:
 * /dev/null keeps nothing, and not all objects are ELF.
 */
static void
look_at(int fd, struct buf *kind)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	if (st.st_size == 0)
		buf_add_str(kind, "nothing");
	else
		(void)elf_kind(fd, kind);
}

/* Whether that is what the compiler makes, as it is known; else says so. */
static int
is_expected(const char *kind, const struct probe *probe,
	    const struct args *command, struct buf *trouble)
{
	char *expected = probe_object(probe, command);
	int is = expected == NULL || strcmp(expected, kind) == 0;

	buf_reset(trouble);
	if (!is)
		buf_addf(trouble, "%s instead of %s", kind, expected);
	free(expected);
	return is;
}

int
object_is_right(int fd, struct probe *probe, const struct args *command,
		struct buf *trouble)
{
	struct buf kind = BUF_INIT;
	int right;

	look_at(fd, &kind);
	right = kind.len == 0 ||
		is_expected(kind.data, probe, command, trouble);
	if (!right) {
		probe->afresh = 1;
		right = is_expected(kind.data, probe, command, trouble);
		probe->afresh = 0;
	}
	buf_clear(&kind);
	return right;
}
