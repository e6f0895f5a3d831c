/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/sight.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/file.h"
#include "daemon/contents.h"
#include "unit.h"
#include "wire/seen.h"

/* A tree, and beside it what stands for the system's headers. */
static char *root, *cwd, *own;
static struct contents *contents;

static void
put(const char *path, const char *text)
{
	char *dir = path_dir(path);

	ck_assert_int_eq(path_make_dirs(dir, 0700), 0);
	ck_assert_int_eq(file_write(path, text, strlen(text)), 0);
	free(dir);
}

static void
enter(void)
{
	unit_enter_dir();
	put("root/w/x.c", "");
	put("root/w/d/y.h", "");
	put("sys/s.h", "system\n");
	put("sys/t.h", "other\n");
	ck_assert_int_eq(symlink("d", "root/w/l"), 0);
	ck_assert_int_eq(symlink("d/y.h", "root/w/z.h"), 0);
	root = concat(unit_dir, "/root", (char *)NULL);
	cwd = concat(root, "/w", (char *)NULL);
	own = concat(unit_dir, "/sys", (char *)NULL);
	ck_assert_int_eq(symlink(own, "root/w/sys"), 0);
	contents = contents_new();
}

static void
leave(void)
{
	contents_free(contents);
	free(root);
	free(cwd);
	free(own);
	unit_leave_dir();
}

static struct seen
look(const char *text, int is_all)
{
	const struct args none = ARGS_INIT;
	const struct sight sight = { root, cwd, is_all, &none };
	struct seen seen;

	ck_assert_int_eq(sight_look(&sight, text, contents, &seen), 0);
	ck_assert_int_eq(seen.is_all, is_all);
	ck_assert_uint_eq(strlen(seen.paths), 32);
	ck_assert_uint_eq(strlen(seen.system), 32);
	return seen;
}

/* The digest of names, which end with NULL. */
static void
expect_paths(const struct seen *seen, const char *const *names)
{
	struct digest digest = DIGEST_INIT;
	char text[DIGEST_TEXT_SIZE];

	for (; *names != NULL; names++)
		digest_add(&digest, *names, strlen(*names) + 1);
	digest_text(&digest, text);
	ck_assert_str_eq(seen->paths, text);
}

START_TEST(names_are_the_clients_sorted_and_once)
{
	static const char *const names[] = { "/w/d/y.h", "/w/x.c", NULL };
	struct seen seen = look("x.o: x.c l/y.h \\\n d/../d/y.h z.h ./x.c "
				"l/../d/y.h\nignored:\n", 1);

	expect_paths(&seen, names);
	seen = look("x.o: x.c z.h\n", 0);
	expect_paths(&seen, names);
}
END_TEST

static void
add_content(struct digest *digest, const char *content)
{
	struct digest one = DIGEST_INIT;
	char text[DIGEST_TEXT_SIZE];

	digest_add(&one, content, strlen(content));
	digest_text(&one, text);
	digest_add(digest, text, sizeof text);
}

START_TEST(what_was_not_sent_is_told_by_its_content)
{
	char *one = concat(own, "/s.h", (char *)NULL);
	char *other = concat(own, "/t.h", (char *)NULL);
	const char *const names[] = { one, other, "/w/x.c", NULL };
	struct digest digest = DIGEST_INIT;
	char text[DIGEST_TEXT_SIZE];
	char *deps = concat("x.o: x.c ", other, " sys/s.h ", one, "\n",
			    (char *)NULL);
	struct seen seen = look(deps, 1);

	add_content(&digest, "system\n");
	add_content(&digest, "other\n");
	digest_text(&digest, text);
	ck_assert_str_eq(seen.system, text);
	if (strcmp(own, "/w") < 0)
		expect_paths(&seen, names);
	free(deps);
	free(one);
	free(other);
}
END_TEST

START_TEST(a_change_is_seen_at_once)
{
	struct seen first = look("x.o: sys/s.h\n", 1), second;

	put("sys/s.h", "changed\n");
	second = look("x.o: sys/s.h\n", 1);
	ck_assert_str_ne(first.system, second.system);
	ck_assert_str_eq(first.paths, second.paths);
	put("sys/s.h", "system\n");
	second = look("x.o: sys/s.h\n", 1);
	ck_assert_str_eq(first.system, second.system);
}
END_TEST

START_TEST(what_is_not_there_agrees_with_nothing)
{
	struct seen seen = look("x.o: x.c\n", 1);
	static const char zeros[] = "00000000000000000000000000000000";

	ck_assert_str_ne(seen.paths, zeros);
	seen = look("x.o: x.c nowhere.h\n", 1);
	ck_assert_str_eq(seen.paths, zeros);
	seen = look("x.o: x.c no/where.h\n", 1);
	ck_assert_str_eq(seen.paths, zeros);
	seen = look("nonsense", 0);
	ck_assert_str_eq(seen.paths, zeros);
}
END_TEST

static const struct {
	const char *deps;
	int renamed;
} renames[] = {
	{ "x.o: d/y.h\n", 0 },
	/* It would be /w/d/y.h to gcc, where no root is in front. */
	{ "x.o: d/../d/y.h\n", 1 },
	{ "x.o: ./x.c l/../d/y.h\n", 0 },
};

START_TEST(a_system_header_with_a_shorter_name_is_told)
{
	struct args dirs = ARGS_INIT;
	const struct sight sight = { root, cwd, 0, &dirs };
	struct seen seen;

	args_push(&dirs, "/abs");
	args_push(&dirs, "d");
	ck_assert_int_eq(sight_look(&sight, renames[_i].deps, contents,
				    &seen), renames[_i].renamed);
	args_clear(&dirs);
}
END_TEST

/* A file that has settled is not read again, but asked whether it changed. */
START_TEST(contents_are_remembered)
{
	struct timespec times[2] = { { .tv_sec = 1000000000 },
				     { .tv_sec = 1000000000 } };
	struct digest one, other;
	struct stat st;

	ck_assert_int_eq(utimensat(AT_FDCWD, "sys/s.h", times, 0), 0);
	ck_assert_int_eq(lstat("sys/s.h", &st), 0);
	/* As if it had changed long ago. */
	st.st_ctim = times[0];
	ck_assert_int_lt(contents_digest(contents, "sys/s.h", &st, &one), 0);
	ck_assert_int_eq(lstat("sys/s.h", &st), 0);
	ck_assert_int_eq(contents_digest(contents, "sys/s.h", &st, &one), 0);
	ck_assert_int_eq(contents_digest(contents, "sys/s.h", &st, &other),
			 0);
	ck_assert(digest_equal(&one, &other));
	ck_assert_int_eq(lstat("sys", &st), 0);
	ck_assert_int_lt(contents_digest(contents, "sys", &st, &one), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter, leave);
	tcase_add_test(tcase, names_are_the_clients_sorted_and_once);
	tcase_add_test(tcase, what_was_not_sent_is_told_by_its_content);
	tcase_add_test(tcase, a_change_is_seen_at_once);
	tcase_add_test(tcase, what_is_not_there_agrees_with_nothing);
	tcase_add_loop_test(tcase, a_system_header_with_a_shorter_name_is_told,
			    0, COUNT_OF(renames));
	tcase_add_test(tcase, contents_are_remembered);
}

int
main(void)
{
	return unit_run("sight", add_tests);
}
