/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_WHY_H
#define CLIENT_WHY_H

struct settings;

/* What "distcc --why" and "distcc --summary" end with, beside exitcode.h. */
enum {
	WHY_REMOTE,	/* all was as it should be */
	WHY_HERE,	/* something ran on this machine, or failed */
	WHY_NO_RECORD	/* the journal knows nothing of it */
};

/*
 * distcc --why [--json] [FILE...]: prints what became of the last job on each
 * FILE, why, and what to do about it; without FILE, of all jobs of the last
 * build that were not done elsewhere. words end with NULL. Returns an exit
 * code.
 */
int why_run(const struct settings *settings, char *const *words);

#endif
