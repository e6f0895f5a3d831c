/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many clients of one distccd, from many addresses, in one process. Says how
 * each job ended, how long jobs took, and how evenly addresses were served.
 *
 * A request is a file with what a client sends, in protocol 1 or 2. Jobs per
 * address are bounded by their connections, as with a make -j: the next one
 * begins when one has ended. SIGINT and SIGTERM begin no more and wait for
 * those that run.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "job.h"
#include "tally.h"

#define MAX_FILE (1024 * 1024 * 1024)
#define MAX_CLIENTS 100000
#define USAGE \
	"usage: load --port N --request FILE [OPTION...]\n" \
	"  --host ADDRESS        of the server (127.0.0.1)\n" \
	"  --object FILE         what each job must bring\n" \
	"  --jobs N              so many in all (100), or\n" \
	"  --seconds N           for so long\n" \
	"  --clients N           connections at a time, evenly spread (1), or\n" \
	"  --shares N,N,...      connections of each address\n" \
	"  --sources N           so many addresses (1), used in turn\n" \
	"  --first-source ADDR   and the ones after it (127.0.0.1)\n" \
	"  --head-delay MS       between connecting and the command\n" \
	"  --body-delay MS       between the command and the source\n" \
	"  --deadline SECONDS    for each job (120)\n" \
	"  --keep-going          exit status 0 whatever became of the jobs\n" \
	"  --json\n"

/* A place for one job after the other, all from one address. */
struct client {
	struct job job;
	struct source *source;
	long ended_before;	/* tally's, when its job began */
};

struct load {
	struct plan plan;
	struct buf request, object;
	struct tally tally;
	struct client *clients;
	struct pollfd *fds;
	int client_count, running;
	int roams;		/* each job is from the next address */
	long jobs;		/* -1: any number */
	int64_t until;
};

struct wishes {
	const char *host, *request, *object, *shares, *first_source;
	long port, jobs, seconds, clients, sources;
	long head_delay, body_delay, deadline;
	int keep_going, as_json;
};

static volatile sig_atomic_t told_to_end;

static void
note_signal(int signo)
{
	(void)signo;
	told_to_end = 1;
}

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "load: %s: %s\n", what, why);
	exit(2);
}

static long
number(const char *text, long max)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || value < 0 ||
	    value > max)
		die(text, "not a number that would do");
	return value;
}

static void
take_option(struct wishes *wishes, int letter)
{
	switch (letter) {
	case 'h': wishes->host = optarg; break;
	case 'p': wishes->port = number(optarg, 65535); break;
	case 'r': wishes->request = optarg; break;
	case 'o': wishes->object = optarg; break;
	case 'j': wishes->jobs = number(optarg, 1000000000); break;
	case 't': wishes->seconds = number(optarg, 1000000); break;
	case 'c': wishes->clients = number(optarg, MAX_CLIENTS); break;
	case 's': wishes->shares = optarg; break;
	case 'a': wishes->sources = number(optarg, 65535); break;
	case 'f': wishes->first_source = optarg; break;
	case 'H': wishes->head_delay = number(optarg, 1000000); break;
	case 'B': wishes->body_delay = number(optarg, 1000000); break;
	case 'd': wishes->deadline = number(optarg, 1000000); break;
	case 'k': wishes->keep_going = 1; break;
	case 'J': wishes->as_json = 1; break;
	default:
		fputs(USAGE, stderr);
		exit(2);
	}
}

static void
read_options(struct wishes *wishes, int argc, char **argv)
{
	static const struct option options[] = {
		{ "host", required_argument, NULL, 'h' },
		{ "port", required_argument, NULL, 'p' },
		{ "request", required_argument, NULL, 'r' },
		{ "object", required_argument, NULL, 'o' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "seconds", required_argument, NULL, 't' },
		{ "clients", required_argument, NULL, 'c' },
		{ "shares", required_argument, NULL, 's' },
		{ "sources", required_argument, NULL, 'a' },
		{ "first-source", required_argument, NULL, 'f' },
		{ "head-delay", required_argument, NULL, 'H' },
		{ "body-delay", required_argument, NULL, 'B' },
		{ "deadline", required_argument, NULL, 'd' },
		{ "keep-going", no_argument, NULL, 'k' },
		{ "json", no_argument, NULL, 'J' },
		{ NULL, 0, NULL, 0 }
	};
	int letter;

	for (;;) {
		letter = getopt_long(argc, argv, "", options, NULL);
		if (letter < 0)
			break;
		take_option(wishes, letter);
	}
	if (wishes->port == 0 || wishes->request == NULL || optind < argc)
		take_option(wishes, '?');
}

static void
read_file(const char *path, struct buf *buf)
{
	int r = file_read(path, MAX_FILE, buf);

	if (r < 0)
		die(path, err_text(r));
}

static struct in_addr
address(const char *text)
{
	struct in_addr addr;

	if (inet_pton(AF_INET, text, &addr) != 1)
		die(text, "not an address");
	return addr;
}

