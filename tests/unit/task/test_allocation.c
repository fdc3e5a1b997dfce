// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/* Loading refuses cleanly and leaks nothing, whichever allocation fails. */
#include "base/fs.h"
#include "support/failing_alloc.h"
#include "task/catalog.h"
#include "task/expect.h"
#include "task/position_changes.h"
#include "task/resolve.h"
#include "task/task.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static int load_task(struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	struct solutions solutions = { 0 };

	if (task_load(&task, "tests/cases/task/base/coding", false, e) < 0 || solutions_load(&solutions, task, e) < 0)
		return -1;
	solutions_done(&solutions);
	return 0;
}

static int render_manifest(struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *text = NULL;

	if (task_load(&task, "tests/cases/task/base/coding", false, e) < 0)
		return -1;
	return manifest_render(&task->manifest, &text, e);
}

static int load_rubric(struct err *e)
{
	AUTO_RUBRIC struct rubric *rubric = NULL;

	return rubric_load(&rubric, AT_FDCWD, "tests/cases/task/base/repository/rubrics/backend.json", e);
}

static int load_position(struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	if (position_load(&position, AT_FDCWD, "tests/cases/task/base/repository/rubrics/positions/engineer.json", e) < 0)
		return -1;
	return resolve_position(position, "tests/cases/task/base/repository", e);
}

/* Two versions that differ in every way there is. */
static int compare_positions(struct err *e)
{
	static const char before[] = "{\"id\": \"p\", \"stages\": [{\"id\": \"a\", \"due\": 1}, {\"id\": \"b\"}, {\"id\": \"c\"}]}";
	static const char after[] = "{\"id\": \"q\", \"stages\": [{\"id\": \"b\"}, {\"id\": \"a\", \"due\": 2}, {\"id\": \"d\"}]}";
	AUTO_JSON_DOC struct json_doc *was = NULL;
	AUTO_JSON_DOC struct json_doc *is = NULL;
	AUTO_POSITION_CHANGES struct position_changes changes = { 0 };
	struct json_at was_at, is_at;

	if (json_doc_parse(&was, "before", before, sizeof(before) - 1, e) < 0 ||
		json_doc_parse(&is, "after", after, sizeof(after) - 1, e) < 0)
		return -1;
	was_at = json_root(was);
	is_at = json_root(is);
	return position_compare(&changes, &was_at, &is_at, e);
}

static int begin_position(struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;
	AUTO_RUBRIC struct rubric *rubric = NULL;
	AUTO_JSON struct json *json = NULL;
	AUTO_FREE char *text = NULL;

	if (catalog_plan(&plan, AT_FDCWD, "senior-backend", e) < 0 || catalog_rubric(&rubric, AT_FDCWD, "senior-backend", e) < 0)
		return -1;
	json = position_new("p", NULL, plan, rubric, plan, rubric);
	return json_render(json, JSON_STYLE_PRETTY, &text, e);
}

/* Fails each allocation of f in turn, until none is left to fail. */
static void fail_each(int (*f)(struct err *), enum failing_mode mode)
{
	bool failed = true;

	for (size_t n = 0; failed; n++) {
		struct err e = { 0 };
		int said;

		failing_alloc_start(n, mode);
		said = f(&e);
		failed = failing_alloc_stop();
		if (said != (failed ? -1 : 0) || failing_alloc_balance() != 0 || e.kind != (failed ? ERR_SYSTEM : ERR_NONE))
			fail_msg("allocation %zu: returned %d, %ld blocks left, \"%s\"", n, said, failing_alloc_balance(),
				e.text);
	}
}

static void a_task_is_refused_cleanly(void **state)
{
	(void)state;
	fail_each(load_task, FAIL_ONCE);
	fail_each(load_task, FAIL_FROM_THEN_ON);
}

static void a_manifest_is_rendered_whole_or_not_at_all(void **state)
{
	(void)state;
	fail_each(render_manifest, FAIL_ONCE);
}

static void a_rubric_is_refused_cleanly(void **state)
{
	(void)state;
	fail_each(load_rubric, FAIL_ONCE);
	fail_each(load_rubric, FAIL_FROM_THEN_ON);
}

static void a_position_with_all_it_names_is_refused_cleanly(void **state)
{
	(void)state;
	fail_each(load_position, FAIL_ONCE);
}

static void two_versions_of_a_position_are_compared_or_refused_cleanly(void **state)
{
	(void)state;
	fail_each(compare_positions, FAIL_ONCE);
	fail_each(compare_positions, FAIL_FROM_THEN_ON);
}

static void a_position_is_begun_or_refused_cleanly(void **state)
{
	(void)state;
	fail_each(begin_position, FAIL_ONCE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_task_is_refused_cleanly),
		cmocka_unit_test(a_manifest_is_rendered_whole_or_not_at_all),
		cmocka_unit_test(a_rubric_is_refused_cleanly),
		cmocka_unit_test(a_position_with_all_it_names_is_refused_cleanly),
		cmocka_unit_test(two_versions_of_a_position_are_compared_or_refused_cleanly),
		cmocka_unit_test(a_position_is_begun_or_refused_cleanly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
