/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Says which files a compile reads, for tests. Each line of standard input is
 * a compile: words with \037 between, first the working directory, then
 * variables, "--", and the command. For each, the inputs are printed, a line
 * of tabs each, or "refused", its name and culprit; then "end" and how many
 * microseconds of processor time it took. With arguments, a directory for
 * answers, and how often to do each, the last time being what is printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/args.h"
#include "scan/scan.h"

static const char *
kind_name(enum scan_kind kind)
{
	static const char *const names[] = { "file", "link", "directory",
					     "system" };

	return names[kind];
}

static void
print_traits(unsigned traits)
{
	static const struct {
		unsigned trait;
		char letter;
	} letters[] = {
		{ SCAN_SYSTEM, 's' }, { SCAN_QUIET, 'q' },
		{ SCAN_LOOKED_AT, 'l' }, { SCAN_ABSOLUTE, 'a' },
		{ SCAN_SOURCE, 'm' },
	};
	size_t i;

	for (i = 0; i < sizeof letters / sizeof *letters; i++) {
		if ((traits & letters[i].trait) != 0)
			putchar(letters[i].letter);
	}
}

static void
print(const struct scan_result *result)
{
	char text[DIGEST_TEXT_SIZE];
	const struct scan_input *input;
	size_t i;

	if (result->refusal != REFUSAL_NONE)
		printf("refused\t%s\t%s\n", refusal_name(result->refusal),
		       result->culprit.data);
	for (i = 0; i < result->count; i++) {
		input = &result->inputs[i];
		digest_text(&input->digest, text);
		printf("%s\t", kind_name(input->kind));
		print_traits(input->traits);
		printf("\t%s\t%s\t%s\n", input->path,
		       input->target == NULL ? "" : input->target,
		       input->kind == SCAN_FILE ? text : "");
	}
}

static long
microseconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void
scan_line(struct scan *scan, char *line, int times)
{
	struct scan_result result = SCAN_RESULT_INIT;
	struct args envp = ARGS_INIT, args = ARGS_INIT, *words = &envp;
	struct scan_unit unit = { .args = &args };
	const char *word;
	long began = 0;

	unit.cwd = strsep(&line, "\037");
	unit.pathlist = "/usr/local/bin:/usr/bin:/bin";
	while (line != NULL) {
		word = strsep(&line, "\037");
		if (words == &envp && strcmp(word, "--") == 0)
			words = &args;
		else
			args_push(words, word);
		if (words == &envp && strncmp(word, "PATH=", 5) == 0)
			unit.pathlist = word + 5;
	}
	unit.envp = envp.v;
	for (; times > 0; times--) {
		scan_result_clear(&result);
		began = microseconds();
		scan_unit(scan, &unit, &result);
	}
	began = microseconds() - began;
	print(&result);
	printf("end\t%ld\n", began);
	fflush(stdout);
	scan_result_clear(&result);
	args_clear(&args);
	args_clear(&envp);
}

int
main(int argc, char **argv)
{
	struct scan_settings settings = { NULL, NULL, 0 };
	struct scan *scan;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	if (argc > 1 && argv[1][0] != '\0')
		settings.cache_dir = argv[1];
	scan = scan_new(&settings);
	for (;;) {
		len = getline(&line, &room, stdin);
		if (len <= 0)
			break;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		scan_line(scan, line, argc > 2 ?
				  (int)strtol(argv[2], NULL, 10) : 1);
	}
	free(line);
	scan_free(scan);
	return 0;
}
