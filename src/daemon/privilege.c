/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/privilege.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "daemon/tether.h"

/* What "nobody" is where no account has that name. */
#define NOBODY_ID 65534

struct account {
	uid_t uid;
	gid_t gid;
};

static int
find_named(const char *name, struct account *account)
{
	const struct passwd *pw = getpwnam(name);

	if (pw == NULL)
		return ERR_MISSING;
	account->uid = pw->pw_uid;
	account->gid = pw->pw_gid;
	return 0;
}

/* A number needs no account; it is then its own group as well. */
static int
find_numbered(const char *word, struct account *account)
{
	const struct passwd *pw;
	unsigned long id;
	char *end;

	if (*word < '0' || *word > '9')
		return ERR_MISSING;
	errno = 0;
	id = strtoul(word, &end, 10);
	/* The highest number means "nobody given" to the system calls. */
	if (*end != '\0' || errno != 0 || id >= (uid_t)-1)
		return ERR_MISSING;
	pw = getpwuid((uid_t)id);
	account->uid = (uid_t)id;
	account->gid = pw == NULL ? (gid_t)id : pw->pw_gid;
	return 0;
}

static void
find_account(const char *user, struct account *account)
{
	static const char *const usual[] = { "distcc", "distccd", "nobody" };
	size_t i;

	if (user != NULL) {
		if (find_named(user, account) == 0 ||
		    find_numbered(user, account) == 0)
			return;
		log_warn("--user %s: there is no such account; "
			 "it runs as nobody", user);
	}
	/* Who asked for an account that is missing gets the least of all. */
	for (i = user == NULL ? 0 : 2; i < sizeof usual / sizeof *usual; i++) {
		if (find_named(usual[i], account) == 0)
			return;
	}
	log_warn("there is no account 'nobody'; %d it is", NOBODY_ID);
	account->uid = account->gid = NOBODY_ID;
}

static int
become(const struct account *account)
{
	if (account->uid == 0) {
		log_error("compilers do not run as root");
		return -1;
	}
	if (setgid(account->gid) < 0 ||
	    setgroups(1, &account->gid) < 0 ||
	    setuid(account->uid) < 0) {
		log_error_r(ERR_SYS, "cannot become user %ld",
			    (long)account->uid);
		return -1;
	}
	if (getuid() != account->uid || geteuid() != account->uid ||
	    setuid(0) == 0) {
		log_error("root was not given up");
		return -1;
	}
	return 0;
}

int
privilege_drop(const char *user)
{
	const struct rlimit no_core = { 0, 0 };
	struct account account;

	if (getuid() != 0 && geteuid() != 0) {
		if (user != NULL)
			log_warn("--user is ignored: root did not start this");
	} else {
		find_account(user, &account);
		if (become(&account) < 0)
			return -1;
	}
	if (tether_forbid_new_privileges() < 0)
		log_warn_r(ERR_SYS, "programs may still gain privileges");
	/* A crash of a compiler must not fill the disk. */
	setrlimit(RLIMIT_CORE, &no_core);
	return 0;
}
