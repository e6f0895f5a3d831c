/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_REASON_H
#define COMPILER_REASON_H

/*
 * Why a command ran on this machine: one code for each cause, with a short
 * name for programs, a sentence for people, and what they can do about it.
 * The table is documented in distcc(1).
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
	REASON_PRAGMA,		/* for the preprocessor, but not run alone */
	REASON_RECORD,		/* the result would contain the command */
	REASON_UNKNOWN_OPTION,
	/* an option lacks its argument, @file unreadable, output is input */
	REASON_BAD_COMMAND,
	REASON_OUTPUT,	/* a link in its place, and the like */
	/* what surrounds the command */
	REASON_ENVIRONMENT,	/* a variable that changes the result */
	REASON_NESTED,		/* distcc runs the caller already */
	REASON_LOCALHOST,	/* the host list says so */
	/* the farm */
	REASON_NO_HOSTS,
	REASON_HOSTS_AVOIDED,	/* all failed a short time ago */
	REASON_HOSTS_FAILED,	/* for this job */
	REASON_REFUSED,		/* by all hosts that were asked */
	REASON_BUSY,		/* no host had room for it */
	REASON_NO_COMPILER,	/* not on any host that was asked */
	/* what came back is not what a local compile gives */
	REASON_DIAGNOSTICS,	/* messages, which are said right only here */
	REASON_ERRORS,		/* the compile failed; here, too */
	REASON_DISAGREEMENT,	/* the compile failed, but not here */
	REASON_OBJECT,		/* the object is for another machine */
	/* this machine */
	REASON_CPP_FAILED,	/* the preprocessor failed */
	REASON_CLIENT_FAULT,	/* no file could be written, and the like */
	REASON_NO_LOCKS,	/* the lock directory cannot be used */
	REASON_COUNT
};

/* "many_inputs": what a script looks for. Borrowed. */
const char *reason_name(enum reason reason);

/* A sentence without its full stop: "the command has several inputs". */
const char *reason_text(enum reason reason);

/*
 * What the user can do about it, or why nothing, as a sentence without its
 * full stop: "compile each source by a command of its own". Borrowed.
 */
const char *reason_advice(enum reason reason);

/*
 * Whether it is the farm or this machine that kept the job from being done
 * elsewhere, and not what the job is.
 */
int reason_is_trouble(enum reason reason);

/* The reason of that name, or REASON_COUNT if there is none. */
enum reason reason_find(const char *name);

#endif
