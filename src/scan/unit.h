/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_UNIT_H
#define SCAN_UNIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "scan/chain.h"
#include "scan/command.h"
#include "scan/refusal.h"
#include "scan/resolve.h"
#include "scan/walk.h"

struct dialect;
struct dialects;
struct evaluator;
struct record;
struct scan_unit;
struct symbols;

/* What is remembered between units, and shared by all their parts. */
struct memory {
	struct folders *folders;
	struct files *files;
	struct symbols *symbols;
	struct evaluator *evaluator;
	struct dialects *dialects;
	struct memos *memos;
	uint64_t attempts;	/* to evaluate a unit, so far */
};

/* One unit on its way through the preprocessor. */
struct unit {
	struct memory *memory;
	const struct scan_unit *asked;
	char *compiler;		/* its name, below cwd if that is relative */
	char *pathlist;		/* the same of asked's */
	struct command command;
	struct dialect *dialect;
	struct folder *cwd;
	struct chain chain;
	struct trail trail;
	struct resolver *resolver;
	struct record *defines;	/* -D and -U */
	struct level *levels;	/* the files being read, the source first */
	size_t depth;
	struct file **files;	/* all that it uses */
	size_t count, room;
	uint64_t attempt;
	unsigned has_once : 1;	/* some file is not to be read twice */
	enum refusal refusal;
	struct buf culprit;
};

/*
 * Works out what the command that asked has means, and finds its compiler,
 * beginning a new round of memory's folders. unit is all zero but for memory
 * and asked. What came of it is in refusal.
 */
void unit_prepare(struct unit *unit);

/* The same for all that it reads. */
void unit_run(struct unit *unit);

void unit_clear(struct unit *unit);

/* For its parts: notes the first reason to give up, and returns it. */
enum refusal unit_refuse(struct unit *unit, enum refusal refusal,
			 const char *culprit);

/* For unit_run: goes through all files, until nothing more is to be asked. */
void unit_evaluate(struct unit *unit);

#endif
