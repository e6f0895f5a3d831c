/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/scan.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "unit.h"

static struct scan *scan;
static struct args args;
static struct scan_result result;

static void
write_text(const char *path, const char *text)
{
	ck_assert_int_eq(file_write(path, text, strlen(text)), 0);
}

static void
open_scan(size_t memory)
{
	char *answers = path_join(unit_dir, "answers");
	const struct scan_settings settings = { answers, unit_dir, memory };

	scan = scan_new(&settings);
	free(answers);
}

static void
set_up(void)
{
	unit_enter_dir();
	result = (struct scan_result)SCAN_RESULT_INIT;
	ck_assert_int_eq(mkdir("i", 0700), 0);
	write_text("u.c", "#include <h.h>\n#if __has_include(<l.h>)\n"
			  "int l;\n#endif\n");
	write_text("i/h.h", "int h;\n");
	write_text("i/l.h", "int l;\n");
	args_push(&args, "gcc");
	args_push(&args, "-nostdinc");
	args_push(&args, "-Ii");
	args_push(&args, "-c");
	args_push(&args, "u.c");
	open_scan(0);
}

static void
tear_down(void)
{
	scan_result_clear(&result);
	args_clear(&args);
	scan_free(scan);
	unit_leave_dir();
}

static struct scan_unit
unit_of(void)
{
	static char *nothing[] = { NULL };

	return (struct scan_unit){ unit_dir, &args, "/usr/bin:/bin", nothing };
}

static void
run(void)
{
	const struct scan_unit unit = unit_of();

	scan_result_clear(&result);
	scan_unit(scan, &unit, &result);
}

static const struct scan_input *
find(const char *name)
{
	size_t i, len = strlen(name), path_len;

	for (i = 0; i < result.count; i++) {
		path_len = strlen(result.inputs[i].path);
		if (path_len >= len &&
		    strcmp(result.inputs[i].path + path_len - len, name) == 0)
			return &result.inputs[i];
	}
	return NULL;
}

START_TEST(inputs_are_sorted_and_have_their_traits)
{
	size_t i;

	run();
	ck_assert_int_eq(result.refusal, REFUSAL_NONE);
	ck_assert_uint_eq(find("/u.c")->traits, SCAN_SOURCE);
	ck_assert_uint_eq(find("/i/h.h")->traits, 0);
	ck_assert_uint_ne(find("/i/l.h")->traits & SCAN_LOOKED_AT, 0);
	ck_assert_int_eq(find("/i")->kind, SCAN_DIRECTORY);
	ck_assert_uint_eq(find("/i/h.h")->size, 7);
	for (i = 1; i < result.count; i++)
		ck_assert_int_lt(strcmp(result.inputs[i - 1].path,
					result.inputs[i].path), 0);
}
END_TEST

static void
add_path(struct digest *digest, const char *name)
{
	const char *path = find(name)->path;

	digest_add(digest, path, strlen(path) + 1);
}

START_TEST(digests_are_those_of_the_paths_that_are_read)
{
	struct digest digest = DIGEST_INIT, nothing = DIGEST_INIT;

	run();
	add_path(&digest, "/i/h.h");
	add_path(&digest, "/u.c");
	ck_assert_int_ne(digest_equal(&digest, &result.all_paths), 0);
	ck_assert_int_ne(digest_equal(&digest, &result.user_paths), 0);
	ck_assert_int_ne(digest_equal(&nothing, &result.system_contents), 0);
	/* And so it is where the unit is remembered. */
	run();
	ck_assert_int_ne(digest_equal(&digest, &result.all_paths), 0);
	ck_assert_str_eq(find("/u.c")->path + strlen(unit_dir), "/u.c");
}
END_TEST

START_TEST(what_is_quiet_is_not_the_users)
{
	struct digest all = DIGEST_INIT, user = DIGEST_INIT;

	free(args.v[2]);
	args.v[2] = strdup("-isystemi");
	run();
	ck_assert_uint_eq(find("/i/h.h")->traits, SCAN_QUIET);
	add_path(&all, "/i/h.h");
	add_path(&all, "/u.c");
	add_path(&user, "/u.c");
	ck_assert_int_ne(digest_equal(&all, &result.all_paths), 0);
	ck_assert_int_ne(digest_equal(&user, &result.user_paths), 0);
}
END_TEST

START_TEST(only_what_was_scanned_is_read)
{
	struct buf content = BUF_INIT;

	run();
	ck_assert_int_eq(scan_read(find("/i/h.h"), &content), 0);
	ck_assert_str_eq(content.data, "int h;\n");
	write_text("i/h.h", "int i;\n");
	ck_assert_int_eq(scan_read(find("/i/h.h"), &content), ERR_MISSING);
	write_text("i/h.h", "int h;\nint i;\n");
	ck_assert_int_eq(scan_read(find("/i/h.h"), &content), ERR_MISSING);
	ck_assert_int_eq(unlink("i/h.h"), 0);
	ck_assert_int_lt(scan_read(find("/i/h.h"), &content), 0);
	buf_clear(&content);
}
END_TEST

