/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/depfile.h"

#include <string.h>
#include <sys/wait.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/file.h"
#include "base/proc.h"
#include "unit.h"

static const char from_gcc[] =
	"x\\ y.o: x.c /usr/include/stdc-predef.h a\\ b.h c$$d.h e\\#f.h g\\h.h"
	" \\\n i\\\\\\ j.h k:l.h m\\\tn.h o\\\\#p.h w\\\\x.h tail\\.h\n"
	"a\\ b.h:\nc$$d.h:\n";
static const char from_clang[] =
	"x\\ y.o: x.c a\\ b.h c$$d.h e\\#f.h k:l.h m\tn.h 'r.h s%t.h u~v.h "
	"y;z.h 12345 \\\n  a[1].h\n\na\\ b.h:\n";

/* One more byte than fits, the way that each counts; from real ones. */
static const char edge_clang[] =
	"x.o: x.c \\\n"
	"  /usr/bin/../lib/gcc/x86_64-linux-gnu/12/../../../../include/c++/12/x"
	" \\\n  /usr/include/alloca.h \\\n"
	"  /usr/include/x86_64-linux-gnu/bits/stdlib-float.h\n";

static const char *const names_gcc[] = {
	"x.c", "/usr/include/stdc-predef.h", "a b.h", "c$d.h", "e#f.h",
	"g\\h.h", "i\\ j.h", "k:l.h", "m\tn.h", "o\\#p.h", "w\\\\x.h",
	"tail\\.h"
};

START_TEST(names_are_read_as_they_are)
{
	struct depfile depfile = DEPFILE_INIT;
	char *name;
	int i;

	ck_assert_int_eq(depfile_parse(&depfile, from_gcc), 0);
	ck_assert_str_eq(depfile.targets.data, "x\\ y.o:");
	ck_assert_str_eq(depfile.rest.data, "a\\ b.h:\nc$$d.h:\n");
	ck_assert_uint_eq(depfile.names.count, COUNT_OF(names_gcc));
	for (i = 0; i < COUNT_OF(names_gcc); i++) {
		name = depfile_unquote(depfile.names.v[i]);
		ck_assert_str_eq(name, names_gcc[i]);
		free(name);
	}
	depfile_clear(&depfile);
}
END_TEST

static const struct {
	const char *text;
	enum depfile_style style;
} written[] = {
	{ from_gcc, DEPFILE_GCC },
	{ from_clang, DEPFILE_CLANG },
	{ edge_clang, DEPFILE_CLANG },
	{ "x.o: x.c\n", DEPFILE_GCC },
	{ "x.o:\n", DEPFILE_CLANG },
};

START_TEST(what_is_read_can_be_written)
{
	struct depfile depfile = DEPFILE_INIT;
	struct buf text = BUF_INIT;

	ck_assert_int_eq(depfile_parse(&depfile, written[_i].text), 0);
	depfile_write(&depfile, written[_i].style, &text);
	ck_assert_str_eq(text.data, written[_i].text);
	buf_clear(&text);
	depfile_clear(&depfile);
}
END_TEST

static const char *const no_rules[] = {
	"", "x.o", "x.o x.c\n", "x.o:", "x.o:x.c\n", "x.o: x.c", ":\0",
};

START_TEST(what_is_no_rule_is_told)
{
	struct depfile depfile = DEPFILE_INIT;

	ck_assert_int_eq(depfile_parse(&depfile, no_rules[_i]), ERR_SYNTAX);
	depfile_clear(&depfile);
}
END_TEST

#define ROOT "/var/spool/somewhere/distccd_1234_AbCdEf/job_567_GhIjKl/root"

static const struct {
	const char *text, *expected;
} removals[] = {
	{ "x.o: " ROOT "/w/x.c h.h\n", "x.o: /w/x.c h.h\n" },
	/* Here the long names made gcc wrap, and there clang. */
	{ "x.o: x.c \\\n " ROOT "/w/a.h \\\n " ROOT "/w/b.h\n",
	  "x.o: x.c /w/a.h /w/b.h\n" },
	{ "x.o: x.c \\\n  " ROOT "/w/a.h \\\n  " ROOT "/w/b.h\n"
	  "\n" ROOT "/w/a.h:\n",
	  "x.o: x.c /w/a.h /w/b.h\n\n/w/a.h:\n" },
	/* Nobody wraps so; who knows why. */
	{ "x.o: x.c \\\n   " ROOT "/w/a.h \\\n   " ROOT "/w/b.h\n",
	  "x.o: x.c \\\n   /w/a.h \\\n   /w/b.h\n" },
	{ "no rule " ROOT "/w", "no rule /w" },
	{ ROOT "/w/x.o " ROOT "/y: " ROOT "/w" ROOT "/x.c\n",
	  "/w/x.o /y: /w/x.c\n" },
};

