/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scan/filekey.h"

#ifdef __linux__
#include <sys/vfs.h>
#endif

#ifdef __linux__
/* statfs(2) has the numbers. */
int
filekey_is_coarse(const char *path)
{
	static const unsigned long coarse[] = {
		0x6969,		/* NFS */
		0xff534d42,	/* CIFS */
		0xfe534d42,	/* SMB2 */
		0x517b,		/* SMB */
		0x65735546,	/* FUSE */
		0x4d44,		/* FAT */
		0x2011bab0,	/* exFAT */
		0x01021997,	/* 9P */
		0x4244,		/* HFS */
		0x482b		/* HFS+ */
	};
	struct statfs fs;
	unsigned i;

	if (statfs(path, &fs) < 0)
		return 1;
	for (i = 0; i < sizeof coarse / sizeof *coarse; i++) {
		if (((unsigned long)fs.f_type & 0xffffffffUL) == coarse[i])
			return 1;
	}
	return 0;
}
#else
/* Nobody tells, and to look again is never wrong. */
int
filekey_is_coarse(const char *path)
{
	(void)path;
	return 1;
}
#endif
