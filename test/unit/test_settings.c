/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/settings.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/file.h"
#include "unit.h"

extern char **environ;

static struct settings settings;
static char *complaint;

static char home[] = "HOME=/home/me";
static char *bare[] = { home, NULL };

/* Reads what the test has set so far; a reading before is forgotten. */
static void
read_again(void)
{
	settings_clear(&settings);
	ck_assert_int_eq(settings_read(&settings, &complaint), 0);
}

static void
forget(void)
{
	settings_clear(&settings);
}

/* Nothing but a home is set when a test begins. */
static void
set_environment(void)
{
	environ = bare;
}

START_TEST(without_variables_there_are_defaults)
{
	read_again();
	ck_assert_ptr_null(settings.hosts);
	ck_assert_str_eq(settings.dir, "/home/me/.distcc");
	ck_assert_str_eq(settings.lock_dir, "/home/me/.distcc/lock");
	ck_assert_str_eq(settings.state_dir, "/home/me/.distcc/state");
	ck_assert_str_eq(settings.tmp_dir, "/tmp");
	ck_assert_str_ne(settings.path, "");
	ck_assert_ptr_null(settings.log_file);
	ck_assert_int_eq(settings.log_fd, -1);
	ck_assert_int_eq(settings.verbose, 0);
	ck_assert_int_eq(settings.fallback, 1);
	ck_assert_int_eq(settings.skip_local_retry, 0);
	ck_assert_int_eq(settings.rewrite_names, 1);
	ck_assert_int_eq(settings.save_temps, 0);
	ck_assert_int_eq(settings.backoff_period, 60);
	ck_assert_int_eq(settings.pause_ms, 1000);
	ck_assert_int_eq(settings.io_ms, 300000);
	ck_assert_int_eq(settings.recursion, 0);
}
END_TEST

#define INT_OF(field) offsetof(struct settings, field)

static const struct {
	const char *name, *value;
	size_t field;
	int expected;
} numbers[] = {
	{ "DISTCC_VERBOSE", "1", INT_OF(verbose), 1 },
	{ "DISTCC_VERBOSE", "0", INT_OF(verbose), 0 },
	{ "DISTCC_VERBOSE", "2", INT_OF(verbose), 0 },
	{ "DISTCC_VERBOSE", "11", INT_OF(verbose), 0 },
	{ "DISTCC_VERBOSE", "yes", INT_OF(verbose), 0 },
	{ "DISTCC_VERBOSE", "", INT_OF(verbose), 0 },
	{ "DISTCC_FALLBACK", "0", INT_OF(fallback), 0 },
	{ "DISTCC_FALLBACK", "1", INT_OF(fallback), 1 },
	{ "DISTCC_FALLBACK", "no", INT_OF(fallback), 1 },
	{ "DISTCC_FALLBACK", "00", INT_OF(fallback), 1 },
	{ "DISTCC_SAVE_TEMPS", "1", INT_OF(save_temps), 1 },
	/* These two only have to be there. */
	{ "DISTCC_SKIP_LOCAL_RETRY", "", INT_OF(skip_local_retry), 1 },
	{ "DISTCC_SKIP_LOCAL_RETRY", "0", INT_OF(skip_local_retry), 1 },
	{ "DISTCC_NO_REWRITE_CROSS", "0", INT_OF(rewrite_names), 0 },
	{ "DISTCC_NO_REWRITE_CROSS", "", INT_OF(rewrite_names), 0 },
	{ "DISTCC_BACKOFF_PERIOD", "0", INT_OF(backoff_period), 0 },
	{ "DISTCC_BACKOFF_PERIOD", "3600", INT_OF(backoff_period), 3600 },
	{ "DISTCC_BACKOFF_PERIOD", "", INT_OF(backoff_period), 60 },
	{ "DISTCC_PAUSE_TIME_MSEC", "0", INT_OF(pause_ms), 0 },
	{ "DISTCC_PAUSE_TIME_MSEC", "250", INT_OF(pause_ms), 250 },
	{ "DISTCC_IO_TIMEOUT", "1", INT_OF(io_ms), 1000 },
	{ "DISTCC_IO_TIMEOUT", "2147483", INT_OF(io_ms), 2147483000 },
	{ "UNCACHED_ERR_FD", "2", INT_OF(log_fd), 2 },
	{ "UNCACHED_ERR_FD", "x", INT_OF(log_fd), -1 },
	{ "UNCACHED_ERR_FD", "-5", INT_OF(log_fd), -1 },
	{ "_DISTCC_SAFEGUARD", "2", INT_OF(recursion), 2 },
	{ "_DISTCC_SAFEGUARD", "on", INT_OF(recursion), 1 },
	{ "_DISTCC_SAFEGUARD", "-1", INT_OF(recursion), 1 },
};

