/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_PROBE_H
#define COMPILER_PROBE_H

#include "base/buf.h"

struct args;

/*
 * A compiler that can be asked who it is. Answers are kept (answers.h) for
 * as long as its file is the same: name, path, inode, size and time of change
 * are a part of every question.
 */
struct probe {
	const char *cache_dir;	/* where answers are kept; NULL: nowhere */
	const char *tmp_dir;
	char *path;	/* the program; NULL: there is none to ask */
	char *real;	/* the same, links followed */
	int is_script;	/* what it runs may change, and nobody notice */
	int afresh;	/* set to have it asked, whatever is remembered */
	struct buf who;	/* what each question begins with */
};

#define PROBE_INIT { .who = BUF_INIT }

/*
 * Finds the compiler called name by pathlist (a PATH), passing over what only
 * hides it (identity.h). probe must be fresh or cleared. cache_dir and tmp_dir
 * are borrowed.
 */
void probe_open(struct probe *probe, const char *name, const char *pathlist,
		const char *cache_dir, const char *tmp_dir);

/* Frees what probe holds; it can be opened again. */
void probe_clear(struct probe *probe);

/*
 * Appends to answer what is remembered of question, or else what find makes
 * of it, which is then remembered. find appends nothing if the compiler does
 * not answer; where that took so long that a busy machine may be the cause
 * (ask.h), or another process knows better, it is not remembered. question
 * must say all that the answer depends on, besides the compiler. Returns 0, or
 * ERR_MISSING if there is no answer.
 */
int probe_answer(const struct probe *probe, const char *question,
		 void (*find)(const struct probe *probe, const void *arg,
			      struct buf *answer),
		 const void *arg, struct buf *answer);

/*
 * The target that the compiler makes code for if it is not told another:
 * "x86_64-linux-gnu". Yours to free; NULL if it does not say.
 */
char *probe_target(const struct probe *probe);

/* The first number of the compiler's version, 0 if it does not say. */
int probe_version(const struct probe *probe);

/*
 * What kind of object (elf.h) the compiler makes with the words of command,
 * [0] being the compiler. Yours to free; NULL if that is not known, or none
 * of ELF.
 */
char *probe_object(const struct probe *probe, const struct args *command);

/*
 * Appends to out the words of command that say which machine the code is for:
 * -m64, -target, -march=native and the like.
 */
void probe_machine_words(const struct args *command, struct args *out);

#endif
