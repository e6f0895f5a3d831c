/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/log.h"
#include "base/path.h"
#include "client/exitcode.h"
#include "client/journal.h"
#include "client/record.h"
#include "client/settings.h"
#include "client/tell.h"

/* So many jobs are shown for each reason. */
#define SHOWN 10

/* What is asked for, and the answer so far. */
struct why {
	struct journal journal;
	struct buf out;
	struct json json;
	int wants_json;
	int code;
};

/* The absolute form of name without "." components and doubled slashes. */
static char *
absolute(const char *dir, const char *name)
{
	char *path = path_join(*name == '/' || dir == NULL ? "" : dir, name);
	char *from = path, *to = path;

	while (*from != '\0') {
		if (from[0] == '/' && from[1] == '/')
			from++;
		else if (from[0] == '/' && from[1] == '.' &&
			 (from[2] == '/' || from[2] == '\0'))
			from += 2;
		else
			*to++ = *from++;
	}
	*to = '\0';
	return path;
}

/* Whether path ends with name, which begins with a component of it. */
static int
ends_with(const char *path, const char *name)
{
	size_t path_len = strlen(path), len = strlen(name);

	while (len > 2 && name[0] == '.' && name[1] == '/') {
		name += 2;
		len -= 2;
	}
	return len > 0 && path_len > len && path[path_len - len - 1] == '/' &&
	       strcmp(path + path_len - len, name) == 0;
}

static int
is_about(const struct record *record, const char *name, const char *wanted,
	 const char *suffix)
{
	char *path;
	int found;

	if (name == NULL)
		return 0;
	path = absolute(record->cwd, name);
	found = strcmp(path, wanted) == 0 ||
		(suffix != NULL && ends_with(path, suffix));
	free(path);
	return found;
}

/* The last job on word: on this very file, or else on one of that name. */
static const struct record *
find(const struct journal *journal, const char *word)
{
	char *cwd = getcwd(NULL, 0);
	char *wanted = absolute(cwd, word);
	const struct record *record, *found = NULL;
	const char *suffix = NULL;
	size_t i;
	int turn;

	for (turn = 0; turn < 2 && found == NULL; turn++) {
		for (i = journal->count; i-- > 0 && found == NULL;) {
			record = &journal->v[i];
			if (is_about(record, record->file, wanted, suffix) ||
			    is_about(record, record->output, wanted, suffix))
				found = record;
		}
		suffix = word;
	}
	free(wanted);
	free(cwd);
	return found;
}

static void
answer(struct why *why, const struct record *record)
{
	if (record->verdict != RECORD_IS_REMOTE && why->code == WHY_REMOTE)
		why->code = WHY_HERE;
	if (why->wants_json)
		tell_json(&why->json, record);
	else
		tell_text(&why->out, record);
}

static void
answer_file(struct why *why, const char *word)
{
	const struct record *record = find(&why->journal, word);

	if (record != NULL) {
		answer(why, record);
		return;
	}
	why->code = WHY_NO_RECORD;
	if (!why->wants_json)
		buf_addf(&why->out, "%s: the journal has no job on this "
			 "file\n", word);
}

/*
 * The jobs of the last build that were not done elsewhere for one reason. For
 * people, those beyond the first few are only counted: a configure script
 * leaves hundreds. Returns how many there are.
 */
static size_t
answer_reason(struct why *why, enum reason reason)
{
	const struct journal *journal = &why->journal;
	size_t i, found = 0;

	for (i = journal_last_build(journal); i < journal->count; i++) {
		if (journal->v[i].reason != reason ||
		    journal->v[i].verdict == RECORD_IS_REMOTE ||
		    !journal_in_last_build(journal, i))
			continue;
		if (why->wants_json || found < SHOWN)
			answer(why, &journal->v[i]);
		found++;
	}
	if (!why->wants_json && found > SHOWN)
		buf_addf(&why->out, "... and %zu more for this reason (%s).\n",
			 found - SHOWN, reason_name(reason));
	return found;
}

static size_t
count_jobs(const struct journal *journal)
{
	size_t i, jobs = 0;

	for (i = journal_last_build(journal); i < journal->count; i++)
		jobs += journal_in_last_build(journal, i) != 0;
	return jobs;
}

/*
 * All that was not done elsewhere in the last build. What went wrong is last
 * in the list of reasons, and first here.
 */
static void
answer_build(struct why *why)
{
	const size_t jobs = count_jobs(&why->journal);
	size_t here = 0;
	int reason;

	for (reason = REASON_COUNT - 1; reason >= 0; reason--)
		here += answer_reason(why, (enum reason)reason);
	if (jobs == 0)
		why->code = WHY_NO_RECORD;
	if (why->wants_json || here > 0)
		return;
	if (jobs == 0)
		buf_add_str(&why->out, "The journal has no job yet.\n");
	else
		buf_addf(&why->out, "No job of the last build ran here: "
			 "%zu of %zu were done elsewhere.\n", jobs, jobs);
}

static void
answer_all(struct why *why, char *const *words)
{
	if (why->wants_json) {
		json_init(&why->json, &why->out);
		json_open_object(&why->json, NULL);
		json_open_array(&why->json, "jobs");
	}
	if (*words == NULL)
		answer_build(why);
	for (; *words != NULL; words++)
		answer_file(why, *words);
	if (why->wants_json) {
		json_close_array(&why->json);
		json_close_object(&why->json);
		buf_add_char(&why->out, '\n');
	}
}

int
why_run(const struct settings *settings, char *const *words)
{
	struct why why = { .journal = JOURNAL_INIT, .out = BUF_INIT };
	int r;

	if (words[0] != NULL && strcmp(words[0], "--json") == 0) {
		why.wants_json = 1;
		words++;
	}
	if (words[0] != NULL && strncmp(words[0], "--", 2) == 0) {
		log_error("--why has no option %s, only --json", words[0]);
		return EXIT_BAD_ARGUMENTS;
	}
	r = journal_open(&why.journal, settings);
	if (r == 0)
		answer_all(&why, words);
	if (r == 0)
		fwrite(why.out.data, 1, why.out.len, stdout);
	buf_clear(&why.out);
	journal_clear(&why.journal);
	return r < 0 ? EXIT_IO_ERROR : why.code;
}
