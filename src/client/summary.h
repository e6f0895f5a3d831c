/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_SUMMARY_H
#define CLIENT_SUMMARY_H

struct settings;

/*
 * distcc --summary [--json]: prints what became of the jobs of the last build:
 * how many were done elsewhere, how many here and why, what each host did, and
 * what was lost. words end with NULL. Returns an exit code: 0, WHY_HERE if the
 * farm or this machine failed in a job, or if a job failed before any compiler
 * ran, or WHY_NO_RECORD (client/why.h).
 */
int summary_run(const struct settings *settings, char *const *words);

#endif
