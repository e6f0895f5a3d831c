/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_JOBLOG_H
#define DAEMON_JOBLOG_H

struct board_job;

/* Writes the log's line about a job; ret is an EXITCODE_*. */
void joblog_write(const struct board_job *job, int ret);

#endif
