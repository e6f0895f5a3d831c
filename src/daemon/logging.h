/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_LOGGING_H
#define DAEMON_LOGGING_H

struct options;
struct settings;

/* Where the log of a daemon goes. */

/* Until the options are known: stderr, unless that leads to a client. */
void logging_open_first(void);

/*
 * To where the options say, with their level and format; a file that cannot
 * be opened is named, and then it is syslog. A file that is open already is
 * opened again, since it may have been moved away. Returns 0, or ERR_SYS if
 * the log is not where the options say.
 */
int logging_open(const struct options *options,
		 const struct settings *settings);

#endif
