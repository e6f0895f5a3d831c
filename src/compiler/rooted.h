/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_ROOTED_H
#define COMPILER_ROOTED_H

#include <stddef.h>

struct args;
struct cmdline;

/*
 * A command that a server runs on the client's own files, which it has put
 * below a directory, the root. The compiler preprocesses, so that options
 * matter which rewrite_to_serve leaves out; and nothing of what it makes may
 * show the root.
 */
struct rooted {
	const char *compiler;	/* the first word */
	const char *root;	/* stands for the client's / */
	const char *object;	/* where the output goes */
	const char *depfile;	/* where the dependencies go */
	int maps_macros;	/* it has -ffile-prefix-map */
};

/*
 * Judges cmd, which cmdline_parse_pumped accepted and whose family is set;
 * the client's working directory is cwd. Sets cmd->reason and culprit if it
 * cannot be run so: options that make files mean something else, that would
 * hide the root in what is made, or names above the root. Else sets
 * cmd->deptarget, and cmd->depfile, if dependencies were asked for.
 */
void rooted_judge(struct cmdline *cmd, const char *cwd);

/* The command to run, in the working directory that stands for cwd. */
void rooted_rewrite(const struct cmdline *cmd, const struct rooted *rooted,
		    struct args *out);

/* Whether the dependencies will name the system's headers as well. */
int rooted_names_system(const struct cmdline *cmd);

/*
 * The next directory of system headers that the command names for gcc, which
 * calls these by the path without links if that is shorter; NULL: there is
 * none. *at begins as 0.
 */
const char *rooted_next_system_dir(const struct cmdline *cmd, size_t *at);

/*
 * Whether the input must begin with a line that tells its own name: gcc gets
 * debug information of versions before 5 wrong otherwise, where the name is
 * absolute. What it says about such a file lacks the quoted line.
 */
int rooted_needs_line(const struct cmdline *cmd);

#endif
