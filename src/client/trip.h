/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_TRIP_H
#define CLIENT_TRIP_H

struct args;
struct attempt;
struct cmdline;
struct host;
struct remote_job;

/* A job's way to a host and back, whatever it takes along. */

/*
 * Makes the command that is sent by rewrite, which is told what the compiler
 * and the target are called elsewhere: rewrite_to_send, or rewrite_to_pump.
 */
void trip_make_command(const struct attempt *attempt,
		       void (*rewrite)(const struct cmdline *cmd,
				       const char *compiler,
				       const char *target, struct args *out),
		       struct args *args);

/*
 * One remote_compile, logged, recorded and shown to monitors. The caller has
 * set job's args, version, and what goes along. Returns what that does; the
 * result is attempt's.
 */
int trip_make(struct attempt *attempt, const struct host *host,
	      struct remote_job *job);

#endif
