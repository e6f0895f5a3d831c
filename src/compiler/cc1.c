/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/cc1.h"

#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/path.h"
#include "compiler/ask.h"
#include "compiler/probe.h"

static int
is_cc1(char *const *argv)
{
	if (argv == NULL || argv[0] == NULL)
		return 0;
	return strncmp(path_base(argv[0]), "cc1", 3) == 0 ||
	       (argv[1] != NULL && strcmp(argv[1], "-cc1") == 0);
}

/* Commands are the lines that begin with a blank, quoted as a shell does. */
static int
find_command(char *text, struct args *out)
{
	char *line = text, *end;
	char **argv;
	int found = 0;

	for (; !found && *line != '\0'; line = end) {
		end = line + strcspn(line, "\n");
		if (*end == '\n')
			*end++ = '\0';
		if (*line != ' ')
			continue;
		argv = buildargv(line);
		found = is_cc1(argv);
		if (found)
			args_append_argv(out, argv);
		freeargv(argv);
	}
	return found ? 0 : ERR_MISSING;
}

int
cc1_command(const struct probe *probe, const struct args *words,
	    struct args *out)
{
	static const char *const question[] = {
		"-###", "-S", "-o", "-", "-x", "c", "/dev/null"
	};
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;
	size_t i;
	int r = ERR_MISSING;

	args_append(&args, words);
	for (i = 0; i < sizeof question / sizeof *question; i++)
		args_push(&args, question[i]);
	ask.path = probe->path;
	ask.args = &args;
	ask.stream = 2;
	if (ask_compiler(&ask, &text) == 0)
		r = find_command(text.data, out);
	args_clear(&args);
	buf_clear(&text);
	return r;
}
