/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/inspect.h"

#include <ctype.h>
#include <string.h>

#include "base/search.h"

static const struct {
	const char *word;
	enum reason reason;
} signs[] = {
	{ ".incbin", REASON_READS_FILE },
	{ ".include", REASON_READS_FILE },
	{ "__builtin_source_location", REASON_COLUMNS },
	{ "__builtin_COLUMN", REASON_COLUMNS },
};

#define SIGNS (sizeof signs / sizeof *signs)

static size_t
skip_blanks(const char *text, size_t size, size_t at)
{
	while (at < size && strchr(" \t\r\n", text[at]) != NULL &&
	       text[at] != '\0')
		at++;
	return at;
}

static int
is_called(const char *found, size_t size)
{
	size_t at = 0;

	while (at < size && (isalnum((unsigned char)found[at]) ||
			     found[at] == '_'))
		at++;
	at = skip_blanks(found, size, at);
	return at < size && found[at] == '(';
}

/*
 * A directive of the assembler's stands in a string, and a file's name, in
 * quotes of its own, comes behind it, perhaps in the next string. x.include
 * and a string that ends with the word are only C.
 */
static int
is_meant(const char *found, size_t size)
{
	size_t word, at;

	if (*found != '.')
		return is_called(found, size);
	word = size >= 7 && memcmp(found, ".incbin", 7) == 0 ? 7 : 8;
	at = skip_blanks(found, size, word);
	if (at < size && at == word && found[at] == '"')
		at = skip_blanks(found, size, at + 1);
	return at < size && (found[at] == '"' || found[at] == '\\');
}

enum reason
inspect_source(int fd)
{
	const char *words[SIGNS + 1] = { NULL };
	size_t i;
	int found;

	for (i = 0; i < SIGNS; i++)
		words[i] = signs[i].word;
	found = search_file(fd, words, is_meant);
	return found < 0 ? REASON_NONE : signs[found].reason;
}
