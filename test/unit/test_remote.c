/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include "base/err.h"
#include "remote.h"

#define SHORT_MS 100

static const struct {
	unsigned version;
	const char *reply;
	size_t size;
	uint32_t status;
	const char *err, *out, *object;
} replies[] = {
	{ 1, WORDS("DONE00000001STAT00000000SERR00000000SOUT00000000"
		   "DOTO00000004.ELF"), 0, NULL, NULL, ".ELF" },
	{ 1, WORDS("DONE00000001STAT00000000SERR00000003errSOUT00000003out"
		   "DOTO00000004.ELF"), 0, "err", "out", ".ELF" },
	{ 2, WORDS("DONE00000002STAT00000000SERR00000007\024err\021\0\0"
		   "SOUT00000000DOTO00000008\025.ELF\021\0\0"), 0, "err",
	  NULL, ".ELF" },
	/* An empty object is an object. */
	{ 1, WORDS("DONE00000001STAT00000000SERR00000000SOUT00000000"
		   "DOTO00000000"), 0, NULL, NULL, "" },
	{ 1, WORDS("DONE00000001STAT00000100SERR00000003errSOUT00000000"
		   "DOTO00000000"), 0x100, "err", NULL, NULL },
	{ 1, WORDS("DONE00000001STAT0000000bSERR00000000SOUT00000000"
		   "DOTO00000000"), 0xb, NULL, NULL, NULL },
	{ 1, WORDS("DONE00000001STAT0000f100SERR00000003err"
		   "SOUT00000000DOTO00000000more"), 0xf100, "err", NULL,
	  NULL },
};

START_TEST(a_whole_reply_is_received)
{
	const struct script script = { replies[_i].reply, replies[_i].size,
				       1, DRAIN };
	struct remote_job job = job_for(replies[_i].version);

	ck_assert_int_eq(try(&script, &job), 0);
	ck_assert_uint_eq(result.status, replies[_i].status);
	assert_text(result.stderr_fd, replies[_i].err);
	assert_text(result.stdout_fd, replies[_i].out);
	if (replies[_i].object != NULL)
		assert_text(job.object_fd, replies[_i].object);
	ck_assert_str_eq(phases, "csxr");
	ck_assert_int_eq(result.phase, REMOTE_RECEIVE);
	ck_assert_ptr_nonnull(strstr(result.peer, "127.0.0.1:"));
	ck_assert_int_eq(strncmp(result.local, "127.0.0.1:", 10), 0);
	ck_assert_str_ne(result.local, result.peer);
	ck_assert_uint_ge(result.bytes_in, 60);
	ck_assert_uint_ge(result.bytes_out, 60);
	finish(&job);
}
END_TEST

static const struct {
	unsigned version;
	const char *reply;
	int r;
	const char *phases;
} failures[] = {
	{ 1, "", ERR_EOF, "csx" },
	{ 1, "DONE00000001STAT", ERR_EOF, "csx" },
	{ 1, "DONE00000001STAT00000000SERR00000003er", ERR_EOF, "csxr" },
	{ 1, "DONE00000001STAT00000000SERR00000000SOUT00000000"
	     "DOTO00000004.EL", ERR_EOF, "csxr" },
	{ 1, "DONE00000002STAT00000000SERR00000000SOUT00000000"
	     "DOTO00000000", ERR_VERSION, "csx" },
	{ 2, "DONE00000001STAT00000000SERR00000000SOUT00000000"
	     "DOTO00000000", ERR_VERSION, "csx" },
	{ 1, "HTTP/1.1 400 Bad Request\r\n", ERR_PROTO, "csx" },
	{ 1, "DONE00000001STAT00000000SOUT00000000SERR00000000"
	     "DOTO00000000", ERR_PROTO, "csxr" },
	{ 1, "DONE00000001STAT00000100SERR00000000SOUT00000000"
	     "DOTO00000004.ELF", ERR_PROTO, "csxr" },
	{ 1, "DONE00000001STAT00000000SERRffffffff", ERR_LIMIT, "csxr" },
	{ 1, "DONE00000001STAT00000000SERR01000001", ERR_LIMIT, "csxr" },
	{ 1, "DONE00000001STAT00000000SERR00000000SOUT00000000"
	     "DOTOffffffff", ERR_LIMIT, "csxr" },
	{ 2, "DONE00000002STAT00000000SERR00000000SOUT00000000"
	     "DOTO00000004.ELF", ERR_LZO, "csxr" },
};

