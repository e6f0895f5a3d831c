/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/net.h"

/* Of version 1, with its CR LF. */
#define LINE_MAX_SIZE 107
#define LINE_START "PROXY "
#define LINE_START_SIZE (sizeof LINE_START - 1)

/* Of version 2: signature, version and command, family, length. */
#define FIXED_SIZE 16
#define SIGNATURE_SIZE 12

static const unsigned char signature[SIGNATURE_SIZE] = {
	'\r', '\n', '\r', '\n', '\0', '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
};

/* What version 2 says of addresses over streams. */
struct family {
	unsigned char code;
	sa_family_t family;	/* AF_UNSPEC: none that we could use */
	size_t size;		/* source, destination, their ports */
	size_t port;		/* where the source's is in that */
};

static const struct family families[] = {
	{ 0x00, AF_UNSPEC, 0, 0 },
	{ 0x11, AF_INET, 12, 8 },
	{ 0x21, AF_INET6, 36, 32 },
	{ 0x31, AF_UNSPEC, 216, 0 },	/* two paths of AF_UNIX */
};

/* The connection speaks for itself. */
static void
set_nobody(struct sockaddr_storage *source)
{
	memset(source, 0, sizeof *source);
	source->ss_family = AF_UNSPEC;
}

/* port is in network order. */
static void
set_source(struct sockaddr_storage *source, sa_family_t family,
	   const unsigned char *address, uint16_t port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = port };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_port = port };

	memset(source, 0, sizeof *source);
	if (family == AF_INET) {
		memcpy(&in.sin_addr, address, sizeof in.sin_addr);
		memcpy(source, &in, sizeof in);
	} else {
		memcpy(&in6.sin6_addr, address, sizeof in6.sin6_addr);
		memcpy(source, &in6, sizeof in6);
		net_unmap(source);
	}
}

/* --- version 1 ------------------------------------------------------------ */

/* Ends the first word of *text, which one blank follows, and steps over it. */
static char *
take_word(char **text)
{
	char *word = *text;
	char *blank = strchr(word, ' ');

	if (blank == NULL) {
		*text = word + strlen(word);
		return word;
	}
	*blank = '\0';
	*text = blank + 1;
	return word;
}

/* A decimal number as the protocol writes it: no sign, no 0 in front. */
static int
parse_port(const char *word, uint16_t *port)
{
	unsigned long value = 0;
	size_t i;

	if (*word == '\0' || (*word == '0' && word[1] != '\0'))
		return ERR_PROTO;
	for (i = 0; word[i] != '\0'; i++) {
		if (i == 5 || word[i] < '0' || word[i] > '9')
			return ERR_PROTO;
		value = value * 10 + (unsigned long)(word[i] - '0');
	}
	if (value > UINT16_MAX)
		return ERR_PROTO;
	*port = htons((uint16_t)value);
	return 0;
}

static int
parse_addresses(char *rest, sa_family_t family,
		struct sockaddr_storage *source)
{
	unsigned char from[sizeof(struct in6_addr)];
	unsigned char to[sizeof(struct in6_addr)];
	uint16_t from_port, to_port;

	if (inet_pton(family, take_word(&rest), from) != 1 ||
	    inet_pton(family, take_word(&rest), to) != 1 ||
	    parse_port(take_word(&rest), &from_port) < 0 ||
	    parse_port(rest, &to_port) < 0)
		return ERR_PROTO;
	set_source(source, family, from, from_port);
	return 0;
}

/* Reads what stands between "PROXY " and the end of the line. */
static int
parse_words(char *rest, struct sockaddr_storage *source)
{
	const char *protocol = take_word(&rest);

	if (strcmp(protocol, "TCP4") == 0)
		return parse_addresses(rest, AF_INET, source);
	if (strcmp(protocol, "TCP6") == 0)
		return parse_addresses(rest, AF_INET6, source);
	if (strcmp(protocol, "UNKNOWN") != 0)
		return ERR_PROTO;
	/* What follows UNKNOWN, addresses perhaps, is not to be looked at. */
	set_nobody(source);
	return 0;
}

