/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_SYMBOL_H
#define SCAN_SYMBOL_H

#include <stddef.h>
#include <stdint.h>

/*
 * Spellings as small numbers, so that macros are looked up in an array and
 * compared at once. The same spelling has the same number for as long as the
 * table lives; numbers begin with 1.
 */
struct symbols;

struct symbols *symbols_new(void);
void symbols_free(struct symbols *symbols);

/* The number of the len bytes of text. */
uint32_t symbols_intern(struct symbols *symbols, const char *text, size_t len);

/* The spelling of a number, NUL-terminated; borrowed, and it stays where it
 * is. len may be NULL. */
const char *symbols_text(const struct symbols *symbols, uint32_t symbol,
			 size_t *len);

/* How many there are: numbers are at most this. */
uint32_t symbols_count(const struct symbols *symbols);

#endif
