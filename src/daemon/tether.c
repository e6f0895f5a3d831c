/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/tether.h"

#include <signal.h>
#include <unistd.h>

#include "base/err.h"

#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif

int
tether_to_parent(pid_t parent)
{
#ifdef PR_SET_PDEATHSIG
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) < 0)
		return ERR_SYS;
#endif
	return getppid() == parent ? 0 : ERR_MISSING;
}

int
tether_adopt_orphans(void)
{
#ifdef PR_SET_CHILD_SUBREAPER
	return prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
#else
	return 0;
#endif
}

int
tether_forbid_new_privileges(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
#else
	return 0;
#endif
}
