/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/buf.h"
#include "base/file.h"

int64_t
machine_free_memory(void)
{
	struct buf text = BUF_INIT;
	long long kb = -1;
	const char *line;

	if (file_read("/proc/meminfo", 65536, &text) == 0) {
		line = strstr(text.data, "MemAvailable:");
		if (line == NULL ||
		    sscanf(line, "MemAvailable: %lld", &kb) != 1)
			kb = -1;
	}
	buf_clear(&text);
	return kb < 0 ? -1 : kb * 1024;
}

int64_t
machine_free_disk(const char *path)
{
	struct statvfs fs;

	if (statvfs(path, &fs) < 0)
		return -1;
	return (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}

int
machine_load(double load[3])
{
	return getloadavg(load, 3) == 3 ? 0 : -1;
}
