/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_TETHER_H
#define DAEMON_TETHER_H

#include <sys/types.h>

/*
 * What ties processes together beyond POSIX. Where a system lacks it, these
 * do nothing and return 0.
 */

/*
 * Asks for SIGTERM when parent, which forked this process, dies. Returns 0,
 * ERR_SYS, or ERR_MISSING if it is dead already.
 */
int tether_to_parent(pid_t parent);

/* This process, not init, now gets the orphans below it. 0 or ERR_SYS. */
int tether_adopt_orphans(void);

/* No program that is executed from here on gains rights. 0 or ERR_SYS. */
int tether_forbid_new_privileges(void);

#endif
