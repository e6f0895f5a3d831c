/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_REFUSAL_H
#define SCAN_REFUSAL_H

/*
 * Why the files of a unit are not known for certain, so that it is
 * preprocessed here: one code for each cause. Never guess: whoever is not sure
 * refuses.
 */
enum refusal {
	REFUSAL_NONE,
	/* the command and its surroundings */
	REFUSAL_OPTION,		/* one that the scanner does not know */
	REFUSAL_LANGUAGE,	/* one that it does not read */
	REFUSAL_ENVIRONMENT,	/* GCC_EXEC_PREFIX and the like */
	REFUSAL_COMPILER,	/* it does not say what it searches */
	/* files */
	REFUSAL_MISSING,	/* an include that leads nowhere */
	REFUSAL_UNREADABLE,
	REFUSAL_SPECIAL,	/* a pipe or a device */
	REFUSAL_CHANGING,	/* it changed while it was read, twice */
	REFUSAL_PCH,		/* a precompiled header stands beside one */
	REFUSAL_SAME_CONTENT,	/* #pragma once, and two files alike */
	REFUSAL_NAME,		/* a name that would differ elsewhere */
	/* what the files say */
	REFUSAL_ABSOLUTE,	/* an include of what is not below its root */
	REFUSAL_COMPUTED,	/* an include whose name is not clear */
	REFUSAL_CONDITION,	/* an #if that is not understood */
	REFUSAL_DIRECTIVE,	/* one that is not, or #embed */
	REFUSAL_PRAGMA,		/* push_macro, dependency, pch_preprocess */
	REFUSAL_MODULE,
	REFUSAL_ASSEMBLER,	/* .incbin or .include */
	REFUSAL_TRIGRAPH,
	REFUSAL_TIME,		/* __DATE__, __TIME__, __TIMESTAMP__ */
	REFUSAL_UNBALANCED,	/* #endif missing, or too many */
	/* bounds */
	REFUSAL_DEPTH,		/* 200 files in one another */
	REFUSAL_STEPS,		/* it took too long */
	REFUSAL_SIZE,		/* a file, or all of them, too large */
	/* the farm */
	REFUSAL_MISMATCH,	/* a server read other files than these */
	REFUSAL_COUNT
};

/* "computed_include": what a script looks for. Borrowed. */
const char *refusal_name(enum refusal refusal);

/* A phrase for people: "an include whose name is computed". */
const char *refusal_text(enum refusal refusal);

#endif
