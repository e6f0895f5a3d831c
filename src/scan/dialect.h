/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_DIALECT_H
#define SCAN_DIALECT_H

#include <stddef.h>

#include "base/args.h"
#include "base/buf.h"
#include "scan/refusal.h"

struct command;
struct evaluator;
struct record;
struct scan_settings;
struct symbols;

/*
 * What a compiler, given some options and a language, knows by itself: where
 * it looks for headers, the macros that it predefines, and what it answers to
 * __has_attribute and the like. It is asked once; what it said is kept, on
 * disk too, for as long as its file is the same.
 */
struct dialects;

struct dialect {
	char *key;		/* the compiler, and all that it is asked by */
	struct args own;	/* its directories, in order */
	struct args absent;	/* that it would take if they were there */
	struct args doubles;	/* that are the same as those of own */
	unsigned version;	/* goes up when the compiler says otherwise */
	int preincludes;	/* stdc-predef.h */
	unsigned reading;	/* enum record_dialect */
	int has_trigraphs, is_c90;	/* struct evaluate_mode */
	int has_module_lines;
	int is_hosted;
	struct record *predefined;
	/* for batch.c */
	struct asked **queries;
	size_t query_count, query_room;
	size_t waiting;		/* queries without an answer yet */
};

/* The strings of settings are copied, all else is borrowed. */
struct dialects *dialects_new(const struct scan_settings *settings,
			      struct symbols *symbols,
			      struct evaluator *evaluator);
void dialects_free(struct dialects *dialects);

/* How many there are by now. */
size_t dialects_count(const struct dialects *dialects);

/*
 * Sets *dialect, which is borrowed until dialects_free, for a command with
 * the compiler that pathlist leads to. afresh: ask, whatever is remembered.
 * Returns REFUSAL_NONE, or REFUSAL_COMPILER.
 */
enum refusal dialects_find(struct dialects *dialects,
			   const struct command *command,
			   const char *name, const char *pathlist, int afresh,
			   struct dialect **dialect);

/*
 * The value of a query such as __has_attribute(unused): function is the first
 * word. Sets *value and returns 1, or 0 if it has to be asked for. -1 if the
 * compiler does not know.
 */
int dialect_query(struct dialect *dialect, const char *function,
		  const char *operand, long long *value);

/* Asks for all that dialect_query could not tell. */
void dialects_ask(struct dialects *dialects, struct dialect *dialect,
		  const struct command *command, const char *name,
		  const char *pathlist);

#endif