static int
parse_line(const unsigned char *data, size_t len,
	   struct sockaddr_storage *source)
{
	size_t room = len < LINE_MAX_SIZE ? len : LINE_MAX_SIZE;
	const unsigned char *end = memchr(data, '\n', room);
	char line[LINE_MAX_SIZE];
	size_t size;
	int r;

	if (end == NULL)
		return room < LINE_MAX_SIZE ? 0 : ERR_LIMIT;
	size = (size_t)(end - data) + 1;
	if (size < LINE_START_SIZE + 2 || end[-1] != '\r' ||
	    memchr(data, '\0', size) != NULL)
		return ERR_PROTO;
	memcpy(line, data, size - 2);
	line[size - 2] = '\0';
	r = parse_words(line + LINE_START_SIZE, source);
	return r < 0 ? r : (int)size;
}

/* --- version 2 ------------------------------------------------------------ */

/*
 * What is behind the fixed part that starts at data; or NULL for what is
 * reserved, and for datagrams, which are no way to reach us.
 */
static const struct family *
find_family(const unsigned char *data)
{
	size_t i;

	switch (data[12]) {
	case 0x20:
		/* LOCAL: whatever family it says is not to be looked at. */
		return &families[0];
	case 0x21:
		break;
	default:
		return NULL;
	}
	for (i = 0; i < sizeof families / sizeof *families; i++) {
		if (families[i].code == data[13])
			return &families[i];
	}
	return NULL;
}

static int
parse_binary(const unsigned char *data, size_t len,
	     struct sockaddr_storage *source)
{
	const struct family *family;
	uint16_t port;
	size_t size;

	if (len < FIXED_SIZE)
		return 0;
	size = (size_t)data[14] << 8 | data[15];
	if (FIXED_SIZE + size > PROXY_HEADER_MAX)
		return ERR_LIMIT;
	family = find_family(data);
	if (family == NULL || size < family->size)
		return ERR_PROTO;
	if (len < FIXED_SIZE + size)
		return 0;
	data += FIXED_SIZE;
	if (family->family == AF_UNSPEC) {
		set_nobody(source);
	} else {
		memcpy(&port, data + family->port, sizeof port);
		set_source(source, family->family, data, port);
	}
	return (int)(FIXED_SIZE + size);
}

/* --- both ----------------------------------------------------------------- */

/* Whether data begins with start, or is itself the beginning of it. */
static int
may_start(const unsigned char *data, size_t len, const void *start,
	  size_t size)
{
	return memcmp(data, start, len < size ? len : size) == 0;
}

int
proxy_parse(const unsigned char *data, size_t len,
	    struct sockaddr_storage *source)
{
	if (may_start(data, len, signature, sizeof signature))
		return parse_binary(data, len, source);
	if (may_start(data, len, LINE_START, LINE_START_SIZE))
		return parse_line(data, len, source);
	return ERR_PROTO;
}

int
proxy_read(struct proxy_reader *reader, int fd,
	   struct sockaddr_storage *source)
{
	unsigned char *end = reader->data + reader->len;
	size_t used;
	ssize_t n;
	int r;

	n = recv(fd, end, sizeof reader->data - reader->len,
		 MSG_PEEK | MSG_DONTWAIT);
	if (n == 0)
		return ERR_EOF;
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : ERR_SYS;
	r = proxy_parse(reader->data, reader->len + (size_t)n, source);
	if (r < 0)
		return r;
	/* Of an unfinished header, all that there is belongs to it. */
	used = r == 0 ? (size_t)n : (size_t)r - reader->len;
	n = recv(fd, end, used, MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : ERR_SYS;
	reader->len += (size_t)n;
	return r > 0 && (size_t)n == used;
}
