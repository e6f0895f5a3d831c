/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/args.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"

void
args_clear(struct args *args)
{
	size_t i;

	for (i = 0; i < args->count; i++)
		free(args->v[i]);
	free(args->v);
	*args = (struct args)ARGS_INIT;
}

void
args_take(struct args *args, char *word)
{
	if (args->count + 2 > args->room) {
		args->room = args->room == 0 ? 16 : args->room * 2;
		args->v = xrealloc(args->v, args->room * sizeof *args->v);
	}
	args->v[args->count++] = word;
	args->v[args->count] = NULL;
}

void
args_push(struct args *args, const char *word)
{
	args_take(args, xstrdup(word));
}

void
args_append(struct args *args, const struct args *from)
{
	size_t i;

	for (i = 0; i < from->count; i++)
		args_push(args, from->v[i]);
}

void
args_append_argv(struct args *args, char *const *argv)
{
	for (; *argv != NULL; argv++)
		args_push(args, *argv);
}

static int
is_plain(const char *word)
{
	if (*word == '\0')
		return 0;
	for (; *word != '\0'; word++) {
		if (!isalnum((unsigned char)*word) &&
		    strchr("%+,-./:=@_", *word) == NULL)
			return 0;
	}
	return 1;
}

static void
add_word(struct buf *text, const char *word)
{
	if (is_plain(word)) {
		buf_add_str(text, word);
		return;
	}
	buf_add_char(text, '\'');
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			buf_add_str(text, "'\\''");
		else
			buf_add_char(text, *word);
	}
	buf_add_char(text, '\'');
}

char *
args_text(const struct args *args)
{
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; i < args->count; i++) {
		if (i > 0)
			buf_add_char(&text, ' ');
		add_word(&text, args->v[i]);
	}
	return buf_steal(&text);
}
