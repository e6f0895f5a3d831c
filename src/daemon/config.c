/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"

#define MAX_FILE (1024 * 1024)
#define MAX_LINE 4096

#define BLANKS " \t\r"

static void
add_line(struct config *config, int number, char *name, char *value)
{
	config->lines = xrealloc(config->lines, (config->count + 1) *
				 sizeof *config->lines);
	config->lines[config->count++] = (struct config_line){
		.number = number, .name = name, .value = value
	};
}

/* Whether nothing but a comment is left. */
static int
is_over(const char *text)
{
	text += strspn(text, BLANKS);
	return *text == '\0' || *text == '#';
}

/* What is in quotes, from behind the first; NULL if they do not end well. */
static char *
parse_quoted(const char *text)
{
	struct buf value = BUF_INIT;

	for (; *text != '\0' && *text != '"'; text++) {
		if (*text == '\\' && (text[1] == '"' || text[1] == '\\'))
			text++;
		buf_add_char(&value, *text);
	}
	if (*text == '"' && is_over(text + 1))
		return buf_steal(&value);
	buf_clear(&value);
	return NULL;
}

/* The rest of a line, but for a comment, which has a blank before it. */
static char *
parse_plain(const char *text)
{
	size_t len, used = 0;

	for (len = 0; text[len] != '\0'; len++) {
		if (strchr(BLANKS, text[len]) == NULL)
			used = len + 1;
		else if (text[len + 1] == '#')
			break;
	}
	return xstrndup(text, used);
}

/* Returns NULL, or what is wrong with the line. */
static const char *
parse_line(struct config *config, int number, const char *line)
{
	const char *text = line + strspn(line, BLANKS);
	char *name, *value = NULL;
	size_t len;
	int has_value;

	if (strncmp(text, "--", 2) == 0)
		text += 2;
	len = strcspn(text, BLANKS "=");
	if (len == 0 || *text == '-')
		return "this is no option";
	name = xstrndup(text, len);
	text += len;
	has_value = !is_over(text);
	text += strspn(text, BLANKS);
	if (*text == '=') {
		text++;
		text += strspn(text, BLANKS);
	}
	if (has_value)
		value = *text == '"' ? parse_quoted(text + 1) :
		        is_over(text) ? xstrdup("") : parse_plain(text);
	if (has_value && value == NULL) {
		free(name);
		return "the quotes do not end, or something follows them";
	}
	add_line(config, number, name, value);
	return NULL;
}

/* text is cut into lines on the way. */
static int
parse(struct config *config, char *text, const char *file)
{
	const char *complaint = NULL;
	size_t len;
	int number;
	char end;

	for (number = 1; *text != '\0'; number++) {
		len = strcspn(text, "\n");
		end = text[len];
		text[len] = '\0';
		if (len > MAX_LINE)
			complaint = "the line is too long";
		else if (!is_over(text))
			complaint = parse_line(config, number, text);
		if (complaint != NULL) {
			log_error("%s:%d: %s", file, number, complaint);
			return ERR_SYNTAX;
		}
		text += len + (end == '\n');
	}
	return 0;
}

/* Returns as config_read does. */
static int
read_text(const char *file, struct buf *text)
{
	struct stat st;
	int r = stat(file, &st);

	if (r < 0 && (errno == ENOENT || errno == ENOTDIR))
		return ERR_MISSING;
	if (r == 0 && !S_ISREG(st.st_mode)) {
		log_error("%s is no regular file", file);
		return ERR_SYNTAX;
	}
	if (r == 0)
		r = file_read(file, MAX_FILE, text);
	if (r == ERR_LIMIT)
		log_error("%s is larger than %d bytes", file, MAX_FILE);
	else if (r < 0)
		log_error_r(r, "cannot read the options in %s", file);
	return r;
}

int
config_read(struct config *config, const char *file)
{
	struct buf text = BUF_INIT;
	size_t len;
	int r, number = 1;

	*config = (struct config)CONFIG_INIT;
	r = read_text(file, &text);
	len = strlen(text.data);
	if (r == 0 && len != text.len) {
		while (len > 0)
			number += text.data[--len] == '\n';
		log_error("%s:%d: a NUL byte: this is no text", file, number);
		r = ERR_SYNTAX;
	}
	if (r == 0)
		r = parse(config, text.data, file);
	if (r < 0)
		config_clear(config);
	buf_clear(&text);
	return r;
}

void
config_clear(struct config *config)
{
	size_t i;

	for (i = 0; i < config->count; i++) {
		free(config->lines[i].name);
		free(config->lines[i].value);
	}
	free(config->lines);
	*config = (struct config)CONFIG_INIT;
}
