/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_MACHINE_H
#define DAEMON_MACHINE_H

#include <stdint.h>

/*
 * What this machine has, as far as this process may use it: its processors
 * may be bound, and its control group may have a quota. Where a system does
 * not say so, what POSIX knows is the answer. All is asked afresh each time.
 */

/* How many processors' time this process may use, rounded up; at least 1. */
int machine_cpus(void);

/* How many processors this process may run on; at least 1. */
int machine_processors(void);

/* How many processors' time a quota allows, as 1.5; 0: there is none. */
double machine_quota(void);

/* How many bytes of memory this process may use at most; -1: unknown. */
int64_t machine_memory(void);

/* How many bytes of that could be had now; -1: unknown. */
int64_t machine_free_memory(void);

/* How many bytes may be written to the file system of path; -1: unknown. */
int64_t machine_free_disk(const char *path);

/* The load average of 1, 5 and 15 minutes. 0 or ERR_MISSING. */
int machine_load(double load[static 3]);

/* The same for tests, with /proc and /sys in root. */
int machine_cpus_in(const char *root);
int64_t machine_memory_in(const char *root);
int64_t machine_free_memory_in(const char *root);

#endif