START_TEST(anything_less_is_an_error)
{
	const struct script script = { failures[_i].reply,
				       strlen(failures[_i].reply), 1, DRAIN };
	struct remote_job job = job_for(failures[_i].version);

	ck_assert_int_eq(try(&script, &job), failures[_i].r);
	ck_assert_str_eq(phases, failures[_i].phases);
	finish(&job);
}
END_TEST

START_TEST(nobody_there_is_an_error_of_the_first_phase)
{
	struct remote_job job = job_for(VERSION_PLAIN);
	int listener;

	ck_assert_int_eq(net_listen("127.0.0.1", 0, &listener, 1), 1);
	host.name = host_name;
	host.port = net_local_port(listener);
	close(listener);
	errno = 0;
	ck_assert_int_eq(remote_compile(&host, &job, &result), ERR_SYS);
	ck_assert_int_eq(errno, ECONNREFUSED);
	ck_assert_str_eq(phases, "c");
	ck_assert_int_eq(result.phase, REMOTE_CONNECT);
	ck_assert_ptr_nonnull(strstr(result.peer, "127.0.0.1:"));
	ck_assert_str_eq(result.local, "");
	finish(&job);
}
END_TEST

static const char *const beginnings[] = {
	"", "DONE00000001", "DONE00000001STAT00000000SERR00000009half",
};

START_TEST(a_server_that_falls_silent_times_out)
{
	const struct script script = { beginnings[_i], strlen(beginnings[_i]),
				       1, STAY };
	struct remote_job job = job_for(VERSION_PLAIN);
	int64_t start = clock_ms();

	job.io_ms = SHORT_MS;
	ck_assert_int_eq(try(&script, &job), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, SHORT_MS);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	finish(&job);
}
END_TEST

START_TEST(a_deadline_ends_it_whatever_the_server_may_take)
{
	const struct script script = { beginnings[_i], strlen(beginnings[_i]),
				       1, STAY };
	struct remote_job job = job_for(VERSION_PLAIN);
	int64_t start = clock_ms();

	job.deadline = clock_after(SHORT_MS);
	ck_assert_int_eq(try(&script, &job), ERR_TIMEOUT);
	ck_assert_int_ge(clock_ms() - start, SHORT_MS);
	ck_assert_int_lt(clock_ms() - start, PEER_IDLE_MS / 2);
	ck_assert_int_gt(result.connect_us, 0);
	finish(&job);
}
END_TEST

START_TEST(a_server_that_answers_early_is_heard)
{
	/* More than all the buffers on the way hold. */
	static char big[16 << 20];
	const struct script script = {
		WORDS("DONE00000001STAT0000f100SERR00000002noSOUT00000000"
		      "DOTO00000000"), 0, _i == 0 ? DRAIN : LEAVE
	};
	struct remote_job job = job_for(VERSION_PLAIN);

	/* As every program of ours does. */
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(file_write("src", big, sizeof big), 0);
	ck_assert_int_eq(try(&script, &job), 0);
	ck_assert_uint_eq(result.status, 0xf100);
	assert_text(result.stderr_fd, "no");
	finish(&job);
}
END_TEST

START_TEST(the_object_may_go_to_a_device)
{
	const struct script script = { replies[0].reply, replies[0].size, 1,
				       DRAIN };
	struct remote_job job = job_for(VERSION_PLAIN);

	close(job.object_fd);
	job.object_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	ck_assert_int_eq(try(&script, &job), 0);
	finish(&job);
}
END_TEST

START_TEST(a_full_disk_is_not_the_hosts_fault)
{
	const struct script script = { replies[0].reply, replies[0].size, 1,
				       DRAIN };
	struct remote_job job = job_for(VERSION_PLAIN);

	close(job.object_fd);
	job.object_fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	errno = 0;
	ck_assert_int_eq(try(&script, &job), ERR_SYS);
	ck_assert_int_eq(errno, ENOSPC);
	ck_assert_int_eq(remote_fault(ERR_SYS, errno, result.phase),
			 REMOTE_FAULT_OURS);
	finish(&job);
}
END_TEST

