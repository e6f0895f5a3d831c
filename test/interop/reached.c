/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reached [-m MODE]... [-p PREDEFINED] [-r TIMES] [-I DIR]... FILE: the files
 * that the evaluator reaches from FILE, one a line, as it gets to them; then
 * "done", or "refused REASON CULPRIT". What only a compiler knows is asked on
 * standard output, "? FUNCTION OPERAND", and answered on standard input.
 *
 * Directories are searched in the plainest way: this is to try the evaluator,
 * not to find files.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "scan/evaluate.h"
#include "scan/evaluator.h"
#include "scan/record.h"
#include "scan/symbol.h"

#define FILES_MAX 20000
#define FOUND_MAX 65536
#define DIRS_MAX 64
#define FILE_LIMIT (64 << 20)

struct header {
	char *path;
	struct record *record;
	unsigned once;		/* the run in which it said so */
	unsigned read;		/* the run in which it was read */
};

/* Where a name led to, so that what is measured is not the file system. */
struct found {
	const char *current, *text;
	enum include_kind kind;
	struct header *header;
	int place;
};

struct search {
	struct symbols *symbols;
	struct evaluator *evaluator;
	unsigned dialect, run;
	int is_quiet;
	const char *dirs[DIRS_MAX];
	int dirs_count;
	struct header headers[FILES_MAX];
	int count;
	/* the file at hand, and the place of its directory */
	const char *current;
	int place;
	struct found found[FOUND_MAX];
};

static struct record *
record_of(const struct search *search, const char *path)
{
	struct buf buf = BUF_INIT;
	struct record *record;

	if (file_read(path, FILE_LIMIT, &buf) < 0) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(99);
	}
	record = record_new(search->symbols, buf.data, buf.len,
			    search->dialect);
	buf_clear(&buf);
	return record;
}

static struct header *
header_of(struct search *search, const char *path)
{
	struct header *header;
	int i;

	for (i = search->count - 1; i >= 0; i--)
		if (strcmp(search->headers[i].path, path) == 0)
			return &search->headers[i];
	if (search->count == FILES_MAX)
		exit(99);
	header = &search->headers[search->count++];
	header->path = strdup(path);
	header->record = record_of(search, path);
	return header;
}

