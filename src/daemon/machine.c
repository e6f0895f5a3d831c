/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/machine.h"

#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/err.h"
#include "daemon/cgroup.h"
#include "daemon/procfile.h"

/* More processors than any system numbers. */
#define MAX_PROCESSORS (1024 * 1024)

#ifdef CPU_ALLOC
/* The kernel does not fill a set that is smaller than its own. */
static int
count_affinity(void)
{
	cpu_set_t *set;
	int room, count = 0;

	for (room = 1024; count == 0 && room <= MAX_PROCESSORS; room *= 2) {
		set = CPU_ALLOC((size_t)room);
		if (set == NULL)
			break;
		if (sched_getaffinity(0, CPU_ALLOC_SIZE(room), set) == 0)
			count = CPU_COUNT_S(CPU_ALLOC_SIZE(room), set);
		CPU_FREE(set);
	}
	return count;
}
#else
static int
count_affinity(void)
{
	return 0;
}
#endif

int
machine_processors(void)
{
	long count = count_affinity();

	if (count < 1)
		count = sysconf(_SC_NPROCESSORS_ONLN);
	if (count < 1)
		return 1;
	return count > MAX_PROCESSORS ? MAX_PROCESSORS : (int)count;
}

double
machine_quota(void)
{
	return cgroup_cpus("");
}

int
machine_cpus_in(const char *root)
{
	const int processors = machine_processors();
	const double quota = cgroup_cpus(root);
	int whole;

	if (quota == 0 || quota >= processors)
		return processors;
	whole = (int)quota;
	return quota > whole ? whole + 1 : whole;
}

int
machine_cpus(void)
{
	return machine_cpus_in("");
}

/* The smaller of two, where a negative number is unknown. */
static int64_t
smaller(int64_t a, int64_t b)
{
	if (a < 0)
		return b;
	return b < 0 || a < b ? a : b;
}

static int64_t
physical_memory(void)
{
#ifdef _SC_PHYS_PAGES
	const int64_t pages = sysconf(_SC_PHYS_PAGES);
	const int64_t size = sysconf(_SC_PAGESIZE);

	if (pages > 0 && size > 0)
		return pages * size;
#endif
	return -1;
}

int64_t
machine_memory_in(const char *root)
{
	return smaller(physical_memory(), cgroup_memory(root));
}

int64_t
machine_memory(void)
{
	return machine_memory_in("");
}

int64_t
machine_free_memory_in(const char *root)
{
	const int64_t kib = procfile_field(root, "/proc/meminfo",
					   "MemAvailable:");

	return smaller(kib < 0 || kib > INT64_MAX / 1024 ? -1 : kib * 1024,
		       cgroup_free_memory(root));
}

int64_t
machine_free_memory(void)
{
	return machine_free_memory_in("");
}

int64_t
machine_free_disk(const char *path)
{
	struct statvfs fs;

	if (statvfs(path, &fs) < 0)
		return -1;
	if (fs.f_frsize != 0 && fs.f_bavail > INT64_MAX / fs.f_frsize)
		return INT64_MAX;
	return (int64_t)(fs.f_bavail * fs.f_frsize);
}

int
machine_load(double load[static 3])
{
	return getloadavg(load, 3) == 3 ? 0 : ERR_MISSING;
}
