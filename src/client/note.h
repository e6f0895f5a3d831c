/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_NOTE_H
#define CLIENT_NOTE_H

struct args;
struct cmdline;
struct record;
struct settings;

/*
 * Completes the record of the job that command, which means cmd, asked for,
 * and writes it to the journal, if the user wants one. A journal that cannot
 * be written must not disturb what it is about: that is only logged.
 */
void note_job(const struct settings *settings, const struct args *command,
	      const struct cmdline *cmd, struct record *record);

/* The same for a command that another distcc runs, before it is executed. */
void note_nested(const struct settings *settings, const struct args *command);

#endif
