/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "base/net.h"
#include "farm/hosts.h"
#include "peer.h"
#include "wire/bulk.h"
#include "wire/request.h"
#include "wire/tree.h"
#include "wire/version.h"

#define SHORT_MS 100

/* What a server does with the one connection that it takes. */
struct script {
	const char *reply;
	size_t size;
	int reads;	/* the whole request, before it replies */
	enum {
		DRAIN,	/* what the client still sends, and then close */
		STAY,	/* until the client leaves */
		LEAVE	/* at once, which resets the connection */
	} then;
};

static struct args args = ARGS_INIT;
static struct host host = { .kind = HOST_TCP };
static struct remote_result result = REMOTE_RESULT_INIT;
static char phases[20];
static char host_name[] = "127.0.0.1";

static void
note(void *arg, enum remote_phase phase)
{
	static const char letters[] = {
		[REMOTE_CONNECT] = 'c', [REMOTE_SEND] = 's',
		[REMOTE_COMPILE] = 'x', [REMOTE_RECEIVE] = 'r',
	};
	char *text = arg;

	text[strlen(text)] = letters[phase];
}

static const struct tree_entry entries[] = {
	{ TREE_FILE, "/w/x.c", NULL, "\030int x;\n\021\0", 11 },
	{ TREE_LINK, "/w/l", "x.c", NULL, 0 },
};

static struct remote_job
job_for(unsigned version)
{
	struct remote_job job = {
		.args = &args,
		.tmp_dir = ".",
		.version = version,
		.cwd = "/w",
		.entries = entries,
		.entry_count = 2,
		.depfile_fd = -1,
		.connect_ms = PEER_IDLE_MS,
		.io_ms = PEER_IDLE_MS,
		.note = note,
		.note_arg = phases,
	};

	args_push(&args, "gcc");
	args_push(&args, "-c");
	ck_assert_int_eq(file_write("src", "int x;\n", 7), 0);
	/* Left over from a try on another host. */
	ck_assert_int_eq(file_write("obj", "a longer object", 15), 0);
	job.source_fd = open("src", O_RDONLY | O_CLOEXEC);
	job.object_fd = open("obj", O_RDWR | O_CLOEXEC);
	lseek(job.object_fd, 0, SEEK_END);
	return job;
}

