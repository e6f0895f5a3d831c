/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_LIMITS_H
#define WIRE_LIMITS_H

/*
 * What a peer may ask of us. Every length and count is held against these
 * before anything is allocated; doc/protocol.txt states them.
 */

/* Words of a command, bytes of one word, bytes of all words. */
#define LIMIT_ARGC 16384
#define LIMIT_ARG (128 * 1024)
#define LIMIT_ARGS (1024 * 1024)

/* Bytes of a body, as it stands on the wire and as a plain file. */
#define LIMIT_BULK 0x40000000u

/* Bytes of what a compiler prints, plain. */
#define LIMIT_MESSAGES (16u << 20)

/* Milliseconds that a source or a reply may take in all, however it moves. */
#define LIMIT_BODY_MS (30 * 60000)

/*
 * Entries of a tree (version 3), bytes of a path in it, and bytes of all its
 * files, plain; they cannot be much more on the wire.
 */
#define LIMIT_ENTRIES 65536
#define LIMIT_PATH 4095
#define LIMIT_TREE (256u << 20)

/*
 * LZO needs a body whole in memory, twice. What comes from a peer is held
 * against bounds of its own, plain and as on the wire, since 4 KiB of it can
 * stand for 1 MiB. What goes to a peer and is longer than we can hold is
 * sent in LZO's form, but not compressed.
 */
#define LIMIT_LZO_RECEIVE (40u << 20)
#define LIMIT_LZO_WIRE (20u << 20)
#define LIMIT_LZO_SEND (24u << 20)

#endif
