/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line that a record is in the journal: "key=value", tabs between. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/net.h"
#include "client/record.h"

/*
 * How long the values of strings may get, escaped, so that all of a line is
 * within RECORD_MAX: 16 numbers of 20 digits, all keys, and the tries.
 */
#define TRIES_MAX 1000
#define PATH_MAX_BYTES 4200

/* More than any time or size of a job. */
#define NUMBER_MAX 10000000000000

/* The order is that in the line: what is short and sure comes first. */
static const struct field {
	const char *key;
	size_t at;	/* in struct record */
	size_t max;	/* of a string; 0: it is a number */
} fields[] = {
	{ "time", offsetof(struct record, time_ms), 0 },
	{ "total", offsetof(struct record, total_us), 0 },
	{ "status", offsetof(struct record, status), 0 },
	{ "sent", offsetof(struct record, sent), 0 },
	{ "received", offsetof(struct record, received), 0 },
	{ "cpu", offsetof(struct record, cpu_us), 0 },
	{ "child_cpu", offsetof(struct record, child_cpu_us), 0 },
	{ "build", offsetof(struct record, build), 80 },
	{ "compiler", offsetof(struct record, compiler), 250 },
	{ "culprit", offsetof(struct record, culprit), 300 },
	{ "no_pump", offsetof(struct record, no_pump), 300 },
	{ "file", offsetof(struct record, file), PATH_MAX_BYTES },
	{ "output", offsetof(struct record, output), PATH_MAX_BYTES },
	{ "cwd", offsetof(struct record, cwd), PATH_MAX_BYTES },
	/* the last: a line without it is torn */
	{ "id", offsetof(struct record, id), 40 },
};

#define FIELDS (sizeof fields / sizeof *fields)

static void
add_number(struct buf *line, const char *key, int64_t value)
{
	buf_addf(line, "%s=%lld\t", key, (long long)value);
}

static void
add_escaped(struct buf *line, const char *value, size_t max)
{
	const size_t end = line->len + max;
	char piece[5];
	const char *c;

	for (c = value; *c != '\0'; c++) {
		if (*c == '\\' || (unsigned char)*c < ' ' || *c == 0x7f)
			snprintf(piece, sizeof piece, "\\x%02x",
				 (unsigned char)*c);
		else
			snprintf(piece, sizeof piece, "%c", *c);
		if (line->len + strlen(piece) > end)
			return;
		buf_add_str(line, piece);
	}
}

static void
add_text(struct buf *line, const char *key, const char *value, size_t max)
{
	buf_addf(line, "%s=", key);
	add_escaped(line, value, max);
	buf_add_char(line, '\t');
}

static void
add_tries(struct buf *line, const struct record *record)
{
	const size_t end = line->len + TRIES_MAX;
	struct buf piece = BUF_INIT;
	const struct record_try *try;
	size_t i;

	for (i = 0; i < record->try_count; i++) {
		try = &record->tries[i];
		buf_reset(&piece);
		buf_addf(&piece, "try=%s %lld ",
			 record_outcome_name(try->outcome),
			 (long long)try->us);
		add_escaped(&piece, try->host, 300);
		buf_add_char(&piece, '\t');
		if (try->job != NULL)
			add_text(&piece, "job", try->job, NET_NAME_SIZE);
		if (line->len + piece.len > end)
			break;
		buf_add(line, piece.data, piece.len);
	}
	buf_clear(&piece);
}

static void
add_field(struct buf *line, const struct field *field,
	  const struct record *record)
{
	const void *at = (const char *)record + field->at;
	const char *text;

	if (field->max == 0) {
		add_number(line, field->key, *(const int64_t *)at);
		return;
	}
	text = *(char *const *)at;
	if (text != NULL)
		add_text(line, field->key, text, field->max);
}

void
record_write(const struct record *record, struct buf *line)
{
	size_t i;
	int phase;

	buf_addf(line, "verdict=%s\treason=%s\tway=%s\t",
		 record_verdict_name(record->verdict),
		 reason_name(record->reason), record_way_name(record->way));
	for (phase = 0; phase < RECORD_PHASES; phase++)
		add_number(line, record_phase_name((enum record_phase)phase),
			   record->phase_us[phase]);
	add_tries(line, record);
	for (i = 0; i < FIELDS; i++)
		add_field(line, &fields[i], record);
	/* The last tab becomes the end. */
	line->data[line->len - 1] = '\n';
}

