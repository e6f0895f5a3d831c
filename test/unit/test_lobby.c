/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/lobby.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "daemon/board.h"
#include "daemon/options.h"
#include "daemon/serve.h"
#include "unit.h"

static struct options options;
static struct serve serve;
static struct shares shares;
static struct lobby lobby;

/* The clients' ends, so that the lobby's are not at their end. */
static int peers[600], peer_count;

static void
open_lobby(void)
{
	memset(&options, 0, sizeof options);
	memset(&serve, 0, sizeof serve);
	memset(&shares, 0, sizeof shares);
	log_set_level(LOG_CRIT);
	serve.options = &options;
	serve.board = board_open(1, 0, 1);
	peer_count = 0;
	lobby_init(&lobby, 10, &shares, &serve);
}

static void
close_lobby(void)
{
	lobby_clear(&lobby);
	/* Whoever leaves gives its share back. */
	ck_assert_uint_eq(shares.count, 0);
	shares_clear(&shares);
	board_close(serve.board);
	while (peer_count > 0)
		close(peers[--peer_count]);
	access_clear(&options.access);
	access_clear(&options.balancers);
}

static void
set_address(struct sockaddr_storage *addr, const char *text)
{
	struct sockaddr_in in = { .sin_family = AF_INET };

	ck_assert_int_eq(inet_pton(AF_INET, text, &in.sin_addr), 1);
	memset(addr, 0, sizeof *addr);
	memcpy(addr, &in, sizeof in);
}

/* A connection from address that has said words; returns its own end. */
static int
come(const char *address, const char *words)
{
	struct sockaddr_storage addr;
	int ends[2];

	set_address(&addr, address);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	if (*words != '\0')
		ck_assert_int_gt(write(ends[1], words, strlen(words)), 0);
	peers[peer_count++] = ends[1];
	lobby_add(&lobby, ends[0], &addr);
	return ends[1];
}

/* What poll() says now. */
static void
look(void)
{
	struct pollfd fds[LOBBY_WATCH_MAX];
	int n = lobby_watch(&lobby, fds);

	ck_assert_int_ge(poll(fds, (nfds_t)n, 0), 0);
	lobby_note(&lobby, fds);
}

static unsigned
refused(enum refusal refusal)
{
	return (unsigned)atomic_load(&serve.board->refusals[refusal]);
}

static const char *
first(void)
{
	const struct visitor *visitor = lobby_first(&lobby);

	return visitor == NULL ? "nobody" : visitor->name;
}

START_TEST(the_silent_wait_until_they_have_spoken)
{
	int silent = come("10.0.0.1", "");

	ck_assert_str_eq(first(), "nobody");
	come("10.0.0.2", "x");
	ck_assert_str_eq(first(), "10.0.0.2:0");
	look();
	ck_assert_str_eq(first(), "10.0.0.2:0");
	ck_assert_int_eq(write(silent, "x", 1), 1);
	look();
	ck_assert_str_eq(first(), "10.0.0.1:0");
	ck_assert_int_eq(lobby.silent, 0);
}
END_TEST

START_TEST(whoever_has_least_comes_first_then_the_oldest)
{
	struct visitor *visitor;

	come("10.0.0.1", "x");
	come("10.0.0.1", "x");
	come("10.0.0.2", "x");
	visitor = lobby_first(&lobby);
	ck_assert_str_eq(visitor->name, "10.0.0.1:0");
	lobby_take(&lobby, visitor);
	visitor->share->working++;
	ck_assert_str_eq(first(), "10.0.0.2:0");
	visitor->share->working--;
	ck_assert_str_eq(first(), "10.0.0.1:0");
	lobby_dismiss(&lobby, visitor);
	ck_assert_int_eq(lobby.count, 2);
}
END_TEST

START_TEST(a_full_lobby_takes_from_whom_has_most)
{
	int i;

	come("10.0.0.2", "x");
	for (i = 0; i < 9; i++)
		come("10.0.0.1", "x");
	ck_assert_int_eq(lobby.count, 10);
	come("10.0.0.3", "x");
	ck_assert_int_eq(lobby.count, 10);
	ck_assert_uint_eq(refused(REFUSAL_QUEUE), 1);
	/* The newest of the greedy one; the others are all here. */
	ck_assert_str_eq(lobby.v[0]->name, "10.0.0.2:0");
	ck_assert_str_eq(lobby.v[9]->name, "10.0.0.3:0");
	ck_assert_int_eq(lobby.v[1]->share->held, 8);
	/* One more of its own is turned away itself. */
	come("10.0.0.1", "x");
	ck_assert_str_eq(lobby.v[9]->name, "10.0.0.3:0");
	ck_assert_int_eq(lobby.v[1]->share->held, 8);
}
END_TEST

