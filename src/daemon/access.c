/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/access.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/net.h"

/* IPv4 addresses stand behind a prefix of this many bits. */
#define MAPPED_BITS 96

static const unsigned char mapped_prefix[MAPPED_BITS / 8] = {
	[10] = 0xff, [11] = 0xff
};

void
access_clear(struct access *access)
{
	free(access->rules);
	access->rules = NULL;
	access->count = 0;
}

unsigned
access_widen(const struct sockaddr *addr, unsigned char wide[static 16])
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	switch (addr->sa_family) {
	case AF_INET:
		memcpy(&in, addr, sizeof in);
		memcpy(wide, mapped_prefix, sizeof mapped_prefix);
		memcpy(wide + sizeof mapped_prefix, &in.sin_addr, 4);
		return 32;
	case AF_INET6:
		memcpy(&in6, addr, sizeof in6);
		memcpy(wide, &in6.sin6_addr, 16);
		return 128;
	default:
		return 0;
	}
}

/* The interface that a link-local address is one of, or 0. */
static unsigned
scope_of(const struct sockaddr *addr)
{
	struct sockaddr_in6 in6;

	if (addr->sa_family != AF_INET6)
		return 0;
	memcpy(&in6, addr, sizeof in6);
	return in6.sin6_scope_id;
}

static int
is_link_local(const unsigned char *wide)
{
	return wide[0] == 0xfe && (wide[1] & 0xc0) == 0x80;
}

/* Reads what stands behind the slash; nothing there means all bits. */
static int
parse_bits(const char *text, unsigned width, unsigned *bits)
{
	char *end;
	unsigned long value;

	*bits = width;
	if (*text == '\0')
		return 0;
	if (*text < '0' || *text > '9')
		return ERR_SYNTAX;
	value = strtoul(text, &end, 10);
	if (*end != '\0' || value > width)
		return ERR_SYNTAX;
	*bits = (unsigned)value;
	return 0;
}

static int
add_rule(struct access *access, const struct sockaddr *addr, const char *bits)
{
	struct access_rule rule;
	unsigned width = access_widen(addr, rule.address);
	int r;

	if (width == 0)
		return 0;
	r = parse_bits(bits, width, &rule.bits);
	if (r < 0)
		return r;
	/* No other client has a scope, so that such a rule is a mistake. */
	rule.scope = scope_of(addr);
	if (rule.scope != 0 && !is_link_local(rule.address))
		return ERR_SYNTAX;
	if (width == 32)
		rule.bits += MAPPED_BITS;
	access->rules = xrealloc(access->rules, (access->count + 1) *
				 sizeof *access->rules);
	access->rules[access->count++] = rule;
	return 0;
}

/*
 * Takes apart ADDRESS[/BITS], where a %SCOPE stands behind either. Returns
 * ERR_RESOLVE if there is no address, and ERR_SYNTAX if there are two scopes;
 * otherwise host, with the scope, and bits are the caller's to free.
 */
static int
split_word(const char *word, char **host, char **bits)
{
	size_t len = strcspn(word, "/");
	const char *behind = word[len] == '/' ? word + len + 1 : "";
	const char *scope = strchr(behind, '%');
	char *address;

	/* getaddrinfo would take no name for this machine. */
	if (len == 0)
		return ERR_RESOLVE;
	if (scope != NULL && memchr(word, '%', len) != NULL)
		return ERR_SYNTAX;
	address = net_without_brackets(word, len);
	if (scope == NULL) {
		*host = address;
		*bits = xstrdup(behind);
	} else {
		*host = concat(address, scope, (char *)NULL);
		*bits = xstrndup(behind, (size_t)(scope - behind));
		free(address);
	}
	return 0;
}

int
access_add(struct access *access, const char *word)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL, *ai;
	char *host, *bits;
	int r;

	r = split_word(word, &host, &bits);
	if (r < 0)
		return r;
	if (getaddrinfo(host, NULL, &hints, &list) != 0)
		r = ERR_RESOLVE;
	for (ai = list; r == 0 && ai != NULL; ai = ai->ai_next)
		r = add_rule(access, ai->ai_addr, bits);
	if (list != NULL)
		freeaddrinfo(list);
	free(host);
	free(bits);
	return r;
}

void
access_add_private(struct access *access)
{
	static const char *const networks[] = {
		"192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12",
		"127.0.0.0/8", "fe80::/10", "fc00::/7", "::1/128",
	};
	size_t i;

	/* Literals; a libc that knows no IPv6 has no such clients either. */
	for (i = 0; i < sizeof networks / sizeof *networks; i++)
		access_add(access, networks[i]);
}

static int
matches(const struct access_rule *rule, const unsigned char *wide)
{
	unsigned whole = rule->bits / 8, rest = rule->bits % 8;
	unsigned mask = 0xff00u >> rest & 0xff;

	/* ::/0 is all of IPv6; only here does IPv4 stand in a corner of it. */
	if (rule->bits < MAPPED_BITS &&
	    memcmp(wide, mapped_prefix, sizeof mapped_prefix) == 0)
		return 0;
	if (memcmp(rule->address, wide, whole) != 0)
		return 0;
	return rest == 0 || ((rule->address[whole] ^ wide[whole]) & mask) == 0;
}

int
access_allows(const struct access *access, const struct sockaddr *addr)
{
	unsigned char wide[16];
	size_t i;

	if (access->count == 0)
		return 1;
	if (access_widen(addr, wide) == 0)
		return 0;
	for (i = 0; i < access->count; i++) {
		if (access->rules[i].scope != 0 &&
		    access->rules[i].scope != scope_of(addr))
			continue;
		if (matches(&access->rules[i], wide))
			return 1;
	}
	return 0;
}

/* Which bits of byte i are compared. */
static unsigned char
mask_of_byte(unsigned bits, unsigned i)
{
	if (bits >= (i + 1) * 8)
		return 0xff;
	return bits <= i * 8 ? 0 : (unsigned char)(0xff00u >> bits % 8);
}

void
access_write_rule(const struct access_rule *rule, struct buf *text)
{
	const int is_ipv4 = rule->bits >= MAPPED_BITS &&
			    memcmp(rule->address, mapped_prefix,
				   sizeof mapped_prefix) == 0;
	char name[INET6_ADDRSTRLEN], interface[IF_NAMESIZE];
	unsigned char address[16];
	unsigned i;

	/* Bits that are not compared would only mislead. */
	for (i = 0; i < 16; i++)
		address[i] = rule->address[i] & mask_of_byte(rule->bits, i);
	if (is_ipv4)
		inet_ntop(AF_INET, address + MAPPED_BITS / 8, name,
			  sizeof name);
	else
		inet_ntop(AF_INET6, address, name, sizeof name);
	buf_add_str(text, name);
	if (rule->scope != 0 && if_indextoname(rule->scope, interface) != NULL)
		buf_addf(text, "%%%s", interface);
	if (rule->bits < 128)
		buf_addf(text, "/%u", is_ipv4 ? rule->bits - MAPPED_BITS :
						rule->bits);
}
