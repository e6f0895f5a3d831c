/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_INPUTS_H
#define SCAN_INPUTS_H

struct digest;
struct scan_result;
struct unit;

/*
 * Fills result, which is empty, with what unit, which was evaluated and not
 * refused, has found; refuses it still if two of its files are too much
 * alike.
 */
void inputs_collect(struct unit *unit, struct scan_result *result);

/* The digest of all that result's inputs are. */
void inputs_digest(const struct scan_result *result, struct digest *digest);

#endif
