/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/lang.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"

#define SOURCE(name, form, suffix) \
	{ name, form, suffix, 0, 1, REASON_NONE }
#define FORM(name, form, suffix) \
	{ name, form, suffix, 1, 1, REASON_NONE }
#define OTHER(name, reason) \
	{ name, NULL, NULL, 0, 0, reason }

/* By name, in strcmp order. */
static const struct lang langs[] = {
	OTHER("ada", REASON_LANGUAGE),
	OTHER("assembler", REASON_ASSEMBLER),
	OTHER("assembler-with-cpp", REASON_ASSEMBLER),
	OTHER("ast", REASON_PCH),
	SOURCE("c", "cpp-output", ".i"),
	SOURCE("c++", "c++-cpp-output", ".ii"),
	FORM("c++-cpp-output", "c++-cpp-output", ".ii"),
	OTHER("c++-header", REASON_PCH),
	OTHER("c++-module", REASON_MODULES),
	OTHER("c++-module-cpp-output", REASON_MODULES),
	OTHER("c++-system-header", REASON_MODULES),
	OTHER("c++-user-header", REASON_MODULES),
	OTHER("c-header", REASON_PCH),
	OTHER("cl", REASON_LANGUAGE),
	FORM("cpp-output", "cpp-output", ".i"),
	OTHER("cuda", REASON_LANGUAGE),
	OTHER("cuda-cpp-output", REASON_LANGUAGE),
	OTHER("d", REASON_LANGUAGE),
	OTHER("f77", REASON_LANGUAGE),
	OTHER("f77-cpp-input", REASON_LANGUAGE),
	OTHER("f95", REASON_LANGUAGE),
	OTHER("f95-cpp-input", REASON_LANGUAGE),
	OTHER("go", REASON_LANGUAGE),
	OTHER("hip", REASON_LANGUAGE),
	OTHER("hip-cpp-output", REASON_LANGUAGE),
	OTHER("ir", REASON_LTO),
	OTHER("lto", REASON_LTO),
	OTHER("modula-2", REASON_LANGUAGE),
	FORM("objc-cpp-output", "objective-c-cpp-output", ".mi"),
	SOURCE("objective-c", "objective-c-cpp-output", ".mi"),
	SOURCE("objective-c++", "objective-c++-cpp-output", ".mii"),
	FORM("objective-c++-cpp-output", "objective-c++-cpp-output", ".mii"),
	OTHER("objective-c++-header", REASON_PCH),
	FORM("objective-c-cpp-output", "objective-c-cpp-output", ".mi"),
	OTHER("objective-c-header", REASON_PCH),
	OTHER("renderscript", REASON_LANGUAGE),
};

struct suffix {
	const char *text;
	const char *lang;
	int is_classic;		/* known to servers of every version */
};

