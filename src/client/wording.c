/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/wording.h"

#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "client/settings.h"
#include "compiler/cmdline.h"

/* The variable's value, or NULL where it is empty or not set. */
static const char *
value_of(char *const *envp, const char *name)
{
	size_t len = strlen(name);

	for (; *envp != NULL; envp++) {
		if (strncmp(*envp, name, len) == 0 && (*envp)[len] == '=')
			return (*envp)[len + 1] == '\0' ? NULL :
							  *envp + len + 1;
	}
	return NULL;
}

/* Whether the locale of a category is the one that needs no data. */
static int
is_plain(char *const *envp, const char *category)
{
	const char *value = value_of(envp, "LC_ALL");

	if (value == NULL)
		value = value_of(envp, category);
	if (value == NULL)
		value = value_of(envp, "LANG");
	return value == NULL || strcmp(value, "C") == 0 ||
	       strcmp(value, "POSIX") == 0;
}

int
wording_is_same(const struct settings *settings, const struct cmdline *cmd)
{
	char *const *envp = settings->environment;

	/* One that cannot speak fails, in its own way. */
	if (isatty(STDERR_FILENO) || fd_was_closed(STDERR_FILENO))
		return 0;
	if (cmd->family == FAMILY_CLANG)
		return 1;
	/* gcc has other quotes for UTF-8. */
	return is_plain(envp, "LC_MESSAGES") && is_plain(envp, "LC_CTYPE") &&
	       value_of(envp, "GCC_COLORS") == NULL;
}
