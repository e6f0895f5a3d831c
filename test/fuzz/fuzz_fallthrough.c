/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "compiler/fallthrough.h"
#include "target.h"

/* A copy of its own, so that a look past its end is seen. */
static char *
copy_of(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);

	REQUIRE(copy != NULL);
	memcpy(copy, data, size);
	return copy;
}

/* Up to the first NUL it is a source, behind it what is preprocessed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fallthroughs found = FALLTHROUGHS_INIT;
	const uint8_t *nul = memchr(data, '\0', size);
	size_t len = nul == NULL ? size : (size_t)(nul - data);
	size_t rest = nul == NULL ? 0 : size - len - 1;
	char *source = copy_of(data, len);
	char *text = copy_of(data + size - rest, rest);
	size_t i, last = 0, line = 0;

	fallthrough_find(&found, source, len);
	fallthrough_place(&found, text, rest);
	for (i = 0; i < found.count; i++) {
		const struct fallthrough *one = &found.v[i];

		REQUIRE(one->line > line);
		line = one->line;
		REQUIRE(one->text >= source && one->len >= 6 &&
			one->text + one->len <= source + len);
		if (one->at == FALLTHROUGH_NOWHERE)
			continue;
		REQUIRE(one->at < rest && text[one->at] == '\n');
		REQUIRE(one->at > last);
		last = one->at;
	}
	fallthrough_clear(&found);
	free(source);
	free(text);
	return 0;
}
