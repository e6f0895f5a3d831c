/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/hosts.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

/* All that is known of a host, in one line. */
static void
describe(const struct host *host, struct buf *text)
{
	static const char *const kinds[] = {
		[HOST_LOCAL] = "local", [HOST_TCP] = "tcp", [HOST_SSH] = "ssh",
	};

	buf_addf(text, "%s %s", kinds[host->kind], host->name);
	if (host->kind == HOST_TCP)
		buf_addf(text, ":%d", host->port);
	if (host->user != NULL)
		buf_addf(text, " user=%s", host->user);
	if (host->command != NULL)
		buf_addf(text, " command=%s", host->command);
	buf_addf(text, " slots=%d%s%s%s", host->slots,
		 host->lzo ? " lzo" : "", host->cpp ? " cpp" : "",
		 host->down ? " down" : "");
}

static const struct {
	const char *word, *meaning;
} words[] = {
	{ "localhost", "local localhost slots=2" },
	{ "localhost/7", "local localhost slots=7" },
	{ "a", "tcp a:3632 slots=4" },
	{ "build-1.example.com", "tcp build-1.example.com:3632 slots=4" },
	{ "192.0.2.1", "tcp 192.0.2.1:3632 slots=4" },
	{ "a/1", "tcp a:3632 slots=1" },
	{ "a/9999", "tcp a:3632 slots=9999" },
	{ "a/007", "tcp a:3632 slots=7" },
	{ "a:1", "tcp a:1 slots=4" },
	{ "a:65535", "tcp a:65535 slots=4" },
	{ "a:4200/8", "tcp a:4200 slots=8" },
	{ "a/8:4200", "tcp a:4200 slots=8" },
	{ "a/8:4200/9", "tcp a:4200 slots=9" },
	{ "a:4200=3", "tcp a:4200 slots=3" },
	{ "[2001:db8::1]", "tcp 2001:db8::1:3632 slots=4" },
	{ "[::1]/3", "tcp ::1:3632 slots=3" },
	{ "[::1]=3", "tcp ::1:3632 slots=3" },
	{ "[::1]:80", "tcp ::1:80 slots=4" },
	{ "[::1]/3:80,lzo", "tcp ::1:80 slots=3 lzo" },
	{ "[fe80::1%eth0]:80/2", "tcp fe80::1%eth0:80 slots=2" },
	{ "a,lzo", "tcp a:3632 slots=4 lzo" },
	{ "a,lzo,cpp", "tcp a:3632 slots=4 lzo cpp" },
	{ "a,cpp,lzo", "tcp a:3632 slots=4 lzo cpp" },
	{ "a,down", "tcp a:3632 slots=4 down" },
	{ "a/5:99,down,lzo,cpp", "tcp a:99 slots=5 lzo cpp down" },
	{ "localhost,lzo", "tcp localhost:3632 slots=4 lzo" },
	{ "localhost:99", "tcp localhost:99 slots=4" },
	{ "localhosts", "tcp localhosts:3632 slots=4" },
	{ "@a", "ssh a slots=4" },
	{ "me@a", "ssh a user=me slots=4" },
	{ "me@a/6", "ssh a user=me slots=6" },
	{ "@a/6,lzo", "ssh a slots=6 lzo" },
	{ "me@a:/opt/distccd", "ssh a user=me command=/opt/distccd slots=4" },
	{ "me@a/3:/opt/distccd,lzo,cpp",
	  "ssh a user=me command=/opt/distccd slots=3 lzo cpp" },
	{ "@a:/opt/d/9", "ssh a command=/opt/d/9 slots=4" },
	{ "@a:,lzo", "ssh a slots=4 lzo" },
	{ "me@localhost", "ssh localhost user=me slots=4" },
};

START_TEST(every_form_of_a_host_is_read)
{
	struct hosts hosts = HOSTS_INIT;
	struct buf text = BUF_INIT;

	hosts_parse(&hosts, words[_i].word);
	ck_assert_uint_eq(hosts.complaints.count, 0);
	ck_assert_uint_eq(hosts.count, 1);
	ck_assert_str_eq(hosts.v[0].word, words[_i].word);
	describe(&hosts.v[0], &text);
	ck_assert_str_eq(text.data, words[_i].meaning);
	buf_clear(&text);
	hosts_clear(&hosts);
	ck_assert_uint_eq(hosts.count, 0);
	ck_assert_ptr_null(hosts.v);
}
END_TEST

