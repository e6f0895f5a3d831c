/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ENVIRONMENT_H
#define COMPILER_ENVIRONMENT_H

#include <stddef.h>

#include "compiler/cmdline.h"

/*
 * Variables that change what a compiler does, beyond preprocessing: a server
 * does not have them, so that such a compile stays here. What only the
 * preprocessor reads (CPATH, SOURCE_DATE_EPOCH, ...) is honoured anyway, as
 * that runs here; what only colours messages, or concerns links, does no harm.
 */
struct environment_entry {
	const char *name;
	unsigned families;	/* 1 << FAMILY_GCC | ...: who reads it */
	int is_prefix;	/* all variables that begin so */
};

/*
 * The name of the first variable in envp, a NULL-ended environment, that
 * changes what compilers of that family do; NULL if there is none. Yours to
 * free.
 */
char *environment_culprit(char *const *envp, enum family family);

/*
 * Whether variable, "NAME=value" of an environment, may have a say in which
 * files a compiler reads: one of those above, or what only the preprocessor
 * heeds.
 */
int environment_leads_to_files(const char *variable);

/* The table, sorted by name, for its test. */
const struct environment_entry *environment_table(size_t *count);

#endif
