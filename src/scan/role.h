/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_ROLE_H
#define SCAN_ROLE_H

struct option;

/* What an option has to do with which files are read. */
enum role {
	ROLE_AFTER,
	ROLE_ASK,	/* the compiler, what it changes */
	ROLE_BRACKET,
	ROLE_CHARSET,
	ROLE_DEFINE,
	ROLE_IGNORE,
	ROLE_INCLUDE,
	ROLE_LANGUAGE,
	ROLE_MACROS,
	ROLE_PASS,	/* words for the preprocessor, commas between */
	ROLE_PASS_ONE,
	ROLE_PREFIX,
	ROLE_PREFIXED,	/* -iwithprefix */
	ROLE_PREFIXED_BEFORE,
	ROLE_QUOTE,
	ROLE_REFUSE,
	ROLE_SYSROOT,
	ROLE_SYSTEM,
	ROLE_TRIGRAPHS,
	ROLE_UNDEFINE
};

/* The role of an option (option.h) that stands in a command as word. */
enum role role_of(const struct option *option, const char *word);

#endif
