/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/verdict.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/proc.h"
#include "client/exitcode.h"
#include "client/object.h"
#include "client/record.h"
#include "client/source.h"
#include "compiler/cmdline.h"
#include "farm/hosts.h"
#include "farm/remote.h"
#include "wire/reply.h"

/* The first line that the server said about a fault of its own. */
static void
add_server_words(struct attempt *attempt)
{
	char line[256];
	ssize_t n;

	if (attempt->result.stderr_fd < 0)
		return;
	n = pread(attempt->result.stderr_fd, line, sizeof line - 1, 0);
	if (n <= 0)
		return;
	line[n] = '\0';
	line[strcspn(line, "\n")] = '\0';
	buf_addf(&attempt->trouble, ": %s", line);
}

enum attempt_outcome
verdict_of_fault(struct attempt *attempt, const struct host *host)
{
	uint32_t status = attempt->result.status;
	int code = proc_exit_code((int)status);

	buf_reset(&attempt->trouble);
	if (code == 0)
		buf_addf(&attempt->trouble, "%s sent 0x%lx, which is no "
			 "status", host->word, (unsigned long)status);
	else if (code == REPLY_REFUSED)
		buf_addf(&attempt->trouble, "%s refused it", host->word);
	else if (code == REPLY_BUSY)
		buf_addf(&attempt->trouble, "%s is busy", host->word);
	else if (code == REPLY_LIFETIME)
		buf_addf(&attempt->trouble, "it took too long on %s",
			 host->word);
	else if (code == REPLY_NO_COMPILER)
		buf_addf(&attempt->trouble, "%s cannot run the compiler",
			 host->word);
	else
		buf_addf(&attempt->trouble, "%s failed with status %d",
			 host->word, code);
	add_server_words(attempt);
	attempt->exit_code = code == 0 ? EXIT_PROTOCOL_ERROR :
			     code == REPLY_REFUSED ? EXIT_REFUSED :
			     code == REPLY_BUSY ? EXIT_NO_HOSTS : code;
	if (code == REPLY_BUSY) {
		attempt->reason = REASON_BUSY;
		return ATTEMPT_BUSY;
	}
	if (code == REPLY_IO_ERROR || code == REPLY_NO_MEMORY) {
		attempt->reason = REASON_HOSTS_FAILED;
		return ATTEMPT_FARM_FAILED;
	}
	attempt->reason = code == REPLY_NO_COMPILER ? REASON_NO_COMPILER :
						      REASON_REFUSED;
	return ATTEMPT_REFUSED;
}

enum attempt_outcome
verdict_of_error(struct attempt *attempt, const struct host *host, int r)
{
	static const char *const doing[] = {
		[REMOTE_CONNECT] = "connecting to",
		[REMOTE_SEND] = "sending to",
		[REMOTE_COMPILE] = "waiting for",
		[REMOTE_RECEIVE] = "receiving from",
	};
	const struct remote_result *result = &attempt->result;
	enum remote_fault fault = remote_fault(r, errno, result->phase);

	if (fault == REMOTE_FAULT_OURS)
		return attempt_ours(attempt, r, doing[result->phase],
				    host->word);
	buf_reset(&attempt->trouble);
	if (result->phase == REMOTE_CONNECT)
		buf_addf(&attempt->trouble, "failed to connect to %s: %s",
			 result->peer, err_text(r));
	else
		buf_addf(&attempt->trouble, "%s %s: %s", doing[result->phase],
			 host->word, err_text(r));
	if (result->phase == REMOTE_COMPILE && r == ERR_EOF)
		buf_add_str(&attempt->trouble,
			    " without an answer (its log says why)");
	attempt->exit_code =
		exitcode_of_error(r, result->phase != REMOTE_CONNECT);
	attempt->reason = REASON_HOSTS_FAILED;
	return fault == REMOTE_FAULT_HOST ? ATTEMPT_FARM_FAILED :
					    ATTEMPT_UNREACHED;
}

/* A server's compiler of the same name may be one for another machine. */
enum attempt_outcome
verdict_of_object(struct attempt *attempt, const struct host *host)
{
	struct buf what = BUF_INIT;
	int is_right = attempt->result.status != 0 ||
		       attempt->cmd->to_assembly ||
		       object_is_right(attempt->object.fd, &attempt->probe,
				       &attempt->cmd->args, &what);

	if (!is_right) {
		buf_reset(&attempt->trouble);
		buf_addf(&attempt->trouble, "%s sent a wrong object: %s",
			 host->word, what.data);
		attempt->exit_code = EXIT_PROTOCOL_ERROR;
		attempt->reason = REASON_OBJECT;
	}
	buf_clear(&what);
	if (!is_right)
		return ATTEMPT_FARM_FAILED;
	if (attempt->result.status != 0 || attempt->way == RECORD_WAY_PUMP ||
	    !source_shows_in_object(attempt->cmd, attempt->object.fd))
		return ATTEMPT_VERDICT;
	attempt->reason = REASON_COLUMNS;
	return ATTEMPT_STAYS;
}
