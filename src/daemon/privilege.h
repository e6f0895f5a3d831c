/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PRIVILEGE_H
#define DAEMON_PRIVILEGE_H

/*
 * If root runs this process, makes it run for good as user, a name or a
 * number, or, for NULL, as the account that exists for distccd, and in any
 * case forbids itself and all it starts to gain rights by executing a file.
 * Returns 0, or -1 after the cause was logged.
 */
int privilege_drop(const char *user);

#endif
