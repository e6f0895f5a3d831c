/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_NAMING_H
#define COMPILER_NAMING_H

struct probe;

/*
 * What to call a compiler on another machine, where plain names may mean
 * something else (DISTCC_NO_REWRITE_CROSS turns this off).
 */

/*
 * The name to send for the compiler that is called name here, and that probe
 * asks: for "cc" and "c++" the compiler that they link to; for gcc and g++
 * the name with the target in front, where pathlist (a PATH) leads by that
 * name to the same program. A name with a slash is kept. Yours to free.
 */
char *naming_remote(const char *name, const char *pathlist,
		    const struct probe *probe);

/*
 * The target to tell a compiler that is called remote there, for it to make
 * what the one here makes; NULL if its name says enough, or the one here did
 * not tell. Yours to free.
 */
char *naming_target(const char *remote, const struct probe *probe);

#endif
