/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks for the files of a compile as distcc does, and prints the answer: an
 * entry a line, or "no", the code and why. Bodies go to DIR, as 0, 1, 2...
 *
 * usage: pumpask DIR COMPILER ARGUMENT...
 *        pumpask --distrust COMPILER ARGUMENT...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "base/sig.h"
#include "client/pump.h"
#include "client/settings.h"
#include "compiler/cmdline.h"

static void
show_entry(const struct tree_entry *entry, size_t i, const char *dir)
{
	struct buf path = BUF_INIT;

	if (entry->kind == TREE_LINK) {
		printf("LINK %s -> %s\n", entry->name, entry->target);
		return;
	}
	printf("FILE %s\n", entry->name);
	buf_addf(&path, "%s/%zu", dir, i);
	if (file_write(path.data, entry->size > 0 ? entry->body : "",
		       entry->size) < 0)
		perror(path.data);
	buf_clear(&path);
}

int
main(int argc, char **argv)
{
	struct cmdline cmd = CMDLINE_INIT;
	struct pump pump = PUMP_INIT;
	struct settings settings;
	char *complaint;
	size_t i;
	int r;

	if (argc < 3 || settings_read(&settings, &complaint) < 0)
		return 2;
	log_init("pumpask");
	sig_ignore(SIGPIPE);
	cmdline_parse(&cmd, argv + 2, FAMILY_GCC);
	r = pump_ask(&pump, &settings, &cmd);
	if (r < 0)
		printf("no %d %s\n", r, pump.trouble.data);
	else if (strcmp(argv[1], "--distrust") == 0)
		pump_distrust(&pump, &settings, &cmd);
	else
		for (i = 0; i < pump.plan.count; i++)
			show_entry(&pump.entries[i], i, argv[1]);
	pump_clear(&pump);
	cmdline_clear(&cmd);
	settings_clear(&settings);
	return r < 0;
}
