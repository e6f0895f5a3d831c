/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_ARITHMETIC_H
#define SCAN_ARITHMETIC_H

#include <stdint.h>

#include "scan/number.h"

/* The operators of #if, each an enum word. */

int arithmetic_is_unary(uint32_t word);
void arithmetic_unary(uint32_t word, struct number *number);

/* How strongly it binds, from 1 on; 0 if it is no binary operator. */
int arithmetic_level(uint32_t word);

/*
 * left = left word right; not of && and ||. Returns 0 if there is no result,
 * or one that compilers differ in.
 */
int arithmetic_binary(uint32_t word, struct number *left,
		      struct number right);

#endif
