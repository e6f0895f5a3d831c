/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/access.h"

#include <netinet/in.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/buf.h"
#include "base/err.h"
#include "unit.h"

static void
parse(const char *text, struct sockaddr_storage *addr)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST,
				  .ai_socktype = SOCK_STREAM };
	struct addrinfo *list;

	ck_assert_int_eq(getaddrinfo(text, "1234", &hints, &list), 0);
	memset(addr, 0, sizeof *addr);
	memcpy(addr, list->ai_addr, list->ai_addrlen);
	freeaddrinfo(list);
}

static int
allows(const struct access *access, const char *client)
{
	struct sockaddr_storage addr;

	parse(client, &addr);
	return access_allows(access, (struct sockaddr *)&addr);
}

static const struct {
	const char *entry, *client;
	int allowed;
} vectors[] = {
	{ "127.0.0.1", "127.0.0.0", 0 },
	{ "127.0.0.1", "127.0.0.1", 1 },
	{ "127.0.0.1/", "127.0.0.1", 1 },
	{ "127.0.0.1/32", "127.0.0.0", 0 },
	{ "127.0.0.1/31", "127.0.0.0", 1 },
	{ "127.0.0.1/8", "127.0.0.2", 1 },
	{ "10.113.0.0/16", "10.11.45.67", 0 },
	{ "10.113.0.0/16", "10.113.45.67", 1 },
	{ "1.2.3.4/0", "4.3.2.1", 1 },
	{ "1.2.3.4/0", "::1", 0 },
	{ "192.168.1.64/28", "192.168.1.70", 1 },
	{ "192.168.1.64/28", "192.168.1.7", 0 },
	{ "192.168.1.64/28", "192.168.1.80", 0 },
	/* Through a dual-stack socket IPv4 looks like this. */
	{ "127.0.0.1", "::ffff:127.0.0.1", 1 },
	{ "127.0.0.1", "::ffff:127.0.0.2", 0 },
	{ "::ffff:10.0.0.0/104", "10.1.2.3", 1 },
	{ "::1", "::1", 1 },
	{ "::1", "::2", 0 },
	{ "::1", "127.0.0.1", 0 },
	{ "fe80::/10", "febf::1", 1 },
	{ "fe80::/10", "fec0::1", 0 },
	{ "2001:db8::/33", "2001:db8:7fff::1", 1 },
	{ "2001:db8::/33", "2001:db8:8000::1", 0 },
	{ "::/0", "2001:db8::1", 1 },
	{ "::/0", "127.0.0.1", 0 },
	{ "[::1]", "::1", 1 },
	{ "[::1]/128", "::2", 0 },
	{ "[2001:db8::]/32", "2001:db8:1::1", 1 },
	/* Interface 1 is the loopback; 77 needs not exist. */
	{ "fe80::1", "fe80::1%lo", 1 },
	{ "fe80::/10", "fe80::1%lo", 1 },
	{ "fe80::1%lo", "fe80::1%lo", 1 },
	{ "fe80::1%lo", "fe80::1%1", 1 },
	{ "fe80::1%lo", "fe80::1%77", 0 },
	{ "fe80::1%lo", "fe80::2%lo", 0 },
	{ "fe80::1%lo", "fe80::1", 0 },
	{ "fe80::1%77", "fe80::1%77", 1 },
	{ "fe80::%lo/10", "febf::1%lo", 1 },
	{ "fe80::%lo/10", "febf::1%77", 0 },
	{ "fe80::/10%lo", "febf::1%lo", 1 },
	{ "fe80::/10%lo", "febf::1%77", 0 },
	{ "fe80::/10%lo", "fec0::1", 0 },
	{ "fe80::1/%lo", "fe80::1%lo", 1 },
	{ "fe80::1/%lo", "fe80::2%lo", 0 },
	{ "[fe80::%lo]/10", "fe80::1%lo", 1 },
	{ "[fe80::]/10%lo", "fe80::1%77", 0 },
	{ "::/0", "fe80::1%lo", 1 },
};

START_TEST(an_entry_matches_what_it_should)
{
	struct access access = ACCESS_INIT;

	ck_assert_int_eq(access_add(&access, vectors[_i].entry), 0);
	ck_assert_msg(allows(&access, vectors[_i].client) ==
		      vectors[_i].allowed, "--allow %s and %s",
		      vectors[_i].entry, vectors[_i].client);
	access_clear(&access);
}
END_TEST

