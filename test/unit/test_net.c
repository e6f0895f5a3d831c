/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "unit.h"

#define SHORT_MS 100
#define LONG_MS 20000

static char name[NET_NAME_SIZE];

static int
listen_on(const char *host, int *port)
{
	int fds[4];

	ck_assert_int_eq(net_listen(host, 0, fds, 4), 1);
	*port = net_local_port(fds[0]);
	ck_assert_int_gt(*port, 0);
	return fds[0];
}

static int
accept_one(int listener)
{
	ck_assert_int_eq(fd_wait(listener, POLLIN, -1, clock_after(LONG_MS)),
			 0);
	return accept(listener, NULL, NULL);
}

START_TEST(a_connection_is_made_ready_for_us)
{
	char expected[NET_NAME_SIZE];
	socklen_t size = sizeof(int);
	int port, fd, on = 0;
	int listener = listen_on("127.0.0.1", &port);

	fd = net_connect("127.0.0.1", port, LONG_MS, name);
	ck_assert_int_ge(fd, 0);
	snprintf(expected, sizeof expected, "127.0.0.1:%d", port);
	ck_assert_str_eq(name, expected);
	ck_assert_int_ne(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, &size),
			 0);
	ck_assert_int_ne(on, 0);
	ck_assert_int_ge(accept_one(listener), 0);
}
END_TEST

/* By a socket of either family, as far as this machine has it. */
START_TEST(both_ends_call_a_connection_the_same)
{
	static const char *const hosts[] = { "127.0.0.1", "::1",
					     "::ffff:127.0.0.1" };
	struct sockaddr_storage addr;
	char expected[NET_NAME_SIZE];
	int port, fd;
	int listener = listen_on(NULL, &port);

	fd = net_connect(hosts[_i], port, LONG_MS, name);
	if (fd < 0)
		return;
	ck_assert_int_eq(fd_wait(listener, POLLIN, -1, clock_after(LONG_MS)),
			 0);
	ck_assert_int_ge(net_accept(listener, &addr), 0);
	net_name((struct sockaddr *)&addr, expected);
	net_local_name(fd, name);
	ck_assert_str_eq(name, expected);
	if (_i != 1)
		ck_assert_int_eq(strncmp(name, "127.0.0.1:", 10), 0);
}
END_TEST

START_TEST(what_is_no_connection_has_no_name)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	net_local_name(ends[0], name);
	ck_assert_str_eq(name, "");
	snprintf(name, sizeof name, "x");
	net_local_name(-1, name);
	ck_assert_str_eq(name, "");
}
END_TEST

START_TEST(a_listener_is_non_blocking_and_not_inherited)
{
	int port;
	int fd = listen_on("127.0.0.1", &port);

	ck_assert_int_ne(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
}
END_TEST

START_TEST(all_addresses_take_both_families)
{
	int port, fd;
	int listener = listen_on(NULL, &port);

	fd = net_connect("127.0.0.1", port, LONG_MS, name);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_ge(accept_one(listener), 0);
	close(fd);
	fd = net_connect("::1", port, LONG_MS, name);
	/* This machine may be without IPv6. */
	if (fd < 0)
		ck_assert(errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT ||
			  errno == ECONNREFUSED || errno == ENETUNREACH);
	else
		ck_assert_int_ge(accept_one(listener), 0);
}
END_TEST

START_TEST(an_address_to_listen_on_may_stand_in_brackets)
{
	int port, fds[4];
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_addr = IN6ADDR_LOOPBACK_INIT };

	ck_assert_int_eq(net_listen("[127.0.0.1]", 0, fds, 4), ERR_RESOLVE);
	/* This machine may be without IPv6. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&in6, sizeof in6) < 0)
		return;
	listen_on("[::1]", &port);
	ck_assert_int_ge(net_connect("::1", port, LONG_MS, name), 0);
	ck_assert_int_eq(net_connect("127.0.0.1", port, LONG_MS, name),
			 ERR_SYS);
	listen_on("[::]", &port);
	ck_assert_int_ge(net_connect("::1", port, LONG_MS, name), 0);
	ck_assert_int_ge(net_connect("127.0.0.1", port, LONG_MS, name), 0);
}
END_TEST

START_TEST(nobody_there_is_refused_at_once)
{
	int port, listener = listen_on("127.0.0.1", &port);

	close(listener);
	errno = 0;
	ck_assert_int_eq(net_connect("127.0.0.1", port, LONG_MS, name),
			 ERR_SYS);
	ck_assert_int_eq(errno, ECONNREFUSED);
	ck_assert_ptr_nonnull(strstr(name, "127.0.0.1:"));
}
END_TEST

START_TEST(a_port_in_use_is_an_error)
{
	int port, fds[4];

	listen_on("127.0.0.1", &port);
	errno = 0;
	ck_assert_int_eq(net_listen("127.0.0.1", port, fds, 4), ERR_SYS);
	ck_assert_int_eq(errno, EADDRINUSE);
}
END_TEST

/* The kernel lets new peers wait when a listener's queue is full. */
START_TEST(a_peer_that_does_not_answer_times_out)
{
	struct sockaddr_in addr = { .sin_family = AF_INET };
	int64_t start;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int i, r = 0;

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&addr, sizeof addr), 0);
	ck_assert_int_eq(listen(fd, 0), 0);
	for (i = 0; r >= 0 && i < 20; i++) {
		start = clock_ms();
		r = net_connect("127.0.0.1", net_local_port(fd), SHORT_MS,
				name);
	}
	ck_assert_int_eq(r, ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, SHORT_MS);
	ck_assert_int_lt(clock_ms() - start, LONG_MS);
}
END_TEST

