/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/elf.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

/* Where the head of every ELF file has what. */
enum {
	AT_CLASS = 4,
	AT_ORDER = 5,
	AT_MACHINE = 18,
	HEAD_SIZE = 20
};

int
elf_kind(int fd, struct buf *kind)
{
	unsigned char head[HEAD_SIZE];
	unsigned machine;
	int is_big;

	if (pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head ||
	    memcmp(head, "\177ELF", 4) != 0)
		return ERR_MISSING;
	is_big = head[AT_ORDER] == 2;
	machine = (unsigned)head[AT_MACHINE + !is_big] << 8 |
		  head[AT_MACHINE + is_big];
	buf_addf(kind, "%d-bit %s-endian machine %u",
		 head[AT_CLASS] == 2 ? 64 : 32, is_big ? "big" : "little",
		 machine);
	return 0;
}
