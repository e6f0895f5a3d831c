/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H

/* Room for "2026-11-24T23:48:12.345+00:00" and its NUL. */
#define STAMP_SIZE 48

/* Writes the time as ISO 8601 has it: here and now, to the millisecond. */
void stamp_write(char stamp[static STAMP_SIZE]);

#endif
