/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/native.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hashtab.h>
#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/file.h"
#include "compiler/option.h"
#include "compiler/probe.h"

#define CPUINFO "/proc/cpuinfo"
#define CPUINFO_BYTES 65536

/* So many different lines are looked at. */
#define PROCESSOR_LINES 256

/* An answer's first line. */
#define ORDERED "ordered"
#define UNORDERED "unordered"

static int
is_native(const struct option_use *use)
{
	return use->option != NULL && use->option->local == REASON_NATIVE;
}

void
native_replace(const struct args *from, const struct args *explicit,
	       struct args *out)
{
	struct option_use use;
	size_t i, k;
	int is_first = 1;

	for (i = 0; i < from->count; i += use.words) {
		use = option_at(from->v, i);
		for (k = 0; k < use.words && !is_native(&use); k++)
			args_push(out, from->v[i + k]);
		if (is_native(&use) && is_first) {
			args_append(out, explicit);
			is_first = 0;
		}
	}
}

/* What says in /proc/cpuinfo which processors there are. */
static int
tells_processor(const char *line)
{
	static const char *const names[] = {
		"vendor_id", "cpu", "model", "stepping", "flags", "Features",
		"cache size", "CPU ", "isa", "uarch", "mmu", "features",
		"machine", "platform", "revision", "processor type"
	};
	size_t i;

	/* The one that changes all the time. */
	if (strncmp(line, "cpu MHz", 7) == 0)
		return 0;
	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (strncmp(line, names[i], strlen(names[i])) == 0)
			return 1;
	}
	return 0;
}

void
native_add_processor(const char *info, struct buf *text)
{
	hashval_t seen[PROCESSOR_LINES];
	hashval_t a = 0, b = 1, one;
	size_t len, count = 0, i;
	const char *line;

	for (line = info; *line != '\0'; line += len) {
		len = strcspn(line, "\n") + 1;
		if (line[len - 1] == '\0')
			break;	/* the reading ended within it */
		one = iterative_hash(line, len, 0);
		for (i = 0; i < count && seen[i] != one; i++)
			;
		if (!tells_processor(line) || i < count ||
		    count == PROCESSOR_LINES)
			continue;
		seen[count++] = one;
		a = iterative_hash(line, len, a);
		b = iterative_hash(line, len, b);
	}
	if (count > 0)
		buf_addf(text, "%08x%08x", a, b);
}

/* Several machines may see one directory of answers. */
static void
add_processor(struct buf *text)
{
	const size_t before = text->len;
	char host[256] = "";
	struct buf info = BUF_INIT;

	/* More than that tells of further processors of the same kinds. */
	(void)file_read(CPUINFO, CPUINFO_BYTES, &info);
	native_add_processor(info.data, text);
	if (text->len == before) {
		(void)gethostname(host, sizeof host - 1);
		buf_add_str(text, host);
	}
	buf_clear(&info);
}

/* What to ask the compiler about. */
struct subject {
	struct args words;
	enum family family;
};

static void
find_explicit(const struct probe *probe, const void *arg, struct buf *answer)
{
	const struct subject *subject = arg;
	const struct args *words = &subject->words;
	struct args explicit = ARGS_INIT;
	int is_ordered = 1, r;
	size_t i;

	r = subject->family == FAMILY_CLANG ?
		    native_ask_clang(probe, words, &explicit) :
		    native_ask_gcc(probe, words, &explicit, &is_ordered);
	if (r == 0) {
		buf_add_str(answer, is_ordered ? ORDERED : UNORDERED);
		for (i = 0; i < explicit.count; i++)
			buf_addf(answer, "\n%s", explicit.v[i]);
	}
	args_clear(&explicit);
}

/* Puts the lines of an answer, but the first, into explicit. */
static void
read_answer(const char *answer, struct args *explicit)
{
	const char *line = strchr(answer, '\n');
	size_t len;

	for (; line != NULL && *line != '\0'; line += len) {
		line++;
		len = strcspn(line, "\n");
		args_take(explicit, xstrndup(line, len));
	}
}

int
native_expand(const struct probe *probe, const struct args *command,
	      enum family family, struct args *out)
{
	struct subject subject = { ARGS_INIT, family };
	struct args explicit = ARGS_INIT;
	struct buf answer = BUF_INIT, question = BUF_INIT;
	char *line;
	int r = ERR_MISSING;

	/* Who knows what a script runs, and when that is another program? */
	if (probe->path == NULL || probe->is_script)
		return ERR_MISSING;
	args_push(&subject.words, probe->path);
	probe_machine_words(command, &subject.words);
	line = args_text(&subject.words);
	buf_addf(&question, "native %s\n", line);
	add_processor(&question);
	if (probe_answer(probe, question.data, find_explicit, &subject,
			 &answer) == 0 &&
	    (strncmp(answer.data, ORDERED, strlen(ORDERED)) == 0 ||
	     !option_any_is_debug(command->v))) {
		read_answer(answer.data, &explicit);
		native_replace(command, &explicit, out);
		r = 0;
	}
	free(line);
	buf_clear(&question);
	buf_clear(&answer);
	args_clear(&subject.words);
	args_clear(&explicit);
	return r;
}
