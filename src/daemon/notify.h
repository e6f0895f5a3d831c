/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

struct settings;

/*
 * Tells the service manager, if there is one that listens (sd_notify(3)), how
 * this daemon is: "READY=1", "STATUS=...", "STOPPING=1", "WATCHDOG=1", or
 * several of these with line feeds between. It never waits: what the manager
 * does not take at once is lost. errno stays as it is.
 */
void notify_send(const struct settings *settings, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Tells that the configuration is being read again; READY=1 ends that. */
void notify_reloading(const struct settings *settings);

/*
 * Within how many milliseconds the next WATCHDOG=1 is due, again and again;
 * -1 if nobody waits for it.
 */
int notify_interval_ms(const struct settings *settings);

#endif
