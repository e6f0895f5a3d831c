/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/owner.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

#if defined(HAVE_GETPEEREID)

static int
peer_uid(int socket, uid_t *uid)
{
	gid_t gid;

	return getpeereid(socket, uid, &gid);
}

#elif defined(SO_PEERCRED)

static int
peer_uid(int socket, uid_t *uid)
{
	struct ucred peer;
	socklen_t size = sizeof peer;

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return ERR_SYS;
	*uid = peer.uid;
	return 0;
}

#else

static int
peer_uid(int socket, uid_t *uid)
{
	(void)socket;
	(void)uid;
	errno = ENOSYS;
	return ERR_SYS;
}

#endif

int
owner_is_us(int socket)
{
	uid_t uid;

	return peer_uid(socket, &uid) == 0 && uid == geteuid();
}

int
owner_has_dir(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return 0;
	errno = S_ISDIR(st.st_mode) ? EPERM : ENOTDIR;
	return S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	       (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}
