/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_SCANINCLUDES_H
#define CLIENT_SCANINCLUDES_H

struct settings;

/*
 * "distcc --scan-includes COMMAND...": prints which files would be sent in
 * pump mode, and sends none. Returns an exit code.
 */
int scanincludes_run(const struct settings *settings, char *const *words);

#endif
