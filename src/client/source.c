/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/source.h"

#include <ctype.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/search.h"
#include "compiler/cmdline.h"
#include "compiler/lang.h"
#include "compiler/option.h"
#include "compiler/usercode.h"

#define GCC (1U << FAMILY_GCC)
#define CLANG (1U << FAMILY_CLANG)
#define BOTH (GCC | CLANG)
#define PRAGMA "#pragma GCC "

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
takes_file(const char *found, size_t size)
{
	size_t word, at;

	word = size >= 7 && memcmp(found, ".incbin", 7) == 0 ? 7 : 8;
	at = skip_blanks(found, size, word);
	if (at < size && at == word && found[at] == '"')
		at = skip_blanks(found, size, at + 1);
	return at < size && (found[at] == '"' || found[at] == '\\');
}

/*
 * A raw string of several lines, behind which clang's preprocessor counts one
 * line too many.
 */
static int
is_raw_with_lines(const char *found, size_t size)
{
	char mark[20] = ")";
	const char *close;
	size_t len = 2;

	while (len < size && len < sizeof mark - 1 && found[len] != '(' &&
	       strchr(" )\\\t\v\f\n\"", found[len]) == NULL) {
		mark[len - 1] = found[len];
		len++;
	}
	if (len == size || found[len] != '(')
		return 0;
	mark[len - 1] = '"';
	close = memmem(found + len, size - len, mark, len);
	return memchr(found, '\n', close == NULL ? size :
				   (size_t)(close - found)) != NULL;
}

/*
 * gcc's preprocessor, run by itself, heeds no pragma about its own warnings:
 * those that it is to give are not given.
 */
static int
raises_warning(const char *found, size_t size)
{
	static const char *const own[] = {
		"builtin-macro-redefined", "comment", "cpp", "date-time",
		"deprecated", "endif-labels", "expansion-to-defined",
		"invalid-pch", "literal-suffix", "normalized", "pedantic",
		"trigraphs", "undef", "unicode", "unused-macros",
		"variadic-macros", "bidi-chars", "long-long", "multichar",
		"missing-include-dirs", "traditional"
	};
	size_t at = sizeof PRAGMA "diagnostic" - 1, i, len;

	at = skip_blanks(found, size, at);
	if (size - at < 16 || (memcmp(found + at, "error", 5) != 0 &&
			       memcmp(found + at, "warning", 7) != 0))
		return 0;
	at = skip_blanks(found, size, at + (found[at] == 'e' ? 5 : 7));
	for (i = 0; i < sizeof own / sizeof *own; i++) {
		len = strlen(own[i]);
		if (size - at > len + 3 &&
		    memcmp(found + at, "\"-W", 3) == 0 &&
		    memcmp(found + at + 3, own[i], len) == 0)
			return 1;
	}
	return 0;
}

/* What decides, together with a word that was found. */
enum when {
	ALWAYS,
	WITH_DEBUG,	/* information about lines is asked for */
	IN_C,	/* and not in C++, in the user's own code */
	WITH_MESSAGES	/* the preprocessor had some */
};

/* How the words begin: what is looked for in one go. */
static const char *const stems[] = { ".inc", "__builtin_", PRAGMA, "R\"" };

static const struct sign {
	const char *word;
	unsigned families;
	enum when when;
	int (*judge)(const char *found, size_t size);
	enum reason reason;
} signs[] = {
	{ ".incbin", BOTH, ALWAYS, takes_file, REASON_READS_FILE },
	{ ".include", BOTH, ALWAYS, takes_file, REASON_READS_FILE },
	{ "__builtin_source_location", BOTH, ALWAYS, is_called,
	  REASON_COLUMNS },
	{ "__builtin_COLUMN", BOTH, ALWAYS, is_called, REASON_COLUMNS },
	{ "__builtin_LINE", CLANG, ALWAYS, is_called, REASON_COLUMNS },
	{ "R\"", CLANG, WITH_DEBUG, is_raw_with_lines, REASON_COLUMNS },
	{ PRAGMA "diagnostic", GCC, IN_C, raises_warning, REASON_PRAGMA },
	{ PRAGMA "diagnostic", GCC, WITH_MESSAGES, NULL, REASON_PRAGMA },
	{ PRAGMA "optimize", GCC, IN_C, NULL, REASON_PRAGMA },
	{ PRAGMA "target", GCC, IN_C, NULL, REASON_PRAGMA },
};

#define SIGNS (sizeof signs / sizeof *signs)
#define STEMS (sizeof stems / sizeof *stems)

