/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/native.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/tmp.h"
#include "compiler/ask.h"
#include "compiler/cc1.h"
#include "compiler/option.h"
#include "compiler/probe.h"

/*
 * clang tells its compiler proper each feature of the processor, in no
 * order, and some that no option has a name for. What all that comes to is
 * said by the attributes of a function in its intermediate language.
 */

#define FUNCTION "void f(void) {}\n"
#define FEATURES "\"target-features\"=\""

static int
ask(const struct probe *probe, const struct args *words,
    const char *const *question, struct buf *text)
{
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	int fd, r = ERR_SYS;

	args_append(&args, words);
	for (; *question != NULL; question++)
		args_push(&args, *question);
	fd = tmp_open(probe->tmp_dir);
	if (fd >= 0 && fd_write_all(fd, FUNCTION, strlen(FUNCTION)) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0) {
		ask.path = probe->path;
		ask.args = &args;
		ask.input_fd = fd;
		r = ask_compiler(&ask, text);
	}
	if (fd >= 0)
		close(fd);
	args_clear(&args);
	return r;
}

static int
ask_function(const struct probe *probe, const struct args *words,
	     struct buf *text)
{
	static const char *const question[] = {
		"-S", "-emit-llvm", "-o", "-", "-x", "c", "-", NULL
	};

	return ask(probe, words, question, text);
}

static int
ask_macros(const struct probe *probe, const struct args *words,
	   struct buf *text)
{
	static const char *const question[] = {
		"-dM", "-E", "-o", "-", "-x", "c", "-", NULL
	};

	return ask(probe, words, question, text);
}

/* The words of cc1 but for the features, each in a line. */
static int
ask_command(const struct probe *probe, const struct args *words,
	    struct buf *text)
{
	struct args cc1 = ARGS_INIT;
	size_t i;
	int r = cc1_command(probe, words, &cc1);

	for (i = 0; i < cc1.count; i++) {
		if (strcmp(cc1.v[i], "-target-feature") == 0)
			i++;
		else
			buf_addf(text, "%s\n", cc1.v[i]);
	}
	args_clear(&cc1);
	return r;
}

/*
 * Features that no option has a name for. Each processor that 64-bit code
 * runs on has them, and so does each that -march= can name for it.
 */
static const char *const unnamed[] = { "+64bit", "+cmov" };

static int
is_unnamed(const char *feature, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof unnamed / sizeof *unnamed; i++) {
		if (strlen(unnamed[i]) == len &&
		    strncmp(unnamed[i], feature, len) == 0)
			return 1;
	}
	return 0;
}

/* What clang makes of a function, unnamed features left out. */
static int
ask_features(const struct probe *probe, const struct args *words,
	     struct buf *text)
{
	struct buf all = BUF_INIT;
	int r = ask_function(probe, words, &all);
	int drop = strstr(all.data, "target triple = \"x86_64-") != NULL;
	const char *at;
	size_t len;

	for (at = all.data; *at != '\0'; at += len) {
		len = strcspn(at, ",\"\n");
		if (drop && at[len] == ',' && is_unnamed(at, len)) {
			len++;
			continue;
		}
		len += at[len] != '\0';
		buf_add(text, at, len);
	}
	buf_clear(&all);
	return r;
}

static int (*const views[])(const struct probe *probe,
			    const struct args *words, struct buf *text) = {
	ask_command, ask_features, ask_macros
};

/* Whether all that can be seen of the two is the same. */
static int
is_same(const struct probe *probe, const struct args *a, const struct args *b)
{
	struct buf of_a = BUF_INIT, of_b = BUF_INIT;
	size_t i;
	int same = 1;

	for (i = 0; same && i < sizeof views / sizeof *views; i++) {
		buf_reset(&of_a);
		buf_reset(&of_b);
		same = views[i](probe, a, &of_a) == 0 &&
		       views[i](probe, b, &of_b) == 0 &&
		       strcmp(of_a.data, of_b.data) == 0;
	}
	buf_clear(&of_a);
	buf_clear(&of_b);
	return same;
}

/* The word behind name in cc1, or NULL. */
static const char *
value_of(const struct args *cc1, const char *name)
{
	const char *value = NULL;
	size_t i;

	for (i = 0; i + 1 < cc1->count; i++) {
		if (strcmp(cc1->v[i], name) == 0)
			value = cc1->v[i + 1];
	}
	return value;
}

