/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/post.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fd.h"
#include "unit.h"

static int ends[2], other[2], cancel[2];

static void
open_ends(void)
{
	ck_assert_int_eq(post_open(ends), 0);
	ck_assert_int_eq(pipe(other), 0);
	ck_assert_int_eq(pipe(cancel), 0);
}

static void
close_ends(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		close(ends[i]);
		close(other[i]);
		close(cancel[i]);
	}
}

START_TEST(an_order_arrives_with_its_socket)
{
	struct order sent = { .kind = ORDER_SERVE, .job = 7,
			      .refusal = REFUSAL_STOPPING, .peer = "p:1" };
	struct order got;
	char byte;
	int fd;

	ck_assert_int_eq(post_send_order(ends[0], &sent, other[1]), 0);
	ck_assert_int_eq(post_await_order(ends[1], &got, &fd, cancel[0], -1),
			 0);
	ck_assert_int_eq(got.kind, ORDER_SERVE);
	ck_assert_uint_eq(got.job, 7);
	ck_assert_int_eq(got.refusal, REFUSAL_STOPPING);
	ck_assert_str_eq(got.peer, "p:1");
	/* It is the same pipe, by another number. */
	ck_assert_int_ne(fd, other[1]);
	ck_assert_int_eq(write(fd, "x", 1), 1);
	ck_assert_int_eq(read(other[0], &byte, 1), 1);
	close(fd);
}
END_TEST

START_TEST(orders_stay_apart_and_in_order)
{
	struct order order = { .kind = ORDER_COMPILE };
	uint32_t i;
	int fd;

	for (i = 0; i < 20; i++) {
		order.job = i;
		ck_assert_int_eq(post_send_order(ends[0], &order,
						 i % 2 ? other[1] : -1), 0);
	}
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(post_await_order(ends[1], &order, &fd, -1,
						  -1), 0);
		ck_assert_uint_eq(order.job, i);
		ck_assert_int_eq(fd >= 0, i % 2);
		if (fd >= 0)
			close(fd);
	}
}
END_TEST

START_TEST(a_wait_ends_by_whatever_comes)
{
	struct order order;
	int fd;

	ck_assert_int_eq(write(other[1], "x", 1), 1);
	ck_assert_int_eq(post_await_order(ends[1], &order, &fd, cancel[0],
					  other[0]), 1);
	ck_assert_int_eq(write(cancel[1], "x", 1), 1);
	ck_assert_int_eq(post_await_order(ends[1], &order, &fd, cancel[0],
					  other[0]), ERR_CANCEL);
	close(ends[0]);
	ck_assert_int_eq(post_await_order(ends[1], &order, &fd, -1, -1),
			 ERR_EOF);
	ends[0] = dup(cancel[0]);
}
END_TEST

START_TEST(reports_are_taken_whole_and_without_waiting)
{
	const struct report sent[] = {
		{ 3, REPORT_RECEIVED }, { 3, REPORT_COMPILED },
		{ 9, REPORT_DONE },
	};
	struct report got[2];
	int i;

	ck_assert_int_eq(fd_set_nonblock(other[0]), 0);
	ck_assert_int_eq(post_take_reports(other[0], got, 2), 0);
	for (i = 0; i < COUNT_OF(sent); i++)
		ck_assert_int_eq(post_send_report(other[1], &sent[i]), 0);
	ck_assert_int_eq(post_take_reports(other[0], got, 2), 2);
	ck_assert_int_eq(got[1].kind, REPORT_COMPILED);
	ck_assert_int_eq(post_take_reports(other[0], got, 2), 1);
	ck_assert_int_eq(got[0].slot, 9);
	ck_assert_int_eq(got[0].kind, REPORT_DONE);
	ck_assert_int_eq(post_take_reports(other[0], got, 2), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, open_ends, close_ends);
	tcase_add_test(tcase, an_order_arrives_with_its_socket);
	tcase_add_test(tcase, orders_stay_apart_and_in_order);
	tcase_add_test(tcase, a_wait_ends_by_whatever_comes);
	tcase_add_test(tcase, reports_are_taken_whole_and_without_waiting);
}

int
main(void)
{
	return unit_run("post", add_tests);
}
