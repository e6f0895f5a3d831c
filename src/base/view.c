/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/view.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

void
view_add_root(struct buf *text)
{
	struct stat st;

	if (stat("/", &st) == 0)
		buf_addf(text, "%llx-%llx", (unsigned long long)st.st_dev,
			 (unsigned long long)st.st_ino);
}

void
view_add_all(struct buf *text)
{
	/* Linux: "mnt:[4026531841]"; elsewhere there is no such link. */
	char mounts[64];
	ssize_t n = readlink("/proc/self/ns/mnt", mounts, sizeof mounts);

	view_add_root(text);
	if (n > 0) {
		buf_add_char(text, ' ');
		buf_add(text, mounts, (size_t)n);
	}
}
