/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/arithmetic.h"

#include "scan/word.h"

int
arithmetic_is_unary(uint32_t word)
{
	return word == WORD_PLUS || word == WORD_MINUS || word == WORD_NOT ||
	       word == WORD_TILDE;
}

void
arithmetic_unary(uint32_t word, struct number *number)
{
	switch (word) {
	case WORD_MINUS:
		number->bits = 0 - number->bits;
		break;
	case WORD_TILDE:
		number->bits = ~number->bits;
		break;
	case WORD_NOT:
		number->bits = number->bits == 0;
		number->is_unsigned = 0;
		break;
	default:
		break;
	}
}

int
arithmetic_level(uint32_t word)
{
	switch (word) {
	case WORD_OROR: return 1;
	case WORD_ANDAND: return 2;
	case WORD_OR: return 3;
	case WORD_XOR: return 4;
	case WORD_AND: return 5;
	case WORD_EQUAL: case WORD_NOT_EQUAL: return 6;
	case WORD_LESS: case WORD_GREATER: case WORD_LESS_EQUAL:
	case WORD_GREATER_EQUAL: return 7;
	case WORD_SHIFT_LEFT: case WORD_SHIFT_RIGHT: return 8;
	case WORD_PLUS: case WORD_MINUS: return 9;
	case WORD_TIMES: case WORD_DIVIDE: case WORD_REST: return 10;
	default: return 0;
	}
}

static int
is_less(struct number left, struct number right, int is_unsigned)
{
	if (is_unsigned)
		return left.bits < right.bits;
	return (int64_t)left.bits < (int64_t)right.bits;
}

static int
compare(uint32_t word, struct number left, struct number right)
{
	int is_unsigned = left.is_unsigned || right.is_unsigned;

	switch (word) {
	case WORD_EQUAL:
		return left.bits == right.bits;
	case WORD_NOT_EQUAL:
		return left.bits != right.bits;
	case WORD_LESS:
		return is_less(left, right, is_unsigned);
	case WORD_GREATER:
		return is_less(right, left, is_unsigned);
	case WORD_LESS_EQUAL:
		return !is_less(right, left, is_unsigned);
	default:
		return !is_less(left, right, is_unsigned);
	}
}

/* Compilers differ in what lies beyond the width. */
static int
shift(uint32_t word, struct number *left, struct number right)
{
	if (right.bits > 63)
		return 0;
	if (word == WORD_SHIFT_LEFT)
		left->bits <<= right.bits;
	else if (left->is_unsigned || (int64_t)left->bits >= 0)
		left->bits >>= right.bits;
	else
		left->bits = ~(~left->bits >> right.bits);
	return 1;
}

static int
divide(uint32_t word, struct number *left, struct number right)
{
	int64_t a = (int64_t)left->bits, b = (int64_t)right.bits;

	if (right.bits == 0)
		return 0;
	if (left->is_unsigned || right.is_unsigned) {
		left->bits = word == WORD_DIVIDE ? left->bits / right.bits :
			     left->bits % right.bits;
		return 1;
	}
	/* By itself: INT64_MIN / -1 is no number, but wraps here. */
	if (b == -1)
		left->bits = word == WORD_DIVIDE ? 0 - left->bits : 0;
	else
		left->bits = (uint64_t)(word == WORD_DIVIDE ? a / b : a % b);
	return 1;
}

/* What is done to bits, whatever the sign is. */
static uint64_t
combine(uint32_t word, uint64_t left, uint64_t right)
{
	switch (word) {
	case WORD_PLUS: return left + right;
	case WORD_MINUS: return left - right;
	case WORD_TIMES: return left * right;
	case WORD_AND: return left & right;
	case WORD_OR: return left | right;
	default: return left ^ right;
	}
}

int
arithmetic_binary(uint32_t word, struct number *left, struct number right)
{
	switch (arithmetic_level(word)) {
	case 6:
	case 7:
		left->bits = (uint64_t)compare(word, *left, right);
		left->is_unsigned = 0;
		return 1;
	case 8:
		return shift(word, left, right);
	default:
		break;
	}
	if (word == WORD_DIVIDE || word == WORD_REST) {
		if (!divide(word, left, right))
			return 0;
	} else {
		left->bits = combine(word, left->bits, right.bits);
	}
	left->is_unsigned = left->is_unsigned || right.is_unsigned;
	return 1;
}
