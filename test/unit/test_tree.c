/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "wire/tree.h"

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "peer.h"
#include "wire/limits.h"
#include "wire/request.h"

static struct conn conn;

/* The worked transcript of doc/protocol.txt. */
static const char golden[] =
	"DIST00000003" "CDIR00000002/w" "ARGC00000005" "ARGV00000003gcc"
	"ARGV00000002-c" "ARGV00000003x.c" "ARGV00000002-o" "ARGV00000003x.o"
	"NFIL00000004"
	"NAME00000006/w/x.c" "FILE00000011\036#include \"h\"\n\021\0\0"
	"NAME00000004/w/h" "LINK00000009/w/real.h"
	"NAME00000009/w/real.h" "FILE0000000b\030int x;\n\021\0\0"
	"NAME0000001d/w/d/forcing_technique_271828" "FILE00000000";

static const struct tree_entry entries[] = {
	{ TREE_FILE, "/w/x.c", NULL, "\036#include \"h\"\n\021\0", 17 },
	{ TREE_LINK, "/w/h", "/w/real.h", NULL, 0 },
	{ TREE_FILE, "/w/real.h", NULL, "\030int x;\n\021\0", 11 },
	{ TREE_FILE, "/w/d/" TREE_PLACEHOLDER, NULL, NULL, 0 },
};

static void
make_command(struct args *args)
{
	args_push(args, "gcc");
	args_push(args, "-c");
	args_push(args, "x.c");
	args_push(args, "-o");
	args_push(args, "x.o");
}

START_TEST(a_tree_is_these_bytes)
{
	struct args args = ARGS_INIT;
	char heard[400];

	make_command(&args);
	peer_open(&conn);
	ck_assert_int_eq(tree_send(&conn, "/w", &args, entries,
				   COUNT_OF(entries)), 0);
	ck_assert_uint_eq(sizeof golden - 1, 304);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard), 304);
	ck_assert_mem_eq(heard, golden, 304);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

static int
read_head(struct buf *cwd, struct args *args, uint32_t *count)
{
	unsigned version;
	int r;

	r = request_read_version(&conn, &version);
	if (r == 0)
		r = tree_read_cwd(&conn, cwd);
	if (r == 0)
		r = request_read_args(&conn, args);
	if (r == 0)
		r = tree_read_count(&conn, count);
	return r;
}

/* One entry, with its body as it stands on the wire. */
static int
read_entry(struct buf *name, struct buf *value, enum tree_kind *kind)
{
	uint32_t size;
	int r = tree_read_entry(&conn, name, kind, value, &size);

	if (r < 0 || *kind == TREE_LINK)
		return r;
	r = conn_read(&conn, buf_grow(value, size), size);
	buf_wrote(value, r < 0 ? 0 : size);
	return r;
}

