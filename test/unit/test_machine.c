/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/machine.h"

#include <string.h>

#include "base/file.h"
#include "daemon/cgroup.h"
#include "unit.h"

#define MAX_FILES 8
#define GIB ((int64_t)1 << 30)

struct file {
	const char *path;	/* below the working directory, our root */
	const char *text;
};

static void
plant(const struct file *files)
{
	char *path, *dir;

	for (; files->path != NULL; files++) {
		path = path_join(unit_dir, files->path);
		dir = path_dir(path);
		ck_assert_int_eq(path_make_dirs(dir, 0777), 0);
		ck_assert_int_eq(file_write(path, files->text,
					    strlen(files->text)), 0);
		free(dir);
		free(path);
	}
}

#define SELF "proc/self/cgroup"
#define FS "sys/fs/cgroup/"

static const struct {
	struct file files[MAX_FILES];
	double cpus;
} quotas[] = {
	{ { { NULL, NULL } }, 0 },
	{ { { SELF, "0::/\n" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "max 100000\n" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "150000 100000\n" } }, 1.5 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "50000 100000" } }, 0.5 },
	/* What is above counts, and so does what is above that. */
	{ { { SELF, "0::/a/b\n" }, { FS "a/cpu.max", "150000 100000\n" },
	    { FS "a/b/cpu.max", "300000 100000\n" } }, 1.5 },
	{ { { SELF, "0::/a/b\n" }, { FS "a/cpu.max", "max 100000\n" },
	    { FS "a/b/cpu.max", "300000 100000\n" } }, 3 },
	{ { { SELF, "0::/a/b\n" }, { FS "cpu.max", "25000 100000\n" },
	    { FS "a/b/cpu.max", "300000 100000\n" } }, 0.25 },
	/* In a container the group may be the mount, by no name or another. */
	{ { { SELF, "0::/\n" }, { FS "cpu.max", "200000 100000\n" } }, 2 },
	{ { { SELF, "0::/docker/1\n" }, { FS "cpu.max", "200000 100000\n" } },
	  2 },
	{ { { SELF, "0::/../b\n" }, { FS "cpu.max", "200000 100000\n" },
	    { "sys/fs/b/cpu.max", "100000 100000\n" } }, 2 },
	/* A neighbour's does not. */
	{ { { SELF, "0::/a\n" }, { FS "ab/cpu.max", "150000 100000\n" } }, 0 },
	/* Version 1, where the lines are in any order. */
	{ { { SELF, "3:cpuset:/x\n2:cpuacct,cpu:/a/b\n0::/z\n" },
	    { FS "cpu/a/b/cpu.cfs_quota_us", "250000\n" },
	    { FS "cpu/a/b/cpu.cfs_period_us", "100000\n" } }, 2.5 },
	{ { { SELF, "2:cpu:/a/b\n" },
	    { FS "cpu/a/b/cpu.cfs_quota_us", "-1\n" },
	    { FS "cpu/a/b/cpu.cfs_period_us", "100000\n" },
	    { FS "cpu/a/cpu.cfs_quota_us", "100000\n" },
	    { FS "cpu/a/cpu.cfs_period_us", "50000\n" } }, 2 },
	{ { { SELF, "2:cpu:/a\n0::/z\n" },
	    { FS "unified/z/cpu.max", "100000 100000\n" } }, 0 },
	/* Version 2 beside version 1. */
	{ { { SELF, "2:memory:/a\n0::/z\n" },
	    { FS "unified/z/cpu.max", "300000 100000\n" } }, 3 },
	/* What nobody understands. */
	{ { { SELF, "garbage" } }, 0 },
	{ { { SELF, "" } }, 0 },
	{ { { SELF, "0:" } }, 0 },
	{ { { SELF, "0::" }, { FS "cpu.max", "100000 100000\n" } }, 1 },
	{ { { SELF, "0::a\n" }, { FS "cpu.max", "100000 100000\n" } }, 1 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "100000" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "100000 0\n" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "0 100000\n" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "-5 100000\n" } }, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/cpu.max", "many 100000\n" } }, 0 },
	{ { { SELF, "0::/a\n" },
	    { FS "a/cpu.max", "99999999999999999999 1\n" } }, 0 },
	{ { { SELF, "0::/a\n" },
	    { FS "a/cpu.max", "9223372036854775807 1\n" } }, 0 },
};

START_TEST(the_least_quota_of_a_group_and_those_above_holds)
{
	double cpus;

	plant(quotas[_i].files);
	cpus = cgroup_cpus(unit_dir);
	ck_assert_msg(cpus == quotas[_i].cpus, "%g and not %g", cpus,
		      quotas[_i].cpus);
}
END_TEST

static const struct {
	const char *max;
	int cpus;	/* 0: as many as there are */
} rounded[] = {
	{ "max 100000", 0 },
	{ "1000 100000", 1 },
	{ "100000 100000", 1 },
	{ "100001 100000", 2 },
	{ "99999999 100000", 0 },
};

START_TEST(a_quota_is_rounded_up_to_whole_processors)
{
	const struct file files[] = {
		{ SELF, "0::/\n" }, { FS "cpu.max", rounded[_i].max },
		{ NULL, NULL }
	};
	const int most = machine_processors();
	const int wanted = rounded[_i].cpus;

	plant(files);
	ck_assert_int_ge(most, 1);
	ck_assert_int_eq(machine_cpus_in(unit_dir),
			 wanted == 0 || wanted > most ? most : wanted);
}
END_TEST

