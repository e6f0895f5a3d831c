/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_BUILDER_H
#define SCAN_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "scan/directive.h"
#include "scan/lex.h"
#include "scan/record.h"

/* An open condition. */
struct builder_group {
	uint32_t first, last;	/* its branches */
	int has_else;
};

/* gcc's rule for guards, as far as the file has been seen. */
enum builder_guard {
	GUARD_NOTHING_YET,	/* neither text nor a directive */
	GUARD_INSIDE,		/* the first directive may be one */
	GUARD_CLOSED,		/* its #endif was there: nothing else may be */
	GUARD_NONE
};

/* A record in the making. */
struct builder {
	struct lex lex;
	struct record *record;
	uint32_t directives_room, tokens_room, macros_room;
	struct builder_group *groups;
	size_t depth, groups_room;
	enum builder_guard guard;
};

/* A new directive at the end; valid until the next one. */
struct directive *builder_add(struct builder *builder, int op);

/* Appends a token, to the record's. */
void builder_add_token(struct builder *builder, const struct token *token);

/* Appends what is left of the line, as tokens of directive. */
void builder_add_rest(struct builder *builder, struct directive *directive);

/* A directive that refuses. */
void builder_refuse(struct builder *builder, enum refusal refusal);

/* The rest of a #define line (define.c), a #pragma line (pragma.c). */
void builder_read_define(struct builder *builder);
void builder_read_pragma(struct builder *builder);

/* A condition was added: finds its place in its group (group.c). */
void builder_open_group(struct builder *builder);
void builder_add_branch(struct builder *builder);
void builder_close_group(struct builder *builder);

/* Text, or a directive that is no condition, was met (group.c). */
void builder_see_other(struct builder *builder);

#endif
