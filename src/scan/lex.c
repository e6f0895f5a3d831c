/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/lex.h"

#include <string.h>

#include "scan/chars.h"
#include "scan/literal.h"
#include "scan/record.h"
#include "scan/symbol.h"
#include "scan/word.h"

/*
 * A carriage return alone ends a line for some compilers only, and what a NUL
 * does depends on where it is.
 */
static int
has_odd_bytes(const char *data, size_t size)
{
	const char *p = data, *end = data + size;

	if (size == 0)
		return 0;
	if (memchr(data, '\0', size) != NULL)
		return 1;
	for (p = memchr(p, '\r', size); p != NULL;
	     p = memchr(p, '\r', (size_t)(end - p))) {
		p++;
		if (p == end || *p != '\n')
			return 1;
	}
	return 0;
}

/*
 * Trigraphs matter outside of comments; of those in comments only the one for
 * a backslash may, if it joins lines. Returns whether there are any at all.
 */
static int
find_trigraphs(struct lex *lex, const char *data, size_t size, int is_code)
{
	const char *p = data, *end = data + size;
	int found = 0;

	while (end - p >= 3) {
		p = memchr(p, '?', (size_t)(end - p));
		if (p == NULL || end - p < 3)
			break;
		if (p[1] == '?' && p[2] != '\0' &&
		    strchr("=/'()!<>-", p[2]) != NULL) {
			found = 1;
			if (is_code || p[2] == '/')
				lex->marks |= RECORD_TRIGRAPH;
		}
		p++;
	}
	return found;
}

void
lex_note_trigraphs(struct lex *lex, const char *text, size_t size)
{
	find_trigraphs(lex, text, size, 1);
}

/* What begins with a question mark. */
static void
note_question(struct lex *lex)
{
	size_t left = (size_t)(lex->lines.end - lex->lines.at);

	find_trigraphs(lex, lex->lines.at, left < 3 ? left : 3, 1);
}

void
lex_begin(struct lex *lex, struct symbols *symbols, const char *data,
	  size_t size, unsigned dialect)
{
	if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
		data += 3;
		size -= 3;
	}
	lines_begin(&lex->lines, data, size);
	lex->symbols = symbols;
	lex->dialect = dialect;
	lex->marks = 0;
	lex->has_trigraphs = find_trigraphs(lex, data, size, 0);
	lex->rejoined = 0;
	lex->sights = 0;
	lex->is_doubtful = has_odd_bytes(data, size);
	lex->wants_header = 0;
}

void
lex_clear(struct lex *lex)
{
	lines_clear(&lex->lines);
}

/* Goes behind the end of the comment whose beginning was taken. */
static void
skip_comment(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	unsigned number = lines->number;
	const char *p;

	for (;;) {
		for (p = lines->at; p < lines->end; p++) {
			p = memchr(p, '*', (size_t)(lines->end - p));
			if (p == NULL)
				break;
			if (p + 1 < lines->end && p[1] == '/') {
				lines->at = p + 2;
				lines->number = number;
				return;
			}
		}
		if (!lines_next(lines)) {
			lex->is_doubtful = 1;
			lines->at = lines->end;
			return;
		}
	}
}

/* To C90, // is two tokens: then what stands behind them is read. */
static void
skip_slashes(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	const char *p = lines->at + 2;

	lex->sights |= LEX_ODD_SLASHES;
	for (; p + 1 < lines->end; p++) {
		p = memchr(p, '*', (size_t)(lines->end - p));
		if (p == NULL)
			break;
		if (p[-1] == '/')
			lex->marks |= RECORD_SLASHES;
	}
	lines->at = lines->end;
}

/* Whether there were any. */
static int
skip_blanks(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	int found = 0;

	for (;;) {
		while (lines->at < lines->end && chars_is_blank(*lines->at)) {
			lines->at++;
			found = 1;
		}
		if (lines->end - lines->at < 2 || *lines->at != '/')
			return found;
		if (lines->at[1] == '*') {
			lines->at += 2;
			skip_comment(lex);
		} else if (lines->at[1] == '/') {
			skip_slashes(lex);
		} else {
			return found;
		}
		found = 1;
	}
}

int
lex_line(struct lex *lex)
{
	if (!lines_next(&lex->lines))
		return 0;
	skip_blanks(lex);
	return 1;
}

int
lex_at_end(const struct lex *lex)
{
	return lex->lines.at >= lex->lines.end;
}

int
lex_take_hash(struct lex *lex, int *is_digraph)
{
	struct lines *lines = &lex->lines;
	size_t left = (size_t)(lines->end - lines->at);

	*is_digraph = 0;
	if (left >= 1 && lines->at[0] == '#') {
		if (left >= 2 && lines->at[1] == '#')
			return 0;
		lines->at++;
		return 1;
	}
	if (left < 2 || memcmp(lines->at, "%:", 2) != 0)
		return 0;
	if (left >= 4 && memcmp(lines->at, "%:%:", 4) == 0)
		return 0;
	lines->at += 2;
	*is_digraph = 1;
	return 1;
}

