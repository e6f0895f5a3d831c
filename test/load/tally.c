/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tally.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"

void
tally_init(struct tally *tally, struct in_addr first, int count)
{
	int i;

	memset(tally, 0, sizeof *tally);
	tally->count = count;
	tally->sources = xcalloc((size_t)count, sizeof *tally->sources);
	for (i = 0; i < count; i++)
		tally->sources[i].addr.s_addr =
			htonl(ntohl(first.s_addr) + (uint32_t)i);
	tally->start_us = clock_us();
}

static void
add_time(struct tally *tally, int64_t us)
{
	if (tally->times == tally->room) {
		tally->room = tally->room * 2 + 1024;
		tally->times_us = xrealloc(tally->times_us, tally->room *
					   sizeof *tally->times_us);
	}
	tally->times_us[tally->times++] = us;
}

void
tally_add(struct tally *tally, struct source *source, const struct job *job,
	  long before)
{
	const int64_t us = clock_us() - job->start_us;
	const long overtaken = tally->ended - before;

	source->endings[job->ending]++;
	if (us > source->longest_us)
		source->longest_us = us;
	if (overtaken > source->overtaken)
		source->overtaken = overtaken;
	if (job->ending == ENDING_OK)
		add_time(tally, us);
	tally->ended++;
}

long
tally_ending(const struct tally *tally, enum ending ending)
{
	long sum = 0;
	int i;

	for (i = 0; i < tally->count; i++)
		sum += tally->sources[i].endings[ending];
	return sum;
}

static int
compare_times(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static double
percentile_ms(const struct tally *tally, int percent)
{
	if (tally->times == 0)
		return 0;
	return (double)tally->times_us[(tally->times - 1) *
				       (size_t)percent / 100] / 1000;
}

static double
per_second(const struct tally *tally)
{
	const double seconds =
		(double)(tally->end_us - tally->start_us) / 1e6;

	return seconds > 0 ? (double)tally->times / seconds : 0;
}

static void
add_sources(const struct tally *tally, struct json *json)
{
	char name[INET_ADDRSTRLEN];
	const struct source *source;
	int i;

	json_open_array(json, "sources");
	for (i = 0; i < tally->count; i++) {
		source = &tally->sources[i];
		inet_ntop(AF_INET, &source->addr, name, sizeof name);
		json_open_object(json, NULL);
		json_add_str(json, "address", name);
		json_add_int(json, "started", source->started);
		json_add_int(json, "ok", source->endings[ENDING_OK]);
		json_add_real(json, "longest_ms",
			      (double)source->longest_us / 1000);
		json_add_int(json, "overtaken", source->overtaken);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_json(const struct tally *tally)
{
	struct buf text = BUF_INIT;
	struct json json;
	int i;

	json_init(&json, &text);
	json_open_object(&json, NULL);
	json_add_int(&json, "started", tally->started);
	for (i = 0; i < ENDING_COUNT; i++)
		json_add_int(&json, ending_name((enum ending)i),
			     tally_ending(tally, (enum ending)i));
	json_add_real(&json, "seconds", (double)(tally->end_us -
						 tally->start_us) / 1e6);
	json_add_real(&json, "per_second", per_second(tally));
	json_add_real(&json, "p50_ms", percentile_ms(tally, 50));
	json_add_real(&json, "p95_ms", percentile_ms(tally, 95));
	json_add_real(&json, "max_ms", percentile_ms(tally, 100));
	add_sources(tally, &json);
	json_close_object(&json);
	puts(text.data);
	buf_clear(&text);
}

static void
print_text(const struct tally *tally)
{
	long least = tally->sources[0].endings[ENDING_OK], most = least;
	int64_t longest = 0;
	long n;
	int i;

	printf("%ld jobs:", tally->started);
	for (i = 0; i < ENDING_COUNT; i++) {
		n = tally_ending(tally, (enum ending)i);
		if (n > 0 || i == ENDING_OK)
			printf(" %ld %s", n, ending_name((enum ending)i));
	}
	for (i = 0; i < tally->count; i++) {
		n = tally->sources[i].endings[ENDING_OK];
		least = n < least ? n : least;
		most = n > most ? n : most;
		if (tally->sources[i].longest_us > longest)
			longest = tally->sources[i].longest_us;
	}
	printf("; %.1f/s; p50 %.1f, p95 %.1f, max %.1f ms; %d addresses: "
	       "%ld to %ld each, longest wait %.1f ms\n", per_second(tally),
	       percentile_ms(tally, 50), percentile_ms(tally, 95),
	       percentile_ms(tally, 100), tally->count, least, most,
	       (double)longest / 1000);
}

void
tally_print(struct tally *tally, int as_json)
{
	tally->end_us = clock_us();
	if (tally->times > 0)
		qsort(tally->times_us, tally->times,
		      sizeof *tally->times_us, compare_times);
	if (as_json)
		print_json(tally);
	else
		print_text(tally);
}

void
tally_clear(struct tally *tally)
{
	free(tally->sources);
	free(tally->times_us);
	memset(tally, 0, sizeof *tally);
}
