/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_HOSTLIST_H
#define CLIENT_HOSTLIST_H

struct hosts;
struct settings;

/*
 * Reads the user's host list: DISTCC_HOSTS, or else the first file there is
 * of the user's and the system's. Returns 0, or ERR_MISSING if there is no
 * list, or no host in it. What is wrong with it is in hosts->complaints.
 */
int hostlist_read(const struct settings *settings, struct hosts *hosts);

/* The same, and what the list was taken from, or NULL, to be freed. */
int hostlist_read_from(const struct settings *settings, struct hosts *hosts,
		       char **source);

/* Warns of what is wrong with the list. */
void hostlist_log_complaints(const struct hosts *hosts);

#endif
