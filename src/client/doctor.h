/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DOCTOR_H
#define CLIENT_DOCTOR_H

struct settings;

/*
 * "distcc --doctor": tests this machine and each host of the list with the
 * compiler called name (NULL: a usual one), and prints what it found for
 * people, or as JSON. Returns the exit status: 0 if all is well, 1 if
 * something is wrong with a host, 2 if no host can be used or this machine
 * is not fit.
 */
int doctor_run(const struct settings *settings, const char *name, int json);

#endif
