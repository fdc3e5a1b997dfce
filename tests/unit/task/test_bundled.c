// SPDX-License-Identifier: MIT
/* What lies in tasks/ and rubrics/ loads, and names nothing that isn't there. Runs in the repository's root. */
#include "base/fs.h"
#include "task/catalog.h"
#include "task/expect.h"
#include "task/probe.h"
#include "task/resolve.h"
#include "task/task.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void every_bundled_task_loads_with_its_solutions(void **state)
{
	AUTO_STRINGS struct strings packages = { 0 };
	struct err e = { 0 };
	(void)state;
	if (catalog_tasks(&packages, "tasks", &e) < 0)
		fail_msg("%s", e.text);

	for (size_t i = 0; i < packages.count; i++) {
		AUTO_FREE char *path = fs_join("tasks", packages.item[i], &e);
		AUTO_TASK struct task *task = NULL;
		struct solutions solutions = { 0 };

		if (task_load(&task, path, false, &e) < 0)
			fail_msg("%s: %s", path, e.text);
		if (task->kind == TASK_CODING && solutions_load(&solutions, task, &e) < 0)
			fail_msg("%s: %s", path, e.text);
		solutions_done(&solutions);
	}
}

/* Calls check for the id of every file NAME.json in a directory. */
static void each_json(const char *dir, void (*check)(const char *id))
{
	AUTO_STRINGS struct strings names = { 0 };
	struct err e = { 0 };

	if (fs_list(&names, AT_FDCWD, dir, 1000, &e) < 0)
		fail_msg("%s", e.text);
	for (size_t i = 0; i < names.count; i++) {
		char *ending = strstr(names.item[i], ".json");

		if (!ending)
			continue;
		*ending = '\0';
		check(names.item[i]);
	}
}

static void check_rubric(const char *id)
{
	AUTO_RUBRIC struct rubric *rubric = NULL;
	struct err e = { 0 };

	if (catalog_rubric(&rubric, AT_FDCWD, id, &e) < 0)
		fail_msg("%s", e.text);
}

static void check_plan(const char *id)
{
	AUTO_PLAN struct plan *plan = NULL;
	struct err e = { 0 };

	if (catalog_plan(&plan, AT_FDCWD, id, &e) < 0 || resolve_plan(plan, ".", &e) < 0)
		fail_msg("%s", e.text);
}

static void check_position(const char *id)
{
	AUTO_POSITION struct position *position = NULL;
	struct err e = { 0 };

	if (catalog_position(&position, AT_FDCWD, id, &e) < 0 || resolve_position(position, ".", &e) < 0)
		fail_msg("%s", e.text);
}

static void every_bundled_rubric_loads(void **state)
{
	(void)state;
	each_json("rubrics", check_rubric);
}

static void every_bundled_plan_names_tasks_suites_and_criteria_that_exist(void **state)
{
	(void)state;
	each_json("rubrics/plans", check_plan);
}

static void every_bundled_position_names_plans_and_criteria_that_exist(void **state)
{
	(void)state;
	each_json("rubrics/positions", check_position);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bundled_task_loads_with_its_solutions),
		cmocka_unit_test(every_bundled_rubric_loads),
		cmocka_unit_test(every_bundled_plan_names_tasks_suites_and_criteria_that_exist),
		cmocka_unit_test(every_bundled_position_names_plans_and_criteria_that_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
