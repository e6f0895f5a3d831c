/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/walk.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "unit.h"

static struct folders *folders;
static struct trail trail;
static struct folder *here;

static struct place
walk(const char *path)
{
	struct place place;

	walk_path(folders, &trail, here, path, strlen(path), &place);
	return place;
}

static void
begin(void)
{
	struct place place;

	folders_begin(folders);
	trail_clear(&trail);
	walk_path(folders, NULL, folders_root(folders), unit_dir,
		  strlen(unit_dir), &place);
	ck_assert_int_eq(place.kind, ENTRY_FOLDER);
	here = place.folder;
}

static void
set_up(void)
{
	unit_enter_dir();
	folders = folders_new();
	ck_assert_int_eq(mkdir("a", 0700), 0);
	ck_assert_int_eq(mkdir("a/b", 0700), 0);
	ck_assert_int_eq(file_write("a/b/f", "f", 1), 0);
	ck_assert_int_eq(symlink("a/b", "l"), 0);
	ck_assert_int_eq(symlink("../b/f", "a/b/g"), 0);
	ck_assert_int_eq(symlink("round", "round"), 0);
	begin();
}

static void
tear_down(void)
{
	trail_clear(&trail);
	folders_free(folders);
	unit_leave_dir();
}

static const struct {
	const char *path;
	enum entry_kind kind;
	const char *end;	/* what it is, below here */
	size_t links;
	size_t left;	/* directories that were left by ".." */
} paths[] = {
	{ "a/b/f", ENTRY_FILE, "/a/b/f", 0, 0 },
	{ "./a//b/./f", ENTRY_FILE, "/a/b/f", 0, 0 },
	{ "l/f", ENTRY_FILE, "/a/b/f", 1, 0 },
	{ "l/../b/f", ENTRY_FILE, "/a/b/f", 1, 1 },
	{ "a/b/g", ENTRY_FILE, "/a/b/f", 1, 1 },
	{ "l", ENTRY_FOLDER, "/a/b", 1, 0 },
	{ "l/..", ENTRY_FOLDER, "/a", 1, 1 },
	{ "", ENTRY_FOLDER, "", 0, 0 },
	{ "a/b/f/", ENTRY_MISSING, NULL, 0, 0 },
	{ "a/b/f/../f", ENTRY_MISSING, NULL, 0, 0 },
	{ "a/c/../b/f", ENTRY_MISSING, NULL, 0, 0 },
	{ "round", ENTRY_ERROR, NULL, 1, 0 },
};

START_TEST(paths_lead_where_the_kernel_goes)
{
	struct place place = walk(paths[_i].path);
	char *path = NULL;

	ck_assert_int_eq(place.kind, paths[_i].kind);
	ck_assert_uint_eq(trail.link_count, paths[_i].links);
	ck_assert_uint_eq(trail.folder_count, paths[_i].left);
	if (place.kind == ENTRY_FILE)
		path = folder_path_of(place.entry->in, place.entry->name);
	else if (place.kind == ENTRY_FOLDER)
		path = folder_path_of(place.folder, "");
	if (path == NULL)
		return;
	ck_assert_int_eq(strncmp(path, here->path, strlen(here->path)), 0);
	ck_assert_int_eq(strncmp(path + strlen(here->path), paths[_i].end,
				 strlen(paths[_i].end)), 0);
	free(path);
}
END_TEST

/* Names are compared in the directory that a path without its last component
 * leads to, also where that component is a link. */
START_TEST(who_includes_looks_beside_its_own_name)
{
	struct place place = walk("l/g");

	ck_assert_int_eq(place.kind, ENTRY_FILE);
	ck_assert_ptr_eq(place.from, walk("a/b").folder);
	ck_assert_ptr_null(walk("a/none/f").from);
}
END_TEST

START_TEST(links_are_needed_once_a_round)
{
	(void)walk("l/f");
	(void)walk("l/g");
	(void)walk("l/f");
	ck_assert_uint_eq(trail.link_count, 2);
	begin();
	(void)walk("l/f");
	ck_assert_uint_eq(trail.link_count, 1);
}
END_TEST

