/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/webpage.h"

#include "base/buf.h"
#include "busy.h"
#include "daemon/human.h"
#include "daemon/plot.h"
#include "unit.h"

static struct snapshot snapshot;
static struct buf out = BUF_INIT;

static void
begin(void)
{
	busy_snapshot(&snapshot);
}

static void
end(void)
{
	snapshot_clear(&snapshot);
	buf_clear(&out);
}

static const char *const parts[] = {
	"<title>distccd " PACKAGE_VERSION " on build-7</title>",
	"<meta http-equiv=\"refresh\" content=\"10\">",
	"<span class=\"pill good\">serving</span>",
	"<dt>Compiling</dt><dd>6 <small>of 8</small>",
	"<dt>Waiting</dt><dd>3</dd>",
	"<dt>Jobs in the last minute</dt><dd>33</dd>",
	"<i class=\"compile\"></i>6 compile</li>",
	"<i></i>3 free</li>",
	"<th scope=\"row\">Last hour</th><td class=\"n\">1\302\240800</td>",
	"aria-label=\"Jobs per minute in the last hour: now 74, highest 74\"",
	"<th scope=\"row\">queue</th><td class=\"n\">2</td>",
	"refused: option</span>",
	"error</span> <small>exit 1</small>",
	"Sandbox of compilers: none.",
	"href=\"/metrics\"",
	"href=\"/status.json\"",
	/* a client's names, and what they are made of */
	"src/&lt;script&gt;alert(1)&lt;/script&gt;.c</bdi>",
	"src/&quot;&#39; onmouseover=&#39;alert(2)&#39;&amp;lt;.c</bdi>",
	"src/?\?(?[2J????c.exe</bdi>",
};

START_TEST(facts_are_there)
{
	webpage_write(&out, &snapshot);
	ck_assert_msg(strstr(out.data, parts[_i]) != NULL, "no %s in\n%s",
		      parts[_i], out.data);
}
END_TEST

static const char *const absent[] = {
	"<script", "javascript:", "http://", "https://", "//", "url(",
	"@import", "src=", "\x1b", "\xe2\x80\xae", " onmouseover='",
};

START_TEST(nothing_runs_and_nothing_is_elsewhere)
{
	webpage_write(&out, &snapshot);
	ck_assert_ptr_null(strstr(out.data, absent[_i]));
}
END_TEST

START_TEST(the_state_is_said)
{
	snapshot.short_of = REFUSAL_MEMORY;
	webpage_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, ">short of memory</span>"));
	buf_reset(&out);
	snapshot.stopping = 1;
	webpage_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, ">stopping</span>"));
}
END_TEST

START_TEST(a_daemon_that_did_nothing_yet_has_a_page)
{
	struct board *board = board_open(2, 2998, 3000);

	snapshot_clear(&snapshot);
	snapshot_take(&snapshot, board);
	webpage_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, "There was none yet."));
	ck_assert_ptr_nonnull(strstr(out.data, "Everybody was served."));
	ck_assert_uint_lt(out.len, 40000);
	board_close(board);
}
END_TEST

START_TEST(a_curve_has_gaps_where_nothing_is_known)
{
	const struct plot plot = { "T", SERIES_BUSY, 1, " x", 0 };
	struct point points[HISTORY_POINTS] = { { 0 } };
	const char *at;
	int i, lines = 0;

	for (i = 10; i < 15; i++) {
		points[i].samples = i != 12;
		points[i].value[SERIES_BUSY] = 3;
	}
	points[14].value[SERIES_BUSY] = -1;
	plot_write(&out, &plot, points);
	for (at = out.data; at != NULL; lines++) {
		at = strstr(at, "class=\"line\"");
		if (at == NULL)
			break;
		at++;
	}
	ck_assert_int_eq(lines, 2);
	ck_assert_ptr_nonnull(strstr(out.data, "<b>3 x</b>"));
	ck_assert_ptr_nonnull(strstr(out.data, ">3</text>"));
	ck_assert_ptr_null(strstr(out.data, "nan"));
}
END_TEST

static const struct {
	int64_t us;
	const char *text;
} times[] = {
	{ -1, "0\xc2\xa0\xc2\xb5s" },
	{ 999, "999\xc2\xa0\xc2\xb5s" },
	{ 1000, "1\xc2\xa0ms" },
	{ 1250000, "1.25\xc2\xa0s" },
	{ 12340000, "12.3\xc2\xa0s" },
	{ 60000000, "1\xc2\xa0min" },
	{ 3661000000, "1\xc2\xa0h\xc2\xa0" "1\xc2\xa0min" },
	{ 90000000000, "1\xc2\xa0" "d\xc2\xa0" "1\xc2\xa0h" },
};

START_TEST(times_are_for_persons)
{
	human_time(&out, times[_i].us);
	ck_assert_str_eq(out.data, times[_i].text);
}
END_TEST

static const struct {
	int64_t bytes;
	const char *text;
} sizes[] = {
	{ -1, "\xe2\x80\x93" },
	{ 0, "0\xc2\xa0" "B" },
	{ 1023, "1023\xc2\xa0" "B" },
	{ 1536, "1.5\xc2\xa0KiB" },
	{ INT64_MAX, "8.0\xc2\xa0" "EiB" },
};

START_TEST(sizes_are_for_persons)
{
	human_bytes(&out, sizes[_i].bytes);
	ck_assert_str_eq(out.data, sizes[_i].text);
}
END_TEST

START_TEST(counts_and_reals_are_for_persons)
{
	human_count(&out, 1002003);
	buf_add_char(&out, '|');
	human_count(&out, 999);
	buf_add_char(&out, '|');
	human_real(&out, 10.04);
	buf_add_char(&out, '|');
	human_real(&out, 0.25);
	ck_assert_str_eq(out.data, "1\xc2\xa0" "002\xc2\xa0" "003|999|10|0.2");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_loop_test(tcase, facts_are_there, 0, COUNT_OF(parts));
	tcase_add_loop_test(tcase, nothing_runs_and_nothing_is_elsewhere, 0,
			    COUNT_OF(absent));
	tcase_add_test(tcase, the_state_is_said);
	tcase_add_test(tcase, a_daemon_that_did_nothing_yet_has_a_page);
	tcase_add_test(tcase, a_curve_has_gaps_where_nothing_is_known);
	tcase_add_loop_test(tcase, times_are_for_persons, 0, COUNT_OF(times));
	tcase_add_loop_test(tcase, sizes_are_for_persons, 0, COUNT_OF(sizes));
	tcase_add_test(tcase, counts_and_reals_are_for_persons);
}

int
main(void)
{
	return unit_run("webpage", add_tests);
}
