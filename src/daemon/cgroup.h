/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CGROUP_H
#define DAEMON_CGROUP_H

#include <stdint.h>

/*
 * What the control groups that this process is in let it have: its own one
 * and all above it, of version 2 or 1. Other systems have none, and neither
 * have those whose files are missing or say what nobody understands: then
 * there is no limit.
 *
 * root is where /proc and /sys are: "" but for tests.
 */

/* How many processors' time it may use, as 1.5; 0: no limit. */
double cgroup_cpus(const char *root);

/* How many bytes of memory it may use; -1: no limit. */
int64_t cgroup_memory(const char *root);

/*
 * How many bytes of that are free, or can be freed by forgetting files that
 * were read; -1: no limit.
 */
int64_t cgroup_free_memory(const char *root);

#endif
