/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "unit.h"

#define LONGEST_LINE 4090

static int ends[2];
static char line[2 * LONGEST_LINE];

/* The log goes to a socket that keeps each write apart. */
static void
open_log(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	log_init("tester");
	log_to_fd(ends[0]);
}

static const char *
next_line(void)
{
	ssize_t n = recv(ends[1], line, sizeof line - 1, MSG_DONTWAIT);

	if (n < 0)
		return NULL;
	line[n] = '\0';
	return line;
}

static const struct {
	const char *name;
	int level;
	const char *word;
} levels[] = {
	{ "emerg", LOG_EMERG, "EMERGENCY! " },
	{ "emergency", LOG_EMERG, "EMERGENCY! " },
	{ "alert", LOG_ALERT, "ALERT! " },
	{ "crit", LOG_CRIT, "CRITICAL! " },
	{ "critical", LOG_CRIT, "CRITICAL! " },
	{ "err", LOG_ERR, "ERROR: " },
	{ "error", LOG_ERR, "ERROR: " },
	{ "warn", LOG_WARNING, "Warning: " },
	{ "warning", LOG_WARNING, "Warning: " },
	{ "notice", LOG_NOTICE, "" },
	{ "note", LOG_NOTICE, "" },
	{ "info", LOG_INFO, "" },
	{ "debug", LOG_DEBUG, "" },
};

START_TEST(every_level_has_its_names)
{
	ck_assert_int_eq(log_level_by_name(levels[_i].name), levels[_i].level);
}
END_TEST

static const char *const no_levels[] = { "", "warnin", "warnings", "WARN",
					 "7", " info" };

START_TEST(other_names_are_no_level)
{
	ck_assert_int_eq(log_level_by_name(no_levels[_i]), -1);
}
END_TEST

START_TEST(a_line_has_program_pid_function_severity_and_text)
{
	char expected[200];

	log_set_level(LOG_DEBUG);
	log_line(levels[_i].level, "where", "%s %d", "text", 5);
	snprintf(expected, sizeof expected, "tester[%ld] (where) %stext 5\n",
		 (long)getpid(), levels[_i].word);
	ck_assert_pstr_eq(next_line(), expected);
	ck_assert_ptr_null(next_line());
}
END_TEST

START_TEST(only_lines_of_the_level_and_above_go_out)
{
	int level;

	log_set_level(_i);
	ck_assert_int_eq(log_level(), _i);
	for (level = LOG_EMERG; level <= LOG_DEBUG; level++) {
		log_at(level, "x");
		log_line_r(ERR_EOF, level, __func__, "x");
		ck_assert_int_eq(next_line() != NULL, level <= _i);
		ck_assert_int_eq(next_line() != NULL, level <= _i);
	}
}
END_TEST

START_TEST(warnings_go_out_unless_told_otherwise)
{
	ck_assert_int_eq(log_level(), LOG_WARNING);
	log_notice("quiet");
	ck_assert_ptr_null(next_line());
	log_warn("loud");
	ck_assert_ptr_nonnull(strstr(next_line(), "Warning: loud\n"));
}
END_TEST

START_TEST(an_error_code_ends_the_line)
{
	log_error_r(ERR_EOF, "cannot read %s", "it");
	ck_assert_ptr_nonnull(
		strstr(next_line(),
		       "cannot read it: the peer closed the connection\n"));
	errno = ENOENT;
	log_warn_r(ERR_SYS, "cannot open it");
	ck_assert_ptr_nonnull(strstr(next_line(), strerror(ENOENT)));
}
END_TEST

START_TEST(errno_survives)
{
	errno = EXDEV;
	log_error("to a socket");
	ck_assert_int_eq(errno, EXDEV);
	log_to_fd(1000);
	log_error("to a closed descriptor");
	ck_assert_int_eq(errno, EXDEV);
	log_error_r(ERR_SYS, "again");
	ck_assert_int_eq(errno, EXDEV);
}
END_TEST

