/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FARM_HOSTS_H
#define FARM_HOSTS_H

#include <stddef.h>

#include "base/args.h"

/* The list of machines that can help; its grammar is in distcc(1). */

enum host_kind {
	HOST_LOCAL,	/* this machine, without a daemon */
	HOST_TCP,
	HOST_SSH
};

struct host {
	char *word;	/* as it stands in the list */
	enum host_kind kind;
	char *name;	/* name or address, without brackets */
	char *user;	/* of ssh, or NULL */
	char *command;	/* of ssh, or NULL */
	int port;
	int slots;	/* jobs at once */
	int lzo;	/* protocol 2 */
	int cpp;	/* protocol 3: it takes sources; or 2 */
	int down;	/* listed, but never chosen */
};

struct hosts {
	struct host *v;
	size_t count;
	int local_slots;	/* jobs that cannot be distributed, at once */
	int local_cpp_slots;	/* preprocessors at once */
	int randomize;
	int zeroconf;
	/* One sentence for each word that was skipped, naming it. */
	struct args complaints;
};

#define HOSTS_INIT { NULL, 0, 4, 8, 0, 0, ARGS_INIT }

/*
 * Adds the hosts of a list to hosts. A word that is wrong is skipped, with a
 * complaint; the others serve.
 */
void hosts_parse(struct hosts *hosts, const char *list);

/* Puts the hosts in an order that depends on seed. */
void hosts_shuffle(struct hosts *hosts, unsigned seed);

/* Whether one of them takes sources. */
int hosts_any_cpp(const struct hosts *hosts);

/* Frees all; hosts is then empty and reusable. */
void hosts_clear(struct hosts *hosts);

/*
 * What a host is called in the names of lock files, the same as distcc 3.x
 * calls it: "localhost", "tcp_NAME_PORT", "ssh_NAME". Yours to free.
 */
char *hosts_lock_name(const struct host *host);

#endif
