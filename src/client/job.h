/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_JOB_H
#define CLIENT_JOB_H

struct args;
struct settings;

/*
 * Does what command, a compiler's, asks for, here or on another machine, and
 * returns the exit code that this process shall end with.
 */
int job_run(const struct settings *settings, const struct args *command);

#endif
