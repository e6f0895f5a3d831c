/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DISCREPANCY_H
#define CLIENT_DISCREPANCY_H

struct settings;

/*
 * Compiles that failed with their sources on a server and succeeded here. As
 * in distcc 3.x, those of one session of pump(1) are counted by the size of a
 * file beside the socket of its include server; pump(1) reports them in the
 * end. Without a session, nothing is counted.
 */

/* Whether there were so many that sources are not sent any more. */
int discrepancy_is_too_much(const struct settings *settings);

/* One more. Says so, if it is the last one before that. */
void discrepancy_count(const struct settings *settings);

#endif