/* Makes stamps old, so that nothing counts as fresh. */
static void
grow_old(const char *path)
{
	struct timespec times[2] = { { 1, 5 }, { 1, 5 } };

	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(names_that_nobody_asked_for_change_nothing)
{
	struct folder *folder = walk("a/b").folder;
	uint32_t counter;

	(void)walk("a/b/f");
	(void)walk("a/b/absent");
	counter = folder->counter;
	ck_assert_int_eq(file_write("a/b/other", "", 0), 0);
	begin();
	(void)walk("a/b/f");
	ck_assert_uint_eq(folder->counter, counter);
	ck_assert_int_eq(file_write("a/b/absent", "", 0), 0);
	begin();
	ck_assert_int_eq(walk("a/b/absent").kind, ENTRY_FILE);
	ck_assert_uint_gt(folder->counter, counter);
}
END_TEST

START_TEST(what_appears_and_goes_is_seen)
{
	grow_old("a/b");
	ck_assert_int_eq(walk("a/x/y").kind, ENTRY_MISSING);
	ck_assert_int_eq(mkdir("a/x", 0700), 0);
	begin();
	ck_assert_int_eq(walk("a/x/y").kind, ENTRY_MISSING);
	ck_assert_int_eq(file_write("a/x/y", "", 0), 0);
	begin();
	ck_assert_int_eq(walk("a/x/y").kind, ENTRY_FILE);
	ck_assert_int_eq(rename("a/x", "a/z"), 0);
	begin();
	ck_assert_int_eq(walk("a/x/y").kind, ENTRY_MISSING);
	ck_assert_int_eq(walk("a/z/y").kind, ENTRY_FILE);
	ck_assert_int_eq(symlink("z", "a/x"), 0);
	begin();
	ck_assert_int_eq(walk("a/x/y").kind, ENTRY_FILE);
	ck_assert_uint_eq(trail.link_count, 1);
}
END_TEST

START_TEST(what_is_below_a_root_is_the_system_s)
{
	struct folder *folder = walk("a/b").folder;

	ck_assert_int_eq(folders_is_system(folders, folder), 0);
	begin();
	walk("a").folder->rooted = folders_round(folders);
	ck_assert_int_ne(folders_is_system(folders, folder), 0);
	ck_assert_int_eq(folders_is_system(folders, here), 0);
	/* Another machine has its own links there. */
	ck_assert_int_ne(walk("a/b/g").is_borrowed, 0);
	ck_assert_uint_eq(trail.link_count, 0);
}
END_TEST

static const struct {
	int64_t mtime, ctime, now;
	int is_coarse, is_fresh;
} stamps[] = {
	{ 5000000001, 5000000001, 5019000000, 0, 1 },
	{ 5000000001, 5000000001, 5021000000, 0, 0 },
	{ 1, 5000000001, 5019000000, 0, 1 },
	{ 5000000001, 1, 5019000000, 0, 1 },
	{ 5000000001, 5000000001, 6900000000, 1, 1 },
	{ 5000000001, 5000000001, 7100000000, 1, 0 },
	/* whole seconds */
	{ 5000000000, 5000000000, 6900000000, 0, 1 },
	{ 5000000000, 5000000000, 7100000000, 0, 0 },
	/* what is yet to come is not to be trusted */
	{ 9000000001, 1, 5000000000, 0, 1 },
};

START_TEST(what_is_as_young_as_a_tick_is_fresh)
{
	const struct filekey key = { .mtime_ns = stamps[_i].mtime,
				     .ctime_ns = stamps[_i].ctime };

	ck_assert_int_eq(filekey_is_fresh(&key, stamps[_i].now,
					  stamps[_i].is_coarse),
			 stamps[_i].is_fresh);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, paths_lead_where_the_kernel_goes, 0,
			    COUNT_OF(paths));
	tcase_add_test(tcase, who_includes_looks_beside_its_own_name);
	tcase_add_test(tcase, links_are_needed_once_a_round);
	tcase_add_test(tcase, names_that_nobody_asked_for_change_nothing);
	tcase_add_test(tcase, what_appears_and_goes_is_seen);
	tcase_add_test(tcase, what_is_below_a_root_is_the_system_s);
	tcase_add_loop_test(tcase, what_is_as_young_as_a_tick_is_fresh, 0,
			    COUNT_OF(stamps));
}

int
main(void)
{
	return unit_run("scan_walk", add_tests);
}
