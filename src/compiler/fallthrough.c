/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/fallthrough.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libiberty.h>

#include "compiler/cmdline.h"
#include "compiler/linemark.h"

/* Where the source is read, and what was seen right before. */
struct reader {
	const char *at;
	const char *end;
	size_t line;
	int fresh;	/* nothing but blanks and comments on this line */
	struct fallthrough pending;	/* text NULL: none */
};

int
fallthrough_matters(const struct cmdline *cmd)
{
	static const char *const names[] = { "-Wimplicit-fallthrough",
					     "-Werror=implicit-fallthrough",
					     "-Wextra" };
	size_t i, n;

	if (cmd->family != FAMILY_GCC)
		return 0;
	/* Another option's argument that looks like it does no harm. */
	for (i = 1; i < cmd->args.count; i++) {
		const char *word = cmd->args.v[i];

		if (strcmp(word, "-W") == 0)
			return 1;
		for (n = 0; n < sizeof names / sizeof *names; n++) {
			if (strncmp(word, names[n], strlen(names[n])) == 0)
				return 1;
		}
	}
	return 0;
}

static int
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* Whether word stands at at, and no longer one. */
static int
has_word(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) >= len && memcmp(at, word, len) == 0 &&
	       (at + len == end || !is_word(at[len]));
}

static int
is_label(const char *at, const char *end)
{
	return has_word(at, end, "case") || has_word(at, end, "default");
}

static int
speaks_of_fall(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i + 4 <= len; i++) {
		if (strncasecmp(text + i, "fall", 4) == 0)
			return 1;
	}
	return 0;
}

/* Goes to to, past any ends of lines. */
static void
go_to(struct reader *reader, const char *to)
{
	for (; reader->at < to; reader->at++) {
		if (*reader->at == '\n')
			reader->line++;
	}
}

/* What all gcc's forms of it have in common: one line, and the word. */
static void
note_comment(struct reader *reader, const char *to)
{
	size_t len = (size_t)(to - reader->at);

	if (memchr(reader->at, '\n', len) == NULL &&
	    speaks_of_fall(reader->at, len))
		reader->pending = (struct fallthrough){
			reader->line, reader->at, len, FALLTHROUGH_NOWHERE
		};
	go_to(reader, to);
}

static void
read_comment(struct reader *reader)
{
	const char *from = reader->at + 2, *to = reader->end;
	size_t rest = (size_t)(reader->end - from);

	if (reader->at[1] == '*') {
		from = memmem(from, rest, "*/", 2);
		to = from != NULL ? from + 2 : to;
	} else {
		/* One that goes on behind a backslash has no place. */
		from = memchr(from, '\n', rest);
		while (from != NULL && (from[-1] == '\\' ||
					(from[-1] == '\r' && from[-2] == '\\')))
			from = memchr(from + 1, '\n',
				      (size_t)(reader->end - from - 1));
		to = from != NULL ? from : to;
		if (to[-1] == '\r')
			to--;
	}
	note_comment(reader, to);
}

/* An apostrophe in the text of an #error ends with its line. */
static void
skip_quoted(struct reader *reader)
{
	const char *at = reader->at + 1;

	for (; at < reader->end && *at != *reader->at && *at != '\n'; at++) {
		if (*at == '\\' && at + 1 < reader->end)
			at++;
	}
	go_to(reader, at < reader->end && *at != '\n' ? at + 1 : at);
}

/* At the quote of R"x(...)x". */
static void
skip_raw(struct reader *reader)
{
	size_t rest = (size_t)(reader->end - reader->at);
	const char *open = memchr(reader->at, '(', rest < 18 ? rest : 18);
	const char *close = NULL;
	char mark[20];
	size_t len;

	if (open != NULL) {
		len = (size_t)(open - reader->at);
		memcpy(mark, reader->at, len);
		mark[0] = ')';
		mark[len] = '"';
		close = memmem(open, (size_t)(reader->end - open), mark,
			       len + 1);
	}
	if (close == NULL)
		skip_quoted(reader);
	else
		go_to(reader, close + len + 1);
}

/* Words and numbers; 1'000 is one. */
static void
skip_word(struct reader *reader)
{
	const char *at = reader->at;
	int is_number = isdigit((unsigned char)*at);

	while (at < reader->end &&
	       (is_word(*at) || (is_number && *at == '\'' &&
				 at + 1 < reader->end && is_word(at[1]))))
		at++;
	reader->at = at;
	if (at < reader->end && *at == '"' && at[-1] == 'R')
		skip_raw(reader);
}

/* Whether a directive that begins here says where lines are from. */
static int
renumbers(const struct reader *reader)
{
	const char *at = reader->at + 1;

	while (at < reader->end && (*at == ' ' || *at == '\t'))
		at++;
	return at < reader->end && (isdigit((unsigned char)*at) ||
				    has_word(at, reader->end, "line"));
}

/* Something that is no blank and no comment. */
static void
read_token(struct reader *reader, struct fallthroughs *found)
{
	struct fallthrough *pending = &reader->pending;

	if (pending->text != NULL && reader->fresh &&
	    pending->line < reader->line &&
	    is_label(reader->at, reader->end)) {
		pending->line = reader->line;
		found->v = xrealloc(found->v, (found->count + 1) *
						      sizeof *found->v);
		found->v[found->count++] = *pending;
	}
	pending->text = NULL;
	reader->fresh = 0;
	if (is_word(*reader->at))
		skip_word(reader);
	else if (*reader->at == '"' || *reader->at == '\'')
		skip_quoted(reader);
	else
		go_to(reader, reader->at + 1);
}

static int
is_comment(const struct reader *reader)
{
	return *reader->at == '/' && reader->end - reader->at > 1 &&
	       (reader->at[1] == '*' || reader->at[1] == '/');
}

void
fallthrough_find(struct fallthroughs *found, const char *source, size_t size)
{
	struct reader reader = { .at = source, .end = source + size,
				 .line = 1, .fresh = 1 };

	while (reader.at < reader.end) {
		if (*reader.at == '\n') {
			go_to(&reader, reader.at + 1);
			reader.fresh = 1;
		} else if (isspace((unsigned char)*reader.at)) {
			reader.at++;
		} else if (is_comment(&reader)) {
			read_comment(&reader);
		} else if (*reader.at == '#' && reader.fresh &&
			   renumbers(&reader)) {
			found->count = 0;
			return;
		} else {
			read_token(&reader, found);
		}
	}
}

static int
begins_with_label(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return is_label(at, end);
}

void
fallthrough_place(struct fallthroughs *found, const char *text, size_t size)
{
	const char *end = text + size, *at, *stop;
	const char *before = NULL;	/* where the line before ended */
	struct linemark source = { .name = NULL };	/* the first mark */
	struct linemark mark;
	size_t line = 0, i = 0;
	int inside = 0;

	for (at = text; at < end && i < found->count; at = stop + 1) {
		stop = memchr(at, '\n', (size_t)(end - at));
		if (stop == NULL)
			return;
		if (linemark_read(at, stop, &mark) == 0) {
			source = source.name == NULL ? mark : source;
			inside = linemark_is_same_file(&source, &mark);
			line = mark.line;
			before = NULL;
			continue;
		}
		while (inside && i < found->count && found->v[i].line < line)
			i++;
		if (inside && i < found->count && found->v[i].line == line &&
		    before != NULL && begins_with_label(at, stop))
			found->v[i].at = (size_t)(before - text);
		before = stop;
		line++;
	}
}

void
fallthrough_clear(struct fallthroughs *found)
{
	free(found->v);
	*found = (struct fallthroughs)FALLTHROUGHS_INIT;
}
