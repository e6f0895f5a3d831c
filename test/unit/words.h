/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TEST_WORDS_H
#define TEST_WORDS_H

#include <libiberty.h>

#include "base/args.h"
#include "compiler/cmdline.h"
#include "unit.h"

/* What is to become of a command, and the word that decides so. */
struct judged {
	const char *line;
	enum reason reason;	/* REASON_NONE: it goes */
	const char *culprit;
};

/* Commands as lines, split as buildargv() does it. */

static inline void
parse_line(struct cmdline *cmd, const char *line, enum family family)
{
	char **argv = buildargv(line);

	cmdline_parse(cmd, argv, family);
	freeargv(argv);
}

static inline void
parse_foreign_line(struct cmdline *cmd, const char *line)
{
	char **argv = buildargv(line);

	cmdline_parse_foreign(cmd, argv);
	freeargv(argv);
}

static inline void
expect_words(const struct args *args, const char *line)
{
	char *text = args_text(args);

	ck_assert_str_eq(text, line);
	free(text);
}

#endif
