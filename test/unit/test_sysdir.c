/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/sysdir.h"

#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/file.h"
#include "unit.h"

#define UP "../../../../../../../../../../../../../../../../../../../../"

static const struct {
	const char *name, *target, *text;
	enum sysdir_verdict verdict;
} links[] = {
	/* within the tree */
	{ "/w/l", "x.h", "x.h", SYSDIR_GOOD },
	{ "/w/l", "d/./x.h", "d/./x.h", SYSDIR_GOOD },
	{ "/w/l", "../inc", "../inc", SYSDIR_GOOD },
	{ "/w/l", "..", "..", SYSDIR_GOOD },
	{ "/a/b/c/l", "../../..", "../../..", SYSDIR_GOOD },
	{ "/w/l", "...", "...", SYSDIR_GOOD },
	{ "/w/l", "..x/y", "..x/y", SYSDIR_GOOD },
	{ "/w/l", "/etc", "/root/etc", SYSDIR_GOOD },
	{ "/w/l", "/", "/root/", SYSDIR_GOOD },
	/* to this machine's own */
	{ "/usr/include", UP "usr/include", "/usr/include", SYSDIR_GOOD },
	{ "/w/l", "../../usr", "/usr", SYSDIR_GOOD },
	{ "/w/l", UP "usr/no/such", "/usr/no/such", SYSDIR_ABSENT },
	{ "/w/l", UP "opt/no/such", "/opt/no/such", SYSDIR_ABSENT },
	{ "/w/l", UP "usr/bin/env", NULL, SYSDIR_PRIVATE },
	{ "/w/l", UP "etc", NULL, SYSDIR_PRIVATE },
	{ "/w/l", UP, NULL, SYSDIR_PRIVATE },
	{ "/w/l", UP "usrx", NULL, SYSDIR_PRIVATE },
	{ "/w/l", "../../etc", NULL, SYSDIR_PRIVATE },
	{ "/w/l", "../..", NULL, SYSDIR_PRIVATE },
	{ "/l", "..", NULL, SYSDIR_PRIVATE },
	{ "/w/l", UP "usr/./include", NULL, SYSDIR_PRIVATE },
	{ "/w/l", UP "usr/include/", NULL, SYSDIR_PRIVATE },
	/* twisted */
	{ "/w/l", "a/..", NULL, SYSDIR_TWISTED },
	{ "/w/l", "./..", NULL, SYSDIR_TWISTED },
	{ "/w/l", "../a/../..", NULL, SYSDIR_TWISTED },
	{ "/w/l", "/..", NULL, SYSDIR_TWISTED },
	{ "/w/l", "/a/../../b", NULL, SYSDIR_TWISTED },
	{ "/w/l", UP "usr/../etc", NULL, SYSDIR_TWISTED },
};

START_TEST(links_are_judged)
{
	struct buf text = BUF_INIT;

	buf_add_str(&text, "left over");
	ck_assert_int_eq(sysdir_judge_link(links[_i].name, links[_i].target,
					   "/root", "/no/such/compiler",
					   &text),
			 links[_i].verdict);
	if (links[_i].text != NULL)
		ck_assert_str_eq(text.data, links[_i].text);
	buf_clear(&text);
}
END_TEST

static void
make_compiler(const char *path)
{
	char *dir = path_dir(path);

	ck_assert_int_eq(path_make_dirs(dir, 0700), 0);
	ck_assert_int_eq(file_write(path, "", 0), 0);
	free(dir);
}

static const struct {
	const char *rest;
	int is_shared;
} parts[] = {
	{ "/cross/lib/gcc", 1 },	{ "/cross/lib", 1 },
	{ "/cross/lib64/x", 1 },	{ "/cross/libexec", 1 },
	{ "/cross/include", 1 },	{ "/cross/include/c++", 1 },
	{ "/cross/arm-eabi/include", 1 }, { "/cross/arm-eabi", 1 },
	{ "/cross", 0 },		{ "/cross/bin", 0 },
	{ "/cross/home", 0 },		{ "/cross/includes", 0 },
	{ "/cross/arm", 0 },		{ "/crossing/lib", 0 },
	{ "", 0 },			{ "/lib", 0 },
};

START_TEST(a_compilers_own_files_are_shared)
{
	char *path = concat(unit_dir, parts[_i].rest, (char *)NULL);

	make_compiler("cross/bin/arm-eabi-gcc");
	ck_assert_int_eq(sysdir_is_shared(path, "cross/bin/arm-eabi-gcc"),
			 parts[_i].is_shared);
	ck_assert_int_eq(sysdir_is_shared(path, "cross/bin/gcc"), 0);
	free(path);
}
END_TEST

/* Its files may lie below /tmp, where otherwise nothing is shared. */
START_TEST(a_link_may_lead_to_a_compilers_own_files)
{
	struct buf text = BUF_INIT;
	char *target = concat(UP, unit_dir + 1, "/cross/include",
			      (char *)NULL);

	make_compiler("cross/bin/arm-eabi-gcc");
	ck_assert_int_eq(mkdir("cross/include", 0700), 0);
	ck_assert_int_eq(sysdir_judge_link("/w/l", target, "/root",
					   "/usr/bin/gcc", &text),
			 SYSDIR_PRIVATE);
	ck_assert_int_eq(sysdir_judge_link("/w/l", target, "/root",
					   "cross/bin/arm-eabi-gcc", &text),
			 SYSDIR_GOOD);
	buf_clear(&text);
	free(target);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, links_are_judged, 0, COUNT_OF(links));
	tcase_add_loop_test(tcase, a_compilers_own_files_are_shared, 0,
			    COUNT_OF(parts));
	tcase_add_test(tcase, a_link_may_lead_to_a_compilers_own_files);
}

int
main(void)
{
	return unit_run("sysdir", add_tests);
}
