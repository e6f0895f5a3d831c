/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/agent.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/pass.h"
#include "unit.h"
#include "wire/conn.h"

static const char golden[] =
	"SCAN00000001" "KIND00000000" "VIEW00000003a b" "CDIR00000002/d"
	"PATH00000004/bin" "ENVC00000001" "ENVV00000003A=b"
	"ARGC00000003" "ARGV00000002cc" "ARGV00000000" "ARGV00000003x.c";

/* What distcc 3.x asks its include server. */
static const char older[] =
	"CDIR00000002/d" "ARGC00000002" "ARGV00000002cc" "ARGV00000003x.c";

static int ends[2];

static void
open_ends(void)
{
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static void
close_ends(void)
{
	close(ends[0]);
	close(ends[1]);
}

START_TEST(a_question_is_these_bytes)
{
	struct args env = ARGS_INIT, args = ARGS_INIT;
	const struct agent_request request = {
		.question = AGENT_PLAN, .view = "a b", .cwd = "/d",
		.pathlist = "/bin", .env = &env, .args = &args,
	};
	char data[512];
	struct conn conn;

	args_push(&env, "A=b");
	args_push(&args, "cc");
	args_push(&args, "");
	args_push(&args, "x.c");
	conn_init(&conn, ends[0], ends[0], 1000);
	ck_assert_int_eq(agent_send_request(&conn, &request), 0);
	ck_assert_int_eq((int)read(ends[1], data, sizeof data),
			 (int)sizeof golden - 1);
	ck_assert(memcmp(data, golden, sizeof golden - 1) == 0);
	conn_clear(&conn);
	args_clear(&env);
	args_clear(&args);
}
END_TEST

static int
send_words(size_t count, size_t len)
{
	struct args env = ARGS_INIT, args = ARGS_INIT;
	const struct agent_request request = {
		.question = AGENT_PLAN, .view = "", .cwd = "/",
		.pathlist = "", .env = &env, .args = &args,
	};
	struct conn conn;
	char *word = xmalloc(len + 1);
	int r;

	memset(word, 'x', len);
	word[len] = '\0';
	while (args.count < count)
		args_push(&args, word);
	conn_init(&conn, ends[0], ends[0], 1);
	r = agent_send_request(&conn, &request);
	conn_clear(&conn);
	args_clear(&args);
	free(word);
	return r;
}

START_TEST(a_question_that_no_agent_takes_is_not_sent)
{
	char byte;

	ck_assert_int_eq(send_words(16385, 1), ERR_LIMIT);
	ck_assert_int_eq(send_words(1, 128 * 1024 + 1), ERR_LIMIT);
	ck_assert_int_eq(send_words(9, 128 * 1024), ERR_LIMIT);
	ck_assert_int_eq((int)recv(ends[1], &byte, 1, MSG_DONTWAIT), -1);
	ck_assert_int_eq(send_words(2, 10), 0);
}
END_TEST

static int
read_question(const char *data, size_t size, struct agent_asked *asked)
{
	struct conn conn;
	uint32_t version;
	int r;

	conn_init_bytes(&conn, data, size);
	r = conn_read_token(&conn, "SCAN", &version);
	return r == 0 ? agent_read_request(&conn, version, asked) : r;
}

START_TEST(a_question_is_understood)
{
	struct agent_asked asked = AGENT_ASKED_INIT;

	ck_assert_int_eq(read_question(golden, sizeof golden - 1, &asked), 0);
	ck_assert_int_eq(asked.question, AGENT_PLAN);
	ck_assert_str_eq(asked.view.data, "a b");
	ck_assert_str_eq(asked.cwd.data, "/d");
	ck_assert_str_eq(asked.pathlist.data, "/bin");
	ck_assert_uint_eq(asked.env.count, 1);
	ck_assert_str_eq(asked.env.v[0], "A=b");
	ck_assert_uint_eq(asked.args.count, 3);
	ck_assert_str_eq(asked.args.v[1], "");
	ck_assert_str_eq(asked.args.v[2], "x.c");
	agent_asked_clear(&asked);
}
END_TEST

START_TEST(every_shorter_question_is_not_whole)
{
	struct agent_asked asked = AGENT_ASKED_INIT;

	ck_assert_int_eq((int)agent_question_size(golden, (size_t)_i), 0);
	ck_assert_int_eq(read_question(golden, (size_t)_i, &asked), ERR_EOF);
	agent_asked_clear(&asked);
}
END_TEST

START_TEST(a_whole_question_ends_where_it_ends)
{
	char more[sizeof golden + 8];

	snprintf(more, sizeof more, "%sSCAN", golden);
	ck_assert_int_eq((int)agent_question_size(more, strlen(more)),
			 (int)sizeof golden - 1);
	ck_assert_int_eq((int)agent_question_size(older, sizeof older - 1),
			 (int)sizeof older - 1);
	ck_assert_int_eq((int)agent_question_size(older, sizeof older - 2),
			 0);
}
END_TEST

static const struct bad {
	const char *question;
	int size, read;	/* what measuring and reading it say */
} bad[] = {
	{ "GET / HTTP/1.1", ERR_PROTO, ERR_PROTO },
	{ "SCAN0000000x", ERR_PROTO, ERR_PROTO },
	{ "SCAN00000002" "KIND00000000" "ARGC00000001" "ARGV00000000",
	  48, ERR_VERSION },
	{ "SCAN00000001" "KIND00000004", 0, ERR_PROTO },
	{ "SCAN00000001" "KIND00000000" "VIEW00020001", ERR_LIMIT,
	  ERR_LIMIT },
	{ "SCAN00000001" "KIND00000000" "CDIR00000000", 0, ERR_PROTO },
	{ "SCAN00000001" "KIND00000000" "VIEW00000000" "CDIR00000000"
	  "PATH00000000" "ENVC00004001", 0, ERR_LIMIT },
	{ "SCAN00000001" "KIND00000000" "VIEW00000000" "CDIR00000000"
	  "PATH00000000" "ENVC00000000" "ARGC00000000", ERR_LIMIT,
	  ERR_LIMIT },
	{ "ARGC00004001", ERR_LIMIT, ERR_PROTO },
};

START_TEST(a_bad_question_is_seen)
{
	struct agent_asked asked = AGENT_ASKED_INIT;
	const struct bad *it = &bad[_i];
	size_t size = strlen(it->question);

	ck_assert_int_eq((int)agent_question_size(it->question, size),
			 it->size);
	ck_assert_int_eq(read_question(it->question, size, &asked),
			 it->read);
	agent_asked_clear(&asked);
}
END_TEST

START_TEST(a_question_without_end_is_too_long)
{
	static const char word[] = "ENVV00010000";
	size_t size = AGENT_MAX_QUESTION + (1u << 20), at;
	char *data = xmalloc(size);

	memset(data, 'x', size);
	for (at = 0; at + sizeof word <= size; at += 12 + 0x10000)
		memcpy(data + at, word, sizeof word - 1);
	ck_assert_int_eq((int)agent_question_size(data, size), ERR_LIMIT);
	free(data);
}
END_TEST

/* As an agent sends: the descriptors with the first bytes. */
static void
send_plan(const struct agent_plan *plan, size_t first)
{
	struct conn conn;
	const char *data;
	size_t size;

	conn_init_bytes(&conn, "", 0);
	agent_put_plan(&conn, plan);
	data = conn.pending.data;
	size = conn.pending.len;
	ck_assert_int_eq((int)pass_send(ends[0], data, first, plan->fds,
					plan->fd_count), (int)first);
	ck_assert_int_eq((int)write(ends[0], data + first, size - first),
			 (int)(size - first));
	shutdown(ends[0], SHUT_WR);
	conn_clear(&conn);
}

static int
receive_plan(struct agent_plan *plan)
{
	struct conn conn;
	int r;

	conn_init(&conn, ends[1], ends[1], 5000);
	r = agent_read_plan(&conn, plan);
	conn_clear(&conn);
	return r;
}

static struct agent_entry entries[] = {
	{ .kind = TREE_FILE, .name = (char[]){ "/a.h" },
	  .body = { 1, 0x10000, 7 } },
	{ .kind = TREE_FILE, .name = (char[]){ "/empty.h" } },
	{ .kind = TREE_LINK, .name = (char[]){ "/usr/include" },
	  .target = (char[]){ "../../usr/include" } },
};

static struct agent_plan
sample_plan(void)
{
	struct agent_plan plan = AGENT_PLAN_INIT;

	plan.entries = entries;
	plan.count = 3;
	plan.fds[0] = dup(0);
	plan.fds[1] = dup(0);
	plan.fd_count = 2;
	snprintf(plan.all_paths, sizeof plan.all_paths, "all");
	snprintf(plan.user_paths, sizeof plan.user_paths, "user");
	snprintf(plan.system_contents, sizeof plan.system_contents, "sys");
	plan.bytes = 0x123456789aULL;
	plan.sent_bytes = 5;
	plan.scan_us = 9;
	return plan;
}

static void
drop_sample(struct agent_plan *plan)
{
	plan->entries = NULL;
	plan->count = 0;
	agent_plan_clear(plan);
}

START_TEST(a_plan_arrives_as_it_was)
{
	struct agent_plan sent = sample_plan(), got = AGENT_PLAN_INIT;

	/* However few bytes come first. */
	send_plan(&sent, (size_t)_i);
	ck_assert_int_eq(receive_plan(&got), 0);
	ck_assert_ptr_null(got.refusal);
	ck_assert_uint_eq(got.count, 3);
	ck_assert_str_eq(got.entries[0].name, "/a.h");
	ck_assert_int_eq(got.entries[0].kind, TREE_FILE);
	ck_assert_uint_eq(got.entries[0].body.segment, 1);
	ck_assert_uint_eq(got.entries[0].body.at, 0x10000);
	ck_assert_uint_eq(got.entries[0].body.size, 7);
	ck_assert_uint_eq(got.entries[1].body.size, 0);
	ck_assert_int_eq(got.entries[2].kind, TREE_LINK);
	ck_assert_str_eq(got.entries[2].target, "../../usr/include");
	ck_assert_uint_eq(got.fd_count, 2);
	ck_assert_str_eq(got.all_paths, "all");
	ck_assert_str_eq(got.user_paths, "user");
	ck_assert_str_eq(got.system_contents, "sys");
	ck_assert_uint_eq(got.bytes, 0x123456789aULL);
	ck_assert_uint_eq(got.sent_bytes, 5);
	ck_assert_uint_eq(got.scan_us, 9);
	agent_plan_clear(&got);
	drop_sample(&sent);
}
END_TEST

START_TEST(a_refusal_arrives_with_its_reason)
{
	struct agent_plan sent = AGENT_PLAN_INIT, got = AGENT_PLAN_INIT;

	sent.refusal = xstrdup("computed_include");
	buf_add_str(&sent.phrase, "an include");
	buf_add_str(&sent.culprit, "x.h");
	send_plan(&sent, 20);
	ck_assert_int_eq(receive_plan(&got), 0);
	ck_assert_str_eq(got.refusal, "computed_include");
	ck_assert_str_eq(got.phrase.data, "an include");
	ck_assert_str_eq(got.culprit.data, "x.h");
	agent_plan_clear(&got);
	agent_plan_clear(&sent);
}
END_TEST

START_TEST(a_segment_that_did_not_come_is_an_error)
{
	struct agent_plan sent = sample_plan(), got = AGENT_PLAN_INIT;

	close(sent.fds[--sent.fd_count]);
	send_plan(&sent, 20);
	ck_assert_int_eq(receive_plan(&got), ERR_PROTO);
	agent_plan_clear(&got);
	drop_sample(&sent);
}
END_TEST

START_TEST(an_agent_that_goes_is_the_end)
{
	struct agent_plan got = AGENT_PLAN_INIT;

	shutdown(ends[0], SHUT_WR);
	ck_assert_int_eq(receive_plan(&got), ERR_EOF);
	agent_plan_clear(&got);
}
END_TEST

START_TEST(a_text_arrives)
{
	struct buf text = BUF_INIT;
	struct conn conn;

	conn_init(&conn, ends[0], ends[0], 1000);
	agent_put_text(&conn, "well");
	ck_assert_int_eq(conn_flush(&conn), 0);
	conn_clear(&conn);
	conn_init(&conn, ends[1], ends[1], 1000);
	ck_assert_int_eq(agent_read_text(&conn, &text), 0);
	ck_assert_str_eq(text.data, "well");
	conn_clear(&conn);
	buf_clear(&text);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, open_ends, close_ends);
	tcase_add_test(tcase, a_question_is_these_bytes);
	tcase_add_test(tcase, a_question_that_no_agent_takes_is_not_sent);
	tcase_add_test(tcase, a_question_is_understood);
	tcase_add_loop_test(tcase, every_shorter_question_is_not_whole, 0,
			    (int)sizeof golden - 1);
	tcase_add_test(tcase, a_whole_question_ends_where_it_ends);
	tcase_add_loop_test(tcase, a_bad_question_is_seen, 0, COUNT_OF(bad));
	tcase_add_test(tcase, a_question_without_end_is_too_long);
	tcase_add_loop_test(tcase, a_plan_arrives_as_it_was, 1, 40);
	tcase_add_test(tcase, a_refusal_arrives_with_its_reason);
	tcase_add_test(tcase, a_segment_that_did_not_come_is_an_error);
	tcase_add_test(tcase, an_agent_that_goes_is_the_end);
	tcase_add_test(tcase, a_text_arrives);
}

int
main(void)
{
	return unit_run("agent", add_tests);
}
