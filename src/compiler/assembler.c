/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/assembler.h"

#include <string.h>

/* A name that ends in '=' or '*' stands for all words that begin with it. */
static const char *const pure[] = {
	"--32",
	"--64",
	"--compress-debug-sections*",
	"--defsym=",
	"--divide",
	"--elf-stt-common=",
	"--execstack",
	"--fatal-warnings",
	"--gdwarf-*",
	"--gen-debug",
	"--generate-missing-build-notes=",
	"--keep-locals",
	"--mapcs-32",
	"--multibyte-handling=",
	"--no-pad-sections",
	"--no-warn",
	"--nocompress-debug-sections",
	"--noexecstack",
	"--reduce-memory-overheads",
	"--size-check=",
	"--strip-local-absolute",
	"--warn",
	"--x32",
	"-EB",
	"-EL",
	"-L",
	"-W",
	"-g",
	"-gdwarf-*",
	"-k",
	"-m*",
};

static int
fits(const char *name, const char *word, size_t len)
{
	size_t size = strlen(name);

	if (name[size - 1] == '*')
		size--;
	else if (name[size - 1] != '=')
		return size == len && strncmp(name, word, len) == 0;
	return len >= size && strncmp(name, word, size) == 0;
}

static int
word_is_pure(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof pure / sizeof pure[0]; i++) {
		if (fits(pure[i], word, len))
			return 1;
	}
	return 0;
}

int
assembler_is_pure(const char *words)
{
	size_t len;

	for (;; words += len + 1) {
		len = strcspn(words, ",");
		/* An empty word would be read as standard input. */
		if (!word_is_pure(words, len))
			return 0;
		if (words[len] == '\0')
			return 1;
	}
}
