/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_CONDITION_H
#define SCAN_CONDITION_H

struct directive;
struct evaluator;
struct record;

/* Whether a branch's condition holds; refuses if that is not clear. */
int condition_holds(struct evaluator *evaluator, const struct record *record,
		    const struct directive *directive);

#endif
