/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/way.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "client/discrepancy.h"
#include "client/settings.h"
#include "client/wording.h"
#include "wire/agent.h"
#include "words.h"

static const struct {
	const char *command;
	const char *env;	/* variables, as words */
	const char *why;	/* NULL: it is open */
} opens[] = {
	{ "gcc -c x.c", "", NULL },
	{ "gcc -c x.c", "CPATH= XCPATH=a CPATHS=a", NULL },
	{ "gcc -c x.c", "CPATH=a", "environment: CPATH" },
	{ "gcc -c x.c", "A=b CPLUS_INCLUDE_PATH=a",
	  "environment: CPLUS_INCLUDE_PATH" },
	{ "gcc -c x.i", "", "preprocessed" },
};

START_TEST(some_commands_and_variables_close_it)
{
	char **env = buildargv(opens[_i].env);
	struct settings settings = {
		.environment = env,
		.max_discrepancy = 1,
	};
	struct cmdline cmd = CMDLINE_INIT;
	struct buf why = BUF_INIT;

	parse_line(&cmd, opens[_i].command, FAMILY_GCC);
	ck_assert_int_eq(way_is_open(&settings, &cmd, &why),
			 opens[_i].why == NULL);
	ck_assert_str_eq(why.data, opens[_i].why == NULL ? "" : opens[_i].why);
	buf_clear(&why);
	cmdline_clear(&cmd);
	freeargv(env);
}
END_TEST

START_TEST(discrepancies_close_it)
{
	char *none[] = { NULL };
	struct settings settings = {
		.environment = none,
		.include_server = "pump/socket",
		.max_discrepancy = 2,
	};
	struct cmdline cmd = CMDLINE_INIT;
	struct buf why = BUF_INIT;
	struct stat st;

	ck_assert_int_eq(mkdir("pump", 0700), 0);
	parse_line(&cmd, "gcc -c x.c", FAMILY_GCC);
	discrepancy_count(&settings);
	ck_assert_int_eq(way_is_open(&settings, &cmd, &why), 1);
	discrepancy_count(&settings);
	ck_assert_int_eq(way_is_open(&settings, &cmd, &why), 0);
	ck_assert_str_eq(why.data, "discrepancy");
	ck_assert_int_eq(stat("pump/discrepancy_counter", &st), 0);
	ck_assert_int_eq(st.st_size, 2);
	/* Only sessions of pump call their socket so. */
	settings.include_server = "pump/other";
	ck_assert_int_eq(discrepancy_is_too_much(&settings), 0);
	settings.include_server = NULL;
	discrepancy_count(&settings);
	ck_assert_int_eq(discrepancy_is_too_much(&settings), 0);
	buf_clear(&why);
	cmdline_clear(&cmd);
}
END_TEST

static const struct {
	uint64_t read, files, sent;
	int is_cheap;
} costs[] = {
	{ 7, 1, 11, 1 },
	{ 0, 5, 60000, 1 },
	{ 900000, 25, 100000, 1 },	/* C with few headers of its own */
	{ 4200000, 44, 160000, 1 },	/* C++ */
	{ 3000000, 380, 1200000, 1 },	/* Boost, all of it sent */
	{ 900000, 25, 900000, 0 },	/* one large source */
	{ 650000, 10004, 646868, 1 },	/* many small ones */
	{ 650000, 100, 646868, 0 },	/* as many bytes, in few */
	{ 3000000, 30000, 5000000, 0 },	/* far too many bytes */
};

START_TEST(what_costs_more_is_not_done)
{
	struct agent_plan plan = {
		.bytes = costs[_i].read,
		.count = costs[_i].files,
		.sent_bytes = costs[_i].sent,
	};
	struct buf why = BUF_INIT;

	ck_assert_int_eq(way_is_cheap(&plan, &why), costs[_i].is_cheap);
	ck_assert_int_eq(why.len == 0, costs[_i].is_cheap);
	buf_clear(&why);
}
END_TEST

static const struct {
	const char *env;
	int is_gccs, is_clangs;
} locales[] = {
	{ "", 1, 1 },
	{ "LANG=C LC_ALL=", 1, 1 },
	{ "LANG=de_DE.UTF-8 LC_ALL=POSIX", 1, 1 },
	{ "LANG=de_DE.UTF-8", 0, 1 },
	{ "LANG=C LC_CTYPE=C.UTF-8", 0, 1 },
	{ "LC_MESSAGES=de LC_CTYPE=C", 0, 1 },
	{ "LC_ALL=C.UTF-8", 0, 1 },
	{ "GCC_COLORS=error=01", 0, 1 },
};

START_TEST(compilers_speak_the_same_in_plain_locales)
{
	char **env = buildargv(locales[_i].env);
	struct settings settings = { .environment = env };
	struct cmdline cmd = { .family = FAMILY_GCC };
	int fd = open("err", O_WRONLY | O_CREAT, 0600);

	ck_assert_int_ge(dup2(fd, STDERR_FILENO), 0);
	ck_assert_int_eq(wording_is_same(&settings, &cmd),
			 locales[_i].is_gccs);
	cmd.family = FAMILY_CLANG;
	ck_assert_int_eq(wording_is_same(&settings, &cmd),
			 locales[_i].is_clangs);
	close(fd);
	freeargv(env);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, some_commands_and_variables_close_it, 0,
			    COUNT_OF(opens));
	tcase_add_test(tcase, discrepancies_close_it);
	tcase_add_loop_test(tcase, what_costs_more_is_not_done, 0,
			    COUNT_OF(costs));
	tcase_add_loop_test(tcase, compilers_speak_the_same_in_plain_locales,
			    0, COUNT_OF(locales));
}

int
main(void)
{
	return unit_run("way", add_tests);
}
