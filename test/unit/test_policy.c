/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/policy.h"

#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"
#include "unit.h"

static void
make_program(const char *path)
{
	ck_assert_int_eq(file_write(path, "#!/bin/sh\n", 10), 0);
	ck_assert_int_eq(chmod(path, 0755), 0);
}

/* A command that is in order, but for compiler, and one more word. */
static int
judge(const struct policy *policy, const char *compiler, const char *word,
      struct verdict *verdict)
{
	struct args args = ARGS_INIT;
	int r;

	args_push(&args, compiler);
	args_push(&args, "-c");
	args_push(&args, "x.c");
	args_push(&args, "-o");
	args_push(&args, "x.o");
	if (word != NULL)
		args_push(&args, word);
	r = policy_judge(policy, &args, verdict);
	args_clear(&args);
	return r;
}

static void
allow_gcc(struct policy *policy)
{
	memset(policy, 0, sizeof *policy);
	policy->path = "/nowhere";
	args_push(&policy->compilers.names, "gcc");
	args_push(&policy->compilers.paths, "/opt/gcc/bin/gcc");
}

static const struct {
	const char *name;
	int allowed;
} requested[] = {
	{ "gcc", 1 },
	{ "/bin/gcc", 1 },
	{ "/usr/bin/gcc", 1 },
	{ "/USR/BIN/gcc", 0 },
	{ "/usr/local/bin/gcc", 0 },
	{ "/usr/bin//gcc", 0 },
	{ "/usr/bin/../bin/gcc", 0 },
	{ "/usr/bin/bin/gcc", 0 },
	{ "./gcc", 0 },
	{ "../gcc", 0 },
	{ "GCC", 0 },
	{ "sh", 0 },
	{ ".", 0 },
	{ "..", 0 },
	{ "/usr/bin/", 0 },
	{ "", 0 },
	{ "-c", 0 },
};

START_TEST(only_names_in_the_table_are_run)
{
	struct verdict verdict = VERDICT_INIT;
	struct policy policy;
	int r;

	allow_gcc(&policy);
	r = judge(&policy, requested[_i].name, NULL, &verdict);
	ck_assert_msg((r == 0) == requested[_i].allowed, "%s",
		      requested[_i].name);
	if (r == 0) {
		ck_assert_str_eq(verdict.program, "/opt/gcc/bin/gcc");
		ck_assert_int_eq(verdict.cmd.family, FAMILY_GCC);
		ck_assert_uint_eq(verdict.refusal.len, 0);
	} else {
		ck_assert_int_eq(r, ERR_DENIED);
		ck_assert_ptr_nonnull(strstr(verdict.refusal.data,
					     requested[_i].name));
	}
	verdict_clear(&verdict);
	policy_clear(&policy);
}
END_TEST

static const char *const refused[] = {
	"-fplugin=evil.so", "-wrapper", "-B/tmp", "-specs=evil", "@/etc/passwd",
	"-aux-info", "-fdump-tree-all", "-march=native",
	"-o/etc/passwd", "y.c", "-E", "--no-such-option", "-I@x", "-D@x",
	"-MT@x", "--sysroot=@x", "-Wp,-MT,@x", "-ffile-prefix-map=@x=y",
};

START_TEST(a_refused_word_is_named)
{
	struct verdict verdict = VERDICT_INIT;
	struct policy policy;

	allow_gcc(&policy);
	ck_assert_msg(judge(&policy, "gcc", refused[_i], &verdict) ==
		      ERR_DENIED, "%s", refused[_i]);
	ck_assert_uint_gt(verdict.refusal.len, 0);
	verdict_clear(&verdict);
	policy_clear(&policy);
}
END_TEST

START_TEST(the_reason_names_the_option)
{
	struct verdict verdict = VERDICT_INIT;
	struct policy policy;

	allow_gcc(&policy);
	ck_assert_int_eq(judge(&policy, "gcc", "-fplugin=x.so", &verdict),
			 ERR_DENIED);
	ck_assert_ptr_nonnull(strstr(verdict.refusal.data,
				     "option -fplugin=x.so is not allowed"));
	verdict_clear(&verdict);
	policy_clear(&policy);
}
END_TEST