static int
try(char path[static PATH_MAX], const char *dir, size_t dir_len,
    const struct include_name *name)
{
	struct stat status;

	snprintf(path, PATH_MAX, "%.*s%.*s", (int)dir_len, dir,
		 (int)name->len, name->text);
	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

#define NOWHERE (-2)

/* Returns the place of the directory that has it, -1 for the source's own. */
static int
find(const struct search *search, const struct include_name *name,
     char path[static PATH_MAX])
{
	const char *slash = strrchr(search->current, '/');
	char dir[PATH_MAX];
	int i = 0;

	if (name->text[0] == '/')
		return try(path, "", 0, name) ? 0 : NOWHERE;
	if (name->kind == INCLUDE_NEXT)
		i = search->place + 1;
	else if (!name->is_angled &&
		 try(path, search->current, slash == NULL ? 0 :
		     (size_t)(slash + 1 - search->current), name))
		return search->place;
	for (; i < search->dirs_count; i++) {
		snprintf(dir, sizeof dir, "%s/", search->dirs[i]);
		if (try(path, dir, strlen(dir), name))
			return i;
	}
	return NOWHERE;
}

/* Finds what is included; NULL if it is nowhere. */
static struct found *
found_of(struct search *search, const struct include_name *name)
{
	size_t hash = ((uintptr_t)search->current + 31 * (uintptr_t)name->text);
	struct found *found = &search->found[hash / 7 % FOUND_MAX];
	char path[PATH_MAX];
	int place;

	if (found->current == search->current && found->text == name->text &&
	    found->kind == name->kind)
		return found;
	place = find(search, name, path);
	if (place == NOWHERE)
		return NULL;
	*found = (struct found){ search->current, name->text, name->kind,
				 header_of(search, path), place };
	return found;
}

static enum refusal
include(void *arg, const struct include_name *name)
{
	struct search *search = arg;
	const char *current = search->current;
	const struct found *found = found_of(search, name);
	int place = search->place;
	struct header *header;
	enum refusal refusal;
	uint32_t guard;

	if (found == NULL) {
		if (!search->is_quiet)
			printf("missing %.*s\n", (int)name->len, name->text);
		return REFUSAL_MISSING;
	}
	header = found->header;
	guard = record_guard(header->record);
	if (header->once == search->run ||
	    (header->read == search->run && guard != 0 &&
	     evaluate_is_defined(search->evaluator, guard)))
		return REFUSAL_NONE;
	if (name->kind == INCLUDE_IMPORT)
		header->once = search->run;
	header->read = search->run;
	if (!search->is_quiet)
		puts(header->path);
	search->current = header->path;
	search->place = found->place;
	refusal = evaluate_record(search->evaluator, header->record);
	search->current = current;
	search->place = place;
	return refusal;
}

static enum refusal
has_include(void *arg, const struct include_name *name, int *answer)
{
	char path[PATH_MAX];

	*answer = find(arg, name, path) != NOWHERE;
	return REFUSAL_NONE;
}

static enum refusal
query(void *arg, const char *function, const char *operand, long long *value)
{
	char line[64];

	(void)arg;
	printf("? %s %s\n", function, operand);
	fflush(stdout);
	if (fgets(line, sizeof line, stdin) == NULL)
		return REFUSAL_COMPILER;
	*value = strtoll(line, NULL, 10);
	return REFUSAL_NONE;
}

static void
once(void *arg)
{
	struct search *search = arg;

	header_of(search, search->current)->once = search->run;
}

static void
system_header(void *arg)
{
	(void)arg;
}

static const struct evaluate_calls calls = {
	include, has_include, query, once, system_header
};

static void
set_mode(struct search *search, struct evaluate_mode *mode, const char *name)
{
	if (strcmp(name, "cxx") == 0)
		mode->is_cxx = 1;
	else if (strcmp(name, "assembler") == 0)
		mode->is_assembler = 1;
	else if (strcmp(name, "c90") == 0)
		mode->is_c90 = 1;
	else if (strcmp(name, "trigraphs") == 0)
		mode->trigraphs = 1;
	else if (strcmp(name, "raw") == 0)
		search->dialect |= RECORD_RAW_STRINGS;
	else if (strcmp(name, "separators") == 0)
		search->dialect |= RECORD_SEPARATORS;
	else
		exit(99);
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static enum refusal
evaluate(struct search *search, const struct evaluate_mode *mode,
	 const struct record *predefined, const char *path)
{
	struct header *header = header_of(search, path);

	search->run++;
	search->current = header->path;
	search->place = -1;
	evaluate_begin(search->evaluator, mode, &calls, search, predefined);
	return evaluate_record(search->evaluator, header->record);
}

/* How long the same takes when all records are there. */
static void
measure(struct search *search, const struct evaluate_mode *mode,
	const struct record *predefined, const char *path, int times)
{
	double start = now(), each;
	size_t steps;
	int i;

	search->is_quiet = 1;
	for (i = 0; i < times; i++)
		evaluate(search, mode, predefined, path);
	each = (now() - start) / times;
	steps = search->evaluator->steps;
	printf("%d files, %zu steps: %.3f ms, %.1f ns each\n", search->count,
	       steps, each * 1e3, each * 1e9 / (double)steps);
}

static void
clear(struct search *search)
{
	int i;

	evaluator_free(search->evaluator);
	for (i = 0; i < search->count; i++) {
		free(search->headers[i].path);
		record_free(search->headers[i].record);
	}
	symbols_free(search->symbols);
}

int
main(int argc, char **argv)
{
	static struct search search;
	struct evaluate_mode mode = { .max_steps = 100000000 };
	struct record *predefined = NULL;
	const char *predefined_path = "/dev/null";
	enum refusal refusal;
	int option, times = 0;

	while ((option = getopt(argc, argv, "m:p:r:I:")) >= 0) {
		if (option == 'm')
			set_mode(&search, &mode, optarg);
		else if (option == 'p')
			predefined_path = optarg;
		else if (option == 'r')
			times = (int)strtol(optarg, NULL, 10);
		else if (option == 'I' && search.dirs_count < DIRS_MAX)
			search.dirs[search.dirs_count++] = optarg;
		else
			return 99;
	}
	search.symbols = symbols_new();
	search.evaluator = evaluator_new(search.symbols);
	predefined = record_of(&search, predefined_path);
	refusal = evaluate(&search, &mode, predefined, argv[optind]);
	if (refusal == REFUSAL_NONE)
		puts("done");
	else
		printf("refused %s %s\n", refusal_name(refusal),
		       evaluate_culprit(search.evaluator));
	if (times > 0)
		measure(&search, &mode, predefined, argv[optind], times);
	clear(&search);
	record_free(predefined);
	return EXIT_SUCCESS;
}
