/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/version.h"

int
version_is_spoken(unsigned version)
{
	return version >= VERSION_PLAIN && version <= VERSION_PUMP;
}

int
version_has_lzo(unsigned version)
{
	return version >= VERSION_LZO;
}
