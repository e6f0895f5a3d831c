/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/role.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/option.h"

struct part {
	const char *name;	/* of the option table */
	enum role role;
};

/* By name, in strcmp order. */
static const struct part parts[] = {
	{ "--define-macro", ROLE_DEFINE },
	{ "--define-macro=", ROLE_DEFINE },
	{ "--for-assembler", ROLE_IGNORE },
	{ "--for-assembler=", ROLE_IGNORE },
	{ "--gcc-toolchain=", ROLE_ASK },
	{ "--imacros", ROLE_MACROS },
	{ "--imacros=", ROLE_MACROS },
	{ "--include", ROLE_INCLUDE },
	{ "--include-directory", ROLE_BRACKET },
	{ "--include-directory-after", ROLE_AFTER },
	{ "--include-directory-after=", ROLE_AFTER },
	{ "--include-directory=", ROLE_BRACKET },
	{ "--include-prefix", ROLE_PREFIX },
	{ "--include-prefix=", ROLE_PREFIX },
	{ "--include-with-prefix", ROLE_PREFIXED },
	{ "--include-with-prefix-after", ROLE_PREFIXED },
	{ "--include-with-prefix-after=", ROLE_PREFIXED },
	{ "--include-with-prefix-before", ROLE_PREFIXED_BEFORE },
	{ "--include-with-prefix-before=", ROLE_PREFIXED_BEFORE },
	{ "--include-with-prefix=", ROLE_PREFIXED },
	{ "--include=", ROLE_INCLUDE },
	{ "--language", ROLE_LANGUAGE },
	{ "--language=", ROLE_LANGUAGE },
	{ "--no-standard-includes", ROLE_ASK },
	{ "--stdlib=", ROLE_ASK },
	{ "--sysroot", ROLE_SYSROOT },
	{ "--sysroot=", ROLE_SYSROOT },
	{ "--trigraphs", ROLE_TRIGRAPHS },
	{ "--undefine-macro", ROLE_UNDEFINE },
	{ "--undefine-macro=", ROLE_UNDEFINE },
	{ "-D", ROLE_DEFINE },
	{ "-H", ROLE_IGNORE },
	{ "-I", ROLE_BRACKET },
	{ "-MG", ROLE_REFUSE },
	{ "-U", ROLE_UNDEFINE },
	{ "-W", ROLE_IGNORE },
	{ "-Wa,", ROLE_IGNORE },
	{ "-Wp,", ROLE_PASS },
	{ "-Xassembler", ROLE_IGNORE },
	{ "-Xpreprocessor", ROLE_PASS_ONE },
	{ "-canonical-prefixes", ROLE_ASK },
	{ "-fcrash-diagnostics-dir=", ROLE_IGNORE },
	{ "-fdepfile-entry=", ROLE_IGNORE },
	{ "-fdirectives-only", ROLE_REFUSE },
	{ "-finput-charset=", ROLE_CHARSET },
	{ "-fno-directives-only", ROLE_IGNORE },
	{ "-gcc-toolchain", ROLE_ASK },
	{ "-idirafter", ROLE_AFTER },
	{ "-imacros", ROLE_MACROS },
	{ "-include", ROLE_INCLUDE },
	{ "-iprefix", ROLE_PREFIX },
	{ "-iquote", ROLE_QUOTE },
	{ "-isysroot", ROLE_SYSROOT },
	{ "-isystem", ROLE_SYSTEM },
	{ "-iwithprefix", ROLE_PREFIXED },
	{ "-iwithprefixbefore", ROLE_PREFIXED_BEFORE },
	{ "-no-canonical-prefixes", ROLE_ASK },
	{ "-nobuiltininc", ROLE_ASK },
	{ "-nostdinc", ROLE_ASK },
	{ "-nostdinc++", ROLE_ASK },
	{ "-nostdlibinc", ROLE_ASK },
	{ "-pedantic", ROLE_IGNORE },
	{ "-pedantic-errors", ROLE_IGNORE },
	{ "-pipe", ROLE_IGNORE },
	{ "-stdlib=", ROLE_ASK },
	{ "-trigraphs", ROLE_TRIGRAPHS },
	{ "-w", ROLE_IGNORE },
	{ "-x", ROLE_LANGUAGE },
};

/* Beginnings of words that the table knows as -f, and not more closely. */
static const struct part flags[] = {
	{ "-fcolor-diagnostics", ROLE_IGNORE },
	{ "-fdebug-compilation-dir=", ROLE_IGNORE },
	{ "-fdebug-prefix-map=", ROLE_IGNORE },
	{ "-fdiagnostics-", ROLE_IGNORE },
	{ "-fexec-charset=", ROLE_REFUSE },
	{ "-ffile-compilation-dir=", ROLE_IGNORE },
	{ "-ffile-prefix-map=", ROLE_IGNORE },
	{ "-fmacro-prefix-map=", ROLE_IGNORE },
	{ "-fmax-include-depth=", ROLE_REFUSE },
	{ "-fmessage-length=", ROLE_IGNORE },
	{ "-fms-", ROLE_REFUSE },
	{ "-fno-diagnostics-", ROLE_IGNORE },
	{ "-fno-dollars-in-identifiers", ROLE_REFUSE },
	{ "-fno-operator-names", ROLE_REFUSE },
	{ "-fprofile-prefix-map=", ROLE_IGNORE },
	{ "-frandom-seed=", ROLE_IGNORE },
	{ "-fsearch-include-path", ROLE_REFUSE },
	{ "-fwide-exec-charset=", ROLE_REFUSE },
};

static int
compare_part(const void *name, const void *member)
{
	const struct part *part = member;

	return strcmp(name, part->name);
}

/* What the option's traits say where it has no role. */
static enum role
by_traits(const struct option *option)
{
	const unsigned t = option->traits;

	if ((t & (OPTION_READS | OPTION_EXECUTES | OPTION_STOPS)) != 0)
		return ROLE_REFUSE;
	if ((t & (OPTION_DEPS | OPTION_OUTPUT | OPTION_ACTION |
		  OPTION_WRITES | OPTION_BYPRODUCT)) != 0)
		return ROLE_IGNORE;
	if ((t & OPTION_CODE) != 0)
		return ROLE_ASK;
	return (t & OPTION_LINK) != 0 && (t & OPTION_CPP) == 0 ? ROLE_IGNORE :
								 ROLE_REFUSE;
}

enum role
role_of(const struct option *option, const char *word)
{
	const struct part *part;
	size_t i;

	part = bsearch(option->name, parts, sizeof parts / sizeof *parts,
		       sizeof *parts, compare_part);
	if (part != NULL)
		return part->role;
	for (i = 0; i < sizeof flags / sizeof *flags; i++) {
		if (strncmp(word, flags[i].name, strlen(flags[i].name)) == 0)
			return flags[i].role;
	}
	return by_traits(option);
}
