/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/json.h"
#include "client/doctor_client.h"
#include "client/doctor_host.h"
#include "client/tell.h"
#include "farm/hosts.h"

static const struct {
	const char *name;	/* for programs */
	const char *text;
} verdicts[] = {
	[DOCTOR_OK] = { "ok", "ok" },
	[DOCTOR_LOCAL] = { "local", "ok, this machine itself" },
	[DOCTOR_DOWN] = { "down", "left alone, as the host list says" },
	[DOCTOR_DIFFERS] = { "differs", "works, but objects differ" },
	[DOCTOR_REFUSED] = { "refused", "refused" },
	[DOCTOR_BUSY] = { "busy", "busy" },
	[DOCTOR_FAILED] = { "failed", "failed" },
	[DOCTOR_UNREACHABLE] = { "unreachable", "unreachable" },
	[DOCTOR_NOT_TRIED] = { "not_tried", "not tried" },
};

static const char *const backoffs[] = {
	[BACKOFF_NONE] = "none",
	[BACKOFF_ACTIVE] = "active",
	[BACKOFF_OLD] = "old",
};

/* Names and messages may have bytes that a terminal obeys. */
static void
print_text(const char *text)
{
	struct buf safe = BUF_INIT;

	tell_add_safe(&safe, text);
	fputs(safe.data, stdout);
	buf_clear(&safe);
}

static void
print_line(const char *label, const char *text)
{
	printf("  %-12s", label);
	print_text(text);
	putchar('\n');
}

static void
print_lines(const char *label, const struct args *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		print_line(label, lines->v[i]);
}

static void
print_dir(const struct doctor_dir *dir)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s", dir->path != NULL ? dir->path : "none");
	if (dir->error != 0)
		buf_addf(&text, " (not writeable: %s)", strerror(dir->error));
	else if (dir->free_bytes >= 0)
		buf_addf(&text, " (%lld MiB free)",
			 (long long)(dir->free_bytes >> 20));
	print_line(dir->what, text.data);
	buf_clear(&text);
}

static void
print_compiler(const struct doctor_client *client)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s: %s", client->name,
		 client->path != NULL ? client->path : "not found");
	if (client->real != NULL && strcmp(client->real, client->path) != 0)
		buf_addf(&text, ", which is %s", client->real);
	print_line("compiler", text.data);
	buf_clear(&text);
	if (client->version != NULL)
		print_line("version", client->version);
	if (client->link_is_first)
		buf_addf(&text, "%s alone leads to distcc, by %s",
			 client->name, client->link);
	else
		buf_addf(&text, "no, distcc is to be named: distcc %s",
			 client->name);
	print_line("masquerade", text.data);
	buf_clear(&text);
}

static void
print_host_list(const struct doctor_client *client)
{
	struct buf text = BUF_INIT;
	size_t i;

	if (client->hosts_source == NULL)
		buf_add_str(&text, "none");
	else
		buf_addf(&text, "%zu, by %s:", client->hosts.count,
			 client->hosts_source);
	for (i = 0; i < client->hosts.count; i++)
		buf_addf(&text, " %s", client->hosts.v[i].word);
	print_line("hosts", text.data);
	buf_clear(&text);
}

/* What it says is several lines. */
static void
print_agent(const struct doctor_client *client)
{
	const char *line = client->agent;
	char *text;
	size_t len;

	while (line != NULL && *line != '\0') {
		len = strcspn(line, "\n");
		text = xstrndup(line, len);
		print_line(line == client->agent ? "agent" : "", text);
		free(text);
		line += len + (line[len] != '\0');
	}
}

void
doctor_report_client(const struct doctor_client *client)
{
	size_t i;

	puts("This machine");
	print_compiler(client);
	for (i = 0; i < DOCTOR_DIRS; i++)
		print_dir(&client->dirs[i]);
	print_host_list(client);
	print_agent(client);
	print_lines("PROBLEM", &client->problems);
	print_lines("PROBLEM", &client->hosts.complaints);
	print_lines("note", &client->notes);
	/* The hosts take their time. */
	fflush(stdout);
}

static void
print_locks(const struct doctor_host *result)
{
	if (result->slots_taken >= 0)
		printf("  %-12s%d, %d of them in use\n", "slots",
		       result->host->slots, result->slots_taken);
	if (result->backoff == BACKOFF_ACTIVE)
		print_line("back-off", "avoided at present: "
				       "it failed a short time ago");
	else if (result->backoff == BACKOFF_OLD)
		print_line("back-off", "it failed, but will be tried again");
}

static int
protocol_of(const struct doctor_host *result)
{
	return result->pump > 0 ? 3 : result->host->lzo ? 2 : 1;
}

static void
print_pump(const struct doctor_host *result)
{
	struct buf text = BUF_INIT;

	if (result->pump < 0)
		return;
	buf_add_str(&text, result->pump ? "works" : "does not work");
	if (result->no_pump != NULL)
		buf_addf(&text, ": %s", result->no_pump);
	print_line("pump mode", text.data);
	buf_clear(&text);
}

