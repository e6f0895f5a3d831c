/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/procfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/file.h"

#define MAX_FILE (256 * 1024)

int
procfile_read(const char *dir, const char *name, struct buf *text)
{
	char *path = concat(dir, name, (char *)NULL);
	int r = file_read(path, MAX_FILE, text);

	free(path);
	return r;
}

int64_t
procfile_parse(const char *text, char **end)
{
	long long value;

	errno = 0;
	value = strtoll(text, end, 10);
	return *end == text || errno != 0 || value < 0 ? -1 : value;
}

int64_t
procfile_number(const char *dir, const char *name)
{
	struct buf text = BUF_INIT;
	int64_t value = -1;
	char *end;

	if (procfile_read(dir, name, &text) == 0) {
		value = procfile_parse(text.data, &end);
		if (*end != '\n' && *end != '\0')
			value = -1;
	}
	buf_clear(&text);
	return value;
}

int64_t
procfile_field(const char *dir, const char *name, const char *word)
{
	const size_t len = strlen(word);
	struct buf text = BUF_INIT;
	int64_t value = -1;
	const char *line = "";
	char *end;

	if (procfile_read(dir, name, &text) == 0)
		line = text.data;
	while (*line != '\0') {
		if (strncmp(line, word, len) == 0 &&
		    (line[len] == ' ' || line[len] == '\t')) {
			value = procfile_parse(line + len, &end);
			break;
		}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	buf_clear(&text);
	return value;
}
