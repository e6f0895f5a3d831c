/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/option_table.h"

const struct option *
option_table(const char *word, size_t *count)
{
	const struct option_table *table = &option_table_short;

	if (word[0] == '-' && word[1] == 'f')
		table = &option_table_f;
	else if (word[0] == '-' && word[1] == '-')
		table = &option_table_long;
	*count = table->count;
	return table->options;
}