/* A look through a source. */
struct look {
	int fd;
	int applies[SIGNS];	/* it matters here */
	enum reason reason;	/* what was found */
};

static int
is_cxx(const struct cmdline *cmd)
{
	return strcmp(cmd->lang->suffix, ".ii") == 0 ||
	       strcmp(cmd->lang->suffix, ".mii") == 0;
}

/* All of the file, or NULL. */
static char *
map(int fd, int protection, size_t *size)
{
	off_t end = fd_size(fd);
	void *text;

	if (end <= 0)
		return NULL;
	*size = (size_t)end;
	text = mmap(NULL, *size, protection, MAP_SHARED, fd, 0);
	return text == MAP_FAILED ? NULL : text;
}

/* Headers of processors have such pragmas for each of their parts. */
static int
is_in_user_code(const char *word, int fd)
{
	const char *const words[] = { word, NULL };
	size_t size;
	char *text = map(fd, PROT_READ, &size);
	int has;

	if (text == NULL)
		return 1;
	has = usercode_has(text, size, words);
	munmap(text, size);
	return has;
}

/* Whether it matters at all, before anything is read. */
static int
applies(const struct sign *sign, const struct cmdline *cmd, int cpp_spoke)
{
	if ((sign->families & (1U << cmd->family)) == 0)
		return 0;
	switch (sign->when) {
	case WITH_DEBUG:
		return option_any_is_debug(cmd->args.v);
	case IN_C:
		return !is_cxx(cmd);
	case WITH_MESSAGES:
		return cpp_spoke;
	default:
		return 1;
	}
}

static int
is_sign(const struct sign *sign, const char *found, size_t size,
	struct look *look)
{
	size_t i = (size_t)(sign - signs), len = strlen(sign->word);

	if (!look->applies[i] || size < len ||
	    memcmp(found, sign->word, len) != 0 ||
	    (sign->judge != NULL && !sign->judge(found, size)))
		return 0;
	/* All of them are looked at by that. */
	if (sign->when == IN_C)
		look->applies[i] = is_in_user_code(sign->word, look->fd);
	return look->applies[i];
}

/* Takes a find at which a sign that applies stands. */
static int
judge(const char *found, size_t size, void *arg)
{
	struct look *look = arg;
	size_t i;

	for (i = 0; i < SIGNS; i++) {
		if (is_sign(&signs[i], found, size, look)) {
			look->reason = signs[i].reason;
			return 1;
		}
	}
	return 0;
}

/*
 * Where gcc would take in a precompiled header, it says so in what it
 * preprocesses, in front of all that is not the compiler's own.
 */
static int
takes_pch(int fd)
{
	/* In two pieces: servers refuse a source that has it in one. */
	static const char mark[] = "\n" PRAGMA "pch_" "preprocess ";
	char head[65536];
	ssize_t n = pread(fd, head, sizeof head, 0);

	return n > 0 && memmem(head, (size_t)n, mark, sizeof mark - 1) != NULL;
}

enum reason
source_inspect(const struct cmdline *cmd, int fd, int cpp_spoke)
{
	struct look look = { .fd = fd, .reason = REASON_NONE };
	const char *words[STEMS + 1] = { NULL };
	size_t i, k, count = 0;
	int wanted;

	if (takes_pch(fd))
		return REASON_PCH;
	for (i = 0; i < SIGNS; i++)
		look.applies[i] = applies(&signs[i], cmd, cpp_spoke);
	for (k = 0; k < STEMS; k++) {
		for (i = 0, wanted = 0; i < SIGNS && !wanted; i++)
			wanted = look.applies[i] &&
				 strncmp(signs[i].word, stems[k],
					 strlen(stems[k])) == 0;
		if (wanted)
			words[count++] = stems[k];
	}
	(void)search_file(fd, words, judge, &look);
	return look.reason;
}

void
source_unmark(const struct cmdline *cmd, int fd)
{
	size_t size;
	char *text;

	if (cmd->family != FAMILY_GCC)
		return;
	text = map(fd, PROT_READ | PROT_WRITE, &size);
	if (text == NULL)
		return;
	usercode_unmark(text, size);
	munmap(text, size);
}

int
source_shows_in_object(const struct cmdline *cmd, int fd)
{
	static const char *const words[] = {
		"(lambda at ", "(unnamed ", "(anonymous ", NULL
	};

	/* With it, these names are told anyway, and columns are not exact. */
	return cmd->family == FAMILY_CLANG && is_cxx(cmd) &&
	       !option_any_is_debug(cmd->args.v) &&
	       search_file(fd, words, NULL, NULL) >= 0;
}