void
doctor_report_host(const struct doctor_host *result)
{
	putchar('\n');
	print_text(result->host->word);
	putchar('\n');
	print_lines("address", &result->addresses);
	if (result->connect_us >= 0)
		printf("  %-12s%.1f ms, to %s\n", "connected",
		       (double)result->connect_us / 1e3, result->peer);
	if (result->compile_us >= 0)
		printf("  %-12s%.1f ms in all, by protocol %d\n", "compiled",
		       (double)result->compile_us / 1e3,
		       protocol_of(result));
	if (result->lzo >= 0)
		print_line("lzo", result->lzo ? "works" : "does not work");
	print_pump(result);
	if (result->compiler != NULL)
		print_line("compiler", result->compiler);
	print_locks(result);
	fflush(stdout);
}

void
doctor_report_verdicts(const struct doctor_client *client,
		       const struct doctor_host *hosts)
{
	size_t i, good = 0, usable = 0;

	puts("\nVerdict");
	for (i = 0; i < client->hosts.count; i++) {
		good += (size_t)doctor_verdict_is_good(hosts[i].verdict);
		usable += (size_t)doctor_verdict_is_usable(hosts[i].verdict);
		printf("  ");
		print_text(hosts[i].host->word);
		printf(": %s", verdicts[hosts[i].verdict].text);
		if (hosts[i].why != NULL) {
			printf(": ");
			print_text(hosts[i].why);
		}
		putchar('\n');
	}
	printf("  this machine: %s\n",
	       client->problems.count > 0 ? "not fit, see above" : "ok");
	printf("%zu of %zu hosts %s as wanted, %zu can be used\n", good,
	       client->hosts.count, good == 1 ? "is" : "are", usable);
}

static void
add_lines(struct json *json, const char *key, const struct args *lines)
{
	size_t i;

	json_open_array(json, key);
	for (i = 0; i < lines->count; i++)
		json_add_str(json, NULL, lines->v[i]);
	json_close_array(json);
}

static void
add_client(struct json *json, const struct doctor_client *client)
{
	const struct doctor_dir *dir;

	json_open_object(json, "compiler");
	json_add_str(json, "name", client->name);
	json_add_str(json, "path", client->path);
	json_add_str(json, "real", client->real);
	json_add_str(json, "version", client->version);
	json_close_object(json);
	json_open_object(json, "masquerade");
	json_add_str(json, "link", client->link);
	json_add_bool(json, "active", client->link_is_first);
	json_close_object(json);
	json_open_array(json, "directories");
	for (dir = client->dirs; dir < client->dirs + DOCTOR_DIRS; dir++) {
		json_open_object(json, NULL);
		json_add_str(json, "what", dir->what);
		json_add_str(json, "path", dir->path);
		json_add_bool(json, "writeable", dir->error == 0);
		json_add_int(json, "free_bytes", dir->free_bytes);
		json_close_object(json);
	}
	json_close_array(json);
	json_add_str(json, "hosts_source", client->hosts_source);
	json_add_str(json, "agent", client->agent);
	add_lines(json, "problems", &client->problems);
	add_lines(json, "hosts_problems", &client->hosts.complaints);
	add_lines(json, "notes", &client->notes);
}

/* A time that was not measured is null. */
static void
add_ms(struct json *json, const char *key, int64_t us)
{
	if (us >= 0)
		json_add_real(json, key, (double)us / 1e3);
	else
		json_add_str(json, key, NULL);
}

static void
add_host(struct json *json, const struct doctor_host *result)
{
	json_open_object(json, NULL);
	json_add_str(json, "host", result->host->word);
	json_add_str(json, "verdict", verdicts[result->verdict].name);
	json_add_str(json, "why", result->why);
	add_lines(json, "addresses", &result->addresses);
	json_add_str(json, "peer", result->peer);
	add_ms(json, "connect_ms", result->connect_us);
	add_ms(json, "compile_ms", result->compile_us);
	json_add_int(json, "protocol", protocol_of(result));
	if (result->lzo >= 0)
		json_add_bool(json, "lzo", result->lzo);
	else
		json_add_str(json, "lzo", NULL);
	if (result->pump >= 0)
		json_add_bool(json, "pump", result->pump);
	else
		json_add_str(json, "pump", NULL);
	json_add_str(json, "no_pump", result->no_pump);
	json_add_str(json, "compiler", result->compiler);
	json_add_int(json, "slots", result->host->slots);
	json_add_int(json, "slots_taken", result->slots_taken);
	json_add_str(json, "backoff", backoffs[result->backoff]);
	json_close_object(json);
}

void
doctor_report_json(const struct doctor_client *client,
		   const struct doctor_host *hosts, int code)
{
	struct buf text = BUF_INIT;
	struct json json;
	size_t i;

	json_init(&json, &text);
	json_open_object(&json, NULL);
	add_client(&json, client);
	json_open_array(&json, "hosts");
	for (i = 0; i < client->hosts.count; i++)
		add_host(&json, &hosts[i]);
	json_close_array(&json);
	json_add_int(&json, "exit_status", code);
	json_close_object(&json);
	puts(text.data);
	buf_clear(&text);
}
