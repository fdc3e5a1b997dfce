// SPDX-License-Identifier: MIT
#include "review/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define NAME(text) (char[]){ text } /* for members that own their text elsewhere */

/*
 *   old  new
 *    10   10   context
 *    11    -   removed
 *    12    -   removed
 *     -   11   added
 *    13   12   context
 *    …         seven lines in step, one lower than before
 *    20    -   removed: a hunk without context
 *    21   19   …
 *     -   31   added behind the new line 30
 */
static struct diff_line first[] = {
	{ .origin = DIFF_CONTEXT, .old_line = 10, .new_line = 10 },
	{ .origin = DIFF_REMOVED, .old_line = 11 },
	{ .origin = DIFF_REMOVED, .old_line = 12 },
	{ .origin = DIFF_ADDED, .new_line = 11 },
	{ .origin = DIFF_CONTEXT, .old_line = 13, .new_line = 12 },
};
static struct diff_line second[] = { { .origin = DIFF_REMOVED, .old_line = 20 } };
static struct diff_line third[] = { { .origin = DIFF_ADDED, .new_line = 31 } };
static struct diff_hunk hunks[] = {
	{ .old_start = 10, .old_lines = 4, .new_start = 10, .new_lines = 3, .lines = first, .line_count = 5 },
	{ .old_start = 20, .old_lines = 1, .new_start = 18, .new_lines = 0, .lines = second, .line_count = 1 },
	{ .old_start = 32, .old_lines = 0, .new_start = 31, .new_lines = 1, .lines = third, .line_count = 1 },
};
static struct diff_line gone[] = { { .origin = DIFF_REMOVED, .old_line = 1 } };
static struct diff_hunk emptied = { .old_start = 1, .old_lines = 1, .lines = gone, .line_count = 1 };
static struct diff_file files[] = {
	{ .old_path = NAME("was.c"), .new_path = NAME("is.c"), .status = DIFF_FILE_RENAMED, .new_total_lines = 40, .hunks = hunks,
		.hunk_count = 3 },
	{ .old_path = NAME("empty.c"), .new_path = NAME("empty.c"), .hunks = &emptied, .hunk_count = 1 },
	{ .old_path = NAME("removed.c"), .status = DIFF_FILE_REMOVED, .hunks = &emptied, .hunk_count = 1 },
};
static const struct diff change = { .files = files, .file_count = 3 };

static int mapped(int old_line)
{
	struct comment comment = { .file = NAME("was.c"), .line = old_line, .end_line = old_line, .old_side = true };

	return change_locate(&change, &comment).start;
}

static void lines_before_and_between_hunks_run_in_step(void **state)
{
	(void)state;

	assert_int_equal(mapped(3), 3);
	assert_int_equal(mapped(13), 12);
	assert_int_equal(mapped(19), 18);
	assert_int_equal(mapped(21), 19);
	assert_int_equal(mapped(32), 30);
	assert_int_equal(mapped(33), 32);
}

static void a_removed_line_is_the_next_one_of_the_new_side(void **state)
{
	(void)state;

	assert_int_equal(mapped(11), 11);
	assert_int_equal(mapped(12), 11);
	assert_int_equal(mapped(20), 19);
}

static void what_was_removed_at_the_end_is_the_last_line(void **state)
{
	(void)state;

	assert_int_equal(mapped(100), 40);
}

static void a_range_of_removed_lines_stays_a_range(void **state)
{
	struct comment comment = { .file = NAME("was.c"), .line = 11, .end_line = 13, .old_side = true };
	struct spot spot = change_locate(&change, &comment);
	(void)state;

	assert_string_equal(spot.file, "is.c");
	assert_int_equal(spot.start, 11);
	assert_int_equal(spot.end, 12);
}

static void the_new_side_stays_as_it_is(void **state)
{
	struct comment comment = { .file = NAME("is.c"), .line = 12, .end_line = 500 };
	struct spot spot = change_locate(&change, &comment);
	(void)state;

	assert_int_equal(spot.start, 12);
	assert_int_equal(spot.end, 500);
}

static void a_file_that_was_emptied_has_no_line(void **state)
{
	struct comment comment = { .file = NAME("empty.c"), .line = 1, .end_line = 1, .old_side = true };
	struct spot spot = change_locate(&change, &comment);
	(void)state;

	assert_string_equal(spot.file, "empty.c");
	assert_int_equal(spot.start, 0);
	assert_int_equal(spot.end, 0);
}

static void a_file_that_was_removed_keeps_its_name(void **state)
{
	struct comment comment = { .file = NAME("removed.c"), .line = 1, .end_line = 1, .old_side = true };
	(void)state;

	assert_string_equal(change_locate(&change, &comment).file, "removed.c");
}

static const char *file_of(const char *named)
{
	struct comment comment = { .file = (char *)(uintptr_t)named, .line = 1, .end_line = 1 };

	return change_locate(&change, &comment).file;
}

static void a_file_is_known_by_the_names_that_diffs_and_tools_give_it(void **state)
{
	(void)state;

	assert_string_equal(file_of("b/is.c"), "is.c");
	assert_string_equal(file_of("a/was.c"), "is.c");
	assert_string_equal(file_of("./is.c"), "is.c");
	assert_string_equal(file_of("/is.c"), "is.c");
	assert_string_equal(file_of("c/is.c"), "c/is.c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_before_and_between_hunks_run_in_step),
		cmocka_unit_test(a_removed_line_is_the_next_one_of_the_new_side),
		cmocka_unit_test(what_was_removed_at_the_end_is_the_last_line),
		cmocka_unit_test(a_range_of_removed_lines_stays_a_range),
		cmocka_unit_test(the_new_side_stays_as_it_is),
		cmocka_unit_test(a_file_that_was_emptied_has_no_line),
		cmocka_unit_test(a_file_that_was_removed_keeps_its_name),
		cmocka_unit_test(a_file_is_known_by_the_names_that_diffs_and_tools_give_it),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
