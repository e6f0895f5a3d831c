/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/options.h"

#include "base/log.h"
#include "daemon/exitcode.h"
#include "unit.h"

#define MAX_WORDS 8

/* Parses words, which end with NULL, as if they followed "distccd". */
static int
parse(struct options *options, const char *const *words)
{
	struct args args = ARGS_INIT;
	int r;

	args_push(&args, "distccd");
	for (; *words != NULL; words++)
		args_push(&args, *words);
	r = options_parse(options, (int)args.count, args.v);
	args_clear(&args);
	return r;
}

static const struct {
	const char *words[MAX_WORDS];
	int exitcode;
} bad[] = {
	{ { "--nonsense" }, EXITCODE_BAD_ARGUMENTS },
	{ { "-x" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--port", "0" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--port", "65536" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--port", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--port", "36x" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--port" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--allow", "1.2.3.4/40" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--allow", "" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs", "0" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs", "-2" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--auth" }, EXITCODE_AUTH },
	{ { "--whitelist", "file" }, EXITCODE_AUTH },
	{ { "--blacklist=file" }, EXITCODE_AUTH },
};

START_TEST(a_bad_command_line_ends_the_program)
{
	struct options options;

	ck_assert_int_eq(parse(&options, bad[_i].words), bad[_i].exitcode);
	options_clear(&options);
}
END_TEST

START_TEST(nothing_said_means_the_defaults)
{
	const char *const words[] = { NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_int_eq(options.port, 3632);
	ck_assert_int_eq(options.nice, 5);
	ck_assert_int_eq(options.jobs,
			 (int)sysconf(_SC_NPROCESSORS_ONLN) + 2);
	ck_assert_int_eq(options.level, LOG_NOTICE);
	ck_assert_int_eq(options.oom_score_adj, OPTIONS_NO_SCORE);
	ck_assert_uint_eq(options.access.count, 0);
	ck_assert_uint_eq(options.listen.count, 0);
	ck_assert(!options.insecure);
	options_clear(&options);
}
END_TEST

START_TEST(values_arrive)
{
	const char *const words[] = {
		"-p", "4000", "-j200", "--job-lifetime=-5", "--lifetime", "9",
		"-N", "7", "--user", "me", "-P", "pid", "--log-file=log",
		"--oom-score-adj", "-3", NULL
	};
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_int_eq(options.port, 4000);
	ck_assert_int_eq(options.jobs, 200);
	ck_assert_int_eq(options.job_lifetime, 0);
	ck_assert_int_eq(options.lifetime, 9);
	ck_assert_int_eq(options.nice, 7);
	ck_assert_str_eq(options.user, "me");
	ck_assert_str_eq(options.pid_file, "pid");
	ck_assert_str_eq(options.log_file, "log");
	ck_assert_int_eq(options.oom_score_adj, -3);
	options_clear(&options);
}
END_TEST

START_TEST(allow_and_listen_can_be_repeated)
{
	const char *const words[] = {
		"-a", "127.0.0.1", "--allow=10.0.0.0/8", "--listen", "a",
		"--listen=b", NULL
	};
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_uint_eq(options.access.count, 2);
	ck_assert_uint_eq(options.listen.count, 2);
	ck_assert_str_eq(options.listen.v[0], "a");
	ck_assert_str_eq(options.listen.v[1], "b");
	options_clear(&options);
}
END_TEST

START_TEST(private_networks_are_added_to_what_is_allowed)
{
	const char *const words[] = { "--allow-private", NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_uint_eq(options.access.count, 7);
	options_clear(&options);
}
END_TEST

START_TEST(the_wizard_implies_what_debugging_needs)
{
	const char *const words[] = { "-W", NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert(options.log_stderr && options.standalone);
	ck_assert(options.no_detach && options.no_fork);
	ck_assert_int_eq(options.level, LOG_DEBUG);
	options_clear(&options);
}
END_TEST

START_TEST(an_unknown_log_level_is_ignored)
{
	const char *const words[] = { "--log-level", "loud", NULL };
	const char *const good[] = { "--log-level", "info", NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_int_eq(options.level, LOG_NOTICE);
	options_clear(&options);
	ck_assert_int_eq(parse(&options, good), -1);
	ck_assert_int_eq(options.level, LOG_INFO);
	options_clear(&options);
}
END_TEST

static const char *const harmless[] = {
	"--no-fifo", "--stats", "--stats-port=1", "--zeroconf", "--sysroot=/x",
	"left-over", "--daemon", "--inetd", "--no-detach", "--no-fork",
};

START_TEST(what_others_know_does_not_stop_the_daemon)
{
	const char *const words[] = { harmless[_i], NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	options_clear(&options);
}
END_TEST

START_TEST(both_names_of_the_dangerous_flag_work)
{
	const char *const plain[] = { "--enable-tcp-insecure", NULL };
	const char *const frank[] = { "--make-me-a-botnet", NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, plain), -1);
	ck_assert(options.insecure);
	options_clear(&options);
	ck_assert_int_eq(parse(&options, frank), -1);
	ck_assert(options.insecure);
	options_clear(&options);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, a_bad_command_line_ends_the_program, 0,
			    COUNT_OF(bad));
	tcase_add_test(tcase, nothing_said_means_the_defaults);
	tcase_add_test(tcase, values_arrive);
	tcase_add_test(tcase, allow_and_listen_can_be_repeated);
	tcase_add_test(tcase, private_networks_are_added_to_what_is_allowed);
	tcase_add_test(tcase, the_wizard_implies_what_debugging_needs);
	tcase_add_test(tcase, an_unknown_log_level_is_ignored);
	tcase_add_loop_test(tcase, what_others_know_does_not_stop_the_daemon,
			    0, COUNT_OF(harmless));
	tcase_add_test(tcase, both_names_of_the_dangerous_flag_work);
}

int
main(void)
{
	log_set_level(LOG_EMERG);
	return unit_run("options", add_tests);
}
