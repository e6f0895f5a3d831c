/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_RESULT_H
#define DAEMON_RESULT_H

struct job;

/*
 * A compiler has ended by itself, with status as from wait(): answers the
 * client with what it said and made, or, if it was an accident of this machine
 * or a limit that ended it, with that. Returns 0 or an ERR_*, which was logged.
 */
int result_answer(struct job *job, int status);

#endif
