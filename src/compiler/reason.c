/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/reason.h"

#include <string.h>

static const struct {
	const char *name;
	const char *text;
	const char *advice;
} reasons[REASON_COUNT] = {
	[REASON_NONE] = { "none",
		"nothing keeps the command here",
		"nothing has to be done" },
	[REASON_NOT_COMPILE] = { "not_compile",
		"the command does not compile to an object or assembly "
		"file",
		"links and questions to the compiler always run here" },
	[REASON_PREPROCESS] = { "preprocess",
		"the command only preprocesses",
		"preprocessing needs the headers of this machine" },
	[REASON_NO_INPUT] = { "no_input",
		"the command has no input",
		"name a source" },
	[REASON_MANY_INPUTS] = { "many_inputs",
		"the command has several inputs",
		"compile each source by a command of its own" },
	[REASON_LANGUAGE] = { "language",
		"the language of the input is not distributed",
		"C, C++, Objective-C and Objective-C++ are; nothing can "
		"be done for others" },
	[REASON_ASSEMBLER] = { "assembler",
		"the assembler has to work with files of this machine",
		"leave out the options that go to the assembler, if the "
		"result does not need them" },
	[REASON_STDIN] = { "stdin",
		"the source comes from, or the result goes to, a pipe",
		"name files for source and result; leave out -o -" },
	[REASON_CONFTEST] = { "conftest",
		"the input looks like a probe of configure, CMake or meson",
		"probes ask about this machine; nothing has to be done" },
	[REASON_NATIVE] = { "native",
		"the command asks for code for this machine's own "
		"processor",
		"name the processor (-march=x86-64-v3, say) instead of "
		"native" },
	[REASON_PROFILE] = { "profile",
		"coverage and profiles use files of this machine",
		"build without them where they are not needed" },
	[REASON_EXTRA_OUTPUT] = { "extra_output",
		"the command writes files that a server does not return",
		"leave out the option if nobody reads these files" },
	[REASON_LOADS_CODE] = { "loads_code",
		"the command brings programs or plug-ins into the "
		"compiler",
		"leave out the option, or install the compiler with its "
		"programs in their place" },
	[REASON_READS_FILE] = { "reads_file",
		"the compiler reads another file of this machine",
		"nothing can be done while the source or the command "
		"names that file" },
	[REASON_MODULES] = { "modules",
		"modules live in files of this machine",
		"compile with headers, where that is possible" },
	[REASON_LTO] = { "lto",
		"objects for link-time optimization suit one compiler "
		"only",
		"build without -flto, or accept that it runs here" },
	[REASON_PCH] = { "pch",
		"precompiled headers suit one compiler only",
		"build without precompiled headers: with many machines "
		"they save little" },
	[REASON_DRIVER] = { "driver",
		"the command asks the compiler about itself",
		"only the compiler here can answer; nothing has to be "
		"done" },
	[REASON_PREPROCESSOR] = { "preprocessor",
		"the preprocessor is to work in an unusual way",
		"leave out the option, if the result does not need it" },
	[REASON_PATHS] = { "paths",
		"the object would name folders of the server",
		"leave out the option, or name the folders in another way" },
	[REASON_MACROS] = { "macros",
		"the debug information would lack macros",
		"use -g instead of -g3" },
	[REASON_COLUMNS] = { "columns",
		"the object would contain lines or columns that "
		"preprocessing moves",
		"leave out what asks for them: a sanitizer's option, "
		"or __builtin_COLUMN" },
	[REASON_PRAGMA] = { "pragma",
		"the source has a pragma that is for the preprocessor too, "
		"and gcc's does not heed it by itself",
		"name what it asks for by options of the command, if the "
		"time matters" },
	[REASON_RECORD] = { "record",
		"the result would record the server's command",
		"leave out the option that records the command" },
	[REASON_UNKNOWN_OPTION] = { "unknown_option",
		"the command has an option that is not known here",
		"leave the option out, or report it, so that it becomes "
		"known" },
	[REASON_BAD_COMMAND] = { "bad_command",
		"the command is malformed",
		"see what the compiler says about it" },
	[REASON_OUTPUT] = { "output",
		"a link, or what else compilers treat in their own way, "
		"stands in the place of an output",
		"remove the link or the empty file before" },
	[REASON_ENVIRONMENT] = { "environment",
		"a variable of the environment changes what the compiler "
		"does",
		"unset the variable, or say it by options of the command" },
	[REASON_NESTED] = { "nested",
		"distcc runs the program that called it already",
		"keep distcc out of the compiler that distcc runs, or "
		"accept it: the outer one decides" },
	[REASON_LOCALHOST] = { "localhost",
		"the host list gives jobs to localhost",
		"take localhost off the list, or put it last, to have "
		"fewer jobs here" },
	[REASON_NO_HOSTS] = { "no_hosts",
		"there is no host to send it to",
		"set DISTCC_HOSTS, or write a list to ~/.distcc/hosts; "
		"distcc --show-hosts prints what is read" },
	[REASON_HOSTS_AVOIDED] = { "hosts_avoided",
		"all hosts are down or failed a short time ago",
		"see to the hosts, and try again; DISTCC_BACKOFF_PERIOD "
		"says how long they are avoided" },
	[REASON_HOSTS_FAILED] = { "hosts_failed",
		"all hosts that were tried failed",
		"see whether distccd runs there and can be reached; its "
		"log says more" },
	[REASON_REFUSED] = { "refused",
		"no host does this job",
		"read what the host says; its log, and its options, say "
		"which jobs it does" },
	[REASON_BUSY] = { "busy",
		"the hosts that would do the job had no room for it",
		"start fewer jobs at a time, or give each host no more "
		"than it takes: HOST/LIMIT in the host list" },
	[REASON_NO_COMPILER] = { "no_compiler",
		"no host can run this compiler",
		"install the compiler of this machine on the hosts, and "
		"let distccd use it" },
	[REASON_DIAGNOSTICS] = { "diagnostics",
		"the remote compiler printed something that only the "
		"local one says exactly",
		"mend what it warns of, if it does so here; "
		"DISTCC_LOCAL_DIAGNOSTICS=0 takes a server's warnings as "
		"they are" },
	[REASON_ERRORS] = { "errors",
		"the compile failed elsewhere, and was repeated for its "
		"messages",
		"mend the source; DISTCC_SKIP_LOCAL_RETRY takes a "
		"server's messages as they are" },
	[REASON_DISAGREEMENT] = { "disagreement",
		"the compile failed elsewhere, but not here",
		"compare the version of the compiler there with the one "
		"here" },
	[REASON_OBJECT] = { "object",
		"what came back is no object for this kind of machine",
		"install a compiler there that makes code for this "
		"machine, or name it with its target" },
	[REASON_CPP_FAILED] = { "cpp_failed",
		"the source cannot be read, or does not preprocess",
		"mend the source, or the path of its headers" },
	[REASON_CLIENT_FAULT] = { "client_fault",
		"this machine could not do its part",
		"see to the directories of the output and of TMPDIR: "
		"space, quota, permissions" },
	[REASON_NO_LOCKS] = { "no_locks",
		"the directory of locks cannot be used",
		"make DISTCC_DIR (~/.distcc) a directory that you can "
		"write to" },
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

const char *
reason_advice(enum reason reason)
{
	return reasons[reason].advice;
}

int
reason_is_trouble(enum reason reason)
{
	switch (reason) {
	case REASON_NO_HOSTS:
	case REASON_HOSTS_AVOIDED:
	case REASON_HOSTS_FAILED:
	case REASON_REFUSED:
	case REASON_BUSY:
	case REASON_NO_COMPILER:
	case REASON_DISAGREEMENT:
	case REASON_OBJECT:
	case REASON_CLIENT_FAULT:
	case REASON_NO_LOCKS:
		return 1;
	default:
		return 0;
	}
}

enum reason
reason_find(const char *name)
{
	int reason;

	for (reason = 0; reason < REASON_COUNT; reason++) {
		if (strcmp(reasons[reason].name, name) == 0)
			return (enum reason)reason;
	}
	return REASON_COUNT;
}
