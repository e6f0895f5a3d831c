/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_DEPS_H
#define COMPILER_DEPS_H

#include "compiler/cmdline.h"
#include "compiler/option.h"

struct args;

/*
 * What the words about dependencies (-MD and its family) in a command ask
 * for. They come in two ways that gcc treats differently: as options of the
 * driver, and, behind -Wp, , as options that the compiler proper gets as
 * they are.
 */
struct deps {
	int is_wanted;		/* -MD or -MMD was there */
	int by_driver;		/* some words were the driver's ... */
	int by_wp;		/* ... and some came behind -Wp, */
	int driver_decides;	/* the driver's -MD, -MMD or -MF was there */
	int driver_targets;	/* -MT or -MQ as the driver's ... */
	int wp_targets;		/* ... and behind -Wp, */
	char *file;		/* where they go; NULL: not said */
};

#define DEPS_INIT { 0, 0, 0, 0, 0, 0, NULL }

void deps_clear(struct deps *deps);

/* Takes up one option that has OPTION_DEPS. */
void deps_take(struct deps *deps, const struct option_use *use);

/*
 * Takes up the words behind one -Wp, . Returns why they keep the command on
 * this machine, or REASON_NONE.
 */
enum reason deps_take_wp(struct deps *deps, const char *words,
			 enum family family);

/*
 * With all words taken up and cmd otherwise complete, sets cmd->depfile,
 * cmd->deptarget and cmd->has_deptarget. Returns why the command has to stay,
 * or REASON_NONE.
 */
enum reason deps_finish(const struct deps *deps, struct cmdline *cmd);

/*
 * Appends what the words behind a -Wp, that deps_take_wp accepted mean to
 * the preprocessor, but for the file that dependencies go to.
 */
void deps_push_wp(const char *words, struct args *out);

#endif
