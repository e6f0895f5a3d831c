/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_EXITCODE_H
#define DAEMON_EXITCODE_H

/*
 * What distccd exits with, and in inetd mode what its one job ended with
 * (distccd(1), "EXIT STATUS"). The summary line's "ret" is one of them too.
 */
enum {
	EXITCODE_OK = 0,
	EXITCODE_GENERAL = 100,
	EXITCODE_BAD_ARGUMENTS = 101,
	EXITCODE_BIND = 102,
	EXITCODE_NO_MEMORY = 105,	/* also: no process could be made */
	EXITCODE_IO_ERROR = 107,
	EXITCODE_TRUNCATED = 108,
	EXITCODE_PROTOCOL = 109,
	EXITCODE_NO_COMPILER = 110,	/* also: none may be run */
	EXITCODE_PRIVILEGE = 112,
	EXITCODE_DENIED = 113,
	EXITCODE_BUSY = 114,		/* there was no room for the job */
	EXITCODE_LIFETIME = 118,
	EXITCODE_AUTH = 119
};

#endif