START_TEST(control_bytes_from_a_peer_are_masked)
{
	log_error("a\nb\rc\033[2Jd\177e\tf\303\244");
	ck_assert_ptr_nonnull(
		strstr(next_line(), "ERROR: a?b?c?[2Jd?e?f\303\244\n"));
	ck_assert_ptr_null(next_line());
}
END_TEST

/* From well below to well above the longest line that is not cut. */
START_TEST(a_long_line_is_cut_and_still_ends)
{
	static char text[2 * LONGEST_LINE];
	size_t size = (size_t)_i;
	const char *got;

	memset(text, 'y', size);
	text[size] = '\0';
	log_line_r(ERR_TIMEOUT, LOG_ERR, "f", "%s", text);
	got = next_line();
	ck_assert_ptr_nonnull(got);
	ck_assert_uint_le(strlen(got), LONGEST_LINE);
	ck_assert_int_eq(got[strlen(got) - 1], '\n');
	if (size > LONGEST_LINE)
		ck_assert_uint_eq(strlen(got), LONGEST_LINE);
	ck_assert_ptr_null(next_line());
}
END_TEST

START_TEST(a_log_file_is_appended_to)
{
	struct buf text = BUF_INIT;
	struct stat st;

	umask(022);
	ck_assert_int_eq(file_write("log", "old\n", 4), 0);
	ck_assert_int_eq(log_to_file("log"), 0);
	log_error("new");
	ck_assert_int_eq(log_to_file("other"), 0);
	log_error("other");
	ck_assert_int_eq(file_read("log", 1000, &text), 0);
	ck_assert_int_eq(strncmp(text.data, "old\ntester[", 11), 0);
	ck_assert_ptr_nonnull(strstr(text.data, "ERROR: new\n"));
	ck_assert_ptr_null(strstr(text.data, "ERROR: other\n"));
	ck_assert_int_eq(stat("other", &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0644);
	ck_assert_int_gt(st.st_size, 0);
	ck_assert_ptr_null(next_line());
	log_to_fd(ends[0]);
	buf_clear(&text);
}
END_TEST

START_TEST(a_log_file_that_cannot_be_opened_changes_nothing)
{
	errno = 0;
	ck_assert_int_eq(log_to_file("missing/log"), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	log_error("still here");
	ck_assert_ptr_nonnull(strstr(next_line(), "still here"));
}
END_TEST

/* "2026-11-24T23:48:12.345+00:00" at text; the digits may be any. */
static int
is_stamp(const char *text)
{
	static const char like[] = "dddd-dd-ddTdd:dd:dd.ddd+dd:dd";
	size_t i;

	for (i = 0; i < sizeof like - 1; i++) {
		if (like[i] == 'd' ? text[i] < '0' || text[i] > '9' :
		    like[i] == '+' ? text[i] != '+' && text[i] != '-' :
				     text[i] != like[i])
			return 0;
	}
	return 1;
}

START_TEST(a_stamp_stands_before_the_line_where_it_is_asked_for)
{
	char expected[100];
	const char *got;

	log_set_stamps(1);
	log_error("text");
	got = next_line();
	ck_assert(is_stamp(got));
	snprintf(expected, sizeof expected, " tester[%ld] (", (long)getpid());
	ck_assert_int_eq(strncmp(got + 29, expected, strlen(expected)), 0);
	log_set_stamps(0);
	log_error("text");
	ck_assert_int_eq(strncmp(next_line(), expected + 1,
				 strlen(expected) - 1), 0);
}
END_TEST

static const struct {
	const char *zone, *end;
} zones[] = {
	{ "UTC0", "+00:00 tester" },
	{ "ABC-5:30", "+05:30 tester" },
	{ "ABC3:30", "-03:30 tester" },
};

START_TEST(a_stamp_has_the_offset_of_this_place)
{
	setenv("TZ", zones[_i].zone, 1);
	tzset();
	log_set_stamps(1);
	log_error("text");
	ck_assert_int_eq(strncmp(next_line() + 23, zones[_i].end,
				 strlen(zones[_i].end)), 0);
}
END_TEST

/* What stands behind the time in the next line, which must be JSON's. */
static const char *
next_object(void)
{
	const char *got = next_line();

	ck_assert_ptr_nonnull(got);
	ck_assert_int_eq(strncmp(got, "{\"time\":\"", 9), 0);
	ck_assert(is_stamp(got + 9));
	return got + 9 + 29;
}

START_TEST(a_json_line_has_all_of_it)
{
	char expected[200];

	log_set_format(LOG_FORMAT_JSON);
	log_set_level(LOG_DEBUG);
	log_line(levels[_i].level, "where", "a \"%s\" %d", "text", 5);
	/* Of several names for a level, it is one of them. */
	ck_assert_int_eq(sscanf(next_object(), "\",\"level\":\"%31[a-z]\"",
				expected), 1);
	ck_assert_int_eq(log_level_by_name(expected), levels[_i].level);
	log_line_r(ERR_EOF, LOG_INFO, "where", "a \"%s\" %d", "text", 5);
	snprintf(expected, sizeof expected, "\",\"level\":\"info\",\"pid\":%ld,"
		 "\"function\":\"where\",\"message\":\"a \\\"text\\\" 5: "
		 "the peer closed the connection\"}\n", (long)getpid());
	ck_assert_pstr_eq(next_object(), expected);
	ck_assert_ptr_null(next_line());
}
END_TEST

START_TEST(what_a_peer_said_is_harmless_in_json)
{
	log_set_format(LOG_FORMAT_JSON);
	/* a line's end, an escape, no UTF-8, a C1 control, right to left */
	log_error("a\nb\033c\xff" "d\xc2\x9b" "e\xe2\x80\xae" "f\xc3\xa4");
	ck_assert_ptr_nonnull(
		strstr(next_object(), ":\"a\\nb\\u001bc\xef\xbf\xbd"
				      "d??e???f\xc3\xa4\"}\n"));
	ck_assert_ptr_null(next_line());
}
END_TEST

/* Plain letters, and what takes six bytes each. */
START_TEST(a_long_text_is_cut_and_its_json_is_whole)
{
	static char text[2 * LONGEST_LINE];
	const char *got;

	log_set_format(LOG_FORMAT_JSON);
	memset(text, _i % 2 ? 'y' : '\001', (size_t)_i);
	text[_i] = '\0';
	log_line(LOG_ERR, "f", "%s", text);
	got = next_object() - 38;
	ck_assert_uint_le(strlen(got), LONGEST_LINE);
	ck_assert_uint_ge(strlen(got), LONGEST_LINE - 6);
	ck_assert_str_eq(got + strlen(got) - 4,
			 _i % 2 ? "y\"}\n" : "1\"}\n");
	ck_assert_ptr_null(next_line());
}
END_TEST

START_TEST(a_record_is_a_text_or_members)
{
	struct buf members = BUF_INIT;
	const char *got;

	buf_add_str(&members, "\"a\":1,\"b\":[2]");
	errno = EXDEV;
	log_record(LOG_ERR, "f", "a text", &members);
	ck_assert_int_eq(errno, EXDEV);
	ck_assert_ptr_nonnull(strstr(next_line(), "(f) ERROR: a text\n"));
	log_set_format(LOG_FORMAT_JSON);
	errno = EXDEV;
	log_record(LOG_ERR, "f", "a text", &members);
	ck_assert_int_eq(errno, EXDEV);
	ck_assert_ptr_nonnull(strstr(next_object(), ",\"function\":\"f\","
						    "\"a\":1,\"b\":[2]}\n"));
	log_record(LOG_INFO, "f", "a text", &members);
	ck_assert_ptr_null(next_line());
	while (members.len < 3799)
		buf_add_str(&members, ",\"c\":3");
	log_record(LOG_ERR, "f", "a text", &members);
	ck_assert_ptr_nonnull(strstr(next_object(), "\"c\":3}\n"));
	while (members.len < LONGEST_LINE)
		buf_add_str(&members, ",\"c\":3");
	log_record(LOG_ERR, "f", "a text", &members);
	got = next_object();
	ck_assert_ptr_nonnull(strstr(got, ",\"message\":\"a text\"}\n"));
	ck_assert_ptr_null(strstr(got, "\"c\""));
	buf_clear(&members);
}
END_TEST

static size_t
count_in(const char *path, const char *word)
{
	struct buf text = BUF_INIT;
	const char *at;
	size_t count = 0;

	ck_assert_int_eq(file_read(path, 10000, &text), 0);
	for (at = text.data; (at = strstr(at, word)) != NULL; at++)
		count++;
	buf_clear(&text);
	return count;
}

START_TEST(a_log_that_was_moved_away_is_begun_again)
{
	ck_assert_int_eq(log_to_file("log"), 0);
	log_error("first");
	ck_assert_int_eq(rename("log", "log.1"), 0);
	log_error("second");
	ck_assert_int_eq(log_to_file("log"), 0);
	log_error("third");
	ck_assert_uint_eq(count_in("log.1", "ERROR: "), 2);
	ck_assert_uint_eq(count_in("log", "ERROR: "), 1);
	ck_assert_uint_eq(count_in("log", "third"), 1);
	log_to_fd(ends[0]);
}
END_TEST

START_TEST(a_log_that_cannot_be_opened_leaves_the_one_before)
{
	ck_assert_int_eq(log_to_file("log"), 0);
	ck_assert_int_eq(log_to_file("nowhere/log"), ERR_SYS);
	log_error("still here");
	ck_assert_uint_eq(count_in("log", "still here"), 1);
	log_to_fd(ends[0]);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_checked_fixture(tcase, open_log, NULL);
	tcase_add_loop_test(tcase, every_level_has_its_names, 0,
			    COUNT_OF(levels));
	tcase_add_loop_test(tcase, other_names_are_no_level, 0,
			    COUNT_OF(no_levels));
	tcase_add_loop_test(tcase,
			    a_line_has_program_pid_function_severity_and_text,
			    0, COUNT_OF(levels));
	tcase_add_loop_test(tcase, only_lines_of_the_level_and_above_go_out,
			    LOG_EMERG, LOG_DEBUG + 1);
	tcase_add_test(tcase, warnings_go_out_unless_told_otherwise);
	tcase_add_test(tcase, an_error_code_ends_the_line);
	tcase_add_test(tcase, errno_survives);
	tcase_add_test(tcase, control_bytes_from_a_peer_are_masked);
	tcase_add_loop_test(tcase, a_long_line_is_cut_and_still_ends,
			    LONGEST_LINE - 60, LONGEST_LINE + 5);
	tcase_add_test(tcase, a_log_file_is_appended_to);
	tcase_add_test(tcase,
		       a_stamp_stands_before_the_line_where_it_is_asked_for);
	tcase_add_loop_test(tcase, a_stamp_has_the_offset_of_this_place, 0,
			    COUNT_OF(zones));
	tcase_add_loop_test(tcase, a_json_line_has_all_of_it, 0,
			    COUNT_OF(levels));
	tcase_add_test(tcase, what_a_peer_said_is_harmless_in_json);
	tcase_add_loop_test(tcase, a_long_text_is_cut_and_its_json_is_whole,
			    LONGEST_LINE, LONGEST_LINE + 8);
	tcase_add_test(tcase, a_record_is_a_text_or_members);
	tcase_add_test(tcase, a_log_that_was_moved_away_is_begun_again);
	tcase_add_test(tcase,
		       a_log_that_cannot_be_opened_leaves_the_one_before);
	tcase_add_test(tcase,
		       a_log_file_that_cannot_be_opened_changes_nothing);
}

int
main(void)
{
	return unit_run("log", add_tests);
}
