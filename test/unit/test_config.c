/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/config.h"

#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/log.h"
#include "unit.h"

static int
read_text(struct config *config, const char *text)
{
	ck_assert_int_eq(file_write("conf", text, strlen(text)), 0);
	return config_read(config, "conf");
}

static const struct {
	const char *text;
	const char *name, *value;	/* of the only line, or NULL */
} lines[] = {
	{ "jobs 8", "jobs", "8" },
	{ "jobs 8\n", "jobs", "8" },
	{ "jobs = 8\n", "jobs", "8" },
	{ "jobs=8\n", "jobs", "8" },
	{ "jobs =8\n", "jobs", "8" },
	{ "--jobs 8\n", "jobs", "8" },
	{ "--jobs=8\n", "jobs", "8" },
	{ " \tjobs\t 8 \t\r\n", "jobs", "8" },
	{ "\n\n# all\n  # of\n\njobs 8\n\n", "jobs", "8" },
	{ "jobs 8 # eight", "jobs", "8" },
	{ "jobs 8#eight", "jobs", "8#eight" },
	{ "stats\n", "stats", NULL },
	{ "--stats", "stats", NULL },
	{ "stats \t\r\n", "stats", NULL },
	{ "stats # yes", "stats", NULL },
	{ "allow 10.0.0.0/8\n", "allow", "10.0.0.0/8" },
	{ "log-file /a b/c", "log-file", "/a b/c" },
	{ "log-file a = b", "log-file", "a = b" },
	{ "log-file = = b", "log-file", "= b" },
	{ "log-file =", "log-file", "" },
	{ "log-file = # none", "log-file", "" },
	{ "log-file \"\"", "log-file", "" },
	{ "log-file \" a # b \"\n", "log-file", " a # b " },
	{ "log-file=\"a\" # b\n", "log-file", "a" },
	{ "log-file \"\\\"\\\\\\n\"\n", "log-file", "\"\\\\n" },
	{ "log-file a\"b\"", "log-file", "a\"b\"" },
	{ "", NULL, NULL },
	{ "\r\n", NULL, NULL },
	{ "#", NULL, NULL },
	{ "# jobs 8", NULL, NULL },
};

START_TEST(a_line_is_a_name_and_the_rest)
{
	struct config config;

	ck_assert_int_eq(read_text(&config, lines[_i].text), 0);
	if (lines[_i].name == NULL) {
		ck_assert_uint_eq(config.count, 0);
		return;
	}
	ck_assert_uint_eq(config.count, 1);
	ck_assert_str_eq(config.lines[0].name, lines[_i].name);
	ck_assert_pstr_eq(config.lines[0].value, lines[_i].value);
	config_clear(&config);
}
END_TEST

static const char *const wrong[] = {
	"= 8\n", "-j 8\n", "--\n", "---jobs 8\n", "- 8\n", "jobs \"8\n",
	"jobs \"8\" 9\n", "jobs \"8\"9\n", "jobs \"8\\\"\n",
	"ok\n=\n",
};

START_TEST(a_line_that_is_no_option_is_an_error)
{
	struct config config;

	ck_assert_int_eq(read_text(&config, wrong[_i]), ERR_SYNTAX);
	ck_assert_uint_eq(config.count, 0);
}
END_TEST

START_TEST(lines_are_numbered_as_in_the_file)
{
	struct config config;

	ck_assert_int_eq(read_text(&config, "a\n\n# b\nc d\ne"), 0);
	ck_assert_uint_eq(config.count, 3);
	ck_assert_int_eq(config.lines[0].number, 1);
	ck_assert_int_eq(config.lines[1].number, 4);
	ck_assert_int_eq(config.lines[2].number, 5);
	config_clear(&config);
}
END_TEST

/* What is logged while file is read; yours to clear. */
static int
read_logged(const char *file, struct buf *said)
{
	struct config config;
	int r;

	ck_assert_int_eq(log_to_file("log"), 0);
	log_set_level(LOG_ERR);
	r = config_read(&config, file);
	ck_assert_int_eq(file_read("log", 10000, said), 0);
	ck_assert_uint_eq(config.count, 0);
	return r;
}

START_TEST(a_message_has_the_file_and_the_line)
{
	struct buf said = BUF_INIT;

	ck_assert_int_eq(file_write("conf", "a\n\nb \"\n", 7), 0);
	ck_assert_int_eq(read_logged("conf", &said), ERR_SYNTAX);
	ck_assert_ptr_nonnull(strstr(said.data, " conf:3: "));
	buf_clear(&said);
}
END_TEST

START_TEST(a_nul_byte_is_an_error_with_its_line)
{
	struct buf said = BUF_INIT;

	ck_assert_int_eq(file_write("conf", "a\nb\0c\n", 6), 0);
	ck_assert_int_eq(read_logged("conf", &said), ERR_SYNTAX);
	ck_assert_ptr_nonnull(strstr(said.data, " conf:2: "));
	buf_clear(&said);
}
END_TEST

START_TEST(what_is_missing_is_known_without_a_word)
{
	struct buf said = BUF_INIT;

	ck_assert_int_eq(read_logged("nowhere", &said), ERR_MISSING);
	ck_assert_int_eq(read_logged("log/x", &said), ERR_MISSING);
	ck_assert_uint_eq(said.len, 0);
	buf_clear(&said);
}
END_TEST

START_TEST(only_a_regular_file_is_read)
{
	struct config config;

	ck_assert_int_eq(config_read(&config, "."), ERR_SYNTAX);
	ck_assert_int_eq(config_read(&config, "/dev/null"), ERR_SYNTAX);
	ck_assert_int_eq(mkfifo("pipe", 0600), 0);
	ck_assert_int_eq(config_read(&config, "pipe"), ERR_SYNTAX);
}
END_TEST

START_TEST(what_is_too_long_is_an_error)
{
	const size_t size = 1024 * 1024 + 1;
	char *text = malloc(size + 1);
	struct config config;

	memset(text, '\n', size);
	text[size] = '\0';
	ck_assert_int_eq(read_text(&config, text), ERR_LIMIT);
	text[size - 1] = '\0';
	ck_assert_int_eq(read_text(&config, text), 0);
	memset(text, 'x', 4097);
	ck_assert_int_eq(read_text(&config, text), ERR_SYNTAX);
	text[4096] = '\n';
	ck_assert_int_eq(read_text(&config, text), 0);
	config_clear(&config);
	free(text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_line_is_a_name_and_the_rest, 0,
			    COUNT_OF(lines));
	tcase_add_loop_test(tcase, a_line_that_is_no_option_is_an_error, 0,
			    COUNT_OF(wrong));
	tcase_add_test(tcase, lines_are_numbered_as_in_the_file);
	tcase_add_test(tcase, a_message_has_the_file_and_the_line);
	tcase_add_test(tcase, a_nul_byte_is_an_error_with_its_line);
	tcase_add_test(tcase, what_is_missing_is_known_without_a_word);
	tcase_add_test(tcase, only_a_regular_file_is_read);
	tcase_add_test(tcase, what_is_too_long_is_an_error);
}

int
main(void)
{
	log_set_level(LOG_EMERG);
	return unit_run("config", add_tests);
}
