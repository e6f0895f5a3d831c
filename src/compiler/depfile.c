/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/depfile.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/err.h"

/* How they wrap: a name goes to the next line that ends behind columns. */
static const struct {
	size_t columns;
	const char *wrap;	/* besides the blank in front of each name */
	size_t start;		/* the column behind it, as they count */
} styles[] = {
	[DEPFILE_GCC] = { 72, " \\\n", 0 },
	[DEPFILE_CLANG] = { 72, " \\\n ", 2 },
};

void
depfile_clear(struct depfile *depfile)
{
	buf_clear(&depfile->targets);
	args_clear(&depfile->names);
	buf_clear(&depfile->rest);
}

/* Whether a line goes on at p, where a blank is. */
static int
is_wrap(const char *p)
{
	return p[0] == ' ' && p[1] == '\\' && p[2] == '\n';
}

static const char *
skip_blanks(const char *p)
{
	for (;;) {
		if (is_wrap(p))
			p += 3;
		else if (*p == ' ')
			p++;
		else
			return p;
	}
}

/*
 * The length of the word at p. A backslash quotes a blank unless another one
 * quotes it; only those right in front of the blank count. clang leaves tabs
 * as they are.
 */
static size_t
word_length(const char *p)
{
	size_t len, slashes = 0;

	for (len = 0; p[len] != '\0' && p[len] != '\n'; len++) {
		if (p[len] == ' ' && slashes % 2 == 0)
			break;
		slashes = p[len] == '\\' ? slashes + 1 : 0;
	}
	return len;
}

/*
 * The end of what stands in front of the names, behind the colon; NULL if
 * there is none. A target that -MT gave may have any blanks in it.
 */
static const char *
find_names(const char *text)
{
	const char *colon;

	for (colon = strchr(text, ':'); colon != NULL;
	     colon = strchr(colon + 1, ':')) {
		if (colon[1] == ' ' || colon[1] == '\n')
			return colon + 1;
	}
	return NULL;
}

int
depfile_parse(struct depfile *depfile, const char *text)
{
	const char *p = find_names(text);
	size_t len;

	if (p == NULL)
		return ERR_SYNTAX;
	buf_add(&depfile->targets, text, (size_t)(p - text));
	for (;; p += len) {
		p = skip_blanks(p);
		len = word_length(p);
		if (len == 0)
			break;
		args_take(&depfile->names, xstrndup(p, len));
	}
	if (*p != '\n')
		return ERR_SYNTAX;
	buf_add_str(&depfile->rest, p + 1);
	return 0;
}

char *
depfile_unquote(const char *quoted)
{
	struct buf name = BUF_INIT;
	size_t slashes;

	for (; *quoted != '\0'; quoted++) {
		slashes = strspn(quoted, "\\");
		if (slashes % 2 == 1 && (quoted[slashes] == ' ' ||
					 quoted[slashes] == '\t')) {
			buf_add(&name, quoted, slashes / 2);
			quoted += slashes;
		} else if (slashes > 0 && quoted[slashes] == '#') {
			buf_add(&name, quoted, slashes - 1);
			quoted += slashes;
		} else if (slashes > 0) {
			buf_add(&name, quoted, slashes - 1);
			quoted += slashes - 1;
		} else if (quoted[0] == '$' && quoted[1] == '$') {
			quoted++;
		}
		buf_add_char(&name, *quoted);
	}
	return buf_steal(&name);
}

/* How long a compiler takes a name for: clang does not count its quotes. */
static size_t
measure(const char *quoted, enum depfile_style style)
{
	char *name;
	size_t len;

	if (style == DEPFILE_GCC)
		return strlen(quoted);
	name = depfile_unquote(quoted);
	len = strlen(name);
	free(name);
	return len;
}

static void
write_names(const struct depfile *depfile, enum depfile_style style,
	    struct buf *text)
{
	const char *line = strrchr(depfile->targets.data, '\n');
	size_t column = strlen(line == NULL ? depfile->targets.data : line + 1);
	size_t i, len;

	for (i = 0; i < depfile->names.count; i++) {
		len = measure(depfile->names.v[i], style);
		if (column + len > styles[style].columns) {
			buf_add_str(text, styles[style].wrap);
			column = styles[style].start;
		}
		buf_addf(text, " %s", depfile->names.v[i]);
		column += len + 1;
	}
}

void
depfile_write(const struct depfile *depfile, enum depfile_style style,
	      struct buf *text)
{
	buf_add(text, depfile->targets.data, depfile->targets.len);
	write_names(depfile, style, text);
	buf_add_char(text, '\n');
	buf_add(text, depfile->rest.data, depfile->rest.len);
}

/* The style in which depfile would be text; DEPFILE_STYLES: none. */
static enum depfile_style
style_of(const struct depfile *depfile, const char *text)
{
	struct buf written = BUF_INIT;
	enum depfile_style style;

	for (style = 0; style < DEPFILE_STYLES; style++) {
		buf_reset(&written);
		depfile_write(depfile, style, &written);
		if (strcmp(written.data, text) == 0)
			break;
	}
	buf_clear(&written);
	return style;
}

static void
add_without(const char *text, const char *root, struct buf *out)
{
	const size_t size = strlen(root);
	const char *found;

	for (found = strstr(text, root); found != NULL;
	     found = strstr(text, root)) {
		buf_add(out, text, (size_t)(found - text));
		text = found + size;
	}
	buf_add_str(out, text);
}

static void
remove_from(struct buf *text, const char *root)
{
	struct buf cut = BUF_INIT;

	add_without(text->data, root, &cut);
	buf_clear(text);
	*text = cut;
}

static void
remove_from_names(struct args *names, const char *root)
{
	struct buf name = BUF_INIT;
	size_t i;

	for (i = 0; i < names->count; i++) {
		if (strstr(names->v[i], root) == NULL)
			continue;
		add_without(names->v[i], root, &name);
		free(names->v[i]);
		names->v[i] = buf_steal(&name);
	}
}

void
depfile_remove_root(const char *text, const char *root, struct buf *out)
{
	struct depfile depfile = DEPFILE_INIT;
	enum depfile_style style = DEPFILE_STYLES;

	if (depfile_parse(&depfile, text) == 0)
		style = style_of(&depfile, text);
	if (style == DEPFILE_STYLES) {
		add_without(text, root, out);
	} else {
		remove_from(&depfile.targets, root);
		remove_from_names(&depfile.names, root);
		remove_from(&depfile.rest, root);
		depfile_write(&depfile, style, out);
	}
	depfile_clear(&depfile);
}