START_TEST(a_name_that_cannot_be_has_no_address)
{
	char host[301];
	int fds[4];

	memset(host, 'x', sizeof host - 1);
	host[sizeof host - 1] = '\0';
	ck_assert_int_eq(net_connect(host, 1, SHORT_MS, name), ERR_RESOLVE);
	ck_assert_int_eq(name[0], 'x');
	ck_assert_uint_eq(strlen(name), NET_NAME_SIZE - 1);
	ck_assert_int_eq(net_listen(host, 0, fds, 4), ERR_RESOLVE);
}
END_TEST

START_TEST(what_we_lack_is_not_the_hosts_fault)
{
	struct rlimit before, none;
	int r, error;

	/* No descriptor is left for a socket. */
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = (rlim_t)dup(0);
	ck_assert_int_eq(close((int)none.rlim_cur), 0);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	r = net_connect("127.0.0.1", 1, SHORT_MS, name);
	error = errno;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_int_eq(r, ERR_SYS);
	ck_assert_int_eq(error, EMFILE);
	ck_assert(net_error_is_ours(r, error));
	ck_assert_str_eq(name, "127.0.0.1:1");
}
END_TEST

static const struct {
	int r, error, is_ours;
} errors[] = {
	{ ERR_SYS, ENETUNREACH, 1 },	{ ERR_SYS, ENETDOWN, 1 },
	{ ERR_SYS, EADDRNOTAVAIL, 1 },	{ ERR_SYS, EAFNOSUPPORT, 1 },
	{ ERR_SYS, EPERM, 1 },		{ ERR_SYS, EACCES, 1 },
	{ ERR_SYS, ENOBUFS, 1 },	{ ERR_SYS, ENOMEM, 1 },
	{ ERR_SYS, EMFILE, 1 },		{ ERR_SYS, ENFILE, 1 },
	{ ERR_NO_RESOLVER, 0, 1 },	{ ERR_RESOLVE, EMFILE, 0 },
	{ ERR_TIMEOUT, EMFILE, 0 },	{ ERR_SYS, EHOSTUNREACH, 0 },
	{ ERR_SYS, ECONNREFUSED, 0 },	{ ERR_SYS, ETIMEDOUT, 0 },
	{ ERR_SYS, EHOSTDOWN, 0 },	{ 3, ENETUNREACH, 0 },
};

START_TEST(failures_to_connect_are_ours_or_the_hosts)
{
	ck_assert_int_eq(net_error_is_ours(errors[_i].r, errors[_i].error),
			 errors[_i].is_ours);
}
END_TEST

START_TEST(addresses_of_a_host_are_listed)
{
	struct args addresses = ARGS_INIT;

	ck_assert_int_eq(net_resolve("127.0.0.1", 80, &addresses), 0);
	ck_assert_uint_eq(addresses.count, 1);
	ck_assert_str_eq(addresses.v[0], "127.0.0.1:80");
	ck_assert_int_eq(net_resolve("::1", 80, &addresses), 0);
	ck_assert_str_eq(addresses.v[1], "[::1]:80");
	ck_assert_int_eq(net_resolve("no host", 80, &addresses), ERR_RESOLVE);
	ck_assert_uint_eq(addresses.count, 2);
	args_clear(&addresses);
}
END_TEST

