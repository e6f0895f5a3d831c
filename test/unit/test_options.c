/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/options.h"

#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "daemon/exitcode.h"
#include "daemon/machine.h"
#include "daemon/optrow.h"
#include "unit.h"

#define MAX_WORDS 8

/*
 * Parses words, which end with NULL, as if they followed "distccd", with
 * text in the file of options: this machine's own is never read.
 */
static int
parse_both(struct options *options, const char *const *words,
	   const char *text)
{
	struct args args = ARGS_INIT;
	int r;

	ck_assert_int_eq(file_write("conf", text, strlen(text)), 0);
	args_push(&args, "distccd");
	args_push(&args, "--config=conf");
	for (; *words != NULL; words++)
		args_push(&args, *words);
	r = options_parse(options, (int)args.count, args.v);
	args_clear(&args);
	return r;
}

static int
parse(struct options *options, const char *const *words)
{
	return parse_both(options, words, "");
}

static int
parse_text(struct options *options, const char *text)
{
	const char *const none[] = { NULL };

	return parse_both(options, none, text);
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
	{ { "--jobs", "10001" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs", "" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs", "4294967297" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs", "99999999999999999999" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--receivers", "0" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--receivers", "10001" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--drain-time", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--jobs-per-client", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--job-cpu-time", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--job-memory", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--job-output", "0" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--job-output", "1025" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--min-free-memory", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--min-free-disk", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--stats-port", "-1" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--stats-port", "65536" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--stats=yes" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--log-format", "xml" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--proxy-from", "1.2.3.4/40" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--config", "nowhere" }, EXITCODE_BAD_ARGUMENTS },
	{ { "--config", "." }, EXITCODE_BAD_ARGUMENTS },
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
	ck_assert_int_eq(options.jobs, machine_cpus() + 2);
	ck_assert(options.jobs_chosen);
	ck_assert_int_eq(options.receivers,
			 options.jobs < 8 ? 8 : options.jobs);
	ck_assert_int_eq(options.jobs_per_client, 0);
	ck_assert_int_eq(options.job_lifetime, 1800);
	ck_assert_int_eq(options.job_cpu_time, 0);
	ck_assert_int_eq(options.job_memory,
			 (int)(machine_memory() / (1024 * 1024)));
	ck_assert_int_eq(options.job_output, 1024);
	ck_assert_int_eq(options.min_free_memory, 100);
	ck_assert_int_eq(options.min_free_disk, 100);
	ck_assert_int_eq(options.drain_time, 30);
	ck_assert_int_eq(options.lifetime, 0);
	ck_assert_int_eq(options.stats_port, 3633);
	ck_assert(!options.stats && !options.log_json && !options.check);
	ck_assert_uint_eq(options.balancers.count, 0);
	ck_assert_uint_eq(options.stats_listen.count, 0);
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

START_TEST(limits_arrive)
{
	const char *const words[] = {
		"--receivers=9", "--jobs-per-client=3", "--job-lifetime=0",
		"--job-cpu-time=60", "--job-memory=0", "--job-output=1",
		"--min-free-memory=0", "--min-free-disk=7", "--drain-time=0",
		"--stats-port=4001", "--stats-listen=a", "--stats-listen=b",
		"--log-format=json", "--proxy-from=10.0.0.0/8", "--check",
		"--jobs=10000", NULL
	};
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_int_eq(options.receivers, 9);
	ck_assert_int_eq(options.jobs_per_client, 3);
	ck_assert_int_eq(options.job_lifetime, 0);
	ck_assert_int_eq(options.job_cpu_time, 60);
	ck_assert_int_eq(options.job_memory, 0);
	ck_assert_int_eq(options.job_output, 1);
	ck_assert_int_eq(options.min_free_memory, 0);
	ck_assert_int_eq(options.min_free_disk, 7);
	ck_assert_int_eq(options.drain_time, 0);
	ck_assert_int_eq(options.stats_port, 4001);
	ck_assert_uint_eq(options.stats_listen.count, 2);
	ck_assert_uint_eq(options.balancers.count, 1);
	ck_assert(options.log_json && options.check && !options.stats);
	ck_assert(!options.jobs_chosen);
	options_clear(&options);
}
END_TEST

START_TEST(there_are_as_many_receivers_as_jobs)
{
	const char *const many[] = { "--jobs=100", NULL };
	const char *const few[] = { "--jobs=1", NULL };
	struct options options;

	ck_assert_int_eq(parse(&options, many), -1);
	ck_assert_int_eq(options.receivers, 100);
	options_clear(&options);
	ck_assert_int_eq(parse(&options, few), -1);
	ck_assert_int_eq(options.receivers, 8);
	options_clear(&options);
}
END_TEST

START_TEST(the_last_of_two_values_wins)
{
	const char *const words[] = {
		"--jobs=3", "--user=a", "--log-format=json", "--jobs=4",
		"--user=b", "--log-format=text", NULL
	};
	struct options options;

	ck_assert_int_eq(parse(&options, words), -1);
	ck_assert_int_eq(options.jobs, 4);
	ck_assert_str_eq(options.user, "b");
	ck_assert(!options.log_json);
	options_clear(&options);
}
END_TEST

/* What the words of a message are for a value that does not fit. */
START_TEST(a_bad_number_is_named_with_its_option_and_its_range)
{
	const char *const words[] = { "--job-output=2000", NULL };
	struct buf said = BUF_INIT;
	struct options options;

	ck_assert_int_eq(log_to_file("log"), 0);
	log_set_level(LOG_ERR);
	ck_assert_int_eq(parse(&options, words), EXITCODE_BAD_ARGUMENTS);
	options_clear(&options);
	ck_assert_int_eq(parse_text(&options, "\njob-output 2000\n"),
			 EXITCODE_BAD_ARGUMENTS);
	options_clear(&options);
	ck_assert_int_eq(file_read("log", 10000, &said), 0);
	ck_assert_ptr_nonnull(strstr(said.data, ": --job-output '2000' is "
				     "not a number between 1 and 1024\n"));
	ck_assert_ptr_nonnull(strstr(said.data, ": conf:2: job-output '2000' "
				     "is not a number between 1 and 1024\n"));
	buf_clear(&said);
}
END_TEST

START_TEST(a_file_has_options_as_the_command_line_has)
{
	struct options options;

	ck_assert_int_eq(parse_text(&options, "jobs 5\n--port = 4000\n"
				    "verbose\nuser me\nallow 10.0.0.1\n"
				    "allow 10.0.0.2\nallow-private\n"
				    "listen a\nlog-format json\n"), -1);
	ck_assert_int_eq(options.jobs, 5);
	ck_assert(!options.jobs_chosen);
	ck_assert_int_eq(options.port, 4000);
	ck_assert_int_eq(options.level, LOG_DEBUG);
	ck_assert_str_eq(options.user, "me");
	ck_assert_uint_eq(options.access.count, 2 + 7);
	ck_assert_uint_eq(options.listen.count, 1);
	ck_assert(options.log_json);
	ck_assert_str_eq(options.config, "conf");
	options_clear(&options);
}
END_TEST

START_TEST(the_command_line_goes_before_the_file)
{
	const char *const words[] = {
		"--jobs=6", "--user", "you", "--allow=10.0.0.9",
		"--listen=b", "--no-detach", NULL
	};
	struct options options;

	ck_assert_int_eq(parse_both(&options, words, "jobs 5\nport 4000\n"
				    "user me\nallow 10.0.0.1\n"
				    "allow 10.0.0.2\nlisten a\n"
				    "proxy-from 10.1.0.0/16\nno-fork\n"
				    "job-lifetime 3\n"), -1);
	ck_assert_int_eq(options.jobs, 6);
	ck_assert_int_eq(options.port, 4000);
	ck_assert_int_eq(options.job_lifetime, 3);
	ck_assert_str_eq(options.user, "you");
	ck_assert_uint_eq(options.access.count, 1);
	ck_assert_int_eq(options.access.rules[0].address[15], 9);
	ck_assert_uint_eq(options.balancers.count, 1);
	ck_assert_uint_eq(options.listen.count, 1);
	ck_assert_str_eq(options.listen.v[0], "b");
	ck_assert(options.no_fork && options.no_detach);
	options_clear(&options);
}
END_TEST

START_TEST(a_flag_of_either_side_counts)
{
	const char *const words[] = { "--allow=10.0.0.9", NULL };
	struct options options;

	ck_assert_int_eq(parse_both(&options, words, "allow-private\n"
				    "allow 10.0.0.8\n"), -1);
	ck_assert_uint_eq(options.access.count, 1 + 7);
	options_clear(&options);
}
END_TEST

static const struct {
	const char *text;
	int exitcode;
} bad_texts[] = {
	{ "job 8", EXITCODE_BAD_ARGUMENTS },
	{ "Jobs 8", EXITCODE_BAD_ARGUMENTS },
	{ "j 8", EXITCODE_BAD_ARGUMENTS },
	{ "jobs", EXITCODE_BAD_ARGUMENTS },
	{ "jobs =", EXITCODE_BAD_ARGUMENTS },
	{ "jobs 8 9", EXITCODE_BAD_ARGUMENTS },
	{ "jobs 0", EXITCODE_BAD_ARGUMENTS },
	{ "verbose yes", EXITCODE_BAD_ARGUMENTS },
	{ "verbose =", EXITCODE_BAD_ARGUMENTS },
	{ "allow 1.2.3.4/40", EXITCODE_BAD_ARGUMENTS },
	{ "jobs \"8", EXITCODE_BAD_ARGUMENTS },
	{ "auth", EXITCODE_AUTH },
	{ "whitelist file", EXITCODE_AUTH },
	/* These make no sense there. */
	{ "inetd", EXITCODE_BAD_ARGUMENTS },
	{ "check", EXITCODE_BAD_ARGUMENTS },
	{ "config conf", EXITCODE_BAD_ARGUMENTS },
	{ "help", EXITCODE_BAD_ARGUMENTS },
	{ "version", EXITCODE_BAD_ARGUMENTS },
};

START_TEST(a_bad_line_ends_the_program)
{
	struct options options;

	ck_assert_int_eq(parse_text(&options, bad_texts[_i].text),
			 bad_texts[_i].exitcode);
	options_clear(&options);
}
END_TEST

START_TEST(a_bad_line_is_bad_also_where_it_does_not_count)
{
	const char *const words[] = { "--jobs=6", NULL };
	struct options options;

	ck_assert_int_eq(parse_both(&options, words, "jobs many"),
			 EXITCODE_BAD_ARGUMENTS);
	options_clear(&options);
}
END_TEST

START_TEST(all_rows_differ_and_say_what_they_do)
{
	const struct optrow *row, *other;

	for (row = optrow_all(); row->name != NULL; row++) {
		ck_assert_ptr_eq(optrow_find(row->name), row);
		ck_assert_msg(row->help != NULL, "%s", row->name);
		ck_assert_msg(row->kind != OPTROW_NUMBER ||
			      row->min < row->max, "%s", row->name);
		for (other = row + 1; other->name != NULL; other++)
			ck_assert_msg(row->letter == 0 ||
				      row->letter != other->letter, "%s",
				      row->name);
	}
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
	"--no-fifo", "--stats", "--stats-port=1", "--daemon", "--zeroconf", "--sysroot=/x",
	"left-over", "--inetd", "--no-detach", "--no-fork",
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
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_bad_command_line_ends_the_program, 0,
			    COUNT_OF(bad));
	tcase_add_test(tcase, nothing_said_means_the_defaults);
	tcase_add_test(tcase, values_arrive);
	tcase_add_test(tcase, limits_arrive);
	tcase_add_test(tcase, there_are_as_many_receivers_as_jobs);
	tcase_add_test(tcase, the_last_of_two_values_wins);
	tcase_add_test(tcase,
		       a_bad_number_is_named_with_its_option_and_its_range);
	tcase_add_test(tcase, a_file_has_options_as_the_command_line_has);
	tcase_add_test(tcase, the_command_line_goes_before_the_file);
	tcase_add_test(tcase, a_flag_of_either_side_counts);
	tcase_add_loop_test(tcase, a_bad_line_ends_the_program, 0,
			    COUNT_OF(bad_texts));
	tcase_add_test(tcase,
		       a_bad_line_is_bad_also_where_it_does_not_count);
	tcase_add_test(tcase, all_rows_differ_and_say_what_they_do);
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