static const char *const wrong[] = {
	"@", ":", "mbp@", "angry::", ":4200", "/4", ",lzo", "[", "[]", "[::1",
	"[]:80", "::1", "2001:db8::1", "a:", "a:0", "a:65536", "a:99999999999",
	"a:-1", "a:ssh", "a:80x", "a:80:90", "a/", "a/0", "a/-1", "a/x",
	"a/10000", "a/99999999999999999999", "a/4x", "a/4:", "a/4:0", "a,",
	"a,lz", "a,lzo,", "a,,lzo", "a,LZO", "a,lzo2", "a,cpp", "a,cpp,down",
	"a,auth", "a,auth=b", "a,lzo/4", "localhost/0", "localhost/",
	"localhost/x", "localhost/2,lzo", "localhost/2:80", "-a", "--foo",
	"--randomize=1", "--localslots", "--localslots=", "--localslots=0",
	"--localslots=x", "--localslots=4x", "--localslots=10000",
	"--localslots_cpp=", "--localslots_cpp=-1", "-@a", "-oX@a", "me@-a",
	"@a,cpp", "@a/0", "[-a]", "[a/b]", "me@:cmd", "[::1]x",
	"me@[::1", "--localslots_cpp=1,2",
};

START_TEST(a_wrong_word_is_named_and_the_others_serve)
{
	struct hosts hosts = HOSTS_INIT;
	struct buf list = BUF_INIT, quoted = BUF_INIT;

	buf_addf(&list, "one/1 %s two,lzo", wrong[_i]);
	buf_addf(&quoted, "'%s'", wrong[_i]);
	hosts_parse(&hosts, list.data);
	ck_assert_uint_eq(hosts.complaints.count, 1);
	ck_assert_ptr_nonnull(strstr(hosts.complaints.v[0], quoted.data));
	ck_assert_uint_eq(hosts.count, 2);
	ck_assert_str_eq(hosts.v[0].word, "one/1");
	ck_assert_str_eq(hosts.v[1].word, "two,lzo");
	ck_assert_int_eq(hosts.local_slots, 4);
	ck_assert_int_eq(hosts.local_cpp_slots, 8);
	buf_clear(&list);
	buf_clear(&quoted);
	hosts_clear(&hosts);
}
END_TEST

static const struct {
	const char *list, *words;
	size_t complaints;
} lists[] = {
	{ "", "", 0 },
	{ "   \t\r\n\f\v ", "", 0 },
	{ " @ ", "", 1 },
	{ "a b\tc\nd\re\ff\vg", "a b c d e f g", 0 },
	{ "  a  ", "a", 0 },
	{ "# all comment", "", 0 },
	{ "a # b c\nd", "a d", 0 },
	{ "a,lzo#b\nc", "a,lzo c", 0 },
	{ "a#b c#d", "a", 0 },
	{ "#\n#\na", "a", 0 },
	{ "a/0 b/0 c", "c", 2 },
	{ "a a a", "a a a", 0 },
	{ "--randomize a", "a", 0 },
	{ "--localslots=9 --localslots_cpp=3", "", 0 },
	{ "+zeroconf", "", 0 },
};

START_TEST(lists_come_apart_at_blanks_and_comments)
{
	struct hosts hosts = HOSTS_INIT;
	struct buf text = BUF_INIT;
	size_t i;

	hosts_parse(&hosts, lists[_i].list);
	for (i = 0; i < hosts.count; i++)
		buf_addf(&text, "%s%s", i > 0 ? " " : "", hosts.v[i].word);
	ck_assert_str_eq(text.data, lists[_i].words);
	ck_assert_uint_eq(hosts.complaints.count, lists[_i].complaints);
	buf_clear(&text);
	hosts_clear(&hosts);
}
END_TEST

