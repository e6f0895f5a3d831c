/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/contents.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/digest.h"
#include "base/err.h"

/* Files that are remembered; more than that is a reason to begin anew. */
#define MAX_FILES 4096

/* A file that changed so shortly before may change again unseen. */
#define SETTLED_SECONDS 3

/* No header is longer; a log that a client has included may be. */
#define MAX_SIZE (64 << 20)

/* Most of a file that is read at a time. */
#define MAX_PIECE (1u << 24)

/* Which file it is, and in which state. */
struct version {
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec modified, changed;
};

struct content {
	char *path;		/* NULL: the place is free */
	struct version version;
	struct digest digest;
};

/* Open addressing; there are at least twice as many places as files. */
struct contents {
	struct content *places;
	size_t room, count;	/* room is a power of 2 */
};

struct contents *
contents_new(void)
{
	struct contents *contents = xcalloc(1, sizeof *contents);

	contents->room = 2 * MAX_FILES;
	contents->places = xcalloc(contents->room, sizeof *contents->places);
	return contents;
}

static void
forget_all(struct contents *contents)
{
	size_t i;

	for (i = 0; i < contents->room; i++) {
		free(contents->places[i].path);
		contents->places[i].path = NULL;
	}
	contents->count = 0;
}

void
contents_free(struct contents *contents)
{
	if (contents == NULL)
		return;
	forget_all(contents);
	free(contents->places);
	free(contents);
}

static size_t
hash(const char *path)
{
	struct digest digest = DIGEST_INIT;

	digest_add(&digest, path, strlen(path));
	return (size_t)(digest.a ^ digest.b);
}

/* Where path is, or would be. */
static struct content *
find(const struct contents *contents, const char *path)
{
	size_t i = hash(path) & (contents->room - 1);

	while (contents->places[i].path != NULL &&
	       strcmp(contents->places[i].path, path) != 0)
		i = (i + 1) & (contents->room - 1);
	return &contents->places[i];
}

static int
is_same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static struct version
version_of(const struct stat *st)
{
	return (struct version){ st->st_dev, st->st_ino, st->st_size,
				 st->st_mtim, st->st_ctim };
}

static int
is_same(const struct version *a, const struct version *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       is_same_time(&a->modified, &b->modified) &&
	       is_same_time(&a->changed, &b->changed);
}

static int
is_settled(const struct stat *st)
{
	const time_t limit = time(NULL) - SETTLED_SECONDS;

	return st->st_mtim.tv_sec < limit && st->st_ctim.tv_sec < limit;
}

/* One digest_add over all of it, as the client does it. */
static int
read_digest(int fd, size_t size, struct digest *digest)
{
	char *data = xmalloc(size + 1);
	size_t at = 0;
	ssize_t n = 1;

	while (n > 0 && at < size + 1) {
		n = read(fd, data + at, size + 1 - at < MAX_PIECE ?
			 size + 1 - at : MAX_PIECE);
		at += n > 0 ? (size_t)n : 0;
	}
	if (n == 0 && at == size)
		digest_add(digest, data, size);
	free(data);
	return n == 0 && at == size ? 0 : ERR_SYS;
}

static int
digest_file(const char *path, const struct version *version,
	    struct digest *digest)
{
	struct version now;
	struct stat st;
	int fd, r = ERR_SYS;

	*digest = (struct digest)DIGEST_INIT;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	if (fd < 0)
		return ERR_SYS;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= MAX_SIZE) {
		now = version_of(&st);
		if (is_same(&now, version))
			r = read_digest(fd, (size_t)st.st_size, digest);
	}
	close(fd);
	return r;
}

int
contents_digest(struct contents *contents, const char *path,
		const struct stat *st, struct digest *digest)
{
	const struct version version = version_of(st);
	struct content *content = find(contents, path);

	if (content->path != NULL && is_same(&content->version, &version)) {
		*digest = content->digest;
		return 0;
	}
	if (digest_file(path, &version, digest) < 0)
		return ERR_SYS;
	if (!is_settled(st))
		return 0;
	if (content->path == NULL && contents->count == MAX_FILES) {
		forget_all(contents);
		content = find(contents, path);
	}
	if (content->path == NULL) {
		content->path = xstrdup(path);
		contents->count++;
	}
	content->version = version;
	content->digest = *digest;
	return 0;
}
