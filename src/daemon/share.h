/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_SHARE_H
#define DAEMON_SHARE_H

#include <stddef.h>

struct sockaddr;

/*
 * What one client, that is one address, has of this daemon. Turns go to the
 * one with the least.
 */
struct share {
	unsigned char address[16];	/* IPv4 as IPv6 has it */
	unsigned scope;
	int held;	/* connections that no worker has yet */
	int working;	/* workers */
	int running;	/* compilers */
	int used;	/* by so many; with the last of them it goes */
};

struct shares {
	struct share **v;
	size_t count;
};

#define SHARES_INIT { NULL, 0 }

/* The share of addr, made if there is none. To be given back. */
struct share *shares_take(struct shares *shares, const struct sockaddr *addr);

void shares_give_back(struct shares *shares, struct share *share);

/* Frees the list, when all were given back. */
void shares_clear(struct shares *shares);

#endif
