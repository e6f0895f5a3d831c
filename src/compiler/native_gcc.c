/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/native.h"

#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "compiler/cc1.h"
#include "compiler/probe.h"

/*
 * gcc replaces the options itself, and shows by what: it is what cc1 is told
 * of the processor that the command does not say by itself.
 */

/* Where among the words of a command debug information may tell order. */
static const char *const others[] = { "-g", "-O1", "-fno-plt" };

enum kind {
	KIND_MACHINE,
	KIND_PARAM,
	KIND_OTHER,
	KIND_COUNT
};

static enum kind
kind_of(const char *word)
{
	if (strncmp(word, "--param", 7) == 0)
		return KIND_PARAM;
	return strncmp(word, "-m", 2) == 0 ? KIND_MACHINE : KIND_OTHER;
}

/* cc1 is told parameters in two words; one means the same to all. */
static void
join_params(struct args *cc1)
{
	struct args out = ARGS_INIT;
	size_t i;

	for (i = 0; i < cc1->count; i++) {
		if (strcmp(cc1->v[i], "--param") == 0 && i + 1 < cc1->count)
			args_take(&out, concat("--param=", cc1->v[++i],
					       (char *)NULL));
		else
			args_push(&out, cc1->v[i]);
	}
	args_clear(cc1);
	*cc1 = out;
}

static int
ask(const struct probe *probe, const struct args *words, struct args *cc1)
{
	struct args args = ARGS_INIT;
	size_t i;
	int r;

	args_append(&args, words);
	for (i = 0; i < sizeof others / sizeof *others; i++)
		args_push(&args, others[i]);
	r = cc1_command(probe, &args, cc1);
	join_params(cc1);
	args_clear(&args);
	return r;
}

/* The words of cc1 about the processor but those that own has, in order. */
static int
take_difference(const struct args *cc1, const struct args *own,
		struct args *explicit)
{
	struct args back = ARGS_INIT;
	size_t i, left = own->count;

	/* The compiler puts its own in front. */
	for (i = cc1->count; i > 0; i--) {
		if (kind_of(cc1->v[i - 1]) == KIND_OTHER)
			continue;
		if (left > 1 && strcmp(cc1->v[i - 1], own->v[left - 1]) == 0)
			left--;
		else
			args_push(&back, cc1->v[i - 1]);
	}
	for (i = back.count; i > 0; i--)
		args_push(explicit, back.v[i - 1]);
	args_clear(&back);
	return explicit->count > 0 ? 0 : ERR_MISSING;
}

static void
add_kind(const struct args *cc1, enum kind kind, struct args *out)
{
	size_t i;

	for (i = 0; i < cc1->count; i++) {
		if (kind_of(cc1->v[i]) == kind)
			args_push(out, cc1->v[i]);
	}
}

static int
is_same(const struct args *a, const struct args *b)
{
	size_t i;

	for (i = 0; i < a->count && i < b->count; i++) {
		if (strcmp(a->v[i], b->v[i]) != 0)
			return 0;
	}
	return a->count == b->count;
}

/* Options of one kind never change what those of another do. */
static int
means_same(const struct args *a, const struct args *b)
{
	struct args of_a = ARGS_INIT, of_b = ARGS_INIT;
	int kind, same;

	for (kind = 0; kind < KIND_COUNT; kind++) {
		add_kind(a, (enum kind)kind, &of_a);
		add_kind(b, (enum kind)kind, &of_b);
	}
	same = is_same(&of_a, &of_b);
	args_clear(&of_a);
	args_clear(&of_b);
	return same;
}

static int
has_word(const struct args *words, const char *begin)
{
	size_t i;

	for (i = 0; i < words->count; i++) {
		if (strncmp(words->v[i], begin, strlen(begin)) == 0)
			return 1;
	}
	return 0;
}

/*
 * For x86, gcc takes -mcpu= for -mtune=, and says that one should not use
 * it: what replaces it would not make gcc say so.
 */
static int
loses_warning(const struct args *words, const struct args *explicit)
{
	return has_word(words, "-mcpu=native") && !has_word(explicit, "-mcpu=");
}

int
native_ask_gcc(const struct probe *probe, const struct args *words,
	       struct args *explicit, int *is_ordered)
{
	struct args native = ARGS_INIT, other = ARGS_INIT, own = ARGS_INIT;
	const struct args nothing = ARGS_INIT;
	int r;

	native_replace(words, &nothing, &own);
	r = ask(probe, words, &native);
	if (r == 0)
		r = take_difference(&native, &own, explicit);
	if (r == 0 && loses_warning(words, explicit))
		r = ERR_MISSING;
	args_clear(&own);
	if (r == 0) {
		native_replace(words, explicit, &own);
		r = ask(probe, &own, &other);
	}
	if (r == 0 && !means_same(&native, &other))
		r = ERR_MISSING;
	*is_ordered = is_same(&native, &other);
	args_clear(&native);
	args_clear(&other);
	args_clear(&own);
	return r;
}
