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

static const char *const debug[] = {
	"--gdwarf-*",
	"--gen-debug",
	"-g",
	"-gdwarf-*",
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
fits_any(const char *const *names, size_t count, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (fits(names[i], word, len))
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
		if (!fits_any(pure, sizeof pure / sizeof *pure, words, len))
			return 0;
		if (words[len] == '\0')
			return 1;
	}
}

int
assembler_notes_paths(const char *words)
{
	size_t len;

	for (;; words += len + 1) {
		len = strcspn(words, ",");
		if (fits_any(debug, sizeof debug / sizeof *debug, words, len))
			return 1;
		if (words[len] == '\0')
			return 0;
	}
}