START_TEST(a_root_is_taken_out)
{
	struct buf out = BUF_INIT;

	depfile_remove_root(removals[_i].text, ROOT, &out);
	ck_assert_str_eq(out.data, removals[_i].expected);
	buf_clear(&out);
}
END_TEST

/* A compile with -I dir of a source that includes headers of all lengths. */
static int
run_compiler(const char *compiler, const char *dir, int phony)
{
	const char *const words[] = {
		compiler, "-c", "-o", "x.o", "-MD", "-MF", "x.d",
		phony ? "-MP" : "-O0", NULL
	};
	struct proc proc = PROC_INIT;
	struct args args = ARGS_INIT;
	int i, status = -1;
	pid_t pid;

	for (i = 0; words[i] != NULL; i++)
		args_push(&args, words[i]);
	args_take(&args, concat("-I", dir, (char *)NULL));
	args_take(&args, concat(dir, "/x.c", (char *)NULL));
	proc.path = compiler;
	proc.argv = args.v;
	if (proc_start(&proc, &pid) == 0)
		(void)proc_wait(pid, &status);
	args_clear(&args);
	return status;
}

static void
make_tree(const char *dir, int seed)
{
	struct buf source = BUF_INIT, path = BUF_INIT;
	const char *const odd[] = { "", " ", "$", "#", "%", "\\ ", "=" };
	int i;

	ck_assert_int_eq(path_make_dirs(dir, 0700), 0);
	for (i = 0; i < 150; i++) {
		buf_reset(&path);
		buf_addf(&path, "%s/h%d%s%.*s", dir, i, odd[(i + seed) % 7],
			 (i * seed) % 52, "abcdefghijklmnopqrstuvwxyzabcdef"
			 "ghijklmnopqrstuvwxyz0123456789");
		ck_assert_int_eq(file_write(path.data, "", 0), 0);
		buf_addf(&source, "#include <%s>\n", path_base(path.data));
	}
	buf_reset(&path);
	buf_addf(&path, "%s/x.c", dir);
	ck_assert_int_eq(file_write(path.data, source.data, source.len), 0);
	buf_clear(&path);
	buf_clear(&source);
}

/* What the compiler itself writes for a tree below a root, and without. */
static void
compare(const char *compiler, int seed)
{
	char *dir = concat(unit_dir, "/a/tree", (char *)NULL);
	char *root = concat(unit_dir, "/some/where/job_1_AbCdEf", (char *)NULL);
	char *inside = concat(root, dir, (char *)NULL);
	struct buf own = BUF_INIT, served = BUF_INIT, out = BUF_INIT;

	make_tree(dir, seed);
	make_tree(inside, seed);
	ck_assert_int_eq(run_compiler(compiler, dir, seed % 2), 0);
	ck_assert_int_eq(file_read("x.d", 1 << 20, &own), 0);
	ck_assert_int_eq(run_compiler(compiler, inside, seed % 2), 0);
	ck_assert_int_eq(file_read("x.d", 1 << 20, &served), 0);
	ck_assert_ptr_nonnull(strstr(served.data, root));
	depfile_remove_root(served.data, root, &out);
	ck_assert_str_eq(out.data, own.data);
	buf_clear(&own);
	buf_clear(&served);
	buf_clear(&out);
	free(inside);
	free(root);
	free(dir);
}

#define PATHS "/usr/bin:/usr/local/bin"

START_TEST(what_compilers_write_loses_its_root_unseen)
{
	static const char *const compilers[] = { "gcc", "clang" };
	int i;
	char *path;

	for (i = 0; i < COUNT_OF(compilers); i++) {
		path = path_find_program(compilers[i], PATHS, NULL);
		if (path != NULL)
			compare(compilers[i], _i);
		free(path);
	}
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_test(tcase, names_are_read_as_they_are);
	tcase_add_loop_test(tcase, what_is_read_can_be_written, 0,
			    COUNT_OF(written));
	tcase_add_loop_test(tcase, what_is_no_rule_is_told, 0,
			    COUNT_OF(no_rules));
	tcase_add_loop_test(tcase, a_root_is_taken_out, 0,
			    COUNT_OF(removals));
	tcase_add_loop_test(tcase, what_compilers_write_loses_its_root_unseen,
			    1, 5);
}

int
main(void)
{
	return unit_run("depfile", add_tests);
}
