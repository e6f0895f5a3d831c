/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/builder.h"

#include <libiberty.h>

/* Guards, by gcc's rule: #ifndef X or #if !defined X, its #endif, and nothing
 * else in the file. */

void
builder_see_other(struct builder *builder)
{
	if (builder->guard != GUARD_INSIDE)
		builder->guard = GUARD_NONE;
	else if (builder->depth == 0)
		builder->guard = GUARD_NONE;
}

static void
see_opening(struct builder *builder, const struct directive *directive)
{
	if (builder->guard == GUARD_CLOSED)
		builder->guard = GUARD_NONE;
	if (builder->guard != GUARD_NOTHING_YET)
		return;
	builder->guard = GUARD_NONE;
	if (directive->test == TEST_NOT_DEFINED) {
		builder->guard = GUARD_INSIDE;
		builder->record->guard = directive->symbol;
	}
}

void
builder_open_group(struct builder *builder)
{
	struct record *record = builder->record;
	struct builder_group *group;

	see_opening(builder, &record->directives[record->count - 1]);
	if (builder->depth == builder->groups_room) {
		builder->groups_room = builder->depth == 0 ? 16 :
				       2 * builder->depth;
		builder->groups = xrealloc(builder->groups,
					   builder->groups_room *
					   sizeof *builder->groups);
	}
	group = &builder->groups[builder->depth++];
	group->first = group->last = record->count - 1;
	group->has_else = 0;
}

/* Joins the directive that was just added to the group at hand. */
static struct builder_group *
join_group(struct builder *builder)
{
	struct record *record = builder->record;
	struct builder_group *group;

	if (builder->depth == 0) {
		record->refusal = REFUSAL_UNBALANCED;
		return NULL;
	}
	group = &builder->groups[builder->depth - 1];
	record->directives[group->last].next = record->count - 1;
	group->last = record->count - 1;
	return group;
}

void
builder_add_branch(struct builder *builder)
{
	struct record *record = builder->record;
	struct builder_group *group = join_group(builder);

	if (group == NULL)
		return;
	if (group->has_else)
		record->refusal = REFUSAL_UNBALANCED;
	if (record->directives[record->count - 1].op == OP_ELSE)
		group->has_else = 1;
	if (builder->depth == 1 && builder->guard == GUARD_INSIDE)
		builder->guard = GUARD_NONE;
}

void
builder_close_group(struct builder *builder)
{
	struct record *record = builder->record;
	struct builder_group *group = join_group(builder);
	struct directive *directive;
	uint32_t i, end = record->count - 1;

	if (group == NULL)
		return;
	for (i = group->first; i != end; i = directive->next) {
		directive = &record->directives[i];
		directive->end = end;
		if (directive->op == OP_ELIFDEF ||
		    directive->op == OP_ELIFNDEF)
			record->directives[group->first].has_new = 1;
	}
	builder->depth--;
	if (builder->depth == 0 && builder->guard == GUARD_INSIDE)
		builder->guard = GUARD_CLOSED;
}
