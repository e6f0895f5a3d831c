/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_ACCESS_H
#define DAEMON_ACCESS_H

#include <stddef.h>

struct buf;
struct sockaddr;

/*
 * Who may connect: a list of address ranges. Every address is kept as IPv6
 * has it, IPv4 as ::ffff:a.b.c.d, so that a client matches the same rule
 * through an IPv4 and through a dual-stack socket.
 */
struct access_rule {
	unsigned char address[16];
	unsigned bits;
	unsigned scope;		/* of a link-local address; 0: any */
};

struct access {
	struct access_rule *rules;
	size_t count;
};

#define ACCESS_INIT { NULL, 0 }

/* Frees the rules; the list is then empty and reusable. */
void access_clear(struct access *access);

/*
 * Adds ADDRESS or ADDRESS/BITS; a name stands for all of its addresses, and
 * an IPv6 address may stand in brackets. %SCOPE behind a link-local address
 * or behind its BITS, an interface, limits it to clients that come from there.
 * Returns 0, or ERR_RESOLVE if there is no such address or interface, or
 * ERR_SYNTAX if BITS are not a number that fits the address, or if it is one
 * that has no scope.
 */
int access_add(struct access *access, const char *word);

/* Adds the networks that are private by convention, and this machine. */
void access_add_private(struct access *access);

/*
 * Whether addr may connect. A list without rules allows everyone; otherwise
 * an address of a family that has no rules here is denied.
 */
int access_allows(const struct access *access, const struct sockaddr *addr);

/*
 * Writes addr as IPv6 has it. Returns the length of the address in its own
 * family's bits, or 0, and writes nothing, if it is no IP address.
 */
unsigned access_widen(const struct sockaddr *addr,
		      unsigned char wide[static 16]);

/*
 * Appends a rule as ADDRESS/BITS, or ADDRESS where it is for one only; with
 * %INTERFACE behind the address if it has one.
 */
void access_write_rule(const struct access_rule *rule, struct buf *text);

#endif
