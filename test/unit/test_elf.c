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

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, an_elf_file_says_what_it_is_for, 0,
			    COUNT_OF(files));
}

int
main(void)
{
	return unit_run("elf", add_tests);
}
