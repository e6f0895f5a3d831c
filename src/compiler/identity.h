/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_IDENTITY_H
#define COMPILER_IDENTITY_H

#include "compiler/cmdline.h"

/*
 * The family of the compiler called name, by its own name, or for "cc",
 * "c++" and the like by the name of the file that pathlist (a PATH) leads
 * to, links followed. FAMILY_GCC if nothing says otherwise.
 */
enum family identity_family(const char *name, const char *pathlist);

/*
 * What to call the compiler on another machine, where plain names may mean
 * something else (DISTCC_NO_REWRITE_CROSS turns this off): "cc" and "c++"
 * by what they link to, gcc and g++ by their name with the target in front
 * where such a program is in pathlist. A name with a slash is kept.
 * Directories for which skip (path.h) says so are passed over. Yours to free.
 */
char *identity_remote_name(const char *name, const char *pathlist,
			   int (*skip)(const char *dir, const char *name));

/*
 * Whether dir/name, links followed, is distcc itself. For path_find_program:
 * what it says yes to must not be run as a compiler.
 */
int identity_is_wrapper(const char *dir, const char *name);

/* Whether the compiler called name takes C for C++: "g++", "clang++-14". */
int identity_is_cxx(const char *name);

/*
 * Whether name, without directories, is one by which compilers are called:
 * "gcc", "g++-12", "x86_64-linux-gnu-gcc-12", "clang++", "c99", ... This is
 * the rule by which a daemon looks for what it may run.
 */
int identity_is_compiler_name(const char *name);

#endif
