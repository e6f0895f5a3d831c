/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_JOBLOG_H
#define DAEMON_JOBLOG_H

struct board_job;

/*
 * Writes what the log says about one job that has ended: a line in text, or
 * in JSON an object with a member for each number. ret is an EXITCODE_*.
 */
void joblog_write(const struct board_job *job, int ret);

#endif
