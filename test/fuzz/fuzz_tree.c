/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libiberty.h>

#include "base/err.h"
#include "base/path.h"
#include "daemon/rebuild.h"
#include "daemon/root.h"
#include "target.h"
#include "wire/conn.h"
#include "wire/tree.h"

#define IDLE_MS 1000

/* A directory with a root in it, and what must stay as it is beside it. */
static char *
make_place(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = concat(tmp == NULL || *tmp == '\0' ? "/tmp" : tmp,
			   "/fuzz_tree_XXXXXX", (char *)NULL);

	REQUIRE(mkdtemp(dir) != NULL);
	return dir;
}

/* Nothing but the root is there. */
static void
check_place(const char *dir)
{
	char *root = path_join(dir, "root");

	REQUIRE(path_remove_tree(root) == 0);
	REQUIRE(rmdir(dir) == 0);
	free(root);
}

/* What follows the version in a request: CDIR, and, as args, NFIL. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct root root = ROOT_INIT;
	struct buf cwd = BUF_INIT;
	struct conn conn;
	struct rebuild rebuild = { .conn = &conn, .root = &root,
				   .program = "/usr/bin/gcc",
				   .telling = "/w/x.c",
				   .refusal = BUF_INIT };
	char *dir = make_place();
	int in = target_file(data, size), is_disk = 0, r;

	conn_init(&conn, in, in, IDLE_MS);
	r = tree_read_cwd(&conn, &cwd);
	if (r == 0) {
		REQUIRE(root_open(&root, path_join(dir, "root")) == 0);
		REQUIRE(root_add_dir(&root, cwd.data) != ERR_SYS);
		r = rebuild_tree(&rebuild, &is_disk);
	}
	REQUIRE(r <= 0 && !is_disk && r != ERR_TIMEOUT);
	REQUIRE((r == ERR_DENIED) == (rebuild.refusal.len > 0) || r < 0);
	REQUIRE(root.made <= ROOT_DIRS);
	root_clear(&root);
	check_place(dir);
	buf_clear(&rebuild.refusal);
	buf_clear(&cwd);
	conn_clear(&conn);
	close(in);
	free(dir);
	return 0;
}
