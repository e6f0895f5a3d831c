/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/literal.h"

#include <string.h>

#include "scan/chars.h"
#include "scan/lex.h"
#include "scan/record.h"
#include "scan/symbol.h"

#define RAW_DELIMITER_MAX 16
#define REJOINED_MAX ((size_t)64 << 20)

/* What names in text say about a file. */
static void
note_name(struct lex *lex, const char *text, size_t len)
{
	static const struct {
		const char *text;
		unsigned mark, sight;
	} notes[] = {
		{ "__COUNTER__", RECORD_COUNTER, 0 },
		{ "__TIMESTAMP__", RECORD_TIMESTAMP, 0 },
		{ "__DATE__", RECORD_DATE, 0 },
		{ "__TIME__", RECORD_DATE, 0 },
		{ "incbin", RECORD_INCBIN, 0 },
		{ "_Pragma", 0, LEX_PRAGMA },
		{ "push_macro", RECORD_MACRO_STACK, LEX_MACRO_STACK },
		{ "pop_macro", RECORD_MACRO_STACK, LEX_MACRO_STACK },
	};
	size_t i;

	if (len < 6 || len > 13 ||
	    (text[0] != 'i' && text[0] != 'p' && text[0] != '_'))
		return;
	for (i = 0; i < sizeof notes / sizeof *notes; i++) {
		if (strlen(notes[i].text) == len &&
		    memcmp(notes[i].text, text, len) == 0) {
			lex->marks |= notes[i].mark;
			lex->sights |= notes[i].sight;
		}
	}
}

/* In assembler text, which may stand in a string, names begin anywhere. */
static void
note_string(struct lex *lex, const char *text, size_t len)
{
	if (lex->has_trigraphs)
		lex_note_trigraphs(lex, text, len);
	if ((lex->sights & LEX_PRAGMA) && len >= 6 &&
	    (memmem(text, len, "once", 4) != NULL ||
	     memmem(text, len, "dependency", 10) != NULL))
		lex->sights |= LEX_PRAGMA_ODD;
	if (len < 8)
		return;
	if (memmem(text, len, "inc", 3) != NULL) {
		if (memmem(text, len, "incbin", 6) != NULL)
			lex->marks |= RECORD_INCBIN;
		if (memmem(text, len, ".include", 8) != NULL)
			lex->marks |= RECORD_ASM_INCLUDE;
	}
	if (memmem(text, len, "push_macro", 10) != NULL ||
	    memmem(text, len, "pop_macro", 9) != NULL) {
		lex->marks |= RECORD_MACRO_STACK;
		lex->sights |= LEX_MACRO_STACK;
	}
}

/* Goes to the quote that ends what begins at at. Returns 0 if there is none,
 * at the end of the line. */
static int
find_quote(struct lines *lines, char quote)
{
	const char *p = lines->at + 1;

	for (; p < lines->end; p++) {
		if (*p == quote) {
			lines->at = p + 1;
			return 1;
		}
		if (*p == '\\')
			p++;
	}
	lines->at = lines->end;
	return 0;
}

enum token_kind
literal_take_quoted(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	const char *start = lines->at;
	char quote = *start;
	int is_ended = find_quote(lines, quote);

	note_string(lex, start, (size_t)(lines->at - start));
	if (!is_ended)
		return TOKEN_OTHER;
	return quote == '"' ? TOKEN_STRING : TOKEN_CHAR;
}

/* The length of a raw string's delimiter; -1 if it is none. */
static int
raw_delimiter(const char *p, const char *limit)
{
	int len;

	for (len = 0; len <= RAW_DELIMITER_MAX && p + len < limit; len++) {
		if (p[len] == '(')
			return len;
		if (p[len] == ')' || p[len] == '\\' || p[len] == '"' ||
		    p[len] == '\n' || p[len] == '\r' ||
		    chars_is_blank(p[len]))
			return -1;
	}
	return -1;
}

/*
 * at is the quote of a raw string, in which neither splices nor the ends of
 * lines count: so it is looked at in the file itself.
 */
