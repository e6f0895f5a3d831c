/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/webpage.h"

#include <stddef.h>
#include <time.h>

#include "base/buf.h"
#include "daemon/escape.h"
#include "daemon/human.h"
#include "daemon/plot.h"
#include "daemon/snapshot.h"
#include "daemon/webstyle.h"
#include "daemon/webtable.h"

#define REFRESH_S 10

/* A daemon can have thousands of workers; so many cells fit a page. */
#define MAX_CELLS 256

static void
add_head(struct buf *out, const struct snapshot *snapshot)
{
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"en\"><head>"
		 "<meta charset=\"utf-8\">\n<title>distccd %s on ",
		 PACKAGE_VERSION);
	escape_html(out, snapshot->host);
	buf_addf(out, "</title>\n<meta name=\"viewport\" "
		 "content=\"width=device-width,initial-scale=1\">\n"
		 "<meta http-equiv=\"refresh\" content=\"%d\">\n"
		 /* Else a browser asks for /favicon.ico. */
		 "<link rel=\"icon\" href=\"data:,\">\n<style>\n", REFRESH_S);
	buf_add_str(out, webstyle_text);
	buf_add_str(out, "</style></head><body>\n");
}

static void
add_state(struct buf *out, const struct snapshot *snapshot)
{
	const char *kind = "good", *state = "serving";

	if (snapshot->stopping) {
		kind = "warn";
		state = "stopping";
	} else if (snapshot->short_of == REFUSAL_MEMORY) {
		kind = "bad";
		state = "short of memory";
	} else if (snapshot->short_of == REFUSAL_DISK) {
		kind = "bad";
		state = "short of disk";
	}
	buf_addf(out, "<span class=\"pill %s\">%s</span>", kind, state);
}

static void
add_header(struct buf *out, const struct snapshot *snapshot)
{
	const time_t now = (time_t)snapshot->now_s;
	char text[64] = "";
	struct tm tm;

	if (gmtime_r(&now, &tm) != NULL)
		strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &tm);
	buf_add_str(out, "<header><h1>distccd <span>on ");
	escape_html(out, snapshot->host);
	buf_add_str(out, "</span></h1>");
	add_state(out, snapshot);
	buf_addf(out, "<p class=\"about\">Version %s for %s, up ",
		 PACKAGE_VERSION, HOST_TRIPLE);
	human_span(out, snapshot->now_s - snapshot->started_s);
	buf_addf(out, ". As of %s.</p></header>\n<main>\n", text);
}

static void
begin_key(struct buf *out, const char *name)
{
	buf_addf(out, "<div><dt>%s</dt><dd>", name);
}

static void
end_key(struct buf *out)
{
	buf_add_str(out, "</dd></div>\n");
}

static void
add_keys(struct buf *out, const struct snapshot *snapshot)
{
	buf_add_str(out, "<dl class=\"keys\">\n");
	begin_key(out, "Compiling");
	buf_addf(out, "%d <small>of %d</small>", snapshot->running,
		 snapshot->jobs);
	end_key(out);
	begin_key(out, "Waiting");
	human_count(out, (uint64_t)snapshot_queue(snapshot));
	end_key(out);
	begin_key(out, "Jobs in the last minute");
	human_count(out, history_compiles(snapshot->windows[0].outcomes));
	end_key(out);
	begin_key(out, "Load");
	if (snapshot->load[0] < 0)
		buf_add_str(out, "unknown");
	else
		buf_addf(out, "%.2f <small>%.2f %.2f</small>",
			 snapshot->load[0], snapshot->load[1],
			 snapshot->load[2]);
	end_key(out);
	begin_key(out, "Free memory");
	human_bytes(out, snapshot->free_memory);
	end_key(out);
	begin_key(out, "Free disk");
	human_bytes(out, snapshot->free_disk);
	end_key(out);
	buf_add_str(out, "</dl>\n");
}

