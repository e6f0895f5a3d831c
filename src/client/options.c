/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/options.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "client/doctor.h"
#include "client/exitcode.h"
#include "client/hostlist.h"
#include "client/links.h"
#include "client/scanincludes.h"
#include "client/settings.h"
#include "client/summary.h"
#include "client/why.h"
#include "farm/hosts.h"
#include "wire/version.h"

static int
show_version(const struct settings *settings, char *const *words)
{
	(void)settings;
	(void)words;
	printf("distcc %s %s\n"
	       "  (protocols 1, 2 and 3) (default port %d)\n"
	       "  built %s\n"
	       "Free software: the GNU General Public License, version 2 or "
	       "later;\nthere is NO WARRANTY.\n",
	       PACKAGE_VERSION, HOST_TRIPLE, WIRE_DEFAULT_PORT, BUILD_DATE);
	return 0;
}

static int
show_help(const struct settings *settings, char *const *words)
{
	show_version(settings, words);
	fputs(
"\nUsage: distcc COMPILER [COMPILER OPTIONS]\n"
"       distcc [COMPILER OPTIONS]\n"
"       COMPILER [COMPILER OPTIONS]   (COMPILER being a link to distcc)\n"
"       distcc [OPTION]\n"
"\n"
"Compiles on other machines that run distccd, or here.\n"
"\n"
"Options:\n"
"   --help                   this text\n"
"   --version                version, protocols and port\n"
"   --show-hosts             the host list, one host a line\n"
"   -j                       how many jobs the hosts take at once\n"
"   --doctor [--json] [COMPILER]\n"
"                            test this machine and all hosts\n"
"   --install-links [DIR]    make or mend links to distcc, one a compiler\n"
"   --why [--json] [FILE...] what became of the last jobs, and why\n"
"   --summary [--json]       the last build: jobs, hosts, reasons\n"
"   --scan-includes COMPILER [COMPILER OPTIONS]\n"
"                            the files that pump mode would send\n"
"\n"
"Environment variables:\n"
"   DISTCC_HOSTS             host list, see below\n"
"   DISTCC_DIR               state and host list, default ~/.distcc\n"
"   DISTCC_VERBOSE=1         log all that happens\n"
"   DISTCC_LOG               log file, default stderr\n"
"   DISTCC_FALLBACK=0        never compile here what the hosts failed at\n"
"   DISTCC_SKIP_LOCAL_RETRY  print a server's error messages as they are\n"
"   DISTCC_LOCAL_DIAGNOSTICS=0\n"
"                            print a server's warnings as they are\n"
"   DISTCC_BACKOFF_PERIOD    seconds to avoid a host that failed, 60\n"
"   DISTCC_IO_TIMEOUT        seconds without progress, 300\n"
"   DISTCC_PAUSE_TIME_MSEC   between two looks for a free slot, 1000\n"
"   DISTCC_NO_REWRITE_CROSS  send the compiler's name as it is\n"
"   DISTCC_SAVE_TEMPS=1      keep the preprocessed source\n"
"   TMPDIR                   temporary files, default /tmp\n"
"\n"
"Host list:\n"
"   HOST[/LIMIT][:PORT][,lzo[,cpp]]\n"
"   [IPv6]:PORT              an IPv6 address stands in brackets\n"
"   localhost[/LIMIT]        this machine, without a daemon\n"
"   --randomize              use the hosts in random order\n"
"   --localslots=N           jobs here at once, 4\n"
"   --localslots_cpp=N       preprocessors here at once, 8\n"
"\n"
"distcc(1) has all of it.\n", stdout);
	return 0;
}

static int
show_hosts(const struct settings *settings, char *const *words)
{
	struct hosts hosts = HOSTS_INIT;
	size_t i;

	(void)words;
	/* What is wrong with the list was logged; the old exit code stays. */
	(void)hostlist_read(settings, &hosts);
	hostlist_log_complaints(&hosts);
	for (i = 0; i < hosts.count; i++)
		puts(hosts.v[i].word);
	hosts_clear(&hosts);
	return 0;
}

static int
show_jobs(const struct settings *settings, char *const *words)
{
	struct hosts hosts = HOSTS_INIT;
	long sum = 0;
	size_t i;

	(void)words;
	(void)hostlist_read(settings, &hosts);
	hostlist_log_complaints(&hosts);
	for (i = 0; i < hosts.count; i++) {
		/* make -j$(distcc -j) is to keep all busy that can help. */
		if (hosts.v[i].kind != HOST_SSH)
			sum += hosts.v[i].slots;
	}
	printf("%ld\n", sum);
	hosts_clear(&hosts);
	return 0;
}

static int
run_doctor(const struct settings *settings, char *const *words)
{
	const char *name;
	int json = words[0] != NULL && strcmp(words[0], "--json") == 0;

	words += json;
	name = words[0];
	if (name != NULL && (*name == '-' || words[1] != NULL)) {
		log_error("usage: distcc --doctor [--json] [COMPILER]");
		return EXIT_BAD_ARGUMENTS;
	}
	return doctor_run(settings, name, json);
}

static int
install_links(const struct settings *settings, char *const *words)
{
	const char *dir = words[0] != NULL ? words[0] : LIBDIR "/distcc";

	if (*dir == '-' || (words[0] != NULL && words[1] != NULL)) {
		log_error("--install-links takes one directory");
		return EXIT_BAD_ARGUMENTS;
	}
	return links_install(dir, settings->path);
}

/*
 * Those without a function are of distcc 3.x, and not built in. words are
 * what follows the option.
 */
static const struct own_option {
	const char *name;
	int (*run)(const struct settings *settings, char *const *words);
} own_options[] = {
	{ "--help", show_help },
	{ "--version", show_version },
	{ "--show-hosts", show_hosts },
	{ "-j", show_jobs },
	{ "--install-links", install_links },
	{ "--why", why_run },
	{ "--summary", summary_run },
	{ "--doctor", run_doctor },
	{ "--scan-includes", scanincludes_run },
	{ "--show-principal", NULL },
};

static int
run_option(const struct own_option *option, const struct settings *settings,
	   char *const *words)
{
	int code;

	if (option->run == NULL) {
		log_error("%s is not built in yet", option->name);
		return EXIT_BAD_ARGUMENTS;
	}
	code = option->run(settings, words);
	/* An answer that nobody can read is none, whatever it is. */
	return fflush(stdout) != 0 || ferror(stdout) ? EXIT_IO_ERROR : code;
}

int
options_run(const struct settings *settings, char *const *argv,
	    int *exit_code)
{
	size_t i;

	if (argv[1] == NULL) {
		fputs("distcc: missing option/operand\n"
		      "Try `distcc --help' for more information.\n", stderr);
		*exit_code = EXIT_BAD_ARGUMENTS;
		return 1;
	}
	for (i = 0; i < sizeof own_options / sizeof *own_options; i++) {
		if (strcmp(argv[1], own_options[i].name) != 0)
			continue;
		*exit_code = run_option(&own_options[i], settings,
					argv + 2);
		return 1;
	}
	return 0;
}
