/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "target.h"
#include "wire/token.h"

/* What decodes is what the same value is encoded to, but for case. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char in[TOKEN_SIZE], out[TOKEN_SIZE];
	uint32_t value = 42;
	int i, r;

	if (size < TOKEN_SIZE)
		return 0;
	memcpy(in, data, TOKEN_SIZE);
	r = token_decode(in, "DIST", &value);
	if (r < 0) {
		REQUIRE(r == ERR_PROTO);
		REQUIRE(value == 42);
		return 0;
	}
	token_encode(out, "DIST", value);
	REQUIRE(memcmp(in, out, 4) == 0);
	for (i = 4; i < TOKEN_SIZE; i++)
		REQUIRE(tolower((unsigned char)in[i]) == out[i]);
	return 0;
}