static void
add_cell(struct buf *out, const struct snapshot_slot *slot)
{
	buf_addf(out, "<li class=\"%s\" title=\"%d: %s for ",
		 board_phase_name(slot->phase), slot->number + 1,
		 board_phase_name(slot->phase));
	human_time(out, slot->for_us);
	buf_add_str(out, ", ");
	escape_html(out, slot->peer);
	buf_add_char(out, ' ');
	escape_html(out, slot->input);
	buf_add_str(out, "\"></li>");
}

/* One for each job there may be; the table below says it in words. */
static void
add_cells(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	buf_add_str(out, "<ul class=\"cells\" aria-hidden=\"true\">");
	for (i = 0; i < snapshot->size && i < MAX_CELLS; i++) {
		if (i < snapshot->slot_count)
			add_cell(out, &snapshot->slots[i]);
		else
			buf_add_str(out, "<li></li>");
	}
	buf_add_str(out, "</ul>\n");
}

static void
add_workers(struct buf *out, const struct snapshot *snapshot)
{
	int i;

	buf_add_str(out, "<section><h2>Workers</h2>\n");
	add_cells(out, snapshot);
	buf_add_str(out, "<ul class=\"legend\">");
	for (i = PHASE_COUNT - 1; i > PHASE_IDLE; i--)
		buf_addf(out, "<li><i class=\"%s\"></i>%d %s</li>",
			 board_phase_name((enum phase)i),
			 snapshot->workers[i],
			 board_phase_name((enum phase)i));
	buf_addf(out, "<li><i></i>%d free</li></ul>\n",
		 snapshot->size - snapshot->slot_count);
	webtable_write_workers(out, snapshot);
	buf_add_str(out, "</section>\n");
}

static void
add_plots(struct buf *out, const struct snapshot *snapshot)
{
	const struct plot plots[] = {
		{ "Jobs per minute", SERIES_JOBS, 1, "", 0 },
		{ "Compiling", SERIES_BUSY, 1, "", snapshot->jobs },
		{ "Waiting", SERIES_QUEUE, 1, "", 0 },
		{ "Bytes per minute", SERIES_TRAFFIC, 1024 * 1024,
		  "\xc2\xa0MiB", 0 },
		{ "Load", SERIES_LOAD, 1, "", 0 },
		{ "Free memory", SERIES_MEMORY, 1024 * 1024 * 1024.0,
		  "\xc2\xa0GiB", 0 },
	};
	size_t i;

	buf_add_str(out, "<section><h2>The last hour</h2>"
		    "<div class=\"plots\">\n");
	for (i = 0; i < sizeof plots / sizeof *plots; i++)
		plot_write(out, &plots[i], snapshot->points);
	buf_add_str(out, "</div></section>\n");
}

static void
add_footer(struct buf *out, const struct snapshot *snapshot)
{
	buf_add_str(out, "</main>\n<footer><p>Sandbox of compilers: ");
	escape_html(out, snapshot->sandbox);
	buf_addf(out, ". This page is loaded again every %d seconds.</p>"
		 "<p><a href=\"/metrics\">/metrics</a> "
		 "<a href=\"/status.json\">/status.json</a> "
		 "<a href=\"/distccstats\">/distccstats</a></p></footer>\n"
		 "</body></html>\n", REFRESH_S);
}

void
webpage_write(struct buf *out, const struct snapshot *snapshot)
{
	add_head(out, snapshot);
	add_header(out, snapshot);
	add_keys(out, snapshot);
	add_workers(out, snapshot);
	add_plots(out, snapshot);
	webtable_write_windows(out, snapshot);
	webtable_write_last(out, snapshot);
	buf_add_str(out, "<div class=\"side\">\n");
	webtable_write_compilers(out, snapshot);
	webtable_write_phases(out, snapshot);
	webtable_write_refusals(out, snapshot);
	buf_add_str(out, "</div>\n");
	add_footer(out, snapshot);
}