START_TEST(of_the_modest_the_silent_go_first_when_it_is_full)
{
	char name[32];
	int i;

	for (i = 0; i < 11; i++) {
		snprintf(name, sizeof name, "10.0.0.%d", i);
		come(name, i == 5 ? "" : "x");
	}
	ck_assert_int_eq(lobby.count, 10);
	ck_assert_int_eq(lobby.silent, 0);
}
END_TEST

/* Who has just connected has had no time to say anything. */
START_TEST(the_greedy_go_before_the_silent)
{
	int i;

	for (i = 0; i < 10; i++)
		come("10.0.0.1", "x");
	come("10.0.0.2", "");
	ck_assert_int_eq(lobby.count, 10);
	ck_assert_str_eq(lobby.v[9]->name, "10.0.0.2:0");
	ck_assert_int_eq(lobby.v[0]->share->held, 9);
}
END_TEST

START_TEST(of_too_many_silent_ones_the_oldest_goes)
{
	char name[32];
	int i;

	lobby_clear(&lobby);
	lobby_init(&lobby, 590, &shares, &serve);
	for (i = 0; i < LOBBY_SILENT_MAX + 2; i++) {
		snprintf(name, sizeof name, "10.0.%d.%d", i / 200, i % 200);
		come(name, "");
	}
	ck_assert_int_eq(lobby.silent, LOBBY_SILENT_MAX);
	ck_assert_str_eq(lobby.v[0]->name, "10.0.0.2:0");
	ck_assert_int_eq(strncmp(lobby.v[lobby.count - 1]->name, name,
				 strlen(name)), 0);
}
END_TEST

START_TEST(of_the_silent_the_new_go_last)
{
	int i;

	for (i = 0; i < 9; i++)
		come("10.0.0.1", "x");
	come("10.0.0.2", "");
	lobby.v[9]->deadline -= 5000;
	come("10.0.0.3", "");
	ck_assert_int_eq(lobby.count, 10);
	ck_assert_str_eq(lobby.v[9]->name, "10.0.0.3:0");
	/* Nor for one who has more. */
	come("10.0.0.4", "");
	ck_assert_str_eq(lobby.v[8]->name, "10.0.0.3:0");
	ck_assert_str_eq(lobby.v[9]->name, "10.0.0.4:0");
	ck_assert_int_eq(lobby.v[0]->share->held, 8);
}
END_TEST

START_TEST(it_is_full_while_all_deserve_their_places)
{
	int i;

	for (i = 0; i < 9; i++)
		come("10.0.0.1", "x");
	ck_assert(!lobby_is_full(&lobby));
	come("10.0.0.2", "");
	ck_assert(lobby_is_full(&lobby));
	/* It was silent for long. */
	lobby.v[9]->deadline -= 5000;
	ck_assert(!lobby_is_full(&lobby));
	lobby.v[9]->has_spoken = 1;
	ck_assert(lobby_is_full(&lobby));
	lobby.v[9]->has_spoken = 0;
	lobby.v[9]->deadline += 5000;
	lobby.v[0]->share->held += 60;
	ck_assert(!lobby_is_full(&lobby));
	lobby.v[0]->share->held -= 60;
}
END_TEST

START_TEST(only_so_many_may_be_silent)
{
	int i;

	lobby_clear(&lobby);
	lobby_init(&lobby, 590, &shares, &serve);
	for (i = 0; i < LOBBY_SILENT_MAX + 40; i++)
		come("10.0.0.1", "");
	ck_assert_int_eq(lobby.silent, LOBBY_SILENT_MAX);
	ck_assert_uint_eq(refused(REFUSAL_SILENT), 40);
	come("10.0.0.2", "x");
	ck_assert_int_eq(lobby.count, LOBBY_SILENT_MAX + 1);
}
END_TEST

START_TEST(the_silent_have_a_deadline)
{
	come("10.0.0.1", "");
	come("10.0.0.2", "x");
	ck_assert_int_eq(lobby_expire(&lobby), lobby.v[0]->deadline);
	lobby.v[0]->deadline = 0;
	lobby.v[1]->deadline = 0;
	lobby_expire(&lobby);
	ck_assert_int_eq(lobby.count, 1);
	ck_assert_str_eq(first(), "10.0.0.2:0");
}
END_TEST

