/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_VERSION_H
#define WIRE_VERSION_H

/* Where a server listens if nothing else was said. */
#define WIRE_DEFAULT_PORT 3632

/* The protocol's versions, as DIST and DONE carry them. */
enum {
	VERSION_PLAIN = 1,	/* preprocessed source, bodies as they are */
	VERSION_LZO = 2,	/* preprocessed source, bodies compressed */
	VERSION_PUMP = 3	/* a tree of files: the server preprocesses */
};

/* Whether a version can be served and asked for. */
int version_is_spoken(unsigned version);

/* Whether bodies of this version are compressed. */
int version_has_lzo(unsigned version);

#endif
