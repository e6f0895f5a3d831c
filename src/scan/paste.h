/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_PASTE_H
#define SCAN_PASTE_H

#include "scan/expand.h"

struct evaluator;

/* ##: pastes right to the last token on the evaluator's stack. */
void paste_tokens(struct evaluator *evaluator, const struct token *right);

/* #: makes a string of an argument. */
void paste_quote(struct evaluator *evaluator, const struct expand_slice *slice,
		 struct token *string);

#endif
