/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/digest.h"

#include <stdio.h>

/* Odd, and without a pattern: the digits of pi, and of the golden ratio. */
#define FACTOR_A 0xa4093822299f31d1ULL
#define FACTOR_B 0x9e3779b97f4a7c15ULL

/* The first size bytes, at most 8, as a number: the first is the lowest. */
static uint64_t
load(const unsigned char *bytes, size_t size)
{
	uint64_t word = 0;
	size_t i;

	for (i = 0; i < size; i++)
		word |= (uint64_t)bytes[i] << (8 * i);
	return word;
}

static uint64_t
load_word(const unsigned char *bytes)
{
	return load(bytes, 8);
}

/* Two lanes that see each word differently: one's blind spot is not both's. */
static void
take(struct digest *digest, uint64_t word)
{
	digest->a = (digest->a ^ word) * FACTOR_A;
	digest->a ^= digest->a >> 29;
	digest->b = (digest->b + word) * FACTOR_B;
	digest->b ^= digest->b >> 32;
}

void
digest_add(struct digest *digest, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	const uint64_t length = size;

	for (; size >= 8; bytes += 8, size -= 8)
		take(digest, load_word(bytes));
	if (size > 0)
		take(digest, load(bytes, size));
	take(digest, length);
	take(digest, digest->a ^ digest->b);
}

int
digest_equal(const struct digest *one, const struct digest *other)
{
	return one->a == other->a && one->b == other->b;
}

void
digest_text(const struct digest *digest, char text[static DIGEST_TEXT_SIZE])
{
	snprintf(text, DIGEST_TEXT_SIZE, "%016llx%016llx",
		 (unsigned long long)digest->a, (unsigned long long)digest->b);
}
