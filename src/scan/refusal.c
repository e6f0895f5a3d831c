/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/refusal.h"

static const struct {
	const char *name;
	const char *text;
} refusals[] = {
	[REFUSAL_NONE] = { "none", "nothing" },
	[REFUSAL_OPTION] = { "option", "an option that the scanner does not "
			     "understand" },
	[REFUSAL_LANGUAGE] = { "language", "a language that it does not "
			       "read" },
	[REFUSAL_ENVIRONMENT] = { "environment", "a variable that changes "
				  "where the compiler looks" },
	[REFUSAL_COMPILER] = { "compiler", "the compiler does not say where "
			       "it looks" },
	[REFUSAL_MISSING] = { "missing", "an include that leads nowhere" },
	[REFUSAL_UNREADABLE] = { "unreadable", "a file that cannot be read" },
	[REFUSAL_SPECIAL] = { "special", "a file that is none: a pipe or a "
			      "device" },
	[REFUSAL_CHANGING] = { "changing", "a file that changes meanwhile" },
	[REFUSAL_PCH] = { "pch", "a precompiled header" },
	[REFUSAL_SAME_CONTENT] = { "same_content", "two files alike that "
				   "want to be read once" },
	[REFUSAL_NAME] = { "name", "a file whose name would show in another "
			   "form" },
	[REFUSAL_ABSOLUTE] = { "absolute", "an include by an absolute "
			       "name" },
	[REFUSAL_COMPUTED] = { "computed", "an include whose name is not "
			       "clear" },
	[REFUSAL_CONDITION] = { "condition", "a condition that is not "
				"understood" },
	[REFUSAL_DIRECTIVE] = { "directive", "a directive that is not "
				"understood" },
	[REFUSAL_PRAGMA] = { "pragma", "a pragma that changes what is read" },
	[REFUSAL_MODULE] = { "module", "modules" },
	[REFUSAL_ASSEMBLER] = { "assembler", "files that the assembler "
				"reads" },
	[REFUSAL_TRIGRAPH] = { "trigraph", "trigraphs" },
	[REFUSAL_TIME] = { "time", "the date or the time" },
	[REFUSAL_UNBALANCED] = { "unbalanced", "conditions without an end" },
	[REFUSAL_DEPTH] = { "depth", "too many files in one another" },
	[REFUSAL_STEPS] = { "steps", "more than can be looked at in time" },
	[REFUSAL_SIZE] = { "size", "files that are too large" },
	[REFUSAL_MISMATCH] = { "mismatch", "a server that read other files "
			       "than these" },
};

const char *
refusal_name(enum refusal refusal)
{
	return refusals[refusal].name;
}

const char *
refusal_text(enum refusal refusal)
{
	return refusals[refusal].text;
}
