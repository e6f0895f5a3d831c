/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_SUBSTITUTE_H
#define SCAN_SUBSTITUTE_H

#include "scan/expand.h"

struct evaluator;
struct macro;

/*
 * A macro's body with its arguments in place, # and ## done. *gap is set to
 * the flags of a blank behind it.
 */
struct expand_slice substitute_body(struct evaluator *evaluator,
				    const struct macro *macro,
				    struct expand_argument *arguments,
				    uint8_t *gap);

#endif
