/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_BUILD_H
#define CLIENT_BUILD_H

/*
 * Which build this process works for: the same text for all jobs of one make,
 * ninja or the like, and for no others. That program is the topmost of the
 * processes above this one whose name is known to be a build tool's; where
 * there is none, a process group counts as a build. Yours to free.
 */
char *build_name(void);

/*
 * Whether name, as the system reports it for a process, is a tool's that
 * starts builds.
 */
int build_is_tool(const char *name);

#endif
