/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/plan.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <lzo/lzo1x.h>

#include "agent/cargo.h"
#include "agent/store.h"
#include "base/buf.h"
#include "base/fd.h"
#include "compiler/environment.h"
#include "inputs.h"
#include "unit.h"
#include "wire/agent.h"

static struct store *store;
static struct scan_result result;
static struct agent_plan plan;

static void
set_up(void)
{
	unit_enter_dir();
	store = store_new(64u << 20, ".");
	result = (struct scan_result)SCAN_RESULT_INIT;
	plan = (struct agent_plan)AGENT_PLAN_INIT;
}

static void
tear_down(void)
{
	agent_plan_clear(&plan);
	scan_result_clear(&result);
	store_free(store);
	unit_leave_dir();
}

/* The plain content of an entry, as a server would have it. */
static void
read_entry(const struct agent_entry *entry, struct buf *text)
{
	int fd = plan.fds[entry->body.segment];
	size_t size = (size_t)fd_size(fd);
	unsigned char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	lzo_uint out = 1u << 20;

	ck_assert_ptr_ne(map, MAP_FAILED);
	buf_reset(text);
	ck_assert_int_eq(lzo1x_decompress_safe(map + entry->body.at,
					       entry->body.size,
					       (void *)buf_grow(text, out),
					       &out, NULL), LZO_E_OK);
	buf_wrote(text, out);
	munmap(map, size);
}

START_TEST(files_are_sent_as_they_are)
{
	char *a = write_input(&result, "a.c", SCAN_SOURCE, "int a;\n");
	char *b = write_input(&result, "b.h", 0, "int b;\n");
	struct buf text = BUF_INIT;

	result.bytes = 14;
	plan_make(&plan, &result, store);
	ck_assert_ptr_null(plan.refusal);
	ck_assert_uint_eq(plan.count, 2);
	ck_assert_uint_eq(plan.fd_count, 1);
	ck_assert_str_eq(plan.entries[0].name, a);
	ck_assert_str_eq(plan.entries[1].name, b);
	read_entry(&plan.entries[1], &text);
	ck_assert_str_eq(text.data, "int b;\n");
	ck_assert_uint_eq(plan.bytes, 14);
	ck_assert_uint_eq(plan.sent_bytes, plan.entries[0].body.size +
			  plan.entries[1].body.size);
	buf_clear(&text);
	free(a);
	free(b);
}
END_TEST

START_TEST(a_file_by_an_absolute_name_begins_with_it)
{
	char *a = write_input(&result, "a.h", SCAN_ABSOLUTE, "int a;\n");
	char *b = write_input(&result, "b.h", SCAN_ABSOLUTE, "int a;\n");
	struct buf text = BUF_INIT, wanted = BUF_INIT;
	size_t i;

	plan_make(&plan, &result, store);
	ck_assert_uint_eq(plan.count, 2);
	for (i = 0; i < 2; i++) {
		buf_reset(&wanted);
		buf_addf(&wanted, "#line 1 \"%s\"\nint a;\n", i == 0 ? a : b);
		read_entry(&plan.entries[i], &text);
		ck_assert_str_eq(text.data, wanted.data);
	}
	buf_clear(&text);
	buf_clear(&wanted);
	free(a);
	free(b);
}
END_TEST

START_TEST(what_the_system_has_goes_as_a_link)
{
	add_file(&result, "/opt/cc/include/x.h", SCAN_SYSTEM, "x");
	add_link(&result, "/opt/cc/include/link", "x.h");
	add_link(&result, "/opt/link", "cc");
	add_input(&result, SCAN_SYSTEM_DIR, "/opt/cc/include");
	add_input(&result, SCAN_SYSTEM_DIR, "/opt/cc/include/c++");
	add_input(&result, SCAN_DIRECTORY, "/opt/cc/include/d");
	plan_make(&plan, &result, store);
	ck_assert_ptr_null(plan.refusal);
	ck_assert_uint_eq(plan.count, 2);
	ck_assert_uint_eq(plan.fd_count, 0);
	ck_assert_str_eq(plan.entries[0].name, "/opt/link");
	ck_assert_str_eq(plan.entries[0].target, "cc");
	ck_assert_str_eq(plan.entries[1].name, "/opt/cc/include");
	/* 20 steps, and one for each slash. */
	ck_assert_str_eq(plan.entries[1].target,
			 "../../../../../../../../../../../../../../../../"
			 "../../../../../../../opt/cc/include");
}
END_TEST

START_TEST(a_directory_has_a_placeholder_unless_it_is_not_empty)
{
	add_input(&result, SCAN_DIRECTORY, "/d/empty");
	add_input(&result, SCAN_DIRECTORY, "/d/linked");
	add_link(&result, "/d/linked/x/y", "z");
	add_input(&result, SCAN_DIRECTORY, "/d/sys");
	add_file(&result, "/d/sys/x.h", SCAN_SYSTEM, "x");
	plan_make(&plan, &result, store);
	ck_assert_uint_eq(plan.count, 3);
	ck_assert_str_eq(plan.entries[0].name, "/d/empty/" TREE_PLACEHOLDER);
	ck_assert_int_eq(plan.entries[0].kind, TREE_FILE);
	ck_assert_uint_eq(plan.entries[0].body.size, 0);
	ck_assert_str_eq(plan.entries[1].name, "/d/linked/x/y");
	ck_assert_str_eq(plan.entries[2].name, "/d/sys/" TREE_PLACEHOLDER);
}
END_TEST

