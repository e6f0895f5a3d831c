/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/environment.h"

#include <string.h>

#include <libiberty.h>

#define GCC (1U << FAMILY_GCC)
#define CLANG (1U << FAMILY_CLANG)
#define BOTH (GCC | CLANG)

static const struct environment_entry entries[] = {
	/* clang's edits of the command */
	{ "CCC_ADD_ARGS", CLANG, 0 },
	{ "CCC_OVERRIDE_OPTIONS", CLANG, 0 },
	/* reports that go to files or to standard error, by each run */
	{ "CC_LOG_DIAGNOSTICS", CLANG, 1 },
	{ "CC_PRINT_HEADERS", CLANG, 1 },
	{ "CC_PRINT_INTERNAL_STAT", CLANG, 1 },
	{ "CC_PRINT_OPTIONS", CLANG, 1 },
	{ "CC_PRINT_PROC_STAT", CLANG, 1 },
	{ "CLANG_NO_DEFAULT_CONFIG", CLANG, 0 },
	/* where the programs are that the compiler consists of */
	{ "COMPILER_PATH", BOTH, 0 },
	/* dependencies, appended by the preprocessor of each try */
	{ "DEPENDENCIES_OUTPUT", BOTH, 0 },
	{ "DRIVERKIT_DEPLOYMENT_TARGET", BOTH, 0 },
	{ "EXPERIMENTAL_SARIF_SOCKET", GCC, 0 },
	{ "FORCE_CLANG_DIAGNOSTICS_CRASH", CLANG, 0 },
	/* -fcompare-debug: compiles twice */
	{ "GCC_COMPARE_DEBUG", GCC, 0 },
	{ "GCC_EXEC_PREFIX", BOTH, 0 },
	/* the system that code for Apple's is to run on */
	{ "IPHONEOS_DEPLOYMENT_TARGET", BOTH, 0 },
	{ "MACOSX_DEPLOYMENT_TARGET", BOTH, 0 },
	/* options that the wrappers of Nix put in */
	{ "NIX_CFLAGS_COMPILE", BOTH, 1 },
	{ "NIX_HARDENING_ENABLE", BOTH, 1 },
	/* an old name of CCC_OVERRIDE_OPTIONS */
	{ "QA_OVERRIDE_GCC3_OPTIONS", CLANG, 0 },
	/* the command as debug information */
	{ "RC_DEBUG_OPTIONS", BOTH, 0 },
	{ "RC_DEBUG_PREFIX_MAP", CLANG, 0 },
	{ "SDKROOT", BOTH, 0 },
	{ "SUNPRO_DEPENDENCIES", BOTH, 0 },
	{ "TVOS_DEPLOYMENT_TARGET", BOTH, 0 },
	{ "WATCHOS_DEPLOYMENT_TARGET", BOTH, 0 },
	{ "XROS_DEPLOYMENT_TARGET", BOTH, 0 },
};

#define COUNT (sizeof entries / sizeof *entries)

static int
changes_work(const char *variable, size_t len, enum family family)
{
	const struct environment_entry *entry;
	size_t i, known;

	for (i = 0; i < COUNT; i++) {
		entry = &entries[i];
		known = strlen(entry->name);
		if (len < known || (len > known && !entry->is_prefix) ||
		    memcmp(variable, entry->name, known) != 0)
			continue;
		if ((entry->families & 1U << family) != 0)
			return 1;
	}
	return 0;
}

/* Where headers are, what time it is, and in what language names are. */
static const char *const preprocessing[] = {
	"CPATH", "CPLUS_INCLUDE_PATH", "C_INCLUDE_PATH", "GCC_ROOT", "LANG",
	"LC_ALL", "LC_CTYPE", "OBJCPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH",
	"SOURCE_DATE_EPOCH",
};

int
environment_leads_to_files(const char *variable)
{
	size_t len = strcspn(variable, "="), i;

	for (i = 0; i < sizeof preprocessing / sizeof *preprocessing; i++) {
		if (strlen(preprocessing[i]) == len &&
		    memcmp(variable, preprocessing[i], len) == 0)
			return 1;
	}
	return changes_work(variable, len, FAMILY_GCC) ||
	       changes_work(variable, len, FAMILY_CLANG);
}

char *
environment_culprit(char *const *envp, enum family family)
{
	size_t len;

	for (; *envp != NULL; envp++) {
		len = strcspn(*envp, "=");
		if (changes_work(*envp, len, family))
			return xstrndup(*envp, len);
	}
	return NULL;
}

const struct environment_entry *
environment_table(size_t *count)
{
	*count = COUNT;
	return entries;
}