static void
make_plan(struct load *load, const struct wishes *wishes)
{
	struct plan *plan = &load->plan;

	plan->server.sin_family = AF_INET;
	plan->server.sin_addr = address(wishes->host);
	plan->server.sin_port = htons((uint16_t)wishes->port);
	read_file(wishes->request, &load->request);
	plan->request = load->request.data;
	plan->request_size = load->request.len;
	if (request_find_body(plan->request, plan->request_size,
			      &plan->head_size) < 0)
		die(wishes->request, "not a request");
	if (wishes->object != NULL) {
		read_file(wishes->object, &load->object);
		plan->object = load->object.data;
		plan->object_size = load->object.len;
	}
	plan->head_delay_ms = wishes->head_delay;
	plan->body_delay_ms = wishes->body_delay;
	plan->deadline_ms = wishes->deadline * 1000;
}

static void
add_client(struct load *load, struct source *source)
{
	struct client *client = &load->clients[load->client_count++];

	client->job.fd = -1;
	client->source = source;
}

static void
make_clients(struct load *load, const struct wishes *wishes)
{
	struct tally *tally = &load->tally;
	char *shares = xstrdup(wishes->shares), *rest = shares, *word;
	long i, n;
	int source = 0;

	load->clients = xcalloc(MAX_CLIENTS, sizeof *load->clients);
	load->roams = *shares == '\0' && wishes->clients < tally->count;
	if (*shares == '\0') {
		for (i = 0; i < wishes->clients; i++)
			add_client(load, &tally->sources[i % tally->count]);
	}
	while (*shares != '\0' && rest != NULL) {
		word = strsep(&rest, ",");
		n = number(word, MAX_CLIENTS - load->client_count);
		if (source == tally->count)
			die(wishes->shares, "more shares than --sources");
		for (i = 0; i < n; i++)
			add_client(load, &tally->sources[source]);
		source++;
	}
	load->fds = xcalloc((size_t)load->client_count + 1,
			    sizeof *load->fds);
	free(shares);
}

/* Whether there are more jobs to begin. */
static int
has_more(const struct load *load)
{
	return !told_to_end && clock_left(load->until) != 0 &&
	       (load->jobs < 0 || load->tally.started < load->jobs);
}

static void
note_end(struct load *load, struct client *client)
{
	load->running--;
	tally_add(&load->tally, client->source, &client->job,
		  client->ended_before);
}

static void
begin(struct load *load, struct client *client)
{
	struct tally *tally = &load->tally;

	if (load->roams)
		client->source = &tally->sources[tally->started %
						 tally->count];
	tally->started++;
	client->source->started++;
	client->ended_before = tally->ended;
	load->running++;
	if (job_begin(&client->job, &load->plan, client->source->addr))
		note_end(load, client);
}

static int64_t
fill_fds(struct load *load)
{
	int64_t wakes = CLOCK_NEVER, at;
	int i;

	for (i = 0; i < load->client_count; i++) {
		struct job *job = &load->clients[i].job;

		load->fds[i].fd = -1;
		load->fds[i].revents = 0;
		if (job->fd < 0)
			continue;
		at = job_wakes(job);
		wakes = at < wakes ? at : wakes;
		load->fds[i].events = job_events(job);
		if (load->fds[i].events != 0)
			load->fds[i].fd = job->fd;
	}
	return wakes;
}

/* Whether its job may go on, or has taken too long. */
static int
is_due(const struct load *load, int i)
{
	return load->fds[i].revents != 0 ||
	       job_wakes(&load->clients[i].job) <= clock_ms();
}

static void
run_once(struct load *load)
{
	const int64_t wakes = fill_fds(load);
	struct client *client;
	int i;

	if (poll(load->fds, (nfds_t)load->client_count,
		 clock_left(wakes)) < 0)
		return;
	for (i = 0; i < load->client_count; i++) {
		client = &load->clients[i];
		if (client->job.fd >= 0 && is_due(load, i) &&
		    job_go_on(&client->job, &load->plan,
			      load->fds[i].revents))
			note_end(load, client);
	}
}

static void
run_all(struct load *load)
{
	int i;

	load->tally.start_us = clock_us();
	do {
		for (i = 0; i < load->client_count && has_more(load); i++) {
			if (load->clients[i].job.fd < 0)
				begin(load, &load->clients[i]);
		}
		if (load->running > 0)
			run_once(load);
	} while (load->running > 0 || has_more(load));
}

int
main(int argc, char **argv)
{
	struct wishes wishes = {
		.host = "127.0.0.1", .first_source = "127.0.0.1",
		.shares = "", .jobs = 100, .clients = 1, .sources = 1,
		.deadline = 120,
	};
	struct load load = { .request = BUF_INIT, .object = BUF_INIT };
	int lost;

	read_options(&wishes, argc, argv);
	signal(SIGINT, note_signal);
	signal(SIGTERM, note_signal);
	make_plan(&load, &wishes);
	tally_init(&load.tally, address(wishes.first_source),
		   wishes.sources > 0 ? (int)wishes.sources : 1);
	make_clients(&load, &wishes);
	load.jobs = wishes.seconds > 0 ? -1 : wishes.jobs;
	load.until = clock_after(wishes.seconds > 0 ? wishes.seconds * 1000 :
						      -1);
	run_all(&load);
	tally_print(&load.tally, wishes.as_json);
	lost = tally_ending(&load.tally, ENDING_OK) != load.tally.started;
	tally_clear(&load.tally);
	free(load.clients);
	free(load.fds);
	buf_clear(&load.request);
	buf_clear(&load.object);
	return lost && !wishes.keep_going;
}