static void
unescape(char *text)
{
	char *to = text, hex[3] = "";

	for (; *text != '\0'; text++) {
		if (text[0] != '\\' || text[1] != 'x' || text[2] == '\0' ||
		    text[3] == '\0') {
			*to++ = *text;
			continue;
		}
		hex[0] = text[2];
		hex[1] = text[3];
		*to++ = (char)strtol(hex, NULL, 16);
		text += 3;
	}
	*to = '\0';
}

/* Which of count names it is, or count. */
static int
index_of(const char *name, const char *(*name_of)(int), int count)
{
	int i;

	for (i = 0; i < count; i++) {
		if (strcmp(name_of(i), name) == 0)
			break;
	}
	return i;
}

static const char *
phase_of(int i)
{
	return record_phase_name((enum record_phase)i);
}

static const char *
verdict_of(int i)
{
	return record_verdict_name((enum record_verdict)i);
}

static const char *
outcome_of(int i)
{
	return record_outcome_name((enum record_outcome)i);
}

static const char *
way_of(int i)
{
	return record_way_name((enum record_way)i);
}

/* Nobody adds up so many of these that the sum is too large. */
static int64_t
read_number(const char *value)
{
	long long number = strtoll(value, NULL, 10);

	return number < -1 ? -1 : number > NUMBER_MAX ? NUMBER_MAX : number;
}

/* "OUTCOME US HOST" */
static void
read_try(struct record *record, char *value)
{
	char *us = strchr(value, ' ');
	char *host = us == NULL ? NULL : strchr(us + 1, ' ');
	struct record_try *try;
	int outcome;

	if (host == NULL)
		return;
	*us++ = '\0';
	*host++ = '\0';
	outcome = index_of(value, outcome_of, RECORD_OUTCOMES);
	if (outcome == RECORD_OUTCOMES)
		return;
	try = record_add_try(record, host);
	try->us = read_number(us);
	try->outcome = (enum record_outcome)outcome;
}

/* It stands behind the try that it belongs to. */
static void
read_job(struct record *record, const char *value)
{
	struct record_try *try;

	if (record->try_count == 0)
		return;
	try = &record->tries[record->try_count - 1];
	free(try->job);
	try->job = xstrdup(value);
}

static void
read_field(struct record *record, const char *key, char *value)
{
	char **text;
	size_t i;

	for (i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].key, key) != 0)
			continue;
		if (fields[i].max == 0) {
			*(int64_t *)((char *)record + fields[i].at) =
				read_number(value);
			return;
		}
		text = (char **)((char *)record + fields[i].at);
		free(*text);
		*text = xstrdup(value);
		return;
	}
}

/* Returns 0, or ERR_SYNTAX if it has no meaning here. */
static int
read_pair(struct record *record, const char *key, char *value)
{
	int phase = index_of(key, phase_of, RECORD_PHASES);
	int verdict, way;

	unescape(value);
	if (phase < RECORD_PHASES) {
		record->phase_us[phase] = read_number(value);
	} else if (strcmp(key, "verdict") == 0) {
		verdict = index_of(value, verdict_of, RECORD_VERDICTS);
		if (verdict == RECORD_VERDICTS)
			return ERR_SYNTAX;
		record->verdict = (enum record_verdict)verdict;
	} else if (strcmp(key, "reason") == 0) {
		record->reason = reason_find(value);
		if (record->reason == REASON_COUNT)
			return ERR_SYNTAX;
	} else if (strcmp(key, "way") == 0) {
		way = index_of(value, way_of, RECORD_WAYS);
		if (way < RECORD_WAYS)
			record->way = (enum record_way)way;
	} else if (strcmp(key, "try") == 0) {
		read_try(record, value);
	} else if (strcmp(key, "job") == 0) {
		read_job(record, value);
	} else {
		read_field(record, key, value);
	}
	return 0;
}

int
record_read(struct record *record, char *line)
{
	char *next, *value;
	int r = 0;

	for (; line != NULL && r == 0; line = next) {
		next = strchr(line, '\t');
		if (next != NULL)
			*next++ = '\0';
		value = strchr(line, '=');
		if (value == NULL) {
			r = ERR_SYNTAX;
		} else {
			*value++ = '\0';
			r = read_pair(record, line, value);
		}
	}
	if (r == 0 && (record->id == NULL || record->time_ms == 0))
		r = ERR_SYNTAX;
	if (r < 0)
		record_clear(record);
	return r;
}
