/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_REASON_H
#define COMPILER_REASON_H

/*
 * Why a command stays on this machine: one code for each cause, with a short
 * name for programs and a sentence for people. The table is documented in
 * distcc(1).
 */
enum reason {
	REASON_NONE,		/* nothing keeps it here */
	/* what the command does; add to these as the option table needs */
	REASON_NOT_COMPILE,	/* neither -c nor -S: a link, or a question */
	/* -E, -M, -MM: only preprocessing is asked for */
	REASON_PREPROCESS,
	REASON_NO_INPUT,
	REASON_MANY_INPUTS,
	REASON_LANGUAGE,	/* a language that is not distributed */
	REASON_ASSEMBLER,	/* assembler sources, and options of it */
	REASON_STDIN,		/* source from, or output to, a pipe */
	REASON_CONFTEST,	/* a configure script's probe */
	REASON_NATIVE,		/* -march=native and the like */
	REASON_PROFILE,		/* coverage and profiles */
	REASON_EXTRA_OUTPUT,	/* files other than object and .d */
	REASON_LOADS_CODE,	/* plugins, -wrapper, -B, specs */
	REASON_READS_FILE,	/* the compiler proper reads another file */
	REASON_MODULES,
	REASON_LTO,
	REASON_PCH,
	REASON_DRIVER,		/* -v, -###, --help: the driver talks */
	REASON_PREPROCESSOR,	/* -Xpreprocessor, -P, -C and the like */
	REASON_PATHS,		/* the object would show the server's paths */
	REASON_MACROS,		/* debug information would lack macros */
	REASON_COLUMNS,		/* objects would contain moved columns */
	REASON_RECORD,		/* the result would contain the command */
	REASON_UNKNOWN_OPTION,
	/* an option lacks its argument, @file unreadable */
	REASON_BAD_COMMAND,
	REASON_COUNT
};

/* "many_inputs": what a script looks for. Borrowed. */
const char *reason_name(enum reason reason);

/* A sentence without its full stop: "the command has several inputs". */
const char *reason_text(enum reason reason);

#endif