static void
take_raw(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	const char *start = lines_origin(lines, lines->at) + 1;
	const char *limit = lines_limit(lines), *p;
	int len = raw_delimiter(start, limit);

	/* Each makes what is behind it a line of its own: that has an end. */
	if (lines->count > 0)
		lex->rejoined += lines->joined.len;
	if (lex->rejoined > REJOINED_MAX)
		len = -1;
	for (p = start; len >= 0 && p < limit; p++) {
		p = memchr(p, ')', (size_t)(limit - p));
		if (p == NULL || limit - p < len + 2)
			break;
		if (memcmp(p + 1, start, (size_t)len) != 0 ||
		    p[len + 1] != '"')
			continue;
		note_string(lex, start, (size_t)(p - start));
		lines_resume(lines, p + len + 2);
		/* What is behind it belongs to the same line. */
		if (!lines_next(lines))
			lines->at = lines->end;
		return;
	}
	lex->is_doubtful = 1;
	lines->at = lines->end;
}

static int
is_one_of(const char *text, size_t len, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == len && memcmp(*list, text, len) == 0)
			return 1;
	return 0;
}

/* The literal behind a name that was read from start on, if there is one. */
static enum token_kind
take_prefixed(struct lex *lex, const char *start)
{
	static const char *const prefixes[] = { "L", "u", "U", "u8", NULL };
	static const char *const raws[] = { "R", "LR", "uR", "UR", "u8R",
					    NULL };
	struct lines *lines = &lex->lines;
	size_t len = (size_t)(lines->at - start);

	if (*lines->at == '"' && is_one_of(start, len, raws)) {
		lex->marks |= RECORD_DIALECT;
		if ((lex->dialect & RECORD_RAW_STRINGS) == 0)
			return TOKEN_NAME;
		take_raw(lex);
		return TOKEN_DOUBT;
	}
	/* Old standards have a name and a literal here: the same but where
	 * a condition has it, which would be an error. */
	if (!is_one_of(start, len, prefixes))
		return TOKEN_NAME;
	return literal_take_quoted(lex);
}

static int
is_at_quote(const struct lines *lines)
{
	return lines->at < lines->end &&
	       (*lines->at == '"' || *lines->at == '\'');
}

enum token_kind
literal_take_name(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	const char *start = lines->at, *p = start;
	enum token_kind kind = TOKEN_NAME;

	while (p < lines->end && chars_is_name(*p))
		p++;
	lines->at = p;
	if (p < lines->end && (chars_is_odd_name(*p) || *p == '\\')) {
		while (p < lines->end && (chars_is_name(*p) ||
					  chars_is_odd_name(*p) ||
					  *p == '\\')) {
			/* \u00e4 is part of a name, and one as ä is */
			if (*p == '\\' || *p == '$')
				kind = TOKEN_DOUBT;
			p++;
		}
		lines->at = p;
		return kind == TOKEN_DOUBT ? kind : TOKEN_OTHER;
	}
	note_name(lex, start, (size_t)(p - start));
	if (is_at_quote(lines) && p - start <= 3)
		return take_prefixed(lex, start);
	return TOKEN_NAME;
}

enum token_kind
literal_take_number(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	const char *p = lines->at + 1, *end = lines->end;

	for (; p < end; p++) {
		if (chars_is_name(*p) || *p == '.')
			continue;
		if ((*p == '+' || *p == '-') && strchr("eEpP", p[-1]) != NULL)
			continue;
		if (*p != '\'' || p + 1 == end || !chars_is_name(p[1]))
			break;
		lex->marks |= RECORD_DIALECT;
		if ((lex->dialect & RECORD_SEPARATORS) == 0)
			break;
	}
	lines->at = p;
	return TOKEN_NUMBER;
}

int
literal_take_header(struct lex *lex, struct token *token)
{
	struct lines *lines = &lex->lines;
	const char *start = lines->at;
	const char *stop = memchr(start + 1, *start == '<' ? '>' : '"',
				  (size_t)(lines->end - start - 1));

	if (stop == NULL)
		return 0;
	stop++;
	lines->at = stop;
	if (lex->has_trigraphs)
		lex_note_trigraphs(lex, start, (size_t)(stop - start));
	token->kind = TOKEN_HEADER;
	/* Whether \" ends a name is not agreed upon. */
	if (memchr(start, '\\', (size_t)(stop - start)) != NULL)
		token->kind = TOKEN_DOUBT;
	token->symbol = symbols_intern(lex->symbols, start,
				       (size_t)(stop - start));
	return 1;
}