START_TEST(these_bytes_are_the_tree)
{
	struct buf cwd = BUF_INIT, name = BUF_INIT, value = BUF_INIT;
	struct args args = ARGS_INIT;
	enum tree_kind kind;
	uint32_t count, i;

	peer_saying(&conn, golden, sizeof golden - 1);
	ck_assert_int_eq(read_head(&cwd, &args, &count), 0);
	ck_assert_str_eq(cwd.data, "/w");
	ck_assert_uint_eq(args.count, 5);
	ck_assert_uint_eq(count, COUNT_OF(entries));
	for (i = 0; i < count; i++) {
		ck_assert_int_eq(read_entry(&name, &value, &kind), 0);
		ck_assert_str_eq(name.data, entries[i].name);
		ck_assert_int_eq(kind, entries[i].kind);
		if (kind == TREE_LINK)
			ck_assert_str_eq(value.data, entries[i].target);
		else
			ck_assert_uint_eq(value.len, entries[i].size);
	}
	buf_clear(&cwd);
	buf_clear(&name);
	buf_clear(&value);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

START_TEST(every_shorter_tree_is_cut_short)
{
	struct buf cwd = BUF_INIT, name = BUF_INIT, value = BUF_INIT;
	struct args args = ARGS_INIT;
	enum tree_kind kind;
	uint32_t count = 0, i;
	int r;

	peer_saying(&conn, golden, (size_t)_i);
	r = read_head(&cwd, &args, &count);
	for (i = 0; r == 0 && i < count; i++)
		r = read_entry(&name, &value, &kind);
	ck_assert_int_eq(r, ERR_EOF);
	buf_clear(&cwd);
	buf_clear(&name);
	buf_clear(&value);
	args_clear(&args);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *name;
	int is_sane;
} names[] = {
	{ "/", 1 },	  { "/a", 1 },	     { "/a/b.c", 1 },
	{ "/...", 1 },	  { "/..a", 1 },     { "/a../.b/b.", 1 },
	{ "/a b/\n", 1 }, { "/\xc3\xa4", 1 }, { "", 0 },
	{ "a", 0 },	  { "a/b", 0 },	     { "./a", 0 },
	{ "..", 0 },	  { "//", 0 },	     { "//a", 0 },
	{ "/a//b", 0 },	  { "/a/", 0 },	     { "/.", 0 },
	{ "/..", 0 },	  { "/./a", 0 },     { "/a/./b", 0 },
	{ "/a/../b", 0 }, { "/a/..", 0 },    { "/a/.", 0 },
	{ "/../a", 0 },
};

START_TEST(sane_names_are_told_from_others)
{
	ck_assert_int_eq(tree_name_is_sane(names[_i].name),
			 names[_i].is_sane);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} read_entries[] = {
	{ "NAME00000002/aFILE00000000", 0 },
	{ "NAME00000002/aFILEffffffff", 0 },	/* for bulk_read to judge */
	{ "NAME00000002/aLINK00000002..", 0 },
	{ "NAME00000002/aLINK00000000", ERR_PROTO },
	{ "NAME00000002/aLINK00001000", ERR_LIMIT },
	{ "NAME00000002/aLINKffffffff", ERR_LIMIT },
	{ "NAME00000002/aLINK00000009/a", ERR_EOF },
	{ "NAME00000002/aDOTI00000000", ERR_PROTO },
	{ "NAME00000002/aNAME00000002/b", ERR_PROTO },
	{ "NAME00000002/a", ERR_EOF },
	{ "NAME00000001/FILE00000000", ERR_PROTO },
	{ "NAME00000000FILE00000000", ERR_PROTO },
	{ "NAME00000001aFILE00000000", ERR_PROTO },
	{ "NAME00000005/../aFILE00000000", ERR_PROTO },
	{ "NAME00001000", ERR_LIMIT },
	{ "NAMEffffffff", ERR_LIMIT },
	{ "FILE00000000", ERR_PROTO },
};

START_TEST(entries_are_read_or_refused_whole)
{
	struct buf name = BUF_INIT, target = BUF_INIT;
	const char *bytes = read_entries[_i].bytes;
	enum tree_kind kind;
	uint32_t size;

	buf_add_str(&target, "left over");
	peer_saying(&conn, bytes, strlen(bytes));
	ck_assert_int_eq(tree_read_entry(&conn, &name, &kind, &target, &size),
			 read_entries[_i].r);
	if (read_entries[_i].r == 0)
		ck_assert_str_eq(target.data, kind == TREE_LINK ? ".." : "");
	buf_clear(&name);
	buf_clear(&target);
	peer_end(&conn);
}
END_TEST

static const char nul_in_name[] = "NAME00000003/\0aFILE00000000";
static const char nul_in_target[] = "NAME00000002/aLINK00000003a\0b";

START_TEST(a_nul_is_refused)
{
	struct buf name = BUF_INIT, target = BUF_INIT;
	enum tree_kind kind;
	uint32_t size;

	if (_i == 0)
		peer_saying(&conn, nul_in_name, sizeof nul_in_name - 1);
	else
		peer_saying(&conn, nul_in_target, sizeof nul_in_target - 1);
	ck_assert_int_eq(tree_read_entry(&conn, &name, &kind, &target, &size),
			 ERR_PROTO);
	buf_clear(&name);
	buf_clear(&target);
	peer_end(&conn);
}
END_TEST

static const struct {
	const char *bytes;
	int r;
} heads[] = {
	{ "CDIR00000002/wNFIL00000000", 0 },
	{ "CDIR00000001/NFIL00010000", 0 },
	{ "CDIR00000002/wNFIL00010001", ERR_LIMIT },
	{ "CDIR00000002/wNFILffffffff", ERR_LIMIT },
	{ "CDIR00000001wNFIL00000000", ERR_PROTO },
	{ "CDIR00000000NFIL00000000", ERR_PROTO },
	{ "CDIR00000003/..NFIL00000000", ERR_PROTO },
	{ "CDIR00001000", ERR_LIMIT },
	{ "CDIRffffffff", ERR_LIMIT },
	{ "ARGC00000001", ERR_PROTO },
};

START_TEST(heads_are_held_against_limits)
{
	struct buf cwd = BUF_INIT;
	uint32_t count;
	int r;

	peer_saying(&conn, heads[_i].bytes, strlen(heads[_i].bytes));
	r = tree_read_cwd(&conn, &cwd);
	if (r == 0)
		r = tree_read_count(&conn, &count);
	ck_assert_int_eq(r, heads[_i].r);
	buf_clear(&cwd);
	peer_end(&conn);
}
END_TEST

static int
send_entry(const char *cwd, const struct tree_entry *entry, size_t count)
{
	struct args args = ARGS_INIT;
	char heard[10];
	int r;

	make_command(&args);
	peer_open(&conn);
	r = tree_send(&conn, cwd, &args, entry, count);
	ck_assert_uint_eq(peer_heard(heard, sizeof heard) == 0, r != 0);
	args_clear(&args);
	peer_end(&conn);
	return r;
}

START_TEST(what_a_server_would_not_take_is_not_sent)
{
	char *path = xmalloc(LIMIT_PATH + 2);
	struct tree_entry entry = { TREE_FILE, "/a", NULL, "", 0 };

	memset(path, 'p', LIMIT_PATH + 1);
	path[0] = '/';
	path[LIMIT_PATH + 1] = '\0';
	ck_assert_int_eq(send_entry(path, &entry, 1), ERR_LIMIT);
	ck_assert_int_eq(send_entry(path + 1, &entry, 1), 0);
	ck_assert_int_eq(send_entry("/", &entry, LIMIT_ENTRIES + 1),
			 ERR_LIMIT);
	entry.size = LIMIT_LZO_WIRE + 1;
	ck_assert_int_eq(send_entry("/", &entry, 1), ERR_LIMIT);
	entry = (struct tree_entry){ TREE_LINK, "/a", path, NULL, 0 };
	ck_assert_int_eq(send_entry("/", &entry, 1), ERR_LIMIT);
	entry = (struct tree_entry){ TREE_FILE, path, NULL, NULL, 0 };
	ck_assert_int_eq(send_entry("/", &entry, 1), ERR_LIMIT);
	free(path);
}
END_TEST

START_TEST(all_files_together_have_a_limit)
{
	const size_t count = LIMIT_TREE / LIMIT_LZO_WIRE + 1;
	struct tree_entry *many = xcalloc(count, sizeof *many);
	size_t i;

	for (i = 0; i < count; i++)
		many[i] = (struct tree_entry){ TREE_FILE, "/a", NULL, "",
					       LIMIT_LZO_WIRE };
	ck_assert_int_eq(send_entry("/", many, count), ERR_LIMIT);
	free(many);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_test(tcase, a_tree_is_these_bytes);
	tcase_add_test(tcase, these_bytes_are_the_tree);
	tcase_add_loop_test(tcase, every_shorter_tree_is_cut_short, 0,
			    (int)sizeof golden - 1);
	tcase_add_loop_test(tcase, sane_names_are_told_from_others, 0,
			    COUNT_OF(names));
	tcase_add_loop_test(tcase, entries_are_read_or_refused_whole, 0,
			    COUNT_OF(read_entries));
	tcase_add_loop_test(tcase, a_nul_is_refused, 0, 2);
	tcase_add_loop_test(tcase, heads_are_held_against_limits, 0,
			    COUNT_OF(heads));
	tcase_add_test(tcase, what_a_server_would_not_take_is_not_sent);
	tcase_add_test(tcase, all_files_together_have_a_limit);
}

int
main(void)
{
	return unit_run("tree", add_tests);
}