START_TEST(what_a_server_saw_otherwise_is_refused_until_it_changes)
{
	const struct scan_unit unit = unit_of();

	run();
	scan_distrust(scan, &unit);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_MISMATCH);
	ck_assert_uint_eq(result.count, 0);
	write_text("i/h.h", "int x;\n");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_NONE);
	write_text("i/h.h", "int h;\n");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_MISMATCH);
	args_push(&args, "-O2");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_NONE);
}
END_TEST

START_TEST(a_refusal_names_its_culprit)
{
	ck_assert_int_eq(unlink("i/h.h"), 0);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_MISSING);
	ck_assert_str_eq(result.culprit.data, "h.h");
	ck_assert_uint_eq(result.count, 0);
	ck_assert_int_eq(mkfifo("i/h.h", 0600), 0);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_SPECIAL);
	ck_assert_int_eq(unlink("i/h.h"), 0);
	write_text("i/h.h", "");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_NONE);
}
END_TEST

START_TEST(what_may_not_be_read_is_refused)
{
	if (geteuid() == 0)
		return;
	ck_assert_int_eq(chmod("i/h.h", 0), 0);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_UNREADABLE);
	ck_assert_int_eq(chmod("i/h.h", 0600), 0);
	ck_assert_int_eq(chmod("i", 0), 0);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_UNREADABLE);
	ck_assert_int_eq(chmod("i", 0700), 0);
}
END_TEST

START_TEST(a_compiler_that_is_a_script_is_refused)
{
	write_text("cc-script", "#!/bin/sh\nexec gcc \"$@\"\n");
	ck_assert_int_eq(chmod("cc-script", 0700), 0);
	free(args.v[0]);
	args.v[0] = strdup("./cc-script");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_COMPILER);
	free(args.v[0]);
	args.v[0] = strdup("gcc-that-is-not-there");
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_COMPILER);
}
END_TEST

START_TEST(relative_names_are_those_of_the_unit)
{
	free(args.v[0]);
	args.v[0] = strdup("bin/gcc");
	ck_assert_int_eq(mkdir("bin", 0700), 0);
	ck_assert_int_eq(symlink("/usr/bin/gcc", "bin/gcc"), 0);
	ck_assert_int_eq(chdir("/"), 0);
	run();
	ck_assert_int_eq(result.refusal, REFUSAL_NONE);
	ck_assert_ptr_nonnull(find("/i/h.h"));
	ck_assert_int_eq(chdir(unit_dir), 0);
}
END_TEST

/* Room for nothing: all is forgotten after each unit, and the same again. */
START_TEST(little_memory_changes_nothing)
{
	struct digest paths;
	int i;

	run();
	paths = result.all_paths;
	scan_free(scan);
	open_scan(1);
	for (i = 0; i < 3; i++) {
		run();
		ck_assert_int_eq(result.refusal, REFUSAL_NONE);
		ck_assert_int_ne(digest_equal(&paths, &result.all_paths), 0);
	}
}
END_TEST

static void *
run_often(void *arg)
{
	const struct scan_unit unit = unit_of();
	struct scan_result own = SCAN_RESULT_INIT;
	size_t *wrong = arg;
	int i;

	for (i = 0; i < 50; i++) {
		scan_unit(scan, &unit, &own);
		*wrong += own.refusal != REFUSAL_NONE || own.count == 0;
		scan_result_clear(&own);
	}
	return NULL;
}

START_TEST(threads_take_turns)
{
	pthread_t threads[4];
	size_t wrong[4] = { 0 }, i;

	for (i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, run_often,
						&wrong[i]), 0);
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
		ck_assert_uint_eq(wrong[i], 0);
	}
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, inputs_are_sorted_and_have_their_traits);
	tcase_add_test(tcase, digests_are_those_of_the_paths_that_are_read);
	tcase_add_test(tcase, what_is_quiet_is_not_the_users);
	tcase_add_test(tcase, only_what_was_scanned_is_read);
	tcase_add_test(tcase,
		       what_a_server_saw_otherwise_is_refused_until_it_changes);
	tcase_add_test(tcase, a_refusal_names_its_culprit);
	tcase_add_test(tcase, what_may_not_be_read_is_refused);
	tcase_add_test(tcase, a_compiler_that_is_a_script_is_refused);
	tcase_add_test(tcase, relative_names_are_those_of_the_unit);
	tcase_add_test(tcase, little_memory_changes_nothing);
	tcase_add_test(tcase, threads_take_turns);
}

int
main(void)
{
	return unit_run("scan_unit", add_tests);
}