START_TEST(an_unrestricted_daemon_finds_anything)
{
	struct verdict verdict = VERDICT_INIT;
	struct policy policy;

	memset(&policy, 0, sizeof policy);
	policy.anything = 1;
	policy.path = unit_dir;
	make_program("mycc");
	ck_assert_int_eq(judge(&policy, "mycc", NULL, &verdict), 0);
	ck_assert_int_eq(access(verdict.program, X_OK), 0);
	verdict_clear(&verdict);
	ck_assert_int_eq(judge(&policy, "/bin/sh", NULL, &verdict), 0);
	ck_assert_str_eq(verdict.program, "/bin/sh");
	verdict_clear(&verdict);
	ck_assert_int_eq(judge(&policy, "/elsewhere/mycc", NULL, &verdict), 0);
	ck_assert_str_eq(path_base(verdict.program), "mycc");
	verdict_clear(&verdict);
	ck_assert_int_eq(judge(&policy, "mycc", "-fplugin=x.so", &verdict),
			 ERR_DENIED);
	verdict_clear(&verdict);
}
END_TEST

START_TEST(a_command_list_alone_decides)
{
	struct verdict verdict = VERDICT_INIT;
	struct policy policy;

	allow_gcc(&policy);
	policy.anything = policy.has_cmdlist = 1;
	args_push(&policy.cmdlist.paths, "/my/clang");
	policy.cmdlist.words = 1;
	ck_assert_int_eq(judge(&policy, "gcc", NULL, &verdict), ERR_DENIED);
	verdict_clear(&verdict);
	ck_assert_int_eq(judge(&policy, "clang", NULL, &verdict), 0);
	ck_assert_str_eq(verdict.program, "/my/clang");
	ck_assert_int_eq(verdict.cmd.family, FAMILY_CLANG);
	verdict_clear(&verdict);
	policy_clear(&policy);
}
END_TEST

START_TEST(masquerade_names_run_the_real_compilers)
{
	const char *const dirs[] = { "masq", "missing", NULL };
	struct compilers compilers = COMPILERS_INIT;
	char *masq, *real, *path;

	ck_assert_int_eq(mkdir("masq", 0755), 0);
	ck_assert_int_eq(mkdir("real", 0755), 0);
	make_program("distcc");
	make_program("real/acc");
	make_program("real/other");
	ck_assert_int_eq(symlink("../distcc", "masq/acc"), 0);
	ck_assert_int_eq(symlink("../distcc", "masq/nocc"), 0);
	masq = path_join(unit_dir, "masq");
	real = path_join(unit_dir, "real");
	path = concat(masq, ":", real, (char *)NULL);
	compilers_find(&compilers, dirs, path);
	ck_assert_uint_eq(compilers.names.count, 1);
	free(path);
	path = path_join(real, "acc");
	ck_assert_str_eq(compilers_look_up(&compilers, "acc"), path);
	ck_assert_ptr_null(compilers_look_up(&compilers, "nocc"));
	ck_assert_ptr_null(compilers_look_up(&compilers, "other"));
	compilers_clear(&compilers);
	free(path);
	free(masq);
	free(real);
}
END_TEST

START_TEST(without_masquerade_directories_the_system_is_searched)
{
	const char *const dirs[] = { "missing", NULL };
	struct compilers compilers = COMPILERS_INIT;

	compilers_find(&compilers, dirs, "/usr/bin:/bin");
	ck_assert_ptr_null(compilers_look_up(&compilers, "sh"));
	if (access("/usr/bin/gcc", X_OK) == 0)
		ck_assert_ptr_nonnull(compilers_look_up(&compilers, "gcc"));
	compilers_clear(&compilers);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	unit_in_dir(tcase);
	tcase_add_loop_test(tcase, only_names_in_the_table_are_run, 0,
			    COUNT_OF(requested));
	tcase_add_loop_test(tcase, a_refused_word_is_named, 0,
			    COUNT_OF(refused));
	tcase_add_test(tcase, the_reason_names_the_option);
	tcase_add_test(tcase, an_unrestricted_daemon_finds_anything);
	tcase_add_test(tcase, a_command_list_alone_decides);
	tcase_add_test(tcase, masquerade_names_run_the_real_compilers);
	tcase_add_test(tcase,
		       without_masquerade_directories_the_system_is_searched);
}

int
main(void)
{
	log_set_level(LOG_EMERG);
	return unit_run("policy", add_tests);
}
