/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/clock.h"

#include <limits.h>
#include <time.h>

int64_t
clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
clock_ms(void)
{
	return clock_us() / 1000;
}

int64_t
clock_after(int64_t ms)
{
	return ms < 0 ? CLOCK_NEVER : clock_ms() + ms;
}

int
clock_left(int64_t deadline)
{
	int64_t left;

	if (deadline == CLOCK_NEVER)
		return -1;
	left = deadline - clock_ms();
	if (left <= 0)
		return 0;
	return left >= INT_MAX ? INT_MAX : (int)left;
}
