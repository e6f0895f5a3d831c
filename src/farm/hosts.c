/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "farm/hosts.h"

#include <stdlib.h>
#include <string.h>

#include <libiberty.h>

#include "base/buf.h"
#include "wire/version.h"

#define BLANKS " \t\n\r\f\v"
#define LOCAL_WORD "localhost"
#define LOCAL_SLOTS 2
#define REMOTE_SLOTS 4
#define MAX_SLOTS 9999
#define MAX_PORT 65535

/* A word that is being read; why says what is wrong, once something is. */
struct reader {
	const char *at;
	const char *why;
};

static void
free_host(struct host *host)
{
	free(host->word);
	free(host->name);
	free(host->user);
	free(host->command);
}

void
hosts_clear(struct hosts *hosts)
{
	size_t i;

	for (i = 0; i < hosts->count; i++)
		free_host(&hosts->v[i]);
	free(hosts->v);
	args_clear(&hosts->complaints);
	*hosts = (struct hosts)HOSTS_INIT;
}

/* Reads a decimal number of 1..max; on failure sets why. */
static int
read_number(struct reader *in, int max, const char *why)
{
	long sum = 0;
	const char *start = in->at;

	while (*in->at >= '0' && *in->at <= '9') {
		sum = sum * 10 + (*in->at++ - '0');
		if (sum > max)
			break;
	}
	if (in->at == start || sum < 1 || sum > max) {
		in->why = why;
		return 0;
	}
	return (int)sum;
}

static void
read_slots(struct reader *in, struct host *host)
{
	if (in->why != NULL || (*in->at != '/' && *in->at != '='))
		return;
	in->at++;
	host->slots = read_number(in, MAX_SLOTS,
				  "a limit is a number from 1 to 9999");
}

static void
read_port(struct reader *in, struct host *host)
{
	if (in->why != NULL || *in->at != ':')
		return;
	in->at++;
	host->port = read_number(in, MAX_PORT,
				 "a port is a number from 1 to 65535");
}

/* Reads up to one of the characters in end. */
static char *
read_until(struct reader *in, const char *end)
{
	size_t len = strcspn(in->at, end);
	char *part = xstrndup(in->at, len);

	in->at += len;
	return part;
}

/* The same for what may be left out; NULL if it is. */
static char *
read_optional(struct reader *in, const char *end)
{
	return strchr(end, *in->at) != NULL ? NULL : read_until(in, end);
}

static void
read_name(struct reader *in, struct host *host)
{
	if (*in->at == '[') {
		in->at++;
		host->name = read_until(in, "]");
		if (*in->at != ']')
			in->why = "an IPv6 address ends with ']'";
		else
			in->at++;
	} else {
		host->name = read_until(in, "/:,");
	}
	if (in->why == NULL && *host->name == '\0')
		in->why = "the host's name is missing";
	/* ssh, if not we, would take it for an option. */
	if (in->why == NULL && *host->name == '-')
		in->why = "a host's name does not begin with '-'";
	if (in->why == NULL && strchr(host->name, '/') != NULL)
		in->why = "a host's name has no '/'";
}

static void
read_option(struct reader *in, struct host *host)
{
	char *option = read_until(in, ",");

	if (strcmp(option, "lzo") == 0)
		host->lzo = 1;
	else if (strcmp(option, "cpp") == 0)
		host->cpp = 1;
	else if (strcmp(option, "down") == 0)
		host->down = 1;
	else if (strcmp(option, "auth") == 0 ||
		 strncmp(option, "auth=", 5) == 0)
		in->why = "authentication is not built in";
	else
		in->why = "the options are lzo, cpp and down";
	free(option);
}

static void
read_options(struct reader *in, struct host *host)
{
	while (in->why == NULL && *in->at == ',') {
		in->at++;
		read_option(in, host);
	}
	if (in->why == NULL && host->cpp && !host->lzo)
		in->why = "cpp needs lzo too";
	if (in->why == NULL && *in->at != '\0')
		in->why = "what follows the host does not parse";
}

static void
read_ssh(struct reader *in, struct host *host)
{
	host->kind = HOST_SSH;
	host->user = read_optional(in, "@");
	in->at++;
	if (host->user != NULL && *host->user == '-')
		in->why = "a user's name does not begin with '-'";
	read_name(in, host);
	read_slots(in, host);
	if (in->why == NULL && *in->at == ':') {
		in->at++;
		host->command = read_optional(in, ",");
	}
	read_options(in, host);
}

