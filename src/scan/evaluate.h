/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_EVALUATE_H
#define SCAN_EVALUATE_H

#include <stddef.h>
#include <stdint.h>

#include "scan/refusal.h"

struct record;
struct symbols;

/*
 * Goes through records as the preprocessor goes through files, keeping track
 * of macros, and tells which files it would read. It opens none itself.
 */
struct evaluator;

enum include_kind {
	INCLUDE_PLAIN,		/* #include */
	INCLUDE_NEXT,		/* #include_next */
	INCLUDE_IMPORT,		/* #import */
	INCLUDE_MACROS		/* of -imacros: only for who calls */
};

/* A header's name as it stands in a directive, macros expanded. */
struct include_name {
	const char *text;	/* not NUL-terminated, not empty */
	size_t len;
	int is_angled;		/* <> */
	enum include_kind kind;
};

/*
 * What the evaluator asks of who calls it. Each returns REFUSAL_NONE, or why
 * the whole unit is to be given up (the culprit is the caller's to note).
 */
struct evaluate_calls {
	/* A file is included here: find it, and evaluate_record its record. */
	enum refusal (*include)(void *arg, const struct include_name *name);
	/* Whether __has_include(_next) is true of it. */
	enum refusal (*has_include)(void *arg, const struct include_name *name,
				    int *answer);
	/*
	 * The value of what only the compiler knows: function is
	 * __has_attribute, __has_builtin, ..., and operand what stands in its
	 * parentheses, blanks removed: "gnu::unused". Also asked is whether
	 * the compiler has such a function at all: function "defined",
	 * operand "__has_feature"; once for each predefined record.
	 */
	enum refusal (*query)(void *arg, const char *function,
			      const char *operand, long long *value);
	/* #pragma once in the current file; of #import, include tells */
	void (*once)(void *arg);
	/* #pragma GCC system_header in the current file */
	void (*system_header)(void *arg);
};

struct evaluator *evaluator_new(struct symbols *symbols);
void evaluator_free(struct evaluator *evaluator);

/* How a unit is to be read. */
struct evaluate_mode {
	int is_cxx;
	int is_assembler;	/* unknown directives are comments */
	int is_c90;		/* -ansi, -std=c90: no // comments */
	int trigraphs;		/* they mean something: -std=c11, -trigraphs */
	int has_module_lines;	/* import and module lines mean something */
	/* directives, and tokens that macros expand to: give up then. Some
	 * ten million are done in a second. */
	size_t max_steps;
};

/*
 * Begins a unit: predefined is a record of #define lines (what -dM prints),
 * for which the evaluator may keep an index of its own, by address, until
 * evaluator_forget. All macros of the unit before are gone; that takes no
 * time.
 */
void evaluate_begin(struct evaluator *evaluator,
		    const struct evaluate_mode *mode,
		    const struct evaluate_calls *calls, void *arg,
		    const struct record *predefined);

/* A predefined record is about to be freed. */
void evaluator_forget(struct evaluator *evaluator,
		      const struct record *predefined);

/*
 * Goes through one file. Called by who begins, for the lines of -D and -U (as
 * a record of "#define A 1" and the like), and for the source; and by the
 * include call, for what is included. The record has to live until the next
 * evaluate_begin. Returns REFUSAL_NONE, what a call returned, or a refusal of
 * its own.
 */
enum refusal evaluate_record(struct evaluator *evaluator,
			     const struct record *record);

/* The same for the file of -include, -imacros, or one that the compiler
 * includes by itself: __INCLUDE_LEVEL__ is 1 there. */
enum refusal evaluate_included(struct evaluator *evaluator,
			       const struct record *record);

/* Whether a macro of that name is defined now: for include guards. */
int evaluate_is_defined(const struct evaluator *evaluator, uint32_t symbol);

/* What a refusal by the evaluator itself is about: a line of text, borrowed
 * until the next evaluate_begin; "" if there is nothing to say. */
const char *evaluate_culprit(const struct evaluator *evaluator);

#endif