START_TEST(an_empty_file_has_no_body)
{
	free(write_input(&result, "a.h", 0, ""));
	plan_make(&plan, &result, store);
	ck_assert_uint_eq(plan.count, 1);
	ck_assert_uint_eq(plan.entries[0].body.size, 0);
	ck_assert_uint_eq(plan.fd_count, 0);
}
END_TEST

START_TEST(a_file_that_changed_meanwhile_is_a_refusal)
{
	char *path = write_input(&result, "a.h", 0, "one");

	ck_assert_int_eq(file_write(path, "two", 3), 0);
	plan_make(&plan, &result, store);
	ck_assert_str_eq(plan.refusal, refusal_name(REFUSAL_CHANGING));
	ck_assert_str_eq(plan.culprit.data, path);
	ck_assert_uint_eq(plan.count, 0);
	free(path);
}
END_TEST

START_TEST(the_scanners_refusal_is_passed_on)
{
	result.refusal = REFUSAL_PRAGMA;
	buf_add_str(&result.culprit, "x.h");
	plan_make(&plan, &result, store);
	ck_assert_str_eq(plan.refusal, refusal_name(REFUSAL_PRAGMA));
	ck_assert_str_eq(plan.phrase.data, refusal_text(REFUSAL_PRAGMA));
	ck_assert_str_eq(plan.culprit.data, "x.h");
}
END_TEST

/* Random enough that LZO cannot shorten it. */
static void
write_noise(const char *name, unsigned seed)
{
	char *path = path_join(unit_dir, name);
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; i < 900000; i++) {
		seed = seed * 1103515245 + 12345;
		buf_add_char(&text, (char)('!' + (seed >> 16) % 90));
	}
	ck_assert_int_eq(file_write(path, text.data, text.len), 0);
	add_file(&result, path, 0, text.data);
	buf_clear(&text);
	free(path);
}

START_TEST(bodies_in_many_segments_are_brought_together)
{
	struct digest key = DIGEST_INIT;
	struct store_place place;
	struct buf filler = BUF_INIT, text = BUF_INIT;
	char name[32];
	size_t i;

	/* Each file is in a segment of its own. */
	store_free(store);
	store = store_new(512u << 20, ".");
	memset(buf_grow(&filler, STORE_SEGMENT - 100), 'x',
	       STORE_SEGMENT - 100);
	buf_wrote(&filler, STORE_SEGMENT - 100);
	for (i = 0; i < AGENT_MAX_FDS + 4; i++) {
		snprintf(name, sizeof name, "f%02zu", i);
		free(write_input(&result, name, 0, name));
		plan_make(&plan, &result, store);
		agent_plan_clear(&plan);
		digest_add(&key, name, strlen(name));
		ck_assert_int_eq(store_add(store, &key, &filler, &place), 0);
	}
	plan_make(&plan, &result, store);
	ck_assert_ptr_null(plan.refusal);
	ck_assert_uint_le(plan.fd_count, AGENT_MAX_FDS);
	for (i = 0; i < plan.count; i++) {
		snprintf(name, sizeof name, "f%02zu", i);
		read_entry(&plan.entries[i], &text);
		ck_assert_str_eq(text.data, name);
	}
	buf_clear(&filler);
	buf_clear(&text);
}
END_TEST

START_TEST(more_than_the_store_holds_is_a_refusal)
{
	store_free(store);
	store = store_new(1u << 20, ".");
	write_noise("a", 1);
	write_noise("b", 2);
	plan_make(&plan, &result, store);
	ck_assert_str_eq(plan.refusal, refusal_name(REFUSAL_SIZE));
}
END_TEST

/* The client sends what the scanner asks for, though it cannot see it. */
START_TEST(the_client_sends_what_the_scanner_wants)
{
	const char *const *name;

	for (name = scan_variables; *name != NULL; name++)
		ck_assert_msg(environment_leads_to_files(*name), "%s", *name);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, files_are_sent_as_they_are);
	tcase_add_test(tcase, a_file_by_an_absolute_name_begins_with_it);
	tcase_add_test(tcase, what_the_system_has_goes_as_a_link);
	tcase_add_test(tcase,
		       a_directory_has_a_placeholder_unless_it_is_not_empty);
	tcase_add_test(tcase, an_empty_file_has_no_body);
	tcase_add_test(tcase, a_file_that_changed_meanwhile_is_a_refusal);
	tcase_add_test(tcase, the_scanners_refusal_is_passed_on);
	tcase_add_test(tcase, bodies_in_many_segments_are_brought_together);
	tcase_add_test(tcase, more_than_the_store_holds_is_a_refusal);
	tcase_add_test(tcase, the_client_sends_what_the_scanner_wants);
}

int
main(void)
{
	return unit_run("agent_plan", add_tests);
}
