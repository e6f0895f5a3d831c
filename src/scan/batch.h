/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_BATCH_H
#define SCAN_BATCH_H

struct args;
struct buf;
struct dialect;
struct probe;

/*
 * The questions that a source asks its compiler: __has_attribute(unused). All
 * that are waiting are asked at once.
 */

/*
 * Asks the compiler of probe, with words. What could not be asked, for want of
 * a process or a file, waits on.
 */
void batch_ask(struct dialect *dialect, const struct probe *probe,
	       const struct args *words, char *const *envp);

/* Frees all queries of dialect. */
void batch_clear(struct dialect *dialect);

#endif