START_TEST(numbers_and_switches_are_read)
{
	int value;

	setenv(numbers[_i].name, numbers[_i].value, 1);
	read_again();
	memcpy(&value, (char *)&settings + numbers[_i].field, sizeof value);
	ck_assert_int_eq(value, numbers[_i].expected);
}
END_TEST

static const struct {
	const char *name, *value;
} wrong[] = {
	{ "DISTCC_IO_TIMEOUT", "0" },
	{ "DISTCC_IO_TIMEOUT", "-1" },
	{ "DISTCC_IO_TIMEOUT", "x" },
	{ "DISTCC_IO_TIMEOUT", "5x" },
	{ "DISTCC_IO_TIMEOUT", " " },
	{ "DISTCC_IO_TIMEOUT", "2147484" },
	{ "DISTCC_IO_TIMEOUT", "99999999999999999999" },
	{ "DISTCC_BACKOFF_PERIOD", "-1" },
	{ "DISTCC_BACKOFF_PERIOD", "1.5" },
	{ "DISTCC_PAUSE_TIME_MSEC", "soon" },
	{ "DISTCC_PAUSE_TIME_MSEC", "2147483648" },
};

START_TEST(a_value_that_cannot_be_used_is_named)
{
	setenv(wrong[_i].name, wrong[_i].value, 1);
	ck_assert_int_eq(settings_read(&settings, &complaint), ERR_SYNTAX);
	ck_assert_ptr_nonnull(strstr(complaint, wrong[_i].name));
	ck_assert_ptr_nonnull(strstr(complaint, wrong[_i].value));
	free(complaint);
}
END_TEST

START_TEST(texts_are_read)
{
	setenv("DISTCC_HOSTS", "", 1);
	setenv("DISTCC_DIR", "/d/", 1);
	setenv("PATH", "", 1);
	setenv("DISTCC_LOG", "/log", 1);
	read_again();
	/* An empty list is a list. */
	ck_assert_str_eq(settings.hosts, "");
	ck_assert_str_eq(settings.lock_dir, "/d/lock");
	ck_assert_str_eq(settings.path, "");
	ck_assert_str_eq(settings.log_file, "/log");
	setenv("DISTCC_DIR", "", 1);
	setenv("DISTCC_LOG", "", 1);
	read_again();
	ck_assert_str_eq(settings.dir, "/home/me/.distcc");
	ck_assert_ptr_null(settings.log_file);
}
END_TEST

static const struct {
	const char *tmpdir, *tmp, *temp, *expected, *bad;
} tmp_dirs[] = {
	{ "one", "two", NULL, "one", NULL },
	{ "none", "two", "one", "two", "none" },
	{ "file", "none", "one", "one", "file" },
	{ NULL, "two", "one", "two", NULL },
	{ "", NULL, "one", "one", NULL },
	{ "none", "file", "none", "/tmp", "none" },
	{ NULL, NULL, NULL, "/tmp", NULL },
};

