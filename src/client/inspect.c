/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/inspect.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "compiler/cmdline.h"
#include "compiler/option.h"

static int
is_precompiled(const char *header)
{
	static const char *const suffixes[] = { ".gch", ".pch" };
	char *path;
	size_t i;
	int is = 0;

	for (i = 0; i < 2 && !is; i++) {
		path = concat(header, suffixes[i], (char *)NULL);
		is = access(path, F_OK) == 0;
		free(path);
	}
	return is;
}

static int
includes(const struct option_use *use)
{
	const char *name = use->option == NULL ? "" : use->option->name;

	return strcmp(name, "-include") == 0 ||
	       strcmp(name, "--include") == 0 ||
	       strcmp(name, "--include=") == 0;
}

enum reason
inspect_headers(const struct cmdline *cmd)
{
	struct option_use use;
	size_t i;

	for (i = 1; i < cmd->args.count; i += use.words) {
		use = option_at(cmd->args.v, i);
		if (!includes(&use) || !is_precompiled(use.value))
			continue;
		return REASON_PCH;
	}
	return REASON_NONE;
}
