/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/*
 * A fingerprint of bytes, 128 bits, the same on every machine
 * (doc/protocol.txt has the arithmetic). It tells contents apart that differ
 * by accident, at the speed of memory; it withstands nobody who wants two
 * contents to look the same, and must not be used where that matters.
 */
#define DIGEST_TEXT_SIZE 33

struct digest {
	uint64_t a, b;
};

#define DIGEST_INIT { 0x243f6a8885a308d3ULL, 0x13198a2e03707344ULL }

/*
 * Takes up size bytes, and how many they are: digests of "ab", "c" and of
 * "a", "bc" differ.
 */
void digest_add(struct digest *digest, const void *data, size_t size);

/* Whether both are the same. */
int digest_equal(const struct digest *one, const struct digest *other);

/* Writes it as 32 hex digits and a NUL. */
void digest_text(const struct digest *digest,
		 char text[static DIGEST_TEXT_SIZE]);

#endif
