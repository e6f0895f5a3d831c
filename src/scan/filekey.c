/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/filekey.h"

#include <time.h>

#define SECOND 1000000000LL

/* Ticks last up to 10 ms; the clocks of file systems lag as much behind. */
#define TICK_NS 20000000LL
#define COARSE_NS (2 * SECOND)

static int64_t
nanoseconds(const struct timespec *time)
{
	return (int64_t)time->tv_sec * SECOND + time->tv_nsec;
}

void
filekey_set(struct filekey *key, const struct stat *st)
{
	key->dev = (uint64_t)st->st_dev;
	key->ino = (uint64_t)st->st_ino;
	key->size = (uint64_t)st->st_size;
	key->mtime_ns = nanoseconds(&st->st_mtim);
	key->ctime_ns = nanoseconds(&st->st_ctim);
}

int
filekey_equal(const struct filekey *one, const struct filekey *other)
{
	return one->dev == other->dev && one->ino == other->ino &&
	       one->size == other->size && one->mtime_ns == other->mtime_ns &&
	       one->ctime_ns == other->ctime_ns;
}

int64_t
filekey_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(&now);
}

int
filekey_is_fresh(const struct filekey *key, int64_t now, int is_coarse)
{
	int64_t window = is_coarse ? COARSE_NS : TICK_NS;

	/* Stamps without fractions may come from an old file system. */
	if (key->mtime_ns % SECOND == 0 && key->ctime_ns % SECOND == 0)
		window = COARSE_NS;
	return now - key->mtime_ns < window || now - key->ctime_ns < window;
}
