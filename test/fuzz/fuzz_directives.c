/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "scan/evaluate.h"
#include "scan/record.h"
#include "scan/symbol.h"
#include "target.h"

/*
 * The first byte, a letter in the corpus, is the mode; the rest is a source.
 * Every other file that it includes is itself again.
 */
struct unit {
	struct evaluator *evaluator;
	struct record *record;
	size_t calls;
	uint64_t seen;	/* a hash of what the calls were told */
};

static void
note(struct unit *unit, const char *text, size_t len)
{
	size_t i;

	unit->calls++;
	for (i = 0; i < len; i++)
		unit->seen = (unit->seen ^ (unsigned char)text[i]) *
			     1099511628211u;
}

static enum refusal
include(void *arg, const struct include_name *name)
{
	struct unit *unit = arg;

	REQUIRE(name->len > 0 && name->kind < INCLUDE_MACROS);
	note(unit, name->text, name->len);
	if (unit->calls % 2 == 0)
		return REFUSAL_NONE;
	return evaluate_record(unit->evaluator, unit->record);
}

static enum refusal
has_include(void *arg, const struct include_name *name, int *answer)
{
	REQUIRE(name->len > 0);
	note(arg, name->text, name->len);
	*answer = name->text[0] == 'y';
	return REFUSAL_NONE;
}

static enum refusal
query(void *arg, const char *function, const char *operand, long long *value)
{
	REQUIRE(*function != '\0' && *operand != '\0');
	/* asked once only, and not again in the second turn */
	if (strcmp(function, "defined") != 0)
		note(arg, operand, strlen(operand));
	*value = (long long)(strlen(operand) % 3);
	return REFUSAL_NONE;
}

static void
once(void *arg)
{
	note(arg, "once", 4);
}

static const struct evaluate_calls calls = {
	include, has_include, query, once, once
};

static enum refusal
evaluate(struct unit *unit, const struct record *predefined, unsigned bits)
{
	struct evaluate_mode mode = { .max_steps = 20000 };

	mode.is_cxx = (bits & 1) != 0;
	mode.is_assembler = (bits & 2) != 0;
	mode.is_c90 = (bits & 4) != 0;
	mode.trigraphs = (bits & 8) != 0;
	unit->calls = 0;
	unit->seen = 0;
	evaluate_begin(unit->evaluator, &mode, &calls, unit, predefined);
	return evaluate_record(unit->evaluator, unit->record);
}

/* Whatever a file says, a unit ends, and comes to the same every time. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] = "#define P 1\n#define Q(x) x\n";
	struct symbols *symbols = symbols_new();
	struct unit unit = { .evaluator = evaluator_new(symbols) };
	struct record *predefined = record_new(symbols, text, sizeof text - 1,
					       RECORD_PLAIN);
	unsigned bits = size == 0 ? 0 : data[0];
	enum refusal first, second;
	uint64_t seen;

	unit.record = record_new(symbols, (const char *)data + (size > 0),
				 size - (size > 0), bits & 3);
	REQUIRE(record_size(unit.record) > 0);
	REQUIRE(record_guard(unit.record) <= symbols_count(symbols));
	first = evaluate(&unit, predefined, bits);
	seen = unit.seen;
	second = evaluate(&unit, predefined, bits);
	REQUIRE(first < REFUSAL_MISMATCH);
	REQUIRE(first == second && seen == unit.seen);
	evaluator_free(unit.evaluator);
	record_free(unit.record);
	record_free(predefined);
	symbols_free(symbols);
	return 0;
}