/* The digraphs, and what they stand for. */
static uint32_t
take_digraph(struct lines *lines)
{
	static const struct {
		const char *text;
		enum word word;
	} digraphs[] = {
		{ "%:%:", WORD_PASTE }, { "%:", WORD_HASH },
		{ "<:", WORD_SQUARE_LEFT }, { ":>", WORD_SQUARE_RIGHT },
		{ "<%", WORD_CURLY_LEFT }, { "%>", WORD_CURLY_RIGHT }
	};
	size_t i, len, left = (size_t)(lines->end - lines->at);

	for (i = 0; i < sizeof digraphs / sizeof *digraphs; i++) {
		len = strlen(digraphs[i].text);
		if (len <= left &&
		    memcmp(lines->at, digraphs[i].text, len) == 0) {
			lines->at += len;
			return digraphs[i].word;
		}
	}
	return WORD_NONE;
}

/* The assembler's .include, at whose dot we are. */
static void
note_dot(struct lex *lex)
{
	static const char text[] = ".include";
	const struct lines *lines = &lex->lines;

	if ((size_t)(lines->end - lines->at) >= sizeof text - 1 &&
	    memcmp(lines->at, text, sizeof text - 1) == 0)
		lex->marks |= RECORD_ASM_INCLUDE;
}

static void
take_punctuator(struct lex *lex, struct token *token)
{
	struct lines *lines = &lex->lines;
	size_t len, left = (size_t)(lines->end - lines->at);
	const char *text;
	int word;

	if (*lines->at == '.')
		note_dot(lex);
	else if (*lines->at == '?')
		note_question(lex);
	token->kind = TOKEN_PUNCTUATOR;
	token->symbol = take_digraph(lines);
	if (token->symbol != WORD_NONE)
		return;
	for (word = WORD_NONE + 1; word < WORD_PUNCTUATORS; word++) {
		text = word_text((enum word)word);
		if (text[0] != *lines->at)
			continue;
		len = strlen(text);
		if (len > left || memcmp(text, lines->at, len) != 0)
			continue;
		lines->at += len;
		token->symbol = (uint32_t)word;
		return;
	}
	token->kind = TOKEN_OTHER;
	token->symbol = symbols_intern(lex->symbols, lines->at, 1);
	lines->at++;
}

/* Whether a number begins there. */
static int
at_number(const struct lines *lines)
{
	const char *p = lines->at;

	return chars_is_digit(*p) ||
	       (*p == '.' && p + 1 < lines->end && chars_is_digit(p[1]));
}

void
lex_token(struct lex *lex, struct token *token)
{
	struct lines *lines = &lex->lines;
	const char *start;

	token->flags = skip_blanks(lex) ? TOKEN_BLANK | TOKEN_GAP : 0;
	if (lines->at >= lines->end) {
		token->kind = TOKEN_END;
		token->symbol = WORD_NONE;
		return;
	}
	start = lines->at;
	if (lex->wants_header && (*start == '<' || *start == '"') &&
	    literal_take_header(lex, token))
		return;
	if (chars_is_name_start(*start) || chars_is_odd_name(*start)) {
		token->kind = (uint8_t)literal_take_name(lex);
	} else if (at_number(lines)) {
		token->kind = (uint8_t)literal_take_number(lex);
	} else if (*start == '"' || *start == '\'') {
		token->kind = (uint8_t)literal_take_quoted(lex);
	} else if (*start == '\\') {
		/* what may be the beginning of a name: \u00e4 */
		token->kind = TOKEN_DOUBT;
		lines->at++;
	} else {
		take_punctuator(lex, token);
		return;
	}
	token->symbol = token->kind == TOKEN_DOUBT ? WORD_NONE :
		symbols_intern(lex->symbols, start,
			       (size_t)(lines->at - start));
}

void
lex_skip(struct lex *lex)
{
	struct lines *lines = &lex->lines;
	char c;

	while (lines->at < lines->end) {
		c = *lines->at;
		if (chars_is_name_start(c) || chars_is_odd_name(c))
			literal_take_name(lex);
		else if (c == '"' || c == '\'')
			literal_take_quoted(lex);
		else if (c == '/')
			lines->at += !skip_blanks(lex);
		else if (at_number(lines))
			literal_take_number(lex);
		else {
			if (c == '.')
				note_dot(lex);
			else if (c == '?')
				note_question(lex);
			lines->at++;
		}
	}
}

int
lex_one(struct symbols *symbols, const char *text, size_t size,
	struct token *token)
{
	struct lex lex;
	int is_one;

	lex_begin(&lex, symbols, text, size, 0);
	is_one = lines_next(&lex.lines);
	if (is_one) {
		lex_token(&lex, token);
		is_one = lex_at_end(&lex) && !lex.is_doubtful &&
			 token->kind != TOKEN_END && token->flags == 0;
	}
	lex_clear(&lex);
	return is_one;
}
