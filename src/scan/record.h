/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_RECORD_H
#define SCAN_RECORD_H

#include <stddef.h>
#include <stdint.h>

struct symbols;

/*
 * What one file says to the preprocessor: its directives in order, as tokens,
 * with a jump from each condition to the next branch of the same group. All
 * else in the file is gone, but for marks that say what was there. A record
 * does not change once it is made, and means the same for every unit.
 */
struct record;

/* What a file has anywhere, be it in a false group. */
enum record_mark {
	RECORD_ONCE = 0x1,	/* #pragma once, or #import of anything */
	RECORD_INCBIN = 0x2,	/* .incbin */
	RECORD_ASM_INCLUDE = 0x4,	/* .include, as assemblers have it */
	RECORD_COUNTER = 0x8,	/* __COUNTER__ */
	RECORD_TRIGRAPH = 0x10,
	RECORD_TIMESTAMP = 0x20,	/* __TIMESTAMP__ */
	RECORD_DATE = 0x40,	/* __DATE__ or __TIME__ */
	RECORD_MACRO_STACK = 0x80,	/* #pragma push_macro, pop_macro */
	RECORD_DEPENDENCY = 0x100,	/* #pragma GCC dependency */
	RECORD_MODULE = 0x200,	/* a line of import, export or module */
	RECORD_EMBED = 0x400,	/* #embed */
	RECORD_PCH = 0x800,	/* #pragma GCC pch_preprocess */
	RECORD_SYSTEM = 0x1000,	/* #pragma GCC system_header */
	RECORD_POISON = 0x2000,	/* #pragma GCC poison */
	/* something that enum record_dialect says how to read: only a file
	 * with this mark has different records for different dialects */
	RECORD_DIALECT = 0x4000,
	/* a // comment that strict C90 would read as something else */
	RECORD_SLASHES = 0x8000
};

/* What differs from one language to another in how bytes are read. */
enum record_dialect {
	RECORD_PLAIN = 0,	/* C, assembler, C++98 */
	/* R"x(...)x" is one string: gcc's C from gnu99 on (not c99; clang
	 * not at all), C++ from C++11 on */
	RECORD_RAW_STRINGS = 0x1,
	/* 1'000 is one number: C++ from C++14 on, C from C23 on */
	RECORD_SEPARATORS = 0x2
};

/*
 * Makes the record of a file's content, which is not kept. dialect is of enum
 * record_dialect. Never fails: what cannot be understood stands in the record,
 * and stops who gets there.
 */
struct record *record_new(struct symbols *symbols, const char *data,
			  size_t size, unsigned dialect);
void record_free(struct record *record);

/* The enum record_mark of it. */
unsigned record_marks(const struct record *record);

/*
 * The macro that guards it from being read twice, or 0 (gcc's rule): a file
 * that the unit has read once is not even looked at while it is defined.
 */
uint32_t record_guard(const struct record *record);

/* Bytes of memory that it takes. */
size_t record_size(const struct record *record);

#endif
