/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"
#include "compiler/lang.h"
#include "scan/dialect.h"
#include "scan/record.h"

#define LINE_MAX_BYTES 8192

/* Where a line of -v stands. */
enum section {
	SECTION_NONE,
	SECTION_QUOTE,	/* directories for "" only: there are none */
	SECTION_BRACKET,
	SECTION_END,
	SECTION_WRONG
};

/* The text between begin and the last quote of line; NULL: not such a line. */
static const char *
quoted(const char *line, const char *begin, int *len)
{
	size_t skip = strlen(begin);
	const char *end;

	if (strncmp(line, begin, skip) != 0)
		return NULL;
	end = strrchr(line + skip, '"');
	if (end == NULL)
		return NULL;
	*len = (int)(end - line - (int)skip);
	return line + skip;
}

static void
take_note(const char *line, const char *begin, const char *as,
	  struct buf *answer)
{
	int len;
	const char *text = quoted(line, begin, &len);

	if (text != NULL)
		buf_addf(answer, "%s %.*s\n", as, len, text);
}

static enum section
take_line(const char *line, enum section section, struct buf *answer)
{
	if (section == SECTION_WRONG ||
	    strncmp(line, "Configuration file:", 19) == 0 ||
	    strncmp(line, "Reading specs from ", 19) == 0)
		return SECTION_WRONG;
	if (strncmp(line, "#include \"...\" search", 21) == 0)
		return SECTION_QUOTE;
	if (strncmp(line, "#include <...> search", 21) == 0)
		return SECTION_BRACKET;
	if (strcmp(line, "End of search list.") == 0)
		return SECTION_END;
	if (section == SECTION_QUOTE)
		return SECTION_WRONG;
	if (section == SECTION_BRACKET) {
		if (strncmp(line, " /", 2) != 0)
			return SECTION_WRONG;
		buf_addf(answer, "own %s\n", line + 1);
		return section;
	}
	take_note(line, "ignoring nonexistent directory \"", "absent", answer);
	take_note(line, "ignoring duplicate directory \"", "double", answer);
	return section;
}

void
listing_shorten(const char *text, struct buf *answer)
{
	const size_t start = answer->len;
	enum section section = SECTION_NONE;
	char line[LINE_MAX_BYTES];
	size_t len;

	for (; *text != '\0'; text += len) {
		len = strcspn(text, "\n");
		if (len < sizeof line) {
			memcpy(line, text, len);
			line[len] = '\0';
			section = take_line(line, section, answer);
		}
		len += text[len] == '\n';
	}
	if (section != SECTION_END) {
		answer->len = start;
		answer->data[start] = '\0';
	} else {
		buf_add_str(answer, "end\n");
	}
}

int
listing_add_dependencies(const char *text, struct buf *answer)
{
	static const char only[] = "/dev/null";
	const char *word = strchr(text, ' ');
	size_t len;

	if (word == NULL)
		return ERR_MISSING;
	for (word += strspn(word, " \\\n"); *word != '\0';
	     word += len + strspn(word + len, " \\\n")) {
		len = strcspn(word, " \\\n");
		if (len == sizeof only - 1 && strncmp(word, only, len) == 0)
			continue;
		if (len < 14 ||
		    strncmp(word + len - 14, "/stdc-predef.h", 14) != 0)
			return ERR_MISSING;
		buf_add_str(answer, "preinclude\n");
	}
	return 0;
}

int
listing_take(const char *answer, struct dialect *dialect)
{
	char line[LINE_MAX_BYTES];
	size_t len;
	int ended = 0;

	for (; *answer != '\0'; answer += len) {
		len = strcspn(answer, "\n");
		if (len >= sizeof line)
			return ERR_MISSING;
		memcpy(line, answer, len);
		line[len] = '\0';
		if (strncmp(line, "own ", 4) == 0)
			args_push(&dialect->own, line + 4);
		else if (strncmp(line, "absent ", 7) == 0)
			args_push(&dialect->absent, line + 7);
		else if (strncmp(line, "double ", 7) == 0)
			args_push(&dialect->doubles, line + 7);
		else if (strcmp(line, "preinclude") == 0)
			dialect->preincludes = 1;
		else if (strcmp(line, "end") == 0)
			ended = 1;
		len += answer[len] == '\n';
	}
	return ended ? 0 : ERR_MISSING;
}

/* The number that a macro is defined as; 0: it is not. */
static long
number_of(const char *macros, const char *name)
{
	struct buf line = BUF_INIT;
	const char *found;
	long number = 0;

	buf_addf(&line, "#define %s ", name);
	found = strstr(macros, line.data);
	if (found != NULL)
		number = strtol(found + line.len, NULL, 10);
	buf_clear(&line);
	return number;
}

void
listing_take_macros(const char *macros, enum family family,
		    const struct lang *lang, struct dialect *dialect)
{
	const int is_c = strcmp(lang->name, "c") == 0 ||
			 strcmp(lang->name, "objective-c") == 0;
	const int is_strict = number_of(macros, "__STRICT_ANSI__") != 0;
	const long c = number_of(macros, "__STDC_VERSION__");
	const long cxx = number_of(macros, "__cplusplus");

	dialect->reading = RECORD_PLAIN;
	if (cxx >= 201103 || (is_c && family == FAMILY_GCC && !is_strict &&
			      c >= 199901))
		dialect->reading |= RECORD_RAW_STRINGS;
	if (cxx >= 201402 || (is_c && c > 201710))
		dialect->reading |= RECORD_SEPARATORS;
	dialect->is_c90 = is_c && is_strict && c < 199901;
	dialect->is_hosted = strstr(macros, "__STDC_HOSTED__ 0") == NULL;
	dialect->has_trigraphs = is_strict && cxx < 201703;
	dialect->has_module_lines = family == FAMILY_CLANG && cxx > 201703;
}
