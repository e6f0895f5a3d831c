/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/census.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "daemon/escape.h"

#define MAX_FILE 65536

/* The names of processes that compile; what they hold is the jobs'. */
static int
is_compiler(const char *name)
{
	static const char *const begin[] = { "cc1", "clang", "gcc", "g++" };
	static const char *const whole[] = { "as", "c++", "cc", "collect2" };
	size_t i;

	for (i = 0; i < sizeof begin / sizeof *begin; i++) {
		if (strncmp(name, begin[i], strlen(begin[i])) == 0)
			return 1;
	}
	for (i = 0; i < sizeof whole / sizeof *whole; i++) {
		if (strcmp(name, whole[i]) == 0)
			return 1;
	}
	return 0;
}

/* The name stands in parentheses, and may have some in it. */
static int
copy_name(char *to, size_t size, const char *stat, const char *end)
{
	const char *start = strchr(stat, '(');
	size_t len;

	if (start == NULL || start >= end)
		return 0;
	len = (size_t)(end - start - 1);
	if (len > size - 1)
		len = size - 1;
	memcpy(to, start + 1, len);
	to[len] = '\0';
	escape_clean(to);
	return 1;
}

/* stat is the line of /proc/PID/stat. */
static void
add_process(struct census *census, const char *stat)
{
	char name[sizeof census->max_rss_name];
	const char *end = strrchr(stat, ')');
	long long pages;
	int64_t kb;
	char state;

	if (end == NULL || !copy_name(name, sizeof name, stat, end) ||
	    sscanf(end, ") %c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
		   "%*s %*s %*s %*s %*s %*s %*s %*s %*s %lld", &state,
		   &pages) != 2)
		return;
	if (state == 'D')
		census->blocked++;
	kb = pages * (sysconf(_SC_PAGESIZE) / 1024);
	if (kb <= census->max_rss_kb || is_compiler(name))
		return;
	census->max_rss_kb = kb;
	memcpy(census->max_rss_name, name, sizeof name);
}

static void
count_processes(struct census *census)
{
	DIR *dir = opendir("/proc");
	struct buf path = BUF_INIT, stat = BUF_INIT;
	const struct dirent *entry;

	while (dir != NULL) {
		entry = readdir(dir);
		if (entry == NULL)
			break;
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		buf_reset(&path);
		buf_reset(&stat);
		buf_addf(&path, "/proc/%s/stat", entry->d_name);
		if (file_read(path.data, MAX_FILE, &stat) < 0)
			continue;
		if (census->blocked < 0)
			census->blocked = 0;
		add_process(census, stat.data);
	}
	if (dir != NULL)
		closedir(dir);
	buf_clear(&path);
	buf_clear(&stat);
}

void
census_take(struct census *census)
{
	struct buf text = BUF_INIT;

	*census = (struct census){
		.running = -1, .blocked = -1, .max_rss_kb = -1,
	};
	if (file_read("/proc/loadavg", MAX_FILE, &text) == 0 &&
	    sscanf(text.data, "%*f %*f %*f %d", &census->running) != 1)
		census->running = -1;
	buf_clear(&text);
	count_processes(census);
}

/* Partitions, and what lies on top of disks, would count sectors twice. */
static int
is_disk(const char *name)
{
	static const char *const others[] = { "loop", "ram", "zram", "dm-",
					      "md" };
	struct buf path = BUF_INIT;
	int there;
	size_t i;

	for (i = 0; i < sizeof others / sizeof *others; i++) {
		if (strncmp(name, others[i], strlen(others[i])) == 0)
			return 0;
	}
	buf_addf(&path, "/sys/block/%s", name);
	there = access(path.data, F_OK) == 0;
	buf_clear(&path);
	return there;
}

int64_t
census_sectors(void)
{
	struct buf text = BUF_INIT;
	unsigned long long in, out;
	int64_t sum = -1;
	const char *line;
	char name[33];

	if (file_read("/proc/diskstats", MAX_FILE, &text) < 0)
		buf_reset(&text);
	for (line = text.data; *line != '\0'; line++) {
		if (sscanf(line, "%*d %*d %32s %*s %*s %llu %*s %*s %*s %llu",
			   name, &in, &out) == 3 && is_disk(name))
			sum = (sum < 0 ? 0 : sum) + (int64_t)(in + out);
		line = strchr(line, '\n');
		if (line == NULL)
			break;
	}
	buf_clear(&text);
	return sum;
}
