/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_SUBSTITUTE_H
#define SCAN_SUBSTITUTE_H

#include "scan/expand.h"

struct evaluator;
struct macro;

/*
 * A macro's body with its arguments in place, # and ## done. *has_gap is set
 * if a blank is behind it.
 */
struct expand_slice substitute_body(struct evaluator *evaluator,
				    const struct macro *macro,
				    struct expand_argument *arguments,
				    int *has_gap);

#endif
