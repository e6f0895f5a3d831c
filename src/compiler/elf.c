/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/elf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <libiberty.h>

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

#define FLAG_COMPRESSED 0x800

/* How wide numbers are, and where the heads of file and section have them. */
struct layout {
	size_t wide;		/* bytes of an offset or a size */
	size_t head_size, sections, entry_size, count;	/* of the file */
	size_t flags, size;	/* of a section */
};

static const struct layout layouts[] = {
	{ 4, 52, 32, 46, 48, 8, 20 },
	{ 8, 64, 40, 58, 60, 8, 32 },
};

static uint64_t
number(const unsigned char *bytes, size_t size, int is_big)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < size; i++)
		value = value << 8 | bytes[is_big ? i : size - 1 - i];
	return value;
}

/* A file as far as its table of sections. */
struct table {
	const struct layout *layout;
	int is_big;
	uint64_t at, step, count;
};

/* No compiler makes a table of this size. */
#define MAX_TABLE (64u << 20)

static uint64_t
section_number(const struct table *table, const unsigned char *section,
	       size_t at)
{
	return number(section + at, table->layout->wide, table->is_big);
}

/* Where there are more sections than fit, the first one has the number. */
static int
complete(int fd, struct table *table)
{
	unsigned char first[64];
	const size_t size = table->layout->wide * 8;

	if (table->count != 0 || table->at == 0)
		return 0;
	if (pread(fd, first, size, (off_t)table->at) != (ssize_t)size)
		return ERR_SYS;
	table->count = section_number(table, first, table->layout->size);
	return 0;
}

/* Whether one of the sections is compressed, or cannot be read. */
static int
any_compressed(int fd, const struct table *table)
{
	const size_t size = (size_t)(table->step * table->count);
	unsigned char *sections = xmalloc(size + 1);
	int found = pread(fd, sections, size, (off_t)table->at) !=
		    (ssize_t)size;
	uint64_t i;

	for (i = 0; !found && i < table->count; i++)
		found = (section_number(table, sections + i * table->step,
					table->layout->flags) &
			 FLAG_COMPRESSED) != 0;
	free(sections);
	return found;
}

int
elf_has_compressed(int fd)
{
	unsigned char head[64];
	struct table table;

	if (pread(fd, head, 4, 0) != 4 || memcmp(head, "\177ELF", 4) != 0)
		return 0;
	if (pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head)
		return 1;
	table.layout = &layouts[head[AT_CLASS] == 2];
	table.is_big = head[AT_ORDER] == 2;
	table.at = section_number(&table, head, table.layout->sections);
	table.step = number(head + table.layout->entry_size, 2, table.is_big);
	table.count = number(head + table.layout->count, 2, table.is_big);
	if (complete(fd, &table) < 0)
		return 1;
	if (table.at == 0 || table.count == 0)
		return 0;
	if (table.step < table.layout->wide * 8 ||
	    table.count > MAX_TABLE / table.step)
		return 1;
	return any_compressed(fd, &table);
}
