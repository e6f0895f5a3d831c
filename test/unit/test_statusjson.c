/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/statusjson.h"

#include "base/buf.h"
#include "busy.h"
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
	"{\"host\":\"build-7\",\"version\":\"" PACKAGE_VERSION "\",",
	"\"state\":\"serving\",\"short_of\":null,\"sandbox\":\"none\"",
	"\"now\":{\"slots\":8,\"workers_limit\":12,"
	"\"compilers_running\":6,\"connections_held\":2,\"queue\":3,",
	"\"workers_by_phase\":{\"idle\":1,\"receive\":1,\"queue\":1,"
	"\"compile\":6,\"send\":1}",
	"\"load\":[6.250,5.500,3.750]",
	"\"since_start\":{\"connections\":71,\"jobs\":{\"ok\":56,"
	"\"error\":7,",
	"\"receive\":{\"count\":63,\"sum_seconds\":0.195,\"buckets\":[0,0,"
	"63,0,",
	"{\"seconds\":300,\"compiles\":153,",
	"\"last_jobs\":[{\"peer\":\"[2001:db8::42]:40404\",",
	"\"refusal\":\"option\",",
	"\"outcome\":\"error\",\"refusal\":null,\"exit_status\":1,"
	"\"signal\":null,",
	"\"history\":{\"step_seconds\":20,\"jobs_per_minute\":[null,null,",
};

START_TEST(facts_are_there)
{
	statusjson_write(&out, &snapshot);
	ck_assert_msg(strstr(out.data, parts[_i]) != NULL, "no %s in\n%s",
		      parts[_i], out.data);
}
END_TEST

START_TEST(names_stay_in_their_strings)
{
	statusjson_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data,
		"\"src/\\\"' onmouseover='alert(2)'&lt;.c\""));
	ck_assert_ptr_nonnull(strstr(out.data, "\"src/?\?(?[2J????c.exe\""));
}
END_TEST

START_TEST(a_state_has_its_cause)
{
	snapshot.short_of = REFUSAL_MEMORY;
	statusjson_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, "\"state\":\"short\","
				     "\"short_of\":\"memory\""));
	buf_reset(&out);
	snapshot.stopping = 1;
	statusjson_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, "\"state\":\"stopping\""));
}
END_TEST

START_TEST(what_is_not_known_is_null)
{
	snapshot.free_memory = -1;
	snapshot.load[0] = -1;
	snapshot.census = (struct census){ -1, -1, -1, "" };
	statusjson_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data, "\"load\":[null,"));
	ck_assert_ptr_nonnull(strstr(out.data, "\"free_memory_bytes\":null"));
	ck_assert_ptr_nonnull(strstr(out.data, "\"largest_process\":null"));
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_loop_test(tcase, facts_are_there, 0, COUNT_OF(parts));
	tcase_add_test(tcase, names_stay_in_their_strings);
	tcase_add_test(tcase, a_state_has_its_cause);
	tcase_add_test(tcase, what_is_not_known_is_null);
}

int
main(void)
{
	return unit_run("statusjson", add_tests);
}
