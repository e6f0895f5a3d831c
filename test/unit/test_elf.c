/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/elf.h"

#include <fcntl.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "unit.h"

#define HEAD(class, order, at18) \
	"\177ELF" class order "\1\0\0\0\0\0\0\0\0\0" "xx" at18

static const struct {
	const char *data;
	size_t size;
	const char *kind;	/* NULL: no ELF file */
} files[] = {
	{ HEAD("\2", "\1", "\76\0"), 20, "64-bit little-endian machine 62" },
	{ HEAD("\1", "\1", "\76\0"), 20, "32-bit little-endian machine 62" },
	{ HEAD("\1", "\1", "\3\0"), 20, "32-bit little-endian machine 3" },
	{ HEAD("\2", "\2", "\0\25"), 20, "64-bit big-endian machine 21" },
	{ HEAD("\2", "\1", "\2\1"), 20, "64-bit little-endian machine 258" },
	{ HEAD("\2", "\1", "\76\0"), 19, NULL },
	{ "", 0, NULL },
	{ "BC\300\336xxxxxxxxxxxxxxxxxxxx", 24, NULL },
	{ "\177ELFx", 5, NULL },
};

START_TEST(an_elf_file_says_what_it_is_for)
{
	struct buf kind = BUF_INIT;
	int fd;

	ck_assert_int_eq(file_write("file", files[_i].data, files[_i].size),
			 0);
	fd = open("file", O_RDONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(elf_kind(fd, &kind),
			 files[_i].kind == NULL ? ERR_MISSING : 0);
	ck_assert_str_eq(kind.data,
			 files[_i].kind == NULL ? "" : files[_i].kind);
	ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 0);
	close(fd);
	buf_clear(&kind);
}
END_TEST

/* A head, and behind it sections of which only flags and size matter. */
static const struct {
	int class, order, count, compressed, is_cut;
	int expected;
} tables[] = {
	{ 2, 1, 3, -1, 0, 0 }, { 2, 1, 3, 2, 0, 1 },  { 2, 1, 3, 0, 0, 1 },
	{ 2, 2, 3, -1, 0, 0 }, { 2, 2, 3, 1, 0, 1 },  { 1, 1, 3, -1, 0, 0 },
	{ 1, 1, 3, 2, 0, 1 },  { 1, 2, 3, 1, 0, 1 },  { 2, 1, 0, -1, 0, 0 },
	{ 2, 1, 3, -1, 1, 1 }, { 2, 1, -4, -1, 0, 0 }, { 2, 1, -4, 3, 0, 1 },
};

static void
put_number(char *at, size_t size, int is_big, unsigned value)
{
	size_t i;

	for (i = 0; i < size; i++, value >>= 8)
		at[is_big ? size - 1 - i : i] = (char)value;
}

/* A negative count is one that only the first section has. */
static size_t
make_table(char *data, int which)
{
	const int is_wide = tables[which].class == 2;
	const int is_big = tables[which].order == 2;
	const size_t wide = is_wide ? 8 : 4, step = wide * 8;
	const int count = abs(tables[which].count);
	char *section = data + 64;
	int i;

	memcpy(data, "\177ELF", 4);
	data[4] = (char)tables[which].class;
	data[5] = (char)tables[which].order;
	put_number(data + (is_wide ? 40 : 32), wide, is_big,
		   count > 0 ? 64 : 0);
	put_number(data + (is_wide ? 58 : 46), 2, is_big, (unsigned)step);
	if (tables[which].count > 0)
		put_number(data + (is_wide ? 60 : 48), 2, is_big,
			   (unsigned)count);
	else
		put_number(section + (is_wide ? 32 : 20), wide, is_big,
			   (unsigned)count);
	for (i = 0; i < count; i++)
		put_number(section + (size_t)i * step + 8, wide, is_big,
			   i == tables[which].compressed ? 0x806 : 6);
	return 64 + (size_t)count * step - (size_t)tables[which].is_cut;
}

START_TEST(compressed_sections_are_found)
{
	char data[1024] = "";
	size_t size = make_table(data, _i);
	int fd;

	ck_assert_int_eq(file_write("file", data, size), 0);
	fd = open("file", O_RDONLY);
	ck_assert_int_eq(elf_has_compressed(fd), tables[_i].expected);
	close(fd);
}
END_TEST

START_TEST(what_is_no_elf_file_has_no_sections)
{
	int fd;

	ck_assert_int_eq(file_write("file", "\t.file \"x.c\"\n", 14), 0);
	fd = open("file", O_RDONLY);
	ck_assert_int_eq(elf_has_compressed(fd), 0);
	close(fd);
	ck_assert_int_eq(file_write("file", "\177ELF\2\1", 6), 0);
	fd = open("file", O_RDONLY);
	ck_assert_int_eq(elf_has_compressed(fd), 1);
	close(fd);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, compressed_sections_are_found, 0,
			    COUNT_OF(tables));
	tcase_add_test(tcase, what_is_no_elf_file_has_no_sections);
	tcase_add_loop_test(tcase, an_elf_file_says_what_it_is_for, 0,
			    COUNT_OF(files));
}

int
main(void)
{
	return unit_run("elf", add_tests);
}
