/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/pack.h"

#include <stdlib.h>

#include <lzo/lzo1x.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"

/* What lzo1x can grow data to in the worst case (LZO.FAQ). */
static size_t
worst_size(size_t size)
{
	return size + size / 16 + 64 + 3;
}

int
pack_add(struct buf *buf, const void *data, size_t size)
{
	unsigned char *out;
	lzo_uint out_size;
	void *work;
	int r;

	if (lzo_init() != LZO_E_OK)
		return ERR_LZO;
	work = xmalloc(LZO1X_1_MEM_COMPRESS);
	out = (unsigned char *)buf_grow(buf, worst_size(size));
	r = lzo1x_1_compress(data, size, out, &out_size, work);
	free(work);
	if (r != LZO_E_OK)
		return ERR_LZO;
	buf_wrote(buf, out_size);
	return 0;
}
