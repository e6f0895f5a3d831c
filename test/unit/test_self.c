/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/self.h"

#include <limits.h>

#include "base/buf.h"
#include "base/file.h"
#include "unit.h"

static struct buf own = BUF_INIT;

/* Copies this program, with its last byte changed or not. */
static void
copy_to(const char *path, int changed)
{
	char *self = self_path();

	ck_assert_ptr_nonnull(self);
	ck_assert_int_eq(file_read(self, 1u << 28, &own), 0);
	own.data[own.len - 1] = (char)(own.data[own.len - 1] ^ changed);
	ck_assert_int_eq(file_write(path, own.data, own.len), 0);
	buf_clear(&own);
	free(self);
}

START_TEST(links_and_copies_are_us)
{
	char *self = self_path();

	ck_assert_int_eq(*self, '/');
	ck_assert(self_is(self));
	ck_assert_int_eq(symlink(self, "soft"), 0);
	ck_assert(self_is("soft"));
	copy_to("copy", 0);
	ck_assert(self_is("copy"));
	free(self);
}
END_TEST

START_TEST(nothing_else_is_us)
{
	copy_to("changed", 1);
	ck_assert(!self_is("changed"));
	ck_assert_int_eq(file_write("empty", "", 0), 0);
	ck_assert(!self_is("empty"));
	ck_assert(!self_is("missing"));
	ck_assert(!self_is("."));
	ck_assert(!self_is("/bin/sh"));
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, links_and_copies_are_us);
	tcase_add_test(tcase, nothing_else_is_us);
}

int
main(void)
{
	return unit_run("self", add_tests);
}
