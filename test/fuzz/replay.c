/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a fuzz target over the files given, or else over its corpus, where
 * there is no libFuzzer to do so.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/path.h"
#include "target.h"

#define INPUT_LIMIT (1 << 20)

static void
replay(const char *path)
{
	struct buf buf = BUF_INIT;
	uint8_t *data;
	int r = file_read(path, INPUT_LIMIT, &buf);

	if (r < 0) {
		fprintf(stderr, "%s: %s\n", path, err_text(r));
		exit(EXIT_FAILURE);
	}
	printf("%s\n", path);
	fflush(stdout);
	/* Of exactly this size, so that reading behind the end is noticed. */
	data = malloc(buf.len > 0 ? buf.len : 1);
	REQUIRE(data != NULL);
	memcpy(data, buf.data, buf.len);
	LLVMFuzzerTestOneInput(data, buf.len);
	free(data);
	buf_clear(&buf);
}

/* Returns how many files there were. */
static int
replay_dir(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char *file;
	int count = 0;

	if (dir == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (entry->d_name[0] == '.')
			continue;
		file = path_join(path, entry->d_name);
		replay(file);
		free(file);
		count++;
	}
	closedir(dir);
	return count;
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		replay(argv[i]);
	if (argc == 1 && replay_dir(FUZZ_CORPUS) == 0) {
		fprintf(stderr, "%s is empty\n", FUZZ_CORPUS);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
