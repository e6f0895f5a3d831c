/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PREFIXMAP_H
#define DAEMON_PREFIXMAP_H

/*
 * Which compilers have -ffile-prefix-map (gcc since 8, clang since 10). A
 * worker asks each once, and again when its file has changed.
 */
struct prefixmap;

struct prefixmap *prefixmap_new(void);
void prefixmap_free(struct prefixmap *prefixmap);

/* Whether program, a path, has it. */
int prefixmap_is_known(struct prefixmap *prefixmap, const char *program);

#endif
