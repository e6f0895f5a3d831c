/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/human.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/buf.h"

#define NO_BREAK_SPACE "\xc2\xa0"
#define EN_DASH "\xe2\x80\x93"
#define MICRO "\xc2\xb5"

void
human_bytes(struct buf *out, int64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB",
					     "PiB", "EiB" };
	double value = (double)bytes;
	size_t i = 0;

	if (bytes < 0) {
		buf_add_str(out, EN_DASH);
		return;
	}
	for (; value >= 1024; value /= 1024)
		i++;
	buf_addf(out, "%.*f" NO_BREAK_SPACE "%s", i > 0 && value < 100, value,
		 units[i]);
}

void
human_time(struct buf *out, int64_t us)
{
	if (us < 1000)
		buf_addf(out, "%d" NO_BREAK_SPACE MICRO "s",
			 us < 0 ? 0 : (int)us);
	else if (us < 1000000)
		buf_addf(out, "%d" NO_BREAK_SPACE "ms", (int)(us / 1000));
	else if (us < 60000000)
		buf_addf(out, "%.*f" NO_BREAK_SPACE "s",
			 us < 10000000 ? 2 : 1, (double)us / 1e6);
	else
		human_span(out, us / 1000000);
}

void
human_span(struct buf *out, int64_t seconds)
{
	static const struct {
		int64_t size, part_size;
		const char *name, *part;
	} units[] = {
		{ 86400, 3600, "d", "h" },
		{ 3600, 60, "h", "min" },
		{ 60, 1, "min", "s" },
	};
	int64_t rest;
	size_t i;

	if (seconds < 0)
		seconds = 0;
	for (i = 0; i < 3 && seconds < units[i].size; i++)
		continue;
	if (i == 3) {
		buf_addf(out, "%d" NO_BREAK_SPACE "s", (int)seconds);
		return;
	}
	buf_addf(out, "%" PRId64 NO_BREAK_SPACE "%s", seconds / units[i].size,
		 units[i].name);
	rest = seconds % units[i].size / units[i].part_size;
	if (rest > 0)
		buf_addf(out, NO_BREAK_SPACE "%d" NO_BREAK_SPACE "%s",
			 (int)rest, units[i].part);
}

void
human_count(struct buf *out, uint64_t count)
{
	if (count < 1000) {
		buf_addf(out, "%d", (int)count);
		return;
	}
	human_count(out, count / 1000);
	buf_addf(out, NO_BREAK_SPACE "%03d", (int)(count % 1000));
}

void
human_real(struct buf *out, double value)
{
	buf_addf(out, "%.1f", value);
	if (out->data[out->len - 1] != '0')
		return;
	out->len -= 2;
	out->data[out->len] = '\0';
}
