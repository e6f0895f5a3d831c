/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/response.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/file.h"

/* What libiberty, and so gcc, takes; it is meant for files without end. */
#define MAX_FILES 1999
#define MAX_SIZE (16 * 1024 * 1024)

/* Adds the files that the words in argv name. */
static void
find_files(struct args *files, char *const *argv)
{
	for (; *argv != NULL; argv++) {
		if (argv[0][0] == '@')
			args_push(files, argv[0] + 1);
	}
}

/* Adds the files that this one names. Returns whether it can be expanded. */
static int
look_into(struct args *files, const char *path)
{
	struct buf text = BUF_INIT;
	struct stat st;
	char **words;
	int can;

	/* What does not exist stays the word that it is. */
	if (stat(path, &st) < 0)
		return 1;
	can = S_ISREG(st.st_mode) && file_read(path, MAX_SIZE, &text) == 0;
	if (can) {
		words = buildargv(text.data);
		find_files(files, words);
		freeargv(words);
	}
	buf_clear(&text);
	return can;
}

static int
can_be_expanded(struct args *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		if (files->count > MAX_FILES ||
		    !look_into(files, files->v[i]))
			return 0;
	}
	return 1;
}

static void
expand(struct args *args, char *const *argv)
{
	char **copy = dupargv(argv), **words = copy;
	int count;

	for (count = 0; copy[count] != NULL; count++)
		continue;
	expandargv(&count, &words);
	args_append_argv(args, words);
	if (words != copy)
		freeargv(words);
	freeargv(copy);
}

void
response_expand(struct args *args, char *const *argv)
{
	struct args files = ARGS_INIT;

	if (argv[0] != NULL)
		find_files(&files, argv + 1);
	if (files.count > 0 && can_be_expanded(&files))
		expand(args, argv);
	else
		args_append_argv(args, argv);
	args_clear(&files);
}