/* By suffix, in strcmp order. */
static const struct suffix suffixes[] = {
	{ ".C", "c++", 1 },
	{ ".CPP", "c++", 0 },
	{ ".F", "f77-cpp-input", 0 },
	{ ".F03", "f95-cpp-input", 0 },
	{ ".F08", "f95-cpp-input", 0 },
	{ ".F90", "f95-cpp-input", 0 },
	{ ".F95", "f95-cpp-input", 0 },
	{ ".FOR", "f77-cpp-input", 0 },
	{ ".FPP", "f77-cpp-input", 0 },
	{ ".FTN", "f77-cpp-input", 0 },
	{ ".H", "c++-header", 0 },
	{ ".HPP", "c++-header", 0 },
	{ ".M", "objective-c++", 1 },
	{ ".S", "assembler-with-cpp", 0 },
	{ ".adb", "ada", 0 },
	{ ".ads", "ada", 0 },
	{ ".bc", "ir", 0 },
	{ ".c", "c", 1 },
	{ ".c++", "c++", 1 },
	{ ".c++m", "c++-module", 0 },
	{ ".cc", "c++", 1 },
	{ ".ccm", "c++-module", 0 },
	{ ".cl", "cl", 0 },
	{ ".cp", "c++", 1 },
	{ ".cpp", "c++", 1 },
	{ ".cppm", "c++-module", 0 },
	{ ".cu", "cuda", 0 },
	{ ".cui", "cuda-cpp-output", 0 },
	{ ".cxx", "c++", 1 },
	{ ".cxxm", "c++-module", 0 },
	{ ".d", "d", 0 },
	{ ".dd", "d", 0 },
	{ ".di", "d", 0 },
	{ ".f", "f77", 0 },
	{ ".f03", "f95", 0 },
	{ ".f08", "f95", 0 },
	{ ".f77", "f77", 0 },
	{ ".f90", "f95", 0 },
	{ ".f95", "f95", 0 },
	{ ".for", "f77", 0 },
	{ ".fpp", "f77-cpp-input", 0 },
	{ ".ftn", "f77", 0 },
	{ ".go", "go", 0 },
	{ ".h", "c-header", 0 },
	{ ".h++", "c++-header", 0 },
	{ ".hh", "c++-header", 0 },
	{ ".hip", "hip", 0 },
	{ ".hp", "c++-header", 0 },
	{ ".hpp", "c++-header", 0 },
	{ ".hxx", "c++-header", 0 },
	{ ".i", "cpp-output", 1 },
	{ ".ii", "c++-cpp-output", 1 },
	{ ".iim", "c++-module-cpp-output", 0 },
	{ ".ixx", "c++-module", 0 },
	{ ".ll", "ir", 0 },
	{ ".m", "objective-c", 1 },
	{ ".mi", "objective-c-cpp-output", 1 },
	{ ".mii", "objective-c++-cpp-output", 1 },
	{ ".mm", "objective-c++", 1 },
	{ ".mod", "modula-2", 0 },
	{ ".s", "assembler", 0 },
	{ ".sx", "assembler-with-cpp", 0 },
	{ ".tcc", "c++-header", 0 },
};

static int
compare_lang(const void *name, const void *member)
{
	const struct lang *lang = member;

	return strcmp(name, lang->name);
}

static int
compare_suffix(const void *text, const void *member)
{
	const struct suffix *suffix = member;

	return strcmp(text, suffix->text);
}

static const struct suffix *
find_suffix(const char *path)
{
	const char *suffix = path_suffix(path);

	/* To compilers, too, the name ".c" has no suffix. */
	if (suffix == path_base(path))
		return NULL;
	return bsearch(suffix, suffixes,
		       sizeof suffixes / sizeof suffixes[0],
		       sizeof suffixes[0], compare_suffix);
}

const struct lang *
lang_by_name(const char *name)
{
	return bsearch(name, langs, sizeof langs / sizeof langs[0],
		       sizeof langs[0], compare_lang);
}

const struct lang *
lang_by_file(const char *path)
{
	const struct suffix *suffix = find_suffix(path);

	return suffix == NULL ? NULL : lang_by_name(suffix->lang);
}

const struct lang *
lang_by_file_in_cxx(const char *path)
{
	const struct lang *lang = lang_by_file(path);

	if (lang == NULL)
		return NULL;
	if (strcmp(lang->name, "c") == 0)
		return lang_by_name("c++");
	if (strcmp(lang->name, "c-header") == 0)
		return lang_by_name("c++-header");
	if (strcmp(lang->name, "cpp-output") == 0)
		return lang_by_name("c++-cpp-output");
	return lang;
}

int
lang_suffix_is_classic(const char *path)
{
	const struct suffix *suffix = find_suffix(path);

	return suffix != NULL && suffix->is_classic;
}

int
lang_is_told_by(const struct lang *lang, const char *path)
{
	return lang_suffix_is_classic(path) && lang_by_file(path) == lang;
}

const struct lang *
lang_table(size_t *count)
{
	*count = sizeof langs / sizeof langs[0];
	return langs;
}
