/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/inspect.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/search.h"
#include "compiler/cmdline.h"
#include "compiler/option.h"

static int
is_precompiled(const char *header)
{
	static const char *const suffixes[] = { ".gch", ".pch" };
	char *path;
	size_t i;
	int is = 0;

	for (i = 0; i < 2 && !is; i++) {
		path = concat(header, suffixes[i], (char *)NULL);
		is = access(path, F_OK) == 0;
		free(path);
	}
	return is;
}

static int
includes(const struct option_use *use)
{
	const char *name = use->option == NULL ? "" : use->option->name;

	return strcmp(name, "-include") == 0 ||
	       strcmp(name, "--include") == 0 ||
	       strcmp(name, "--include=") == 0;
}

enum reason
inspect_headers(const struct cmdline *cmd)
{
	struct option_use use;
	size_t i;

	for (i = 1; i < cmd->args.count; i += use.words) {
		use = option_at(cmd->args.v, i);
		if (!includes(&use) || !is_precompiled(use.value))
			continue;
		return REASON_PCH;
	}
	return REASON_NONE;
}

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

/*
 * Where gcc would take in a precompiled header, it says so in what it
 * preprocesses, in front of all that is not the compiler's own.
 */
static int
takes_pch(int fd)
{
	/* In two pieces: servers refuse a source that has it in one. */
	static const char mark[] = "\n#pragma GCC pch_" "preprocess ";
	char head[16384];
	ssize_t n = pread(fd, head, sizeof head, 0);

	return n > 0 && memmem(head, (size_t)n, mark, sizeof mark - 1) != NULL;
}

enum reason
inspect_source(int fd)
{
	const char *words[SIGNS + 1] = { NULL };
	size_t i;
	int found;

	for (i = 0; i < SIGNS; i++)
		words[i] = signs[i].word;
	if (takes_pch(fd))
		return REASON_PCH;
	found = search_file(fd, words, is_meant);
	return found < 0 ? REASON_NONE : signs[found].reason;
}
