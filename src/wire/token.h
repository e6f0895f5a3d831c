/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_TOKEN_H
#define WIRE_TOKEN_H

#include <stdint.h>

/*
 * A token is all that is ever framed: four letters, then eight hex digits
 * (doc/protocol.txt, section 2).
 */
#define TOKEN_SIZE 12

/* Writes the token called name, which is four letters, into out; no NUL. */
void token_encode(char out[static TOKEN_SIZE], const char *name,
		  uint32_t value);

/*
 * Reads a token that must be called name. Returns 0 and sets *value, or
 * returns ERR_PROTO and leaves *value alone. Digits may be of either case.
 */
int token_decode(const char in[static TOKEN_SIZE], const char *name,
		 uint32_t *value);

#endif
