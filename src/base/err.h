/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * A function that can fail returns 0 (or a count) or one of these. ERR_SYS is
 * -1, so that the result of a system call passes up as it is, with errno
 * intact.
 */
enum {
	ERR_SYS = -1,		/* a system call failed; errno says how */
	ERR_EOF = -2,		/* the peer closed in the middle */
	ERR_PROTO = -3,		/* the bytes are not the protocol's */
	ERR_LIMIT = -4,		/* a length or a count is over its limit */
	ERR_TIMEOUT = -5,	/* a deadline passed */
	ERR_LZO = -6,		/* compressed data is damaged */
	ERR_VERSION = -7,	/* a protocol version that is not spoken here */
	ERR_SYNTAX = -8,	/* words that a person wrote do not parse */
	ERR_RESOLVE = -9,	/* a host name has no address */
	ERR_MISSING = -10,	/* what was looked for does not exist */
	ERR_DENIED = -11,	/* a rule forbids it */
	ERR_CANCEL = -12,	/* told to stop while waiting */
	ERR_NO_RESOLVER = -13	/* no host name can be looked up now */
};

/*
 * What r means, as the end of a sentence: "the peer closed the connection".
 * For ERR_SYS that is strerror(errno). The text is borrowed, and for ERR_SYS
 * valid only until the next call.
 */
const char *err_text(int r);

#endif
