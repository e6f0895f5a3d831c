/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CHECKREPORT_H
#define DAEMON_CHECKREPORT_H

struct check;
struct policy;

/*
 * Writes to the standard output what would be active, a "name: value" each
 * line. This process must be what the daemon would be: with its rights, and
 * in its directory.
 */
void checkreport_print(const struct check *check,
		       const struct policy *policy);

#endif
