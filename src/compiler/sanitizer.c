/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/sanitizer.h"

#include <string.h>

#include "base/args.h"
#include "compiler/option.h"

#define ON_ERROR "-undefined-trap-on-error"

static const struct {
	const char *name;
	int never_tells;	/* where something is in the source */
	int is_undefined;	/* trapping "undefined" is trapping it */
} sanitizers[] = {
	{ "alignment", 0, 1 },
	{ "array-bounds", 0, 1 },
	{ "bool", 0, 1 },
	{ "bounds", 0, 1 },
	{ "bounds-strict", 0, 1 },
	{ "builtin", 0, 1 },
	{ "enum", 0, 1 },
	{ "float-cast-overflow", 0, 0 },
	{ "float-divide-by-zero", 0, 0 },
	{ "integer-divide-by-zero", 0, 1 },
	{ "leak", 1, 0 },
	{ "local-bounds", 0, 0 },
	{ "nonnull-attribute", 0, 1 },
	{ "null", 0, 1 },
	{ "object-size", 0, 1 },
	{ "pointer-overflow", 0, 1 },
	{ "return", 0, 1 },
	{ "returns-nonnull-attribute", 0, 1 },
	{ "shift", 0, 1 },
	{ "shift-base", 0, 1 },
	{ "shift-exponent", 0, 1 },
	{ "signed-integer-overflow", 0, 1 },
	{ "thread", 1, 0 },
	{ "undefined", 0, 1 },
	{ "unreachable", 0, 1 },
	{ "unsigned-integer-overflow", 0, 0 },
	{ "vla-bound", 0, 1 },
};

#define COUNT (sizeof sanitizers / sizeof *sanitizers)

/* Whether list, separated by commas, has the len bytes of name in it. */
static int
has_name(const char *list, const char *name, size_t len)
{
	size_t here;

	for (;; list += here + 1) {
		here = strcspn(list, ",");
		if (here == len && strncmp(list, name, len) == 0)
			return 1;
		if (list[here] == '\0')
			return 0;
	}
}

static const char *
value_if(const struct option_use *use, const char *option)
{
	if (use->option == NULL || strcmp(use->option->name, option) != 0)
		return NULL;
	return use->value;
}

/* Whether traps are turned off again somewhere; then none counts. */
static int
takes_traps_back(const struct args *command)
{
	struct option_use use;
	const char *value;
	size_t i;

	for (i = 1; i < command->count; i += use.words) {
		use = option_at(command->v, i);
		value = value_if(&use, "-f");
		if (value != NULL &&
		    (strncmp(value, "no-sanitize-trap", 16) == 0 ||
		     strcmp(value, "no-sanitize" ON_ERROR) == 0))
			return 1;
	}
	return 0;
}

/* Whether an option whose value is this one traps the sanitizer. */
static int
traps(const char *value, size_t sanitizer)
{
	const char *name = sanitizers[sanitizer].name;
	const int is_undefined = sanitizers[sanitizer].is_undefined;

	if (strcmp(value, ON_ERROR) == 0)
		return is_undefined;
	if (strcmp(value, "-trap") == 0)
		return 1;
	if (strncmp(value, "-trap=", 6) != 0)
		return 0;
	value += 6;
	return has_name(value, "all", 3) ||
	       (is_undefined && has_name(value, "undefined", 9)) ||
	       has_name(value, name, strlen(name));
}

static int
is_trapped(const struct args *command, size_t sanitizer)
{
	struct option_use use;
	const char *value;
	size_t i;

	for (i = 1; i < command->count; i += use.words) {
		use = option_at(command->v, i);
		value = value_if(&use, "-fsanitize");
		if (value != NULL && traps(value, sanitizer))
			return 1;
	}
	return 0;
}

/* Whether the sanitizer called by the len bytes of name tells no columns. */
static int
is_silent(const struct args *command, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < COUNT; i++) {
		if (strlen(sanitizers[i].name) == len &&
		    strncmp(sanitizers[i].name, name, len) == 0)
			return sanitizers[i].never_tells ||
			       (is_trapped(command, i) &&
				!takes_traps_back(command));
	}
	return 0;
}

static int
are_silent(const struct args *command, const char *list)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (!is_silent(command, list, len))
			return 0;
		if (list[len] == '\0')
			return 1;
	}
}

const char *
sanitizer_culprit(const struct args *command)
{
	struct option_use use;
	const char *value;
	size_t i;

	for (i = 1; i < command->count; i += use.words) {
		use = option_at(command->v, i);
		value = value_if(&use, "-fsanitize");
		if (value != NULL && value[0] == '=' &&
		    !are_silent(command, value + 1))
			return command->v[i];
	}
	return NULL;
}
