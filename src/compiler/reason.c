/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/reason.h"

static const struct {
	const char *name;
	const char *text;
} reasons[REASON_COUNT] = {
	[REASON_NONE] = { "none", "nothing keeps the command here" },
	[REASON_NOT_COMPILE] = { "not_compile",
		"the command does not compile to an object or assembly file" },
	[REASON_PREPROCESS] = { "preprocess",
		"the command only preprocesses" },
	[REASON_NO_INPUT] = { "no_input", "the command has no input" },
	[REASON_MANY_INPUTS] = { "many_inputs",
		"the command has several inputs" },
	[REASON_LANGUAGE] = { "language",
		"the language of the input is not distributed" },
	[REASON_ASSEMBLER] = { "assembler",
		"the assembler has to work with files of this machine" },
	[REASON_STDIN] = { "stdin",
		"the source comes from, or the result goes to, a pipe" },
	[REASON_CONFTEST] = { "conftest",
		"the input looks like the probe of a configure script" },
	[REASON_NATIVE] = { "native",
		"the command asks for code for this machine's own processor" },
	[REASON_PROFILE] = { "profile",
		"coverage and profiles use files of this machine" },
	[REASON_EXTRA_OUTPUT] = { "extra_output",
		"the command writes files that a server does not return" },
	[REASON_LOADS_CODE] = { "loads_code",
		"the command brings programs or plug-ins into the compiler" },
	[REASON_READS_FILE] = { "reads_file",
		"the compiler reads another file of this machine" },
	[REASON_MODULES] = { "modules",
		"modules live in files of this machine" },
	[REASON_LTO] = { "lto",
		"objects for link-time optimization suit one compiler only" },
	[REASON_PCH] = { "pch", "precompiled headers suit one compiler only" },
	[REASON_DRIVER] = { "driver",
		"the command asks the compiler about itself" },
	[REASON_PREPROCESSOR] = { "preprocessor",
		"the preprocessor is to work in an unusual way" },
	[REASON_PATHS] = { "paths",
		"the object would name folders of the server" },
	[REASON_MACROS] = { "macros",
		"the debug information would lack macros" },
	[REASON_COLUMNS] = { "columns",
		"the object would contain columns that preprocessing moves" },
	[REASON_RECORD] = { "record",
		"the result would record the server's command" },
	[REASON_UNKNOWN_OPTION] = { "unknown_option",
		"the command has an option that is not known here" },
	[REASON_BAD_COMMAND] = { "bad_command", "the command is malformed" },
};

const char *
reason_name(enum reason reason)
{
	return reasons[reason].name;
}

const char *
reason_text(enum reason reason)
{
	return reasons[reason].text;
}
