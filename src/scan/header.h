/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_HEADER_H
#define SCAN_HEADER_H

#include "scan/evaluate.h"

/*
 * Reads a header's name from what the evaluator reads, expanding macros.
 * Returns 0 if it refuses. Of *name, kind is left alone; the text stays.
 */
int header_read(struct evaluator *evaluator, struct include_name *name);

#endif