START_TEST(who_is_not_in_the_list_is_not_let_in)
{
	ck_assert_int_eq(access_add(&options.access, "10.0.0.1"), 0);
	come("10.0.0.2", "x");
	ck_assert_int_eq(lobby.count, 0);
	ck_assert_uint_eq(refused(REFUSAL_ADDRESS), 1);
	ck_assert_uint_eq((unsigned)atomic_load(
		&serve.board->outcomes[OUTCOME_DENIED]), 1);
}
END_TEST

START_TEST(a_balancers_client_is_who_counts)
{
	ck_assert_int_eq(access_add(&options.access, "10.0.0.0/24"), 0);
	ck_assert_int_eq(access_add(&options.balancers, "10.9.9.9"), 0);
	come("10.9.9.9", "PROXY TCP4 10.0.0.1 10.9.9.9 77 3632\r\nDIST");
	ck_assert_str_eq(first(), "10.0.0.1:77");
	ck_assert_int_eq(lobby.v[0]->share->held, 1);
	come("10.9.9.9", "PROXY TCP4 10.1.1.1 10.9.9.9 77 3632\r\nDIST");
	ck_assert_int_eq(lobby.count, 1);
	ck_assert_uint_eq(refused(REFUSAL_ADDRESS), 1);
	come("10.9.9.9", "DIST00000001");
	ck_assert_int_eq(lobby.count, 1);
	ck_assert_uint_eq(refused(REFUSAL_PROXY), 1);
	/* Another one's header is just what it says. */
	come("10.0.0.7", "PROXY TCP4 10.0.0.1 10.9.9.9 77 3632\r\nDIST");
	ck_assert_str_eq(lobby.v[1]->name, "10.0.0.7:0");
}
END_TEST

START_TEST(a_header_may_come_in_pieces)
{
	int fd;

	ck_assert_int_eq(access_add(&options.balancers, "10.9.9.9"), 0);
	fd = come("10.9.9.9", "PROXY TCP4 10.0");
	ck_assert_int_eq(lobby.silent, 1);
	ck_assert_int_gt(write(fd, ".0.1 10.9.9.9 77 3632\r\n", 23), 0);
	look();
	/* All but the client's own words are there. */
	ck_assert_str_eq(first(), "nobody");
	ck_assert_str_eq(lobby.v[0]->name, "10.0.0.1:77");
	ck_assert_int_eq(write(fd, "D", 1), 1);
	look();
	ck_assert_str_eq(first(), "10.0.0.1:77");
}
END_TEST

START_TEST(a_balancer_that_looks_in_is_no_client)
{
	int fd;

	ck_assert_int_eq(access_add(&options.balancers, "10.9.9.9"), 0);
	fd = come("10.9.9.9", "");
	ck_assert_int_eq(shutdown(fd, SHUT_RDWR), 0);
	look();
	ck_assert_int_eq(lobby.count, 0);
	ck_assert_uint_eq(refused(REFUSAL_PROXY), 0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, open_lobby, close_lobby);
	tcase_add_test(tcase, the_silent_wait_until_they_have_spoken);
	tcase_add_test(tcase, whoever_has_least_comes_first_then_the_oldest);
	tcase_add_test(tcase, a_full_lobby_takes_from_whom_has_most);
	tcase_add_test(tcase,
		       of_the_modest_the_silent_go_first_when_it_is_full);
	tcase_add_test(tcase, the_greedy_go_before_the_silent);
	tcase_add_test(tcase, of_too_many_silent_ones_the_oldest_goes);
	tcase_add_test(tcase, of_the_silent_the_new_go_last);
	tcase_add_test(tcase, it_is_full_while_all_deserve_their_places);
	tcase_add_test(tcase, only_so_many_may_be_silent);
	tcase_add_test(tcase, the_silent_have_a_deadline);
	tcase_add_test(tcase, who_is_not_in_the_list_is_not_let_in);
	tcase_add_test(tcase, a_balancers_client_is_who_counts);
	tcase_add_test(tcase, a_header_may_come_in_pieces);
	tcase_add_test(tcase, a_balancer_that_looks_in_is_no_client);
}

int
main(void)
{
	return unit_run("lobby", add_tests);
}
