/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/tick.h"

#define PREFIX "binstate_"
#define REFRESH_MS 20000
#define MAGIC 0x44494800ul	/* "DIH\0" */

/*
 * The record as it stands in the file, in this machine's own layout. Readers
 * check its size and the magic number.
 */
struct record {
	size_t size;
	unsigned long magic;
	unsigned long pid;
	char file[128];
	char host[128];
	int slot;
	enum state_phase phase;
	void *next;	/* readers chain records by it; nothing here */
};

static struct {
	struct record record;
	char path[PATH_MAX];
	int fd;
} state = { .fd = -1 };

static void
open_file(void)
{
	state.fd = open(state.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			0666);
}

static void
write_record(void)
{
	struct stat st;

	/* A monitor may have taken us for dead, and removed the file. */
	if (state.fd >= 0 && fstat(state.fd, &st) == 0 && st.st_nlink == 0) {
		close(state.fd);
		open_file();
	}
	/* A monitor that misses a record shows the one before. */
	if (state.fd >= 0 && pwrite(state.fd, &state.record,
				    sizeof state.record, 0) < 0)
		state_close();
}

static int
is_dead(const char *name)
{
	char *end;
	long pid;

	if (strncmp(name, PREFIX, strlen(PREFIX)) != 0)
		return 0;
	pid = strtol(name + strlen(PREFIX), &end, 10);
	return *end == '\0' && pid > 0 && kill((pid_t)pid, 0) < 0 &&
	       errno == ESRCH;
}

/* Nothing else would remove what a client left that SIGKILL ended. */
static void
sweep(const char *path)
{
	struct dirent *entry;
	DIR *dir = opendir(path);

	if (dir == NULL)
		return;
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (is_dead(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	closedir(dir);
}

void
state_open(const char *dir, const char *source)
{
	struct record *record = &state.record;

	if (dir == NULL)
		return;
	sweep(dir);
	memset(record, 0, sizeof *record);
	record->size = sizeof *record;
	record->magic = MAGIC;
	record->pid = (unsigned long)getpid();
	record->phase = STATE_STARTUP;
	snprintf(record->file, sizeof record->file, "%s", path_base(source));
	if (snprintf(state.path, sizeof state.path, "%s/" PREFIX "%ld", dir,
		     (long)getpid()) >= (int)sizeof state.path)
		return;
	open_file();
}

void
state_set_host(const char *host, int slot)
{
	snprintf(state.record.host, sizeof state.record.host, "%s", host);
	state.record.slot = slot;
}

static void
refresh(int signo)
{
	int saved = errno;

	(void)signo;
	write_record();
	errno = saved;
}

/*
 * Monitors take a file that was not written for a minute as dead. Without a
 * timer they will; there is nobody to be told.
 */
static void
keep_fresh(void)
{
	(void)tick_start(REFRESH_MS, REFRESH_MS, refresh, 0);
}

void
state_set_phase(enum state_phase phase)
{
	state.record.phase = phase;
	write_record();
	if (state.fd >= 0 && phase == STATE_COMPILE)
		keep_fresh();
}

void
state_refresh(void)
{
	write_record();
}

void
state_close(void)
{
	if (state.fd < 0)
		return;
	close(state.fd);
	state.fd = -1;
	unlink(state.path);
}
