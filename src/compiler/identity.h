/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_IDENTITY_H
#define COMPILER_IDENTITY_H

#include <stddef.h>

#include "compiler/cmdline.h"

/*
 * The family of the compiler called name, by its own name, or for "cc",
 * "c++" and the like by the name of the file that pathlist (a PATH) leads
 * to, links followed. FAMILY_GCC if nothing says otherwise.
 */
enum family identity_family(const char *name, const char *pathlist);

/*
 * Whether dir/name, links followed, is distcc itself. For path_find_program:
 * what it says yes to must not be run as a compiler.
 */
int identity_is_wrapper(const char *dir, const char *name);

/*
 * Whether dir/name, links followed, only stands before a compiler, as links
 * to distcc or ccache do, and so says nothing about it. For
 * path_find_program.
 */
int identity_is_hidden(const char *dir, const char *name);

/* Whether the compiler called name takes C for C++: "g++", "clang++-14". */
int identity_is_cxx(const char *name);

/*
 * Whether the first len bytes of name are a target, such as
 * "x86_64-linux-gnu": two or more words with dashes between.
 */
int identity_is_triple(const char *name, size_t len);

/* The length of name without a version: "gcc-12.2" has 3. */
size_t identity_plain_length(const char *name);

/*
 * Whether name, without directories, is one by which compilers are called:
 * "gcc", "g++-12", "x86_64-linux-gnu-gcc-12", "clang++", "c99", ... This is
 * the rule by which a daemon looks for what it may run.
 */
int identity_is_compiler_name(const char *name);

#endif