static void
read_tcp(struct reader *in, struct host *host)
{
	host->kind = HOST_TCP;
	host->port = WIRE_DEFAULT_PORT;
	read_name(in, host);
	read_slots(in, host);
	read_port(in, host);
	read_slots(in, host);
	read_options(in, host);
}

static int
is_local(const char *word)
{
	size_t len = strlen(LOCAL_WORD);

	return strncmp(word, LOCAL_WORD, len) == 0 &&
	       (word[len] == '\0' || word[len] == '/');
}

static void
read_local(struct reader *in, struct host *host)
{
	host->kind = HOST_LOCAL;
	host->slots = LOCAL_SLOTS;
	host->name = xstrdup(LOCAL_WORD);
	in->at += strlen(LOCAL_WORD);
	read_slots(in, host);
	if (in->why == NULL && *in->at != '\0')
		in->why = "nothing but a limit can follow localhost";
}

/* Returns NULL, or what is wrong with word; then nothing was added. */
static const char *
add_host(struct hosts *hosts, const char *word)
{
	struct host host = { .word = xstrdup(word), .slots = REMOTE_SLOTS };
	struct reader in = { word, NULL };

	if (is_local(word))
		read_local(&in, &host);
	else if (strchr(word, '@') != NULL)
		read_ssh(&in, &host);
	else
		read_tcp(&in, &host);
	if (in.why != NULL) {
		free_host(&host);
		return in.why;
	}
	hosts->v = xrealloc(hosts->v, (hosts->count + 1) * sizeof *hosts->v);
	hosts->v[hosts->count++] = host;
	return NULL;
}

/* Whether word is option=N; then *value is set, or *why. */
static int
is_number_option(const char *word, const char *option, int *value,
		 const char **why)
{
	size_t len = strlen(option);
	struct reader in = { word + len, NULL };
	int number;

	if (strncmp(word, option, len) != 0)
		return 0;
	number = read_number(&in, MAX_SLOTS,
			     "it takes a number from 1 to 9999");
	if (in.why == NULL && *in.at != '\0')
		in.why = "it takes a number and nothing else";
	if (in.why == NULL)
		*value = number;
	*why = in.why;
	return 1;
}

static const char *
add_word(struct hosts *hosts, const char *word)
{
	const char *why = NULL;

	if (is_number_option(word, "--localslots=", &hosts->local_slots, &why) ||
	    is_number_option(word, "--localslots_cpp=",
			     &hosts->local_cpp_slots, &why))
		return why;
	if (strcmp(word, "--randomize") == 0)
		hosts->randomize = 1;
	else if (strcmp(word, "+zeroconf") == 0)
		hosts->zeroconf = 1;
	else if (*word == '-')
		return "there is no such option";
	else
		return add_host(hosts, word);
	return NULL;
}

static void
complain(struct hosts *hosts, const char *word, const char *why)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "skipping '%s' in the host list: %s", word, why);
	args_take(&hosts->complaints, buf_steal(&text));
}

void
hosts_parse(struct hosts *hosts, const char *list)
{
	const char *why;
	char *word;
	size_t len;

	for (;;) {
		list += strspn(list, BLANKS);
		if (*list == '\0')
			return;
		if (*list == '#') {
			list += strcspn(list, "\n");
			continue;
		}
		len = strcspn(list, BLANKS "#");
		word = xstrndup(list, len);
		list += len;
		why = add_word(hosts, word);
		if (why != NULL)
			complain(hosts, word, why);
		free(word);
	}
}

/* A generator of our own, so that the caller's rand() is left alone. */
static unsigned
next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

void
hosts_shuffle(struct hosts *hosts, unsigned seed)
{
	struct host host;
	size_t i, j;

	for (i = hosts->count; i > 1; i--) {
		j = next_random(&seed) % i;
		host = hosts->v[i - 1];
		hosts->v[i - 1] = hosts->v[j];
		hosts->v[j] = host;
	}
}

int
hosts_any_cpp(const struct hosts *hosts)
{
	size_t i;

	for (i = 0; i < hosts->count; i++) {
		if (hosts->v[i].cpp)
			return 1;
	}
	return 0;
}

char *
hosts_lock_name(const struct host *host)
{
	struct buf name = BUF_INIT;

	switch (host->kind) {
	case HOST_TCP:
		buf_addf(&name, "tcp_%s_%d", host->name, host->port);
		break;
	case HOST_SSH:
		buf_addf(&name, "ssh_%s", host->name);
		break;
	case HOST_LOCAL:
		buf_add_str(&name, LOCAL_WORD);
		break;
	}
	return buf_steal(&name);
}