/*
 * For x86 clang does not use -mcpu= and warns of it, by the very word that
 * would be another one then.
 */
static int
heeds_mcpu(const struct args *cc1)
{
	const char *triple = value_of(cc1, "-triple");

	return triple == NULL ||
	       (strncmp(triple, "x86_64", 6) != 0 &&
		(triple[0] != 'i' || strncmp(triple + 2, "86", 2) != 0));
}

/* -march=native, ... become -march=CPU, by what clang tells its compiler. */
static int
name_processor(const struct probe *probe, const struct args *words,
	       struct args *explicit)
{
	struct args cc1 = ARGS_INIT;
	const struct option *option;
	const char *cpu, *word;
	size_t i;
	int r = cc1_command(probe, words, &cc1);

	for (i = 0; r == 0 && i < words->count; i++) {
		word = words->v[i];
		option = option_is(word) ? option_find(word, NULL).option :
					   NULL;
		if (option == NULL || option->local != REASON_NATIVE)
			continue;
		if (strncmp(word, "-mcpu", 5) == 0 && !heeds_mcpu(&cc1)) {
			r = ERR_MISSING;
			continue;
		}
		cpu = value_of(&cc1, strncmp(word, "-mtune", 6) == 0 ?
					     "-tune-cpu" : "-target-cpu");
		if (cpu == NULL)
			r = ERR_MISSING;
		else
			args_take(explicit,
				  concat(strncmp(word, "-mt", 3) == 0 ?
						 "-mtune=" :
					 strncmp(word, "-mc", 3) == 0 ?
						 "-mcpu=" : "-march=",
					 cpu, (char *)NULL));
	}
	args_clear(&cc1);
	return r;
}

/* Whether list, up to its quote, has the len bytes of feature in it. */
static int
has_feature(const char *list, const char *feature, size_t len)
{
	size_t here;

	for (;; list += here + 1) {
		here = strcspn(list, ",\"");
		if (here == len && strncmp(list, feature, len) == 0)
			return 1;
		if (list[here] != ',')
			return 0;
	}
}

/* Appends the option that turns the feature of that name on, or off. */
static void
push_feature(const char *name, size_t len, int on, struct args *explicit)
{
	char *copy = xstrndup(name, len);

	args_take(explicit, concat(on ? "-m" : "-mno-", copy, (char *)NULL));
	free(copy);
}

/* Appends an option for each feature of the list a that b does not have so. */
static void
add_missing(const char *a, const char *b, struct args *explicit)
{
	size_t len;

	for (;; a += len + 1) {
		len = strcspn(a, ",\"");
		if (len > 1 && !has_feature(b, a, len) && !is_unnamed(a, len))
			push_feature(a + 1, len - 1, *a == '+', explicit);
		if (a[len] != ',')
			return;
	}
}

/* The processor may lack, or have, what others of its name do not. */
static int
name_features(const struct probe *probe, const struct args *words,
	      struct args *explicit)
{
	struct args named = ARGS_INIT;
	struct buf wanted = BUF_INIT, got = BUF_INIT;
	const char *a, *b;
	int r;

	native_replace(words, explicit, &named);
	r = ask_function(probe, words, &wanted);
	if (r == 0)
		r = ask_function(probe, &named, &got);
	a = strstr(wanted.data, FEATURES);
	b = strstr(got.data, FEATURES);
	if (r == 0 && a != NULL && b != NULL) {
		a += strlen(FEATURES);
		b += strlen(FEATURES);
		add_missing(a, b, explicit);
	}
	args_clear(&named);
	buf_clear(&wanted);
	buf_clear(&got);
	return r;
}

int
native_ask_clang(const struct probe *probe, const struct args *words,
		 struct args *explicit)
{
	struct args named = ARGS_INIT;
	int r;

	r = name_processor(probe, words, explicit);
	if (r == 0)
		r = name_features(probe, words, explicit);
	if (r == 0) {
		native_replace(words, explicit, &named);
		r = is_same(probe, words, &named) ? 0 : ERR_MISSING;
	}
	args_clear(&named);
	return r;
}