START_TEST(a_missing_directory_for_messages_is_an_error)
{
	const struct script script = { replies[1].reply, replies[1].size, 1,
				       DRAIN };
	struct remote_job job = job_for(VERSION_PLAIN);

	job.tmp_dir = "missing";
	ck_assert_int_eq(try(&script, &job), ERR_SYS);
	ck_assert_int_eq(errno, ENOENT);
	finish(&job);
}
END_TEST

static const struct {
	int r, error;
	enum remote_phase phase;
	enum remote_fault fault;
} faults[] = {
	{ ERR_SYS, ENOSPC, REMOTE_RECEIVE, REMOTE_FAULT_OURS },
	{ ERR_SYS, EDQUOT, REMOTE_RECEIVE, REMOTE_FAULT_OURS },
	{ ERR_SYS, EFBIG, REMOTE_RECEIVE, REMOTE_FAULT_OURS },
	{ ERR_SYS, EIO, REMOTE_SEND, REMOTE_FAULT_OURS },
	{ ERR_SYS, EROFS, REMOTE_RECEIVE, REMOTE_FAULT_OURS },
	{ ERR_SYS, EMFILE, REMOTE_RECEIVE, REMOTE_FAULT_OURS },
	{ ERR_SYS, ECONNRESET, REMOTE_SEND, REMOTE_FAULT_HOST },
	{ ERR_SYS, EPIPE, REMOTE_SEND, REMOTE_FAULT_HOST },
	{ ERR_SYS, ETIMEDOUT, REMOTE_COMPILE, REMOTE_FAULT_HOST },
	{ ERR_SYS, 0, REMOTE_COMPILE, REMOTE_FAULT_HOST },
	{ ERR_EOF, ENOSPC, REMOTE_RECEIVE, REMOTE_FAULT_HOST },
	{ ERR_SYS, ECONNREFUSED, REMOTE_CONNECT, REMOTE_FAULT_HOST },
	{ ERR_SYS, EHOSTUNREACH, REMOTE_CONNECT, REMOTE_FAULT_HOST },
	{ ERR_TIMEOUT, ENETUNREACH, REMOTE_CONNECT, REMOTE_FAULT_HOST },
	{ ERR_RESOLVE, ENETUNREACH, REMOTE_CONNECT, REMOTE_FAULT_HOST },
	{ ERR_NO_RESOLVER, 0, REMOTE_CONNECT, REMOTE_FAULT_NO_WAY },
	{ ERR_SYS, ENETUNREACH, REMOTE_CONNECT, REMOTE_FAULT_NO_WAY },
	{ ERR_SYS, EMFILE, REMOTE_CONNECT, REMOTE_FAULT_NO_WAY },
};

START_TEST(faults_are_ours_or_the_hosts)
{
	ck_assert_int_eq(remote_fault(faults[_i].r, faults[_i].error,
				      faults[_i].phase),
			 faults[_i].fault);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_whole_reply_is_received, 0,
			    COUNT_OF(replies));
	tcase_add_loop_test(tcase, anything_less_is_an_error, 0,
			    COUNT_OF(failures));
	tcase_add_test(tcase, nobody_there_is_an_error_of_the_first_phase);
	tcase_add_loop_test(tcase, a_server_that_falls_silent_times_out, 0,
			    COUNT_OF(beginnings));
	tcase_add_loop_test(tcase,
			    a_deadline_ends_it_whatever_the_server_may_take, 0,
			    COUNT_OF(beginnings));
	tcase_add_loop_test(tcase, a_server_that_answers_early_is_heard, 0, 2);
	tcase_add_test(tcase, the_object_may_go_to_a_device);
	tcase_add_test(tcase, a_full_disk_is_not_the_hosts_fault);
	tcase_add_test(tcase, a_missing_directory_for_messages_is_an_error);
	tcase_add_loop_test(tcase, faults_are_ours_or_the_hosts, 0,
			    COUNT_OF(faults));
}

int
main(void)
{
	return unit_run("remote", add_tests);
}
