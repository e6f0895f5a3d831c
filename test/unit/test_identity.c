/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/identity.h"

#include <string.h>

#include <libiberty.h>

#include "base/file.h"
#include "unit.h"

static const struct {
	const char *name;
	int is;
} names[] = {
	{ "cc", 1 }, { "c++", 1 }, { "c89", 1 }, { "c99", 1 },
	{ "gcc", 1 }, { "g++", 1 }, { "gcc-12", 1 }, { "g++-4.8.2", 1 },
	{ "c89-gcc", 1 }, { "c99-g++", 1 }, { "c99-gcc-12", 1 },
	{ "clang", 1 }, { "clang++", 1 }, { "clang-14", 1 },
	{ "clang++-14", 1 },
	{ "x86_64-linux-gnu-gcc", 1 }, { "x86_64-linux-gnu-g++-12", 1 },
	{ "arm-none-eabi-gcc", 1 }, { "a-b-gcc", 1 },
	{ "i686-w64-mingw32-g++", 1 },
	{ "", 0 }, { "-", 0 }, { "-gcc", 0 }, { "a-gcc", 0 }, { "--gcc", 0 },
	{ "a--b-gcc", 0 }, { "-a-b-gcc", 0 }, { "a-b--gcc", 0 },
	{ "gcc-", 0 }, { "gcc-x", 0 }, { "gcc-12x", 0 }, { "gcc-.1", 0 },
	{ "12", 0 }, { "-12", 0 }, { "gcc12", 0 }, { "xgcc", 0 },
	{ "gcc-ar", 0 }, { "gcc-ar-12", 0 }, { "x86_64-linux-gnu-gcc-nm", 0 },
	{ "clang-format", 0 }, { "clang-cpp-14", 0 }, { "clang-cl", 0 },
	{ "sh", 0 }, { "a/b-gcc", 0 }, { "a b-c-gcc", 0 }, { "../a-b-gcc", 0 },
	{ "/usr/bin/gcc", 0 }, { ".", 0 }, { "..", 0 }, { "gfortran", 0 },
};

START_TEST(compilers_are_told_by_their_names)
{
	ck_assert_msg(identity_is_compiler_name(names[_i].name) ==
		      names[_i].is, "%s", names[_i].name);
}
END_TEST

/* Programs that do nothing, and links, below the test's own directory. */
static void
make_program(const char *path)
{
	ck_assert_int_eq(file_write(path, "", 0), 0);
	ck_assert_int_eq(chmod(path, 0755), 0);
}

static void
make_link(const char *to, const char *path)
{
	ck_assert_int_eq(symlink(to, path), 0);
}

START_TEST(a_family_is_told_by_name_or_by_what_cc_links_to)
{
	ck_assert_int_eq(mkdir("bin", 0755), 0);
	make_program("bin/clang-14");
	make_link("clang-14", "bin/clang");
	make_link("clang", "bin/cc");
	make_program("bin/gcc-12");
	make_link("gcc-12", "bin/c++");

	ck_assert_int_eq(identity_family("clang", "none"), FAMILY_CLANG);
	ck_assert_int_eq(identity_family("/x/clang++-14", "none"),
			 FAMILY_CLANG);
	ck_assert_int_eq(identity_family("gcc", "bin"), FAMILY_GCC);
	ck_assert_int_eq(identity_family("a-b-g++-4", "bin"), FAMILY_GCC);
	ck_assert_int_eq(identity_family("cc", "none:bin"), FAMILY_CLANG);
	ck_assert_int_eq(identity_family("bin/cc", "none"), FAMILY_CLANG);
	ck_assert_int_eq(identity_family("c++", "bin"), FAMILY_GCC);
	ck_assert_int_eq(identity_family("c99", "bin"), FAMILY_GCC);
}
END_TEST

START_TEST(a_masquerade_link_does_not_hide_the_family)
{
	ck_assert_int_eq(mkdir("mask", 0755), 0);
	ck_assert_int_eq(mkdir("bin", 0755), 0);
	make_program("bin/distcc");
	make_link("../bin/distcc", "mask/cc");
	make_program("bin/clang");
	make_link("clang", "bin/cc");
	ck_assert_int_eq(identity_family("cc", "mask:bin"), FAMILY_CLANG);
}
END_TEST

START_TEST(only_what_leads_to_distcc_is_a_wrapper)
{
	ck_assert_int_eq(mkdir("mask", 0755), 0);
	ck_assert_int_eq(mkdir("distcc-bin", 0755), 0);
	make_program("distcc-bin/distcc");
	make_program("distcc-bin/gcc");
	make_program("distcc-bin/ccache");
	make_link("../distcc-bin/distcc", "mask/gcc");
	make_link("gcc", "mask/cc");
	make_link("../distcc-bin/gcc", "mask/g++");
	make_link("../distcc-bin/ccache", "mask/c++");
	make_link("gone-distcc", "mask/clang");
	ck_assert_int_eq(identity_is_wrapper("mask", "gcc"), 1);
	ck_assert_int_eq(identity_is_wrapper("mask/", "cc"), 1);
	ck_assert_int_eq(identity_is_wrapper("mask", "g++"), 0);
	ck_assert_int_eq(identity_is_wrapper("mask", "c++"), 0);
	ck_assert_int_eq(identity_is_wrapper("mask", "clang"), 0);
	ck_assert_int_eq(identity_is_wrapper("distcc-bin", "gcc"), 0);
	ck_assert_int_eq(identity_is_wrapper("mask", "missing"), 0);
	ck_assert_int_eq(identity_is_wrapper("missing", "gcc"), 0);
}
END_TEST

START_TEST(a_cache_does_not_hide_the_family_either)
{
	ck_assert_int_eq(mkdir("mask", 0755), 0);
	ck_assert_int_eq(mkdir("bin", 0755), 0);
	make_program("bin/ccache");
	make_link("../bin/ccache", "mask/cc");
	make_program("bin/clang");
	make_link("clang", "bin/cc");
	ck_assert_int_eq(identity_family("cc", "mask:bin"), FAMILY_CLANG);
}
END_TEST

START_TEST(cxx_compilers_have_two_plus_signs)
{
	ck_assert_int_eq(identity_is_cxx("g++"), 1);
	ck_assert_int_eq(identity_is_cxx("/usr/bin/a-b-g++-12"), 1);
	ck_assert_int_eq(identity_is_cxx("clang++"), 1);
	ck_assert_int_eq(identity_is_cxx("gcc"), 0);
	ck_assert_int_eq(identity_is_cxx("/opt/c++/gcc"), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, compilers_are_told_by_their_names, 0,
			    COUNT_OF(names));
	tcase_add_test(tcase, a_family_is_told_by_name_or_by_what_cc_links_to);
	tcase_add_test(tcase, a_masquerade_link_does_not_hide_the_family);
	tcase_add_test(tcase, a_cache_does_not_hide_the_family_either);
	tcase_add_test(tcase, only_what_leads_to_distcc_is_a_wrapper);
	tcase_add_test(tcase, cxx_compilers_have_two_plus_signs);
}

int
main(void)
{
	return unit_run("identity", add_tests);
}