START_TEST(options_of_the_list_are_read)
{
	struct hosts hosts = HOSTS_INIT;

	ck_assert_int_eq(hosts.local_slots, 4);
	ck_assert_int_eq(hosts.local_cpp_slots, 8);
	hosts_parse(&hosts, "a --localslots=9 --localslots_cpp=3");
	ck_assert_int_eq(hosts.local_slots, 9);
	ck_assert_int_eq(hosts.local_cpp_slots, 3);
	ck_assert_int_eq(hosts.randomize, 0);
	ck_assert_int_eq(hosts.zeroconf, 0);
	hosts_parse(&hosts, "--randomize +zeroconf b");
	ck_assert_int_eq(hosts.randomize, 1);
	ck_assert_int_eq(hosts.zeroconf, 1);
	ck_assert_uint_eq(hosts.count, 2);
	hosts_clear(&hosts);
	ck_assert_int_eq(hosts.local_slots, 4);
	ck_assert_int_eq(hosts.randomize, 0);
}
END_TEST

static const struct {
	const char *word, *lock_name;
} lock_names[] = {
	{ "localhost/3", "localhost" },
	{ "a", "tcp_a_3632" },
	{ "a/3:99,lzo", "tcp_a_99" },
	{ "[::1]", "tcp_::1_3632" },
	{ "localhost:3632", "tcp_localhost_3632" },
	{ "me@a/3:/opt/distccd,lzo", "ssh_a" },
	{ "@a", "ssh_a" },
};

START_TEST(lock_names_are_those_of_old)
{
	struct hosts hosts = HOSTS_INIT;
	char *name;

	hosts_parse(&hosts, lock_names[_i].word);
	name = hosts_lock_name(&hosts.v[0]);
	ck_assert_str_eq(name, lock_names[_i].lock_name);
	free(name);
	hosts_clear(&hosts);
}
END_TEST

/* How a list of eight comes out of a shuffle. */
static void
shuffle(unsigned seed, struct buf *order)
{
	struct hosts hosts = HOSTS_INIT;
	size_t i;

	hosts_parse(&hosts, "a b c d e f g h");
	hosts_shuffle(&hosts, seed);
	for (i = 0; i < hosts.count; i++)
		buf_add_str(order, hosts.v[i].word);
	hosts_clear(&hosts);
}

START_TEST(a_shuffle_keeps_all_hosts)
{
	struct buf order = BUF_INIT;
	char c;

	shuffle((unsigned)_i, &order);
	ck_assert_uint_eq(order.len, 8);
	for (c = 'a'; c <= 'h'; c++)
		ck_assert_ptr_nonnull(strchr(order.data, c));
	buf_clear(&order);
}
END_TEST

START_TEST(every_host_gets_to_be_the_first)
{
	int firsts[8] = { 0 };
	struct buf order = BUF_INIT;
	unsigned seed;
	int i;

	for (seed = 1000; seed < 1800; seed++) {
		buf_reset(&order);
		shuffle(seed, &order);
		firsts[order.data[0] - 'a']++;
	}
	/* A hundred each, if all was even. */
	for (i = 0; i < 8; i++)
		ck_assert_int_ge(firsts[i], 25);
	buf_clear(&order);
}
END_TEST

START_TEST(nothing_to_shuffle_is_fine)
{
	struct hosts hosts = HOSTS_INIT;

	hosts_shuffle(&hosts, 1);
	ck_assert_uint_eq(hosts.count, 0);
	ck_assert_ptr_null(hosts.v);
	hosts_parse(&hosts, "a/3");
	hosts_shuffle(&hosts, 1);
	ck_assert_uint_eq(hosts.count, 1);
	ck_assert_str_eq(hosts.v[0].word, "a/3");
	hosts_clear(&hosts);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, every_form_of_a_host_is_read, 0,
			    COUNT_OF(words));
	tcase_add_loop_test(tcase, a_wrong_word_is_named_and_the_others_serve,
			    0, COUNT_OF(wrong));
	tcase_add_loop_test(tcase, lists_come_apart_at_blanks_and_comments, 0,
			    COUNT_OF(lists));
	tcase_add_test(tcase, options_of_the_list_are_read);
	tcase_add_loop_test(tcase, lock_names_are_those_of_old, 0,
			    COUNT_OF(lock_names));
	tcase_add_loop_test(tcase, a_shuffle_keeps_all_hosts, 0, 20);
	tcase_add_test(tcase, every_host_gets_to_be_the_first);
	tcase_add_test(tcase, nothing_to_shuffle_is_fine);
}

int
main(void)
{
	return unit_run("hosts", add_tests);
}
