/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/share.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "unit.h"

static struct share *
take4(struct shares *shares, const char *address, int port)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)port) };

	ck_assert_int_eq(inet_pton(AF_INET, address, &in.sin_addr), 1);
	return shares_take(shares, (struct sockaddr *)&in);
}

static struct share *
take6(struct shares *shares, const char *address, unsigned scope)
{
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_scope_id = scope };

	ck_assert_int_eq(inet_pton(AF_INET6, address, &in6.sin6_addr), 1);
	return shares_take(shares, (struct sockaddr *)&in6);
}

START_TEST(an_address_has_one_share_whatever_its_port)
{
	struct shares shares = SHARES_INIT;
	struct share *first = take4(&shares, "10.0.0.1", 1000);

	ck_assert_ptr_eq(take4(&shares, "10.0.0.1", 2000), first);
	ck_assert_ptr_eq(take6(&shares, "::ffff:10.0.0.1", 0), first);
	ck_assert_int_eq(first->used, 3);
	ck_assert_uint_eq(shares.count, 1);
	while (shares.count > 0)
		shares_give_back(&shares, shares.v[0]);
	shares_clear(&shares);
}
END_TEST

START_TEST(addresses_and_interfaces_are_told_apart)
{
	struct shares shares = SHARES_INIT;

	take4(&shares, "10.0.0.1", 1);
	take4(&shares, "10.0.0.2", 1);
	take6(&shares, "fe80::1", 1);
	take6(&shares, "fe80::1", 2);
	take6(&shares, "fe80::2", 1);
	ck_assert_uint_eq(shares.count, 5);
	while (shares.count > 0)
		shares_give_back(&shares, shares.v[0]);
	shares_clear(&shares);
}
END_TEST

START_TEST(the_last_use_takes_it_away_and_no_other)
{
	struct shares shares = SHARES_INIT;
	struct share *a = take4(&shares, "10.0.0.1", 1);
	struct share *b = take4(&shares, "10.0.0.2", 1);

	take4(&shares, "10.0.0.1", 1);
	shares_give_back(&shares, a);
	ck_assert_uint_eq(shares.count, 2);
	a->running = 7;
	ck_assert_int_eq(take4(&shares, "10.0.0.1", 1)->running, 7);
	shares_give_back(&shares, a);
	shares_give_back(&shares, a);
	ck_assert_uint_eq(shares.count, 1);
	ck_assert_ptr_eq(shares.v[0], b);
	/* Who comes back begins anew. */
	ck_assert_int_eq(take4(&shares, "10.0.0.1", 1)->running, 0);
	while (shares.count > 0)
		shares_give_back(&shares, shares.v[0]);
	shares_clear(&shares);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, an_address_has_one_share_whatever_its_port);
	tcase_add_test(tcase, addresses_and_interfaces_are_told_apart);
	tcase_add_test(tcase, the_last_use_takes_it_away_and_no_other);
}

int
main(void)
{
	return unit_run("share", add_tests);
}