static const struct {
	struct file files[MAX_FILES];
	int64_t max, free;
} memories[] = {
	{ { { NULL, NULL } }, -1, -1 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "max\n" },
	    { FS "a/memory.current", "4096\n" } }, -1, -1 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" } },
	  1000000, -1 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" },
	    { FS "a/memory.current", "300000\n" } }, 1000000, 700000 },
	/* Files that were read can be forgotten. */
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" },
	    { FS "a/memory.current", "300000\n" },
	    { FS "a/memory.stat", "anon 5\nxinactive_file 7\n"
	      "inactive_file_x 3\ninactive_file 200000\nfile 1\n" } },
	  1000000, 900000 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" },
	    { FS "a/memory.current", "1500000\n" } }, 1000000, 0 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" },
	    { FS "a/memory.current", "100\n" },
	    { FS "a/memory.stat", "inactive_file 500" } },
	  1000000, 1000000 },
	/* The smallest limit need not leave the least. */
	{ { { SELF, "0::/a/b\n" }, { FS "a/memory.max", "2000000\n" },
	    { FS "a/memory.current", "1900000\n" },
	    { FS "a/b/memory.max", "1000000\n" },
	    { FS "a/b/memory.current", "400000\n" } }, 1000000, 100000 },
	{ { { SELF, "4:memory:/a\n0::/b\n" },
	    { FS "memory/a/memory.limit_in_bytes", "1000000\n" },
	    { FS "memory/a/memory.usage_in_bytes", "600000\n" },
	    { FS "memory/a/memory.stat",
	      "inactive_file 1\ntotal_inactive_file 50000\n" } },
	  1000000, 450000 },
	/* Garbage. */
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "12x\n" },
	    { FS "a/memory.current", "1\n" } }, -1, -1 },
	{ { { SELF, "0::/a\n" }, { FS "a/memory.max", "1000000\n" },
	    { FS "a/memory.current", "\n" } }, 1000000, -1 },
};

START_TEST(memory_is_what_a_group_and_those_above_leave)
{
	plant(memories[_i].files);
	ck_assert_int_eq(cgroup_memory(unit_dir), memories[_i].max);
	ck_assert_int_eq(cgroup_free_memory(unit_dir), memories[_i].free);
}
END_TEST

static const struct {
	const char *meminfo, *max;
	int64_t free;
} frees[] = {
	{ "MemTotal: 99 kB\nMemAvailable:   2048 kB\n", "max", 2048 * 1024 },
	{ "MemAvailable:\t2048 kB\n", "1073741824", 2048 * 1024 },
	{ "MemAvailable: 2097152 kB\n", "1073741824", GIB - 4096 },
	{ "MemFree: 5 kB\n", "1073741824", GIB - 4096 },
	{ "MemAvailable: lots\n", "max", -1 },
	{ "MemAvailable: 9223372036854775807 kB\n", "max", -1 },
	{ "", "max", -1 },
};

START_TEST(free_is_what_machine_and_group_both_have)
{
	const struct file files[] = {
		{ "proc/meminfo", frees[_i].meminfo },
		{ SELF, "0::/\n" }, { FS "memory.max", frees[_i].max },
		{ FS "memory.current", "4096\n" }, { NULL, NULL }
	};

	plant(files);
	ck_assert_int_eq(machine_free_memory_in(unit_dir), frees[_i].free);
}
END_TEST

START_TEST(memory_is_bounded_by_the_group_and_by_the_machine)
{
	const struct file small[] = {
		{ SELF, "0::/\n" }, { FS "memory.max", "4096\n" },
		{ NULL, NULL }
	};
	const struct file large[] = {
		{ SELF, "1:memory:/\n" },
		{ FS "memory/memory.limit_in_bytes", "9223372036854771712\n" },
		{ NULL, NULL }
	};
	const int64_t all = machine_memory_in("/nowhere");

	plant(small);
	ck_assert_int_eq(machine_memory_in(unit_dir), 4096);
	plant(large);
	ck_assert_int_gt(all, 1024 * 1024);
	ck_assert_int_eq(machine_memory_in(unit_dir), all);
}
END_TEST

START_TEST(this_machine_has_something_of_everything)
{
	double load[3] = { -1, -1, -1 };

	ck_assert_int_ge(machine_cpus(), 1);
	ck_assert_int_le(machine_cpus(), machine_processors());
	ck_assert_int_gt(machine_memory(), 0);
	ck_assert_int_le(machine_free_memory(), machine_memory());
	ck_assert_int_ge(machine_free_disk("."), 0);
	ck_assert_int_eq(machine_free_disk("nowhere"), -1);
	ck_assert_int_eq(machine_load(load), 0);
	ck_assert(load[0] >= 0 && load[1] >= 0 && load[2] >= 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase,
			    the_least_quota_of_a_group_and_those_above_holds,
			    0, COUNT_OF(quotas));
	tcase_add_loop_test(tcase, a_quota_is_rounded_up_to_whole_processors,
			    0, COUNT_OF(rounded));
	tcase_add_loop_test(tcase, memory_is_what_a_group_and_those_above_leave,
			    0, COUNT_OF(memories));
	tcase_add_loop_test(tcase, free_is_what_machine_and_group_both_have, 0,
			    COUNT_OF(frees));
	tcase_add_test(tcase,
		       memory_is_bounded_by_the_group_and_by_the_machine);
	tcase_add_test(tcase, this_machine_has_something_of_everything);
}

int
main(void)
{
	return unit_run("machine", add_tests);
}
