/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/metrics.h"

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

static const char *const lines[] = {
	"# TYPE distccd_jobs_total counter\n",
	"distccd_connections_total 71\n",
	"distccd_jobs_total{outcome=\"ok\"} 56\n",
	"distccd_jobs_total{outcome=\"denied\"} 1\n",
	"distccd_refusals_total{reason=\"queue\"} 2\n",
	"distccd_slots 8\n",
	"distccd_compilers_running 6\n",
	"distccd_queue 3\n",
	"distccd_workers{phase=\"compile\"} 6\n",
	"distccd_start_time_seconds 1799988883\n",
	"distccd_short_of{resource=\"memory\"} 0\n",
	"distccd_memory_free_bytes 7696547840\n",
	"distccd_load{minutes=\"5\"} 5.50\n",
	"distccd_compiler_jobs_total{compiler=\"gcc\",result=\"ok\"} 20\n",
	"# TYPE distccd_phase_seconds histogram\n",
	"distccd_phase_seconds_bucket{phase=\"receive\",le=\"0.002\"} 0\n",
	"distccd_phase_seconds_bucket{phase=\"receive\",le=\"0.005\"} 63\n",
	"distccd_phase_seconds_bucket{phase=\"receive\",le=\"60\"} 63\n",
	"distccd_phase_seconds_bucket{phase=\"receive\",le=\"+Inf\"} 63\n",
	"distccd_phase_seconds_sum{phase=\"receive\"} 0.1953\n",
	"distccd_phase_seconds_count{phase=\"receive\"} 63\n",
	"distccd_job_seconds_bucket{le=\"0.5\"} 3\n",
	"distccd_job_seconds_bucket{le=\"+Inf\"} 63\n",
	"distccd_job_seconds_count 63\n",
};

START_TEST(samples_are_there)
{
	metrics_write(&out, &snapshot);
	ck_assert_msg(strstr(out.data, lines[_i]) != NULL, "no %s in\n%s",
		      lines[_i], out.data);
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
	snapshot.free_memory = snapshot.free_disk = -1;
	snapshot.load[0] = -1;
	metrics_write(&out, &snapshot);
	ck_assert_ptr_null(strstr(out.data, "_free_bytes"));
	ck_assert_ptr_null(strstr(out.data, "distccd_load"));
	ck_assert_ptr_null(strstr(out.data, " -1"));
}
END_TEST

START_TEST(names_cannot_end_their_label)
{
	board_set_text(snapshot.compilers[0].name, 64,
		       "c\"} 1\nevil_total{a=\"\\");
	metrics_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data,
		"{compiler=\"c\\\"} 1\\nevil_total{a=\\\"\\\\\",result="));
	ck_assert_ptr_null(strstr(out.data, "\nevil_total"));
}
END_TEST

START_TEST(a_shortage_is_one)
{
	snapshot.short_of = REFUSAL_DISK;
	metrics_write(&out, &snapshot);
	ck_assert_ptr_nonnull(strstr(out.data,
				     "{resource=\"memory\"} 0\n"));
	ck_assert_ptr_nonnull(strstr(out.data, "{resource=\"disk\"} 1\n"));
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, end);
	tcase_add_loop_test(tcase, samples_are_there, 0, COUNT_OF(lines));
	tcase_add_test(tcase, what_is_not_known_is_left_out);
	tcase_add_test(tcase, names_cannot_end_their_label);
	tcase_add_test(tcase, a_shortage_is_one);
}

int
main(void)
{
	return unit_run("metrics", add_tests);
}
