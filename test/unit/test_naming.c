/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/naming.h"

#include "compilers.h"

#define TELLS "echo a-b-linux"

static void
enter(void)
{
	unit_enter_dir();
	ck_assert_int_eq(mkdir("bin", 0755), 0);
	ck_assert_int_eq(mkdir("mask", 0755), 0);
}

static void
expect_remote(const char *name, const char *path, const char *expected)
{
	struct probe probe = PROBE_INIT;
	char *remote;

	probe_open(&probe, name, path, "kept", unit_dir);
	remote = naming_remote(name, path, &probe);
	ck_assert_str_eq(remote, expected);
	free(remote);
	probe_clear(&probe);
}

START_TEST(gcc_goes_by_its_target_where_that_leads_to_the_same_program)
{
	make_compiler("bin/gcc-12", TELLS);
	make_link("gcc-12", "bin/gcc");
	make_link("gcc-12", "bin/a-b-linux-gcc-12");
	make_link("gcc-12", "bin/a-b-linux-gcc");
	make_compiler("bin/g++", TELLS);
	expect_remote("gcc", "bin", "a-b-linux-gcc");
	expect_remote("gcc-12", "bin", "a-b-linux-gcc-12");
	expect_remote("g++", "bin", "g++");
	expect_remote("gcc", "none", "gcc");
	expect_remote("bin/gcc", "bin", "bin/gcc");
}
END_TEST

START_TEST(another_version_by_that_name_does_not_take_its_place)
{
	make_compiler("bin/gcc", TELLS);
	make_compiler("bin/a-b-linux-gcc", TELLS);
	expect_remote("gcc", "bin", "gcc");
}
END_TEST

START_TEST(a_gcc_that_does_not_say_its_target_keeps_its_name)
{
	make_compiler("bin/gcc", "exit 1");
	make_link("gcc", "bin/a-b-linux-gcc");
	expect_remote("gcc", "bin", "gcc");
}
END_TEST

START_TEST(plain_cc_goes_by_what_it_links_to)
{
	ck_assert_int_eq(mkdir("alt", 0755), 0);
	make_compiler("bin/distcc", "exit 1");
	make_link("../bin/distcc", "mask/cc");
	make_compiler("bin/clang++", TELLS);
	make_compiler("bin/gcc", TELLS);
	make_link("../alt/cc", "bin/cc");
	make_link("../bin/gcc", "alt/cc");
	make_link("clang++", "bin/c++");
	expect_remote("cc", "mask:bin", "gcc");
	expect_remote("c++", "mask:bin", "clang++");
	expect_remote("c99", "mask:bin", "c99");
	expect_remote("cc", "none", "cc");
	make_link("gcc", "bin/a-b-linux-gcc");
	expect_remote("cc", "mask:bin", "a-b-linux-gcc");
}
END_TEST

START_TEST(links_that_lead_nowhere_leave_the_name)
{
	make_compiler("bin/cc", TELLS);
	expect_remote("cc", "bin", "cc");
	ck_assert_int_eq(unlink("bin/cc"), 0);
	make_link("cc", "bin/cc");
	expect_remote("cc", "bin", "cc");
	make_link("gone", "bin/c++");
	expect_remote("c++", "bin", "c++");
}
END_TEST

static void
expect_target(const char *name, const char *expected)
{
	struct probe probe = PROBE_INIT;
	char *target;

	open_probe(&probe, name);
	target = naming_target(name, &probe);
	ck_assert_pstr_eq(target, expected);
	free(target);
	probe_clear(&probe);
}

START_TEST(clang_is_told_the_target_unless_its_name_has_one)
{
	make_compiler("bin/clang", TELLS);
	make_link("clang", "bin/clang++-14");
	make_link("clang", "bin/c-d-linux-clang");
	make_link("clang", "bin/gcc");
	expect_target("clang", "a-b-linux");
	expect_target("clang++-14", "a-b-linux");
	expect_target("bin/clang", "a-b-linux");
	expect_target("c-d-linux-clang", NULL);
	expect_target("gcc", NULL);
	expect_target("clang-15", NULL);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter, unit_leave_dir);
	tcase_add_test(tcase,
		gcc_goes_by_its_target_where_that_leads_to_the_same_program);
	tcase_add_test(tcase,
		       another_version_by_that_name_does_not_take_its_place);
	tcase_add_test(tcase,
		       a_gcc_that_does_not_say_its_target_keeps_its_name);
	tcase_add_test(tcase, plain_cc_goes_by_what_it_links_to);
	tcase_add_test(tcase, links_that_lead_nowhere_leave_the_name);
	tcase_add_test(tcase, clang_is_told_the_target_unless_its_name_has_one);
}

int
main(void)
{
	return unit_run("naming", add_tests);
}
