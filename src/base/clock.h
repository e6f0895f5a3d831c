/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* A deadline that never comes. */
#define CLOCK_NEVER INT64_MAX

/* Milliseconds, or microseconds, of a clock that only moves forward. */
int64_t clock_ms(void);
int64_t clock_us(void);

/* The deadline that is ms milliseconds away; CLOCK_NEVER if ms is negative. */
int64_t clock_after(int64_t ms);

/*
 * What is left until deadline, as poll() wants it: at least 0, rounded so
 * that a wait of that length really passes the deadline; -1 for CLOCK_NEVER.
 */
int clock_left(int64_t deadline);

#endif
