/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/logging.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "daemon/options.h"
#include "daemon/settings.h"

void
logging_open_first(void)
{
	struct stat st;

	log_init("distccd");
	log_set_level(LOG_INFO);
	if (fstat(STDERR_FILENO, &st) == 0 && S_ISSOCK(st.st_mode))
		log_to_syslog();
}

int
logging_open(const struct options *options, const struct settings *settings)
{
	log_set_level(options->level);
	log_set_format(options->log_json ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT);
	log_set_stamps(!options->log_stderr || !settings->stderr_is_journal);
	if (options->log_stderr)
		log_to_fd(STDERR_FILENO);
	else if (options->log_file == NULL)
		log_to_syslog();
	else if (log_to_file(options->log_file) < 0) {
		log_error_r(ERR_SYS, "cannot log to %s", options->log_file);
		log_to_syslog();
		return ERR_SYS;
	}
	return 0;
}
