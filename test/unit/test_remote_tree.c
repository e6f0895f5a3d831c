/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/remote.h"

#include "base/err.h"
#include "remote.h"

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

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, a_tree_is_sent_and_dependencies_come_back,
			    0, COUNT_OF(rests));
}

int
main(void)
{
	return unit_run("remote_tree", add_tests);
}
