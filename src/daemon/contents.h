/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CONTENTS_H
#define DAEMON_CONTENTS_H

#include <sys/stat.h>

struct digest;

/*
 * What files of this machine contain, as digests that a worker remembers
 * from job to job: a header is read once, and again when it has changed.
 */
struct contents;

struct contents *contents_new(void);
void contents_free(struct contents *contents);

/*
 * Sets *digest to that of the file at path, for which lstat() has said st.
 * Returns 0 or ERR_SYS.
 */
int contents_digest(struct contents *contents, const char *path,
		    const struct stat *st, struct digest *digest);

#endif
