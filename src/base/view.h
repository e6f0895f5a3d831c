/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

struct buf;

/*
 * Which files a process sees by which names: two processes may have different
 * roots, or different mounts, and a name that one tells the other means
 * another file there. These append words that are equal only for processes
 * with the same root, or with the same root and mounts (the same as far as
 * the system tells).
 */
void view_add_root(struct buf *text);
void view_add_all(struct buf *text);

#endif
