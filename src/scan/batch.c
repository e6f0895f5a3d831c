/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/tmp.h"
#include "compiler/ask.h"
#include "compiler/probe.h"
#include "scan/dialect.h"

enum state {
	STATE_WAITING,
	STATE_KNOWN,
	STATE_UNKNOWN	/* the compiler gave no number */
};

struct asked {
	char *text;	/* "__has_attribute(unused)" */
	enum state state;
	long long value;
};

/* Behind the last line of an answer; one without was never given. */
#define END "?\n"

/* What the compiler is asked with, for probe_answer. */
struct question {
	const char *text;
	const struct args *words;
	char *const *envp;
	int *was_put;	/* becomes 1: nothing was remembered */
};

static int
compare(const void *a, const void *b)
{
	const struct asked *const *one = a, *const *other = b;

	return strcmp((*one)->text, (*other)->text);
}

static struct asked *
find(const struct dialect *dialect, char *text)
{
	struct asked wanted = { .text = text }, *key = &wanted, **found;

	if (dialect->query_count == 0)
		return NULL;
	found = bsearch(&key, dialect->queries, dialect->query_count,
			sizeof *dialect->queries, compare);
	return found == NULL ? NULL : *found;
}

/* They are few, and stay sorted. */
static void
insert(struct dialect *dialect, char *text)
{
	struct asked *query = xcalloc(1, sizeof *query);
	size_t at = dialect->query_count;

	query->text = text;
	if (dialect->query_count == dialect->query_room) {
		dialect->query_room = dialect->query_room * 2 + 32;
		dialect->queries = xrealloc(dialect->queries,
					    dialect->query_room *
						    sizeof(struct asked *));
	}
	for (; at > 0 && strcmp(dialect->queries[at - 1]->text, text) > 0; at--)
		dialect->queries[at] = dialect->queries[at - 1];
	dialect->queries[at] = query;
	dialect->query_count++;
	dialect->waiting++;
}

int
dialect_query(struct dialect *dialect, const char *function,
	      const char *operand, long long *value)
{
	char *text = concat(function, "(", operand, ")", (char *)NULL);
	const struct asked *query = find(dialect, text);

	*value = 0;
	if (query == NULL) {
		insert(dialect, text);
		return 0;
	}
	free(text);
	*value = query->value;
	return query->state == STATE_KNOWN ? 1 :
	       query->state == STATE_UNKNOWN ? -1 : 0;
}

/* The answers are the lines "@NUMBER VALUE". */
static void
keep_lines(const char *text, struct buf *answer)
{
	size_t len;

	for (; *text != '\0'; text += len) {
		len = strcspn(text, "\n");
		if (*text == '@')
			buf_addf(answer, "%.*s\n", (int)len, text);
		len += text[len] == '\n';
	}
}

/*
 * Something to read text from. Nearly every question fits into a pipe, which
 * needs no directory: the one that an agent began with may be full, or gone.
 */
static int
open_text(const char *text, const char *tmp_dir)
{
	const size_t len = strlen(text);
	int ends[2], fits;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return ERR_SYS;
	fits = fd_set_nonblock(ends[1]) == 0 &&
	       write(ends[1], text, len) == (ssize_t)len;
	close(ends[1]);
	if (fits)
		return ends[0];
	close(ends[0]);
	ends[0] = tmp_open(tmp_dir);
	if (ends[0] >= 0 && (fd_write_all(ends[0], text, len) < 0 ||
			     lseek(ends[0], 0, SEEK_SET) < 0)) {
		close(ends[0]);
		return ERR_SYS;
	}
	return ends[0];
}

static void
find_answer(const struct probe *probe, const void *arg, struct buf *answer)
{
	const struct question *question = arg;
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;
	int r, fd = open_text(question->text, probe->tmp_dir);

	*question->was_put = 1;
	if (fd < 0)
		return;
	args_push(&args, probe->path);
	args_append(&args, question->words);
	args_push(&args, "-E");
	args_push(&args, "-P");
	args_push(&args, "-");
	ask.path = probe->path;
	ask.args = &args;
	ask.input_fd = fd;
	ask.envp = question->envp;
	r = ask_compiler(&ask, &text);
	if (r == 0)
		keep_lines(text.data, answer);
	/* Whatever the compiler made of it: it was asked. */
	if (r == 0 || r == ERR_DENIED)
		buf_add_str(answer, END);
	close(fd);
	args_clear(&args);
	buf_clear(&text);
}

/* One line of the answer: gives its query, of those waiting, the value. */
static void
take_line(struct asked **asked, size_t count, const char *line)
{
	unsigned long number;
	char *end;
	long long value;

	number = strtoul(line + 1, &end, 10);
	if (number >= count || *end != ' ')
		return;
	line = end + 1;
	errno = 0;
	value = strtoll(line, &end, 10);
	if (end == line || errno != 0)
		return;
	end += strspn(end, "uUlL");
	if (*end != '\n')
		return;
	asked[number]->value = value;
	asked[number]->state = STATE_KNOWN;
}

/* "defined(NAME)" asks whether the compiler has such a function. */
static void
add_question(struct buf *text, size_t number, const char *query)
{
	int len;

	if (strncmp(query, "defined(", 8) != 0) {
		buf_addf(text, "@%zu %s\n", number, query);
		return;
	}
	len = (int)strcspn(query + 8, ")");
	buf_addf(text, "#ifdef %.*s\n@%zu 1\n#else\n@%zu 0\n#endif\n", len,
		 query + 8, number, number);
}

/* That nothing was found out is kept as well, but is no answer. */
static int
get_answer(const struct probe *probe, const char *key,
	   const struct question *question, struct buf *answer)
{
	struct probe again = *probe;
	int r = probe_answer(probe, key, find_answer, question, answer);

	again.afresh = 1;
	if (r < 0 && !*question->was_put)
		r = probe_answer(&again, key, find_answer, question, answer);
	return r;
}

static void
take_answer(struct asked **asked, size_t count, const char *line)
{
	size_t i;

	for (i = 0; i < count; i++)
		asked[i]->state = STATE_UNKNOWN;
	for (; *line == '@'; line = strchr(line, '\n') + 1)
		take_line(asked, count, line);
}

void
batch_ask(struct dialect *dialect, const struct probe *probe,
	  const struct args *words, char *const *envp)
{
	struct asked **asked = xcalloc(dialect->waiting + 1, sizeof *asked);
	struct buf text = BUF_INIT, answer = BUF_INIT, key = BUF_INIT;
	int was_put = 0;
	struct question question = { NULL, words, envp, &was_put };
	size_t i, count = 0;

	for (i = 0; i < dialect->query_count; i++) {
		if (dialect->queries[i]->state != STATE_WAITING)
			continue;
		add_question(&text, count, dialect->queries[i]->text);
		asked[count++] = dialect->queries[i];
	}
	question.text = text.data;
	buf_addf(&key, "scan query %s\n%s", dialect->key, text.data);
	/* If the compiler could not be asked, they wait on. */
	if (get_answer(probe, key.data, &question, &answer) == 0) {
		take_answer(asked, count, answer.data);
		dialect->waiting = 0;
	}
	free(asked);
	buf_clear(&text);
	buf_clear(&key);
	buf_clear(&answer);
}

void
batch_clear(struct dialect *dialect)
{
	size_t i;

	for (i = 0; i < dialect->query_count; i++) {
		free(dialect->queries[i]->text);
		free(dialect->queries[i]);
	}
	free(dialect->queries);
	dialect->queries = NULL;
	dialect->query_count = dialect->query_room = dialect->waiting = 0;
}
