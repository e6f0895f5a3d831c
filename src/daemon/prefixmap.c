/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/prefixmap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "compiler/ask.h"

/* There are few compilers; of many names, the last ones are remembered. */
#define MAX_PROGRAMS 16

struct answer {
	char *program;
	dev_t dev;
	ino_t ino;
	struct timespec changed;
	int is_known;
};

struct prefixmap {
	struct answer answers[MAX_PROGRAMS];
	size_t next;		/* the one that gives way */
};

struct prefixmap *
prefixmap_new(void)
{
	return xcalloc(1, sizeof(struct prefixmap));
}

void
prefixmap_free(struct prefixmap *prefixmap)
{
	size_t i;

	for (i = 0; prefixmap != NULL && i < MAX_PROGRAMS; i++)
		free(prefixmap->answers[i].program);
	free(prefixmap);
}

static int
is_about(const struct answer *answer, const char *program,
	 const struct stat *st)
{
	return answer->program != NULL &&
	       strcmp(answer->program, program) == 0 &&
	       answer->dev == st->st_dev && answer->ino == st->st_ino &&
	       answer->changed.tv_sec == st->st_ctim.tv_sec &&
	       answer->changed.tv_nsec == st->st_ctim.tv_nsec;
}

static int
ask(const char *program)
{
	static const char *const words[] = {
		"-ffile-prefix-map=/a=/b", "-E", "-x", "c", "/dev/null", NULL
	};
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf answer = BUF_INIT;
	size_t i;
	int r;

	args_push(&args, program);
	for (i = 0; words[i] != NULL; i++)
		args_push(&args, words[i]);
	ask.path = program;
	ask.args = &args;
	r = ask_compiler(&ask, &answer);
	buf_clear(&answer);
	args_clear(&args);
	return r == 0;
}

int
prefixmap_is_known(struct prefixmap *prefixmap, const char *program)
{
	struct answer *answer;
	struct stat st;
	size_t i;

	if (stat(program, &st) < 0)
		return 0;
	for (i = 0; i < MAX_PROGRAMS; i++) {
		if (is_about(&prefixmap->answers[i], program, &st))
			return prefixmap->answers[i].is_known;
	}
	answer = &prefixmap->answers[prefixmap->next];
	prefixmap->next = (prefixmap->next + 1) % MAX_PROGRAMS;
	free(answer->program);
	*answer = (struct answer){ xstrdup(program), st.st_dev, st.st_ino,
				   st.st_ctim, ask(program) };
	return answer->is_known;
}
