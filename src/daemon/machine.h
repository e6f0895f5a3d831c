/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_MACHINE_H
#define DAEMON_MACHINE_H
#include <stdint.h>
int64_t machine_free_memory(void);
int64_t machine_free_disk(const char *path);
#endif
