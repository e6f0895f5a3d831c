/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/sanitizer.h"

#include <libiberty.h>

#include "base/args.h"
#include "unit.h"

static const struct {
	const char *line;
	const char *culprit;
} commands[] = {
	{ "gcc -c x.c", NULL },
	{ "gcc -fsanitize=thread -c x.c", NULL },
	{ "gcc -fsanitize=leak,thread -c x.c", NULL },
	{ "gcc -fsanitize=undefined -c x.c", "-fsanitize=undefined" },
	{ "gcc -fsanitize=thread,address -c x.c",
	  "-fsanitize=thread,address" },
	{ "gcc -fsanitize=bounds -c x.c", "-fsanitize=bounds" },
	{ "gcc -fsanitize= -c x.c", "-fsanitize=" },
	{ "gcc -fsanitize=bound -fsanitize-trap=all -c x.c",
	  "-fsanitize=bound" },
	{ "gcc -fsanitize=bounds -fsanitize-undefined-trap-on-error -c x.c",
	  NULL },
	{ "gcc -fsanitize-undefined-trap-on-error -fsanitize=bounds,shift "
	  "-fsanitize=alignment,bounds-strict -c x.c", NULL },
	{ "gcc -fsanitize=bounds,address -fsanitize-undefined-trap-on-error "
	  "-c x.c", "-fsanitize=bounds,address" },
	{ "gcc -fsanitize=bounds -fsanitize-undefined-trap-on-error "
	  "-fno-sanitize-undefined-trap-on-error -c x.c",
	  "-fsanitize=bounds" },
	{ "clang -fsanitize=bounds -fsanitize-trap=bounds -c x.c", NULL },
	{ "clang -fsanitize=bounds,shift -fsanitize-trap=bounds -c x.c",
	  "-fsanitize=bounds,shift" },
	{ "clang -fsanitize=bounds,shift -fsanitize-trap=bounds "
	  "-fsanitize-trap=null,shift -c x.c", NULL },
	{ "clang -fsanitize=bounds -fsanitize-trap=undefined -c x.c", NULL },
	{ "clang -fsanitize=bounds -fsanitize-trap=all -c x.c", NULL },
	{ "clang -fsanitize=bounds -fsanitize-trap -c x.c", NULL },
	{ "clang -fsanitize=local-bounds -fsanitize-trap=undefined -c x.c",
	  "-fsanitize=local-bounds" },
	{ "clang -fsanitize=local-bounds -fsanitize-trap=local-bounds -c x.c",
	  NULL },
	{ "clang -fsanitize=undefined -fsanitize-trap=bounds -c x.c",
	  "-fsanitize=undefined" },
	{ "clang -fsanitize=vptr -fsanitize-trap=undefined -c x.cc",
	  "-fsanitize=vptr" },
	{ "clang -fsanitize=null -fsanitize-trap=all "
	  "-fno-sanitize-trap=null -c x.c", "-fsanitize=null" },
	/* What looks like the option, but is another one's argument. */
	{ "gcc -I -fsanitize=address -c x.c", NULL },
	{ "gcc -fsanitize=null -I -fsanitize-trap -c x.c",
	  "-fsanitize=null" },
};

START_TEST(who_tells_columns_is_named)
{
	struct args args = ARGS_INIT;
	char **argv = buildargv(commands[_i].line);

	args_append_argv(&args, argv);
	freeargv(argv);
	ck_assert_pstr_eq(sanitizer_culprit(&args), commands[_i].culprit);
	args_clear(&args);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, who_tells_columns_is_named, 0,
			    COUNT_OF(commands));
}

int
main(void)
{
	return unit_run("sanitizer", add_tests);
}
