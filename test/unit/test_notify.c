/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/notify.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/buf.h"
#include "base/clock.h"
#include "daemon/settings.h"
#include "unit.h"

static struct settings settings;
static char heard[4096];

/* A manager that listens at name; settings then know it by that. */
static int
listen_at(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	ck_assert_uint_lt(strlen(name), sizeof address.sun_path);
	memcpy(address.sun_path, name, strlen(name));
	if (*name == '@')
		address.sun_path[0] = '\0';
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address,
			      (socklen_t)(offsetof(struct sockaddr_un,
						   sun_path) +
					  strlen(name))), 0);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", name, 1), 0);
	return fd;
}

static void
read_settings(void)
{
	settings_clear(&settings);
	ck_assert_int_eq(settings_read(&settings), -1);
}

static const char *
hear(int fd)
{
	ssize_t n = recv(fd, heard, sizeof heard - 1, MSG_DONTWAIT);

	if (n < 0)
		return NULL;
	heard[n] = '\0';
	return heard;
}

/* A path, and a name in no directory. */
START_TEST(each_state_is_one_datagram)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_addf(&name, "%s%s/manager", _i == 0 ? "" : "@", unit_dir);
	fd = listen_at(name.data);
	read_settings();
	errno = EXDEV;
	notify_send(&settings, "READY=1\nSTATUS=%d jobs", 7);
	ck_assert_int_eq(errno, EXDEV);
	notify_send(&settings, "STOPPING=1");
	ck_assert_pstr_eq(hear(fd), "READY=1\nSTATUS=7 jobs");
	ck_assert_pstr_eq(hear(fd), "STOPPING=1");
	ck_assert_ptr_null(hear(fd));
	buf_clear(&name);
	close(fd);
}
END_TEST

START_TEST(a_reload_says_when_it_began)
{
	struct buf name = BUF_INIT;
	const int64_t before = clock_us();
	long long us;
	int fd;

	buf_addf(&name, "%s/manager", unit_dir);
	fd = listen_at(name.data);
	read_settings();
	notify_reloading(&settings);
	ck_assert_int_eq(sscanf(hear(fd), "RELOADING=1\nMONOTONIC_USEC=%lld",
				&us), 1);
	ck_assert_int_ge(us, before);
	ck_assert_int_le(us, clock_us());
	buf_clear(&name);
	close(fd);
}
END_TEST

static const char *const nobody[] = {
	"", "/", "@", "relative", "vsock:2:1", "/nowhere/at/all",
	/* longer than any address */
	("/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
};

START_TEST(without_a_manager_nothing_happens)
{
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", nobody[_i], 1), 0);
	read_settings();
	errno = EXDEV;
	notify_send(&settings, "READY=1");
	notify_reloading(&settings);
	ck_assert_int_eq(errno, EXDEV);
	unsetenv("NOTIFY_SOCKET");
	read_settings();
	notify_send(&settings, "READY=1");
	ck_assert_int_eq(errno, EXDEV);
}
END_TEST

/* Its queue is full; the next one must not be waited for. */
START_TEST(a_manager_that_does_not_read_delays_nobody)
{
	struct buf name = BUF_INIT;
	int fd, i;

	buf_addf(&name, "%s/manager", unit_dir);
	fd = listen_at(name.data);
	read_settings();
	for (i = 0; i < 100000; i++)
		notify_send(&settings, "WATCHDOG=1");
	ck_assert_pstr_eq(hear(fd), "WATCHDOG=1");
	buf_clear(&name);
	close(fd);
}
END_TEST

static const struct {
	const char *usec;
	int pid;	/* 1: ours, 0: nobody's, -1: none is named */
	int ms;
} watchdogs[] = {
	{ "30000000", 1, 15000 }, { "30000000", -1, 15000 },
	{ "30000000", 0, -1 },	  { "0", 1, -1 },
	{ "", 1, -1 },		  { "-5", 1, -1 },
	{ "3x", 1, -1 },	  { "1", 1, 1 },
	{ "9223372036854775807", 1, INT_MAX },
};

START_TEST(a_watchdog_is_fed_twice_as_often_as_it_asks)
{
	char pid[20];

	snprintf(pid, sizeof pid, "%ld", (long)getpid() + !watchdogs[_i].pid);
	ck_assert_int_eq(setenv("NOTIFY_SOCKET", "@nobody", 1), 0);
	ck_assert_int_eq(setenv("WATCHDOG_USEC", watchdogs[_i].usec, 1), 0);
	unsetenv("WATCHDOG_PID");
	if (watchdogs[_i].pid >= 0)
		ck_assert_int_eq(setenv("WATCHDOG_PID", pid, 1), 0);
	read_settings();
	ck_assert_int_eq(notify_interval_ms(&settings), watchdogs[_i].ms);
	unsetenv("NOTIFY_SOCKET");
	read_settings();
	ck_assert_int_eq(notify_interval_ms(&settings), -1);
}
END_TEST

START_TEST(compilers_do_not_inherit_it)
{
	size_t i;

	ck_assert_int_eq(setenv("NOTIFY_SOCKET", "@nobody", 1), 0);
	ck_assert_int_eq(setenv("WATCHDOG_USEC", "1", 1), 0);
	read_settings();
	ck_assert_uint_gt(settings.compiler_env.count, 0);
	for (i = 0; i < settings.compiler_env.count; i++) {
		ck_assert_ptr_null(strstr(settings.compiler_env.v[i],
					  "NOTIFY"));
		ck_assert_ptr_null(strstr(settings.compiler_env.v[i],
					  "WATCHDOG"));
	}
}
END_TEST

static void
forget_settings(void)
{
	settings_clear(&settings);
}

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_checked_fixture(tcase, NULL, forget_settings);
	tcase_add_loop_test(tcase, each_state_is_one_datagram, 0, 2);
	tcase_add_test(tcase, a_reload_says_when_it_began);
	tcase_add_loop_test(tcase, without_a_manager_nothing_happens, 0,
			    COUNT_OF(nobody));
	tcase_add_test(tcase, a_manager_that_does_not_read_delays_nobody);
	tcase_add_loop_test(tcase, a_watchdog_is_fed_twice_as_often_as_it_asks,
			    0, COUNT_OF(watchdogs));
	tcase_add_test(tcase, compilers_do_not_inherit_it);
}

int
main(void)
{
	return unit_run("notify", add_tests);
}
