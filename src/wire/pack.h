/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_PACK_H
#define WIRE_PACK_H

#include <stddef.h>

struct buf;

/*
 * Appends size > 0 bytes compressed, as LZO1X, the form that bodies have from
 * version 2 on. Returns 0, or ERR_LZO with nothing appended.
 */
int pack_add(struct buf *buf, const void *data, size_t size);

#endif