static const struct {
	const char *entry;
	int error;
} wrong[] = {
	{ "1.2.3.4/40", ERR_SYNTAX },
	{ "1.2.3.4/33", ERR_SYNTAX },
	{ "::1/129", ERR_SYNTAX },
	{ "1.2.3.4/8x", ERR_SYNTAX },
	{ "1.2.3.4/-1", ERR_SYNTAX },
	{ "1.2.3.4/ 8", ERR_SYNTAX },
	{ "1.2.3.4/99999999999999999999", ERR_SYNTAX },
	{ "1.2.3.400", ERR_RESOLVE },
	{ "no such host/8", ERR_RESOLVE },
	{ "/8", ERR_RESOLVE },
	{ "[]", ERR_RESOLVE },
	{ "[::1", ERR_RESOLVE },
	{ "[127.0.0.1]", ERR_RESOLVE },
	{ "fe80::1%", ERR_RESOLVE },
	{ "fe80::/10%", ERR_RESOLVE },
	{ "fe80::1%no-such-if", ERR_RESOLVE },
	{ "fe80::/10%no-such-if", ERR_RESOLVE },
	{ "127.0.0.0/8%lo", ERR_RESOLVE },
	{ "fe80::%lo/10%lo", ERR_SYNTAX },
	{ "fe80::%lo/129", ERR_SYNTAX },
	{ "fe80::/x%lo", ERR_SYNTAX },
	{ "2001:db8::1%1", ERR_SYNTAX },
	{ "2001:db8::/32%1", ERR_SYNTAX },
	{ "", ERR_RESOLVE },
};

START_TEST(a_wrong_entry_is_an_error_and_adds_nothing)
{
	struct access access = ACCESS_INIT;

	ck_assert_int_eq(access_add(&access, wrong[_i].entry),
			 wrong[_i].error);
	ck_assert_uint_eq(access.count, 0);
	access_clear(&access);
}
END_TEST

START_TEST(without_entries_everyone_is_allowed)
{
	struct access access = ACCESS_INIT;

	ck_assert(allows(&access, "8.8.8.8"));
	ck_assert(allows(&access, "2001:db8::1"));
}
END_TEST

START_TEST(any_entry_that_matches_allows)
{
	struct access access = ACCESS_INIT;

	ck_assert_int_eq(access_add(&access, "10.0.0.1"), 0);
	ck_assert_int_eq(access_add(&access, "10.0.0.2"), 0);
	ck_assert(allows(&access, "10.0.0.1"));
	ck_assert(allows(&access, "10.0.0.2"));
	ck_assert(!allows(&access, "10.0.0.3"));
	access_clear(&access);
}
END_TEST

START_TEST(the_private_networks_are_private_ones)
{
	static const char *const inside[] = {
		"192.168.3.4", "10.255.0.1", "172.16.0.1", "172.31.255.255",
		"127.0.0.1", "::1", "fe80::1", "fd00::1",
	};
	static const char *const outside[] = {
		"192.169.0.1", "11.0.0.1", "172.32.0.1", "172.15.0.1",
		"8.8.8.8", "::2", "2001:db8::1", "::",
	};
	struct access access = ACCESS_INIT;
	int i;

	access_add_private(&access);
	for (i = 0; i < COUNT_OF(inside); i++)
		ck_assert_msg(allows(&access, inside[i]), "%s", inside[i]);
	for (i = 0; i < COUNT_OF(outside); i++)
		ck_assert_msg(!allows(&access, outside[i]), "%s", outside[i]);
	access_clear(&access);
}
END_TEST

START_TEST(another_family_is_denied)
{
	struct access access = ACCESS_INIT;
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	ck_assert_int_eq(access_add(&access, "0.0.0.0/0"), 0);
	ck_assert_int_eq(access_add(&access, "::/0"), 0);
	ck_assert(!access_allows(&access, (struct sockaddr *)&un));
	access_clear(&access);
}
END_TEST

static const struct {
	const char *entry, *text;
} texts[] = {
	{ "127.0.0.1", "127.0.0.1" },
	{ "127.0.0.1/32", "127.0.0.1" },
	{ "10.1.2.3/8", "10.0.0.0/8" },
	{ "10.1.2.255/27", "10.1.2.224/27" },
	{ "1.2.3.4/0", "0.0.0.0/0" },
	{ "::1", "::1" },
	{ "::/0", "::/0" },
	{ "fe80::1/10", "fe80::/10" },
	{ "2001:db8:ffff::/33", "2001:db8:8000::/33" },
	{ "::ffff:10.1.2.3/104", "10.0.0.0/8" },
	{ "::1/127", "::/127" },
};

START_TEST(a_rule_is_written_as_the_range_that_it_is)
{
	struct access access = ACCESS_INIT;
	struct buf text = BUF_INIT;

	ck_assert_int_eq(access_add(&access, texts[_i].entry), 0);
	access_write_rule(&access.rules[0], &text);
	ck_assert_str_eq(text.data, texts[_i].text);
	buf_clear(&text);
	access_clear(&access);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, an_entry_matches_what_it_should, 0,
			    COUNT_OF(vectors));
	tcase_add_loop_test(tcase, a_wrong_entry_is_an_error_and_adds_nothing,
			    0, COUNT_OF(wrong));
	tcase_add_test(tcase, without_entries_everyone_is_allowed);
	tcase_add_test(tcase, any_entry_that_matches_allows);
	tcase_add_test(tcase, the_private_networks_are_private_ones);
	tcase_add_test(tcase, another_family_is_denied);
	tcase_add_loop_test(tcase, a_rule_is_written_as_the_range_that_it_is,
			    0, COUNT_OF(texts));
}

int
main(void)
{
	return unit_run("access", add_tests);
}