START_TEST(no_more_sockets_than_asked_for)
{
	int fds[2] = { -1, -1 };

	ck_assert_int_eq(net_listen("localhost", 0, fds, 1), 1);
	ck_assert_int_ge(fds[0], 0);
	ck_assert_int_eq(fds[1], -1);
}
END_TEST

START_TEST(all_addresses_of_a_name_share_the_port)
{
	int fds[4], i;
	int count = net_listen("localhost", 0, fds, 4);

	ck_assert_int_ge(count, 1);
	for (i = 1; i < count; i++)
		ck_assert_int_eq(net_local_port(fds[i]),
				 net_local_port(fds[0]));
}
END_TEST

START_TEST(what_is_no_socket_has_no_port)
{
	ck_assert_int_eq(net_local_port(1000), ERR_SYS);
}
END_TEST

static const struct {
	int family;
	const char *address;
	int port;
	const char *name, *unmapped;
} addresses[] = {
	{ AF_INET, "192.0.2.7", 3632, "192.0.2.7:3632", "192.0.2.7:3632" },
	{ AF_INET6, "2001:db8::1", 80, "[2001:db8::1]:80",
	  "[2001:db8::1]:80" },
	{ AF_INET6, "::1", 65535, "[::1]:65535", "[::1]:65535" },
	{ AF_INET6, "::ffff:192.0.2.7", 9, "[::ffff:192.0.2.7]:9",
	  "192.0.2.7:9" },
	/* Compatible is not mapped. */
	{ AF_INET6, "::192.0.2.7", 9, "[::192.0.2.7]:9", "[::192.0.2.7]:9" },
};

START_TEST(addresses_are_named_and_unmapped)
{
	struct sockaddr_storage addr;
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	memset(&addr, 0, sizeof addr);
	if (addresses[_i].family == AF_INET) {
		in.sin_port = htons((uint16_t)addresses[_i].port);
		inet_pton(AF_INET, addresses[_i].address, &in.sin_addr);
		memcpy(&addr, &in, sizeof in);
	} else {
		in6.sin6_port = htons((uint16_t)addresses[_i].port);
		inet_pton(AF_INET6, addresses[_i].address, &in6.sin6_addr);
		memcpy(&addr, &in6, sizeof in6);
	}
	net_name((struct sockaddr *)&addr, name);
	ck_assert_str_eq(name, addresses[_i].name);
	net_unmap(&addr);
	net_name((struct sockaddr *)&addr, name);
	ck_assert_str_eq(name, addresses[_i].unmapped);
}
END_TEST

START_TEST(other_families_have_no_name)
{
	struct sockaddr addr = { .sa_family = AF_UNIX };

	net_name(&addr, name);
	ck_assert_str_eq(name, "unknown");
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_connection_is_made_ready_for_us);
	tcase_add_loop_test(tcase, both_ends_call_a_connection_the_same, 0,
			    3);
	tcase_add_test(tcase, what_is_no_connection_has_no_name);
	tcase_add_test(tcase, a_listener_is_non_blocking_and_not_inherited);
	tcase_add_test(tcase, all_addresses_take_both_families);
	tcase_add_test(tcase, an_address_to_listen_on_may_stand_in_brackets);
	tcase_add_test(tcase, nobody_there_is_refused_at_once);
	tcase_add_test(tcase, a_port_in_use_is_an_error);
	tcase_add_test(tcase, a_peer_that_does_not_answer_times_out);
	tcase_add_test(tcase, a_name_that_cannot_be_has_no_address);
	tcase_add_test(tcase, what_we_lack_is_not_the_hosts_fault);
	tcase_add_loop_test(tcase, failures_to_connect_are_ours_or_the_hosts,
			    0, COUNT_OF(errors));
	tcase_add_test(tcase, addresses_of_a_host_are_listed);
	tcase_add_test(tcase, no_more_sockets_than_asked_for);
	tcase_add_test(tcase, all_addresses_of_a_name_share_the_port);
	tcase_add_test(tcase, what_is_no_socket_has_no_port);
	tcase_add_loop_test(tcase, addresses_are_named_and_unmapped, 0,
			    COUNT_OF(addresses));
	tcase_add_test(tcase, other_families_have_no_name);
}

int
main(void)
{
	return unit_run("net", add_tests);
}
