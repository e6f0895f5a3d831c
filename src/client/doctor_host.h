/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DOCTOR_HOST_H
#define CLIENT_DOCTOR_HOST_H

#include <stdint.h>

#include "base/args.h"
#include "farm/backoff.h"

struct doctor_client;
struct host;
struct settings;

enum doctor_verdict {
	DOCTOR_OK,
	DOCTOR_LOCAL,	/* this machine, which needs no server */
	DOCTOR_DOWN,	/* the list says to leave it alone */
	DOCTOR_DIFFERS,	/* it works, but its objects are not ours */
	DOCTOR_REFUSED,
	DOCTOR_BUSY,	/* it had no room for the test */
	DOCTOR_FAILED,	/* it answers, but does not do the job */
	DOCTOR_UNREACHABLE,
	DOCTOR_NOT_TRIED
};

/* What "distcc --doctor" finds out about a host. */
struct doctor_host {
	const struct host *host;
	enum doctor_verdict verdict;
	char *why;	/* a sentence, or NULL */
	struct args addresses;
	char *peer;	/* the address that was used, or NULL */
	int64_t connect_us;	/* -1: not connected */
	int64_t compile_us;	/* all of the test, -1: none came back */
	int lzo;	/* 1: it works; 0: it does not; -1: not tried */
	int pump;	/* it went with its sources; -1: not tried */
	char *no_pump;	/* why not, or NULL */
	char *compiler;	/* by the object from there, or NULL */
	int slots_taken;	/* -1: cannot be told */
	enum backoff backoff;
};

/*
 * Tries host with the test unit of client, and compares what comes back. It
 * takes no slot, heeds no back-off and leaves none, and takes at most about
 * 20 seconds, besides the resolver's. result is overwritten, and to be
 * cleared.
 */
void doctor_host_check(struct doctor_host *result, const struct host *host,
		       const struct settings *settings,
		       const struct doctor_client *client);

void doctor_host_clear(struct doctor_host *result);

/* Whether jobs can go there, and whether all is as it should be. */
int doctor_verdict_is_usable(enum doctor_verdict verdict);
int doctor_verdict_is_good(enum doctor_verdict verdict);

#endif