static void
read_tree(struct conn *conn)
{
	struct buf name = BUF_INIT, target = BUF_INIT;
	enum tree_kind kind;
	uint32_t count, size;
	int fd = open("arrived", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (tree_read_count(conn, &count) < 0 || count != 2 ||
	    tree_read_entry(conn, &name, &kind, &target, &size) < 0 ||
	    bulk_read(conn, VERSION_PUMP, size, fd, 100) < 0 ||
	    strcmp(name.data, "/w/x.c") != 0 ||
	    tree_read_entry(conn, &name, &kind, &target, &size) < 0 ||
	    strcmp(name.data, "/w/l") != 0 ||
	    strcmp(target.data, "x.c") != 0)
		_exit(7);
}

static void
read_source(struct conn *conn, unsigned version)
{
	int fd = open("arrived", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (request_read_source(conn, version, fd) < 0)
		_exit(3);
}

static void
read_request(struct conn *conn)
{
	struct args got = ARGS_INIT;
	struct buf source = BUF_INIT, cwd = BUF_INIT;
	unsigned version;

	if (request_read_version(conn, &version) < 0 ||
	    (version == VERSION_PUMP &&
	     (tree_read_cwd(conn, &cwd) < 0 ||
	      strcmp(cwd.data, "/w") != 0)) ||
	    request_read_args(conn, &got) < 0)
		_exit(3);
	if (version == VERSION_PUMP)
		read_tree(conn);
	else
		read_source(conn, version);
	if (got.count != 2 || strcmp(got.v[0], "gcc") != 0 ||
	    strcmp(got.v[1], "-c") != 0)
		_exit(4);
	if (file_read("arrived", 100, &source) < 0 ||
	    strcmp(source.data, "int x;\n") != 0)
		_exit(5);
}

static void
serve(int listener, const struct script *script)
{
	struct conn conn;
	int fd;

	if (fd_wait(listener, POLLIN, -1, CLOCK_NEVER) < 0)
		_exit(1);
	fd = accept(listener, NULL, NULL);
	conn_init(&conn, fd, fd, PEER_IDLE_MS);
	if (script->reads)
		read_request(&conn);
	else if (fd_wait(fd, POLLIN, -1, CLOCK_NEVER) < 0)
		_exit(6);
	conn_put(&conn, script->reply, script->size);
	if (conn_flush(&conn) < 0)
		_exit(2);
	if (script->then == STAY)
		fd_wait(fd, POLLIN, -1, CLOCK_NEVER);
	if (script->then == DRAIN)
		conn_drain(&conn, UINT64_MAX, PEER_IDLE_MS);
	_exit(0);
}

static pid_t
start_server(const struct script *script)
{
	int listener;
	pid_t pid;

	ck_assert_int_eq(net_listen("127.0.0.1", 0, &listener, 1), 1);
	host.name = host_name;
	host.port = net_local_port(listener);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		serve(listener, script);
	close(listener);
	return pid;
}

/* One try at a server that follows script. */
static int
try(const struct script *script, const struct remote_job *job)
{
	pid_t pid = start_server(script);
	int r = remote_compile(&host, job, &result);
	int saved = errno;

	peer_wait(pid);
	errno = saved;
	return r;
}

static void
finish(struct remote_job *job)
{
	remote_result_clear(&result);
	ck_assert_int_eq(result.stderr_fd, -1);
	ck_assert_int_eq(result.stdout_fd, -1);
	close(job->source_fd);
	close(job->object_fd);
	args_clear(&args);
}

static void
assert_text(int fd, const char *text)
{
	char got[100];
	ssize_t n;

	if (text == NULL) {
		ck_assert_int_eq(fd, -1);
		return;
	}
	ck_assert_int_ge(fd, 0);
	n = pread(fd, got, sizeof got - 1, 0);
	ck_assert_int_ge(n, 0);
	got[n] = '\0';
	ck_assert_str_eq(got, text);
}

#define WORDS(text) (text), sizeof(text) - 1

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

#define PUMPED "DONE00000003STAT00000000SERR00000000SOUT00000000" \
	"DOTO00000008\025.ELF\021\0\0"
#define DEPS "DOTD0000000b\030x.o: x\n\021\0\0"
#define DIGITS "0123456789abcdef0123456789abcdef"

/* What is behind the object in version 3. */
static const struct {
	const char *reply;
	size_t size;
	int r;
	int wants_deps;
	const char *deps;	/* what their file has in the end */
	int has_seen;
} rests[] = {
	{ WORDS(PUMPED DEPS), 0, 1, "x.o: x\n", 0 },
	{ WORDS(PUMPED DEPS), 0, 0, "left over", 0 },
	{ WORDS(PUMPED "DOTD00000000"), 0, 1, "", 0 },
	{ WORDS(PUMPED DEPS "SEEN00000041a" DIGITS DIGITS), 0, 1, "x.o: x\n",
	  1 },
	{ WORDS(PUMPED DEPS "SEEN00000041u" DIGITS DIGITS), 0, 0,
	  "left over", 1 },
	{ WORDS("DONE00000003STAT00000100SERR00000000SOUT00000000"
		"DOTO00000000"), 0, 1, "left over", 0 },
	{ WORDS(PUMPED), ERR_EOF, 1, NULL, 0 },
	{ WORDS(PUMPED "DOTD00000007\030x."), ERR_EOF, 1, NULL, 0 },
	{ WORDS(PUMPED DEPS "SEEN00000041x" DIGITS DIGITS), ERR_PROTO, 1,
	  NULL, 0 },
	{ WORDS(PUMPED "SEEN00000041a" DIGITS DIGITS), ERR_PROTO, 1, NULL,
	  0 },
};

START_TEST(a_tree_is_sent_and_dependencies_come_back)
{
	const struct script script = { rests[_i].reply, rests[_i].size, 1,
				       DRAIN };
	struct remote_job job = job_for(VERSION_PUMP);
	int fd;

	ck_assert_int_eq(file_write("deps", "left over", 9), 0);
	fd = open("deps", O_RDWR | O_CLOEXEC);
	job.depfile_fd = rests[_i].wants_deps ? fd : -1;
	ck_assert_int_eq(try(&script, &job), rests[_i].r);
	ck_assert_int_eq(result.has_seen, rests[_i].has_seen);
	if (rests[_i].has_seen)
		ck_assert_int_eq(result.seen.is_all, rests[_i].wants_deps);
	if (rests[_i].deps != NULL)
		assert_text(fd, rests[_i].deps);
	close(fd);
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
	tcase_add_loop_test(tcase, a_tree_is_sent_and_dependencies_come_back,
			    0, COUNT_OF(rests));
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
