/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/err.h"
#include "target.h"
#include "wire/agent.h"
#include "wire/conn.h"

/* What is understood as a question is one that was measured as whole. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct agent_asked asked = AGENT_ASKED_INIT;
	const char *text = (const char *)data;
	ssize_t whole = agent_question_size(text, size);
	struct conn conn;
	uint32_t version;
	int r;

	REQUIRE(whole >= 0 || whole == ERR_PROTO || whole == ERR_LIMIT);
	REQUIRE(whole <= (ssize_t)size);
	conn_init_bytes(&conn, data, size);
	r = conn_read_token(&conn, "SCAN", &version);
	if (r == 0)
		r = agent_read_request(&conn, version, &asked);
	if (r == 0)
		REQUIRE(whole > 0 && asked.args.count > 0);
	conn_clear(&conn);
	agent_asked_clear(&asked);
	return 0;
}
