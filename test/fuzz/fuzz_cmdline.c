/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include <libiberty.h>

#include "base/args.h"
#include "compiler/cmdline.h"
#include "target.h"

/* Each line is a word; the first is the compiler. */
static void
split_lines(char *text, struct args *args)
{
	char *word;

	while (text != NULL) {
		word = text;
		text = strchr(text, '\n');
		if (text != NULL)
			*text++ = '\0';
		args_push(args, word);
	}
}

/* Only as a server judges it: the client's way opens response files. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct args args = ARGS_INIT;
	char *text = xstrndup((const char *)data, size);

	split_lines(text, &args);
	cmdline_parse_foreign(&cmd, args.v);
	REQUIRE(cmd.reason < REASON_COUNT);
	REQUIRE(cmd.depfile == NULL && cmd.deptarget == NULL);
	if (cmd.reason == REASON_NONE) {
		REQUIRE(cmd.input_at > 0 && cmd.input_at < cmd.args.count);
		REQUIRE(cmd.lang != NULL && cmd.output != NULL);
		REQUIRE(*cmdline_input(&cmd) != '\0');
	}
	cmdline_clear(&cmd);
	args_clear(&args);
	free(text);
	return 0;
}
