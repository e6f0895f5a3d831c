/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/pump.h"

#include "base/err.h"

int
pump_ask(struct pump *pump, const struct settings *settings,
	 const struct cmdline *cmd)
{
	(void)settings;
	(void)cmd;
	buf_add_str(&pump->trouble, "there is nobody to be asked");
	return ERR_MISSING;
}

int
pump_agrees(const struct pump *pump, const struct seen *seen)
{
	(void)pump;
	(void)seen;
	return 0;
}

void
pump_distrust(struct pump *pump, const struct settings *settings,
	      const struct cmdline *cmd)
{
	(void)pump;
	(void)settings;
	(void)cmd;
}

void
pump_clear(struct pump *pump)
{
	buf_clear(&pump->trouble);
}