START_TEST(temporary_files_go_where_they_can)
{
	ck_assert_int_eq(mkdir("one", 0700), 0);
	ck_assert_int_eq(mkdir("two", 0700), 0);
	ck_assert_int_eq(file_write("file", "", 0), 0);
	if (tmp_dirs[_i].tmpdir != NULL)
		setenv("TMPDIR", tmp_dirs[_i].tmpdir, 1);
	if (tmp_dirs[_i].tmp != NULL)
		setenv("TMP", tmp_dirs[_i].tmp, 1);
	if (tmp_dirs[_i].temp != NULL)
		setenv("TEMP", tmp_dirs[_i].temp, 1);
	read_again();
	ck_assert_str_eq(settings.tmp_dir, tmp_dirs[_i].expected);
	ck_assert_pstr_eq(settings.bad_tmp_dir, tmp_dirs[_i].bad);
}
END_TEST

START_TEST(directories_are_made_where_they_are_missing)
{
	struct stat st;

	setenv("DISTCC_DIR", "deep/down", 1);
	read_again();
	ck_assert_int_eq(settings_make_dirs(&settings), 0);
	ck_assert_int_eq(stat("deep/down/lock", &st), 0);
	ck_assert(S_ISDIR(st.st_mode));
	ck_assert_int_eq(stat("deep/down/state", &st), 0);
	ck_assert_int_eq(settings_make_dirs(&settings), 0);
	ck_assert_str_eq(settings.lock_dir, "deep/down/lock");
}
END_TEST

START_TEST(directories_that_cannot_be_made_are_done_without)
{
	ck_assert_int_eq(file_write("f", "", 0), 0);
	setenv("DISTCC_DIR", "f/g", 1);
	read_again();
	ck_assert_int_eq(settings_make_dirs(&settings), ERR_SYS);
	ck_assert_ptr_null(settings.lock_dir);
	ck_assert_ptr_null(settings.state_dir);
}
END_TEST

START_TEST(host_list_files_are_below_both_directories)
{
	const char *system = settings_system_hosts_file();
	char *user;

	setenv("DISTCC_DIR", "/d", 1);
	read_again();
	user = settings_user_hosts_file(&settings);
	ck_assert_str_eq(user, "/d/hosts");
	ck_assert_str_eq(system + strlen(system) - 13, "/distcc/hosts");
	free(user);
	free(settings.dir);
	settings.dir = NULL;
	ck_assert_ptr_null(settings_user_hosts_file(&settings));
}
END_TEST

START_TEST(children_are_one_level_deeper)
{
	read_again();
	settings_export_recursion(&settings);
	ck_assert_str_eq(getenv("_DISTCC_SAFEGUARD"), "1");
	read_again();
	ck_assert_int_eq(settings.recursion, 1);
	settings_export_recursion(&settings);
	ck_assert_str_eq(getenv("_DISTCC_SAFEGUARD"), "2");
	settings_take_path(&settings, xstrdup("/real"));
	ck_assert_str_eq(settings.path, "/real");
	ck_assert_str_eq(getenv("PATH"), "/real");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_checked_fixture(tcase, set_environment, forget);
	tcase_add_test(tcase, without_variables_there_are_defaults);
	tcase_add_loop_test(tcase, numbers_and_switches_are_read, 0,
			    COUNT_OF(numbers));
	tcase_add_loop_test(tcase, a_value_that_cannot_be_used_is_named, 0,
			    COUNT_OF(wrong));
	tcase_add_test(tcase, texts_are_read);
	tcase_add_loop_test(tcase, temporary_files_go_where_they_can, 0,
			    COUNT_OF(tmp_dirs));
	tcase_add_test(tcase, directories_are_made_where_they_are_missing);
	tcase_add_test(tcase,
		       directories_that_cannot_be_made_are_done_without);
	tcase_add_test(tcase, host_list_files_are_below_both_directories);
	tcase_add_test(tcase, children_are_one_level_deeper);
}

int
main(void)
{
	return unit_run("settings", add_tests);
}
