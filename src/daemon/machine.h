/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_MACHINE_H
#define DAEMON_MACHINE_H

#include <stdint.h>

/* Memory that could be used, in bytes; -1: unknown. */
int64_t machine_free_memory(void);

/* Disk space that is free where path is, in bytes; -1: unknown. */
int64_t machine_free_disk(const char *path);

/* The load averages of 1, 5 and 15 minutes. Returns 0 or -1. */
int machine_load(double load[3]);

#endif
