// SPDX-License-Identifier: MIT
#include "assess/grade_terms.h"
#include "assess/kit_log.h"
#include "assess/kit_package.h"
#include "assess/kit_run.h"
#include "assess/kit_take.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <cmocka.h>

#include "evening.h"

static void go_to(const char *dir)
{
	assert_int_equal(chdir(dir), 0);
}

/* The coding kit is laid, and we stand in it. */
static void lay(struct evening *v)
{
	evening_start(v);
	evening_next(v);
	go_to(v->kit);
}

static int leave_and_tear_down(void **state)
{
	go_to("/");
	return evening_tear_down(state);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static void a_kit_is_found_from_below_and_holds_its_task(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;

	lay(v);
	evening_write(v, "below/x/y", "");
	go_to("below/x");
	evening_must(kit_read(&kit, &e), &e);

	assert_string_equal(kit.path, "../..");
	assert_string_equal(kit.label.session, v->session);
	assert_string_equal(kit.label.part, "coding");
	assert_string_equal(kit.task->id, "sum");
	assert_int_equal(kit.task->suite_count, 1);
	assert_int_equal(kit.task->limits.wall_ms, 5000);
	assert_true(kit.label.allow_sampled);
}

static void outside_of_a_kit_it_says_where_to_go(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;

	go_to(v->dir);
	assert_int_equal(kit_read(&kit, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "assay -C DIR"));
}

static void a_damaged_kit_json_is_told_with_its_place(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;

	lay(v);
	evening_write(v, "kit.json", "{\"format\": 1, \"session\": \"S-XXXX\",\n \"part\": \"coding\", \"minutes\": -3}");
	assert_int_equal(kit_read(&kit, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "kit.json:2: /minutes"));
}

static void a_damaged_package_is_told_with_its_place(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;

	lay(v);
	evening_write(v, ".assay-task/task.json", "{\"format\": 1,\n \"limits\": 7}");
	assert_int_equal(kit_read(&kit, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, ".assay-task: task.json:2: /limits"));
}

static void a_link_in_the_place_of_the_package_is_not_followed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;
	AUTO_FREE char *hidden = mem_format(&e, "%s/tasks/sum", v->source);

	lay(v);
	evening_must(fs_remove_tree(AT_FDCWD, ".assay-task", &e), &e);
	assert_int_equal(symlink(hidden, ".assay-task"), 0);
	assert_int_equal(kit_read(&kit, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
}

static void a_review_says_what_is_done_there_instead(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;

	lay(v);
	evening_next(v);
	evening_next(v);
	evening_must(kit_read(&kit, &e), &e);
	assert_int_equal(kit_check_runs(&kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "comments.json"));
}

/* --- the package ------------------------------------------------------------------------------------------------ */

/* Lays the package of the evening's coding task with that manifest of the suites `shown` and `secret`; its manifest. */
static char *manifest_of_kit(struct evening *v, const char *manifest)
{
	struct err e = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = mem_format(&e, "%s/tasks/sum", v->source);
	AUTO_CLOSE int fd = -1;
	char *bytes = NULL;
	size_t size;

	fixture_file(v->source, "tasks/sum/tests/manifest.json", manifest);
	fixture_file(v->source, "tasks/sum/tests/shown/03.in", "1 1\n");
	fixture_file(v->source, "tasks/sum/tests/shown/03.ans", "2\n");
	evening_must(task_load(&task, dir, false, &e), &e);
	evening_must(fs_make_dirs(AT_FDCWD, v->kit, &e), &e);
	evening_must(fs_open_dir(&fd, AT_FDCWD, v->kit, &e), &e);
	evening_must(kit_lay_package(fd, task, &e), &e);
	evening_must(fs_read(&bytes, &size, fd, KIT_PACKAGE "/tests/manifest.json", 1 << 20, &e), &e);
	return bytes;
}

static void what_a_test_shares_with_a_hidden_one_stays_out_of_the_kit(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *laid = manifest_of_kit(v,
		"{\"format\": 1, \"groups\": [{\"id\": \"mixed\", \"rule\": \"all\"}], \"tests\": ["
		"{\"name\": \"01\", \"suite\": \"shown\", \"points\": 1, \"visibility\": \"visible\", \"group\": \"mixed\"},"
		"{\"name\": \"03\", \"suite\": \"shown\", \"points\": 1, \"visibility\": \"visible\", \"negative\": true,"
		" \"group\": \"mixed\"},"
		"{\"name\": \"02\", \"suite\": \"secret\", \"points\": 2, \"visibility\": \"hidden\", \"group\": \"mixed\"}]}");

	assert_non_null(strstr(laid, "\"03\""));
	assert_null(strstr(laid, "\"02\""));
	assert_null(strstr(laid, "mixed"));
	assert_null(strstr(laid, "negative"));
}

static void what_visible_tests_share_stays_as_it_is(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *laid = manifest_of_kit(v,
		"{\"format\": 1, \"groups\": [{\"id\": \"ours\", \"rule\": \"all\"}], \"tests\": ["
		"{\"name\": \"02\", \"suite\": \"secret\", \"points\": 2, \"visibility\": \"hidden\"},"
		"{\"name\": \"01\", \"suite\": \"shown\", \"points\": 1, \"visibility\": \"visible\", \"group\": \"ours\"},"
		"{\"name\": \"03\", \"suite\": \"shown\", \"points\": 1, \"visibility\": \"visible\", \"group\": \"ours\","
		" \"negative\": true, \"depends\": [\"01\"]}]}");

	assert_non_null(strstr(laid, "\"rule\": \"all\""));
	assert_non_null(strstr(laid, "\"negative\": true"));
	assert_non_null(strstr(laid, "\"depends\": [\n        \"01\""));
}

static void a_suite_with_one_hidden_test_stays_out_with_its_files(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *dir = mem_format(&e, "%s/tasks/sum", v->source);
	AUTO_FREE char *in_kit = mem_format(&e, "%s/" KIT_PACKAGE, v->kit);
	AUTO_TASK struct task *task = NULL, *laid = NULL;
	AUTO_CLOSE int fd = -1;

	fixture_file(v->source, "tasks/sum/tests/manifest.json",
		"{\"format\": 1, \"tests\": [{\"name\": \"01\", \"suite\": \"shown\", \"points\": 1, \"visibility\": \"hidden\"},"
		"{\"name\": \"02\", \"suite\": \"secret\", \"points\": 1, \"visibility\": \"hidden\"}]}");
	evening_must(task_load(&task, dir, false, &e), &e);
	evening_must(fs_make_dirs(AT_FDCWD, v->kit, &e), &e);
	evening_must(fs_open_dir(&fd, AT_FDCWD, v->kit, &e), &e);
	evening_must(kit_lay_package(fd, task, &e), &e);
	evening_must(task_load_kit(&laid, in_kit, &e), &e);

	assert_int_equal(laid->suite_count, 0);
	assert_false(fs_exists(laid->dir_fd, "tests/shown"));
	assert_false(fs_exists(laid->dir_fd, "tests/manifest.json"));
}

/* --- what is taken ---------------------------------------------------------------------------------------------- */

static void what_we_laid_takes_no_room_from_the_candidates_files(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_STRINGS struct strings dropped = { 0 }, names = { 0 };
	AUTO_FREE char *dir = mem_format(&e, "%s/tasks/sum", v->source);
	AUTO_FREE char *tree = mem_format(&e, "%s/tree", v->dir);
	AUTO_CLOSE int fd = -1;

	lay(v);
	evening_write(v, "mine.sh", "echo\n");
	evening_must(task_load(&task, dir, false, &e), &e);
	/* A glob that admits all that lies in the kit, and room for nothing but what is the candidate's. */
	evening_must(strings_add(&task->editable, "**/*", &e), &e);
	task->max_files = 2;
	evening_must(fs_open_dir(&fd, AT_FDCWD, v->kit, &e), &e);
	evening_must(kit_take(&dropped, tree, task, fd, &e), &e);
	evening_must(fs_list(&names, AT_FDCWD, tree, 100, &e), &e);

	assert_int_equal(dropped.count, 0);
	assert_int_equal(names.count, 2);
	assert_string_equal(names.item[0], "mine.sh");
	assert_string_equal(names.item[1], "solution.sh");
}

/* --- runs ------------------------------------------------------------------------------------------------------- */

static void run(struct result **result, const struct strings *suites, struct err *e)
{
	AUTO_KIT struct kit kit = KIT_NONE;
	const struct kit_run_order order = { .suites = suites, .stop_fd = -1 };

	evening_must(kit_read(&kit, e), e);
	kit_run(result, &kit, &order, e);
}

static void a_run_gives_the_visible_half_of_a_grade(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	struct strings all = { 0 };
	AUTO_RESULT struct result *result = NULL;

	lay(v);
	evening_write(v, "solution.sh", "read a b; echo $((a + b))\n");
	evening_write(v, "notes.txt", "mine\n");
	run(&result, &all, &e);

	assert_non_null(result);
	assert_true(result->gradable);
	assert_int_equal(result->test_count, 1);
	assert_int_equal(result->tests[0].outcome, OUTCOME_PASSED);
	assert_int_equal(result->dropped.count, 1);
	assert_non_null(strstr(result->dropped.item[0], "notes.txt"));
}

static void what_the_task_says_is_read_from_the_package_and_not_from_changed_suites(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	struct strings all = { 0 };
	AUTO_RESULT struct result *result = NULL;

	lay(v);
	evening_write(v, "solution.sh", "echo forty\n");
	evening_write(v, "suites/shown/01.ans", "forty\n");
	run(&result, &all, &e);

	assert_non_null(result);
	assert_int_equal(result->tests[0].outcome, OUTCOME_FAILED);
}

static void a_suite_that_is_not_in_the_kit_is_not_found(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings secret = { 0 };
	AUTO_RESULT struct result *result = NULL;

	lay(v);
	evening_must(strings_add(&secret, "secret", &e), &e);
	run(&result, &secret, &e);

	assert_null(result);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "but shown"));
}

static void random_inputs_are_those_of_a_grade(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT struct kit kit = KIT_NONE;
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = mem_format(&e, "%s/tasks/sum", v->source);
	char seed[DIGEST_HEX];

	lay(v);
	evening_must(kit_read(&kit, &e), &e);
	evening_must(task_load(&task, dir, false, &e), &e);
	evening_must(grade_seed(seed, task, &e), &e);

	assert_string_equal(kit.label.seed, seed);
}

/* --- the log ---------------------------------------------------------------------------------------------------- */

static void a_run_leaves_a_line_in_the_kit(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	struct strings all = { 0 };
	AUTO_RESULT struct result *result = NULL;
	AUTO_KIT_LOG struct kit_log log = { 0 };

	lay(v);
	run(&result, &all, &e);
	evening_must(kit_log_load(&log, AT_FDCWD, &e), &e);

	assert_int_equal(log.count, 1);
	assert_int_equal(log.item[0].passed, 0);
	assert_int_equal(log.item[0].tests, 1);
}

static void a_log_keeps_the_newest_runs(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT_LOG struct kit_log log = { 0 };

	go_to(v->dir);
	for (int i = 0; i < KIT_LOG_MAX_RUNS + 3; i++)
		evening_must(kit_log_add(AT_FDCWD, &(struct kit_log_run){ .at_ms = i, .passed = 5000, .tests = 5000 }, &e), &e);
	evening_must(kit_log_load(&log, AT_FDCWD, &e), &e);

	assert_int_equal(log.count, KIT_LOG_MAX_RUNS);
	assert_int_equal(log.item[0].at_ms, 3);
}

static void a_log_that_somebody_spoilt_begins_anew(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_KIT_LOG struct kit_log log = { 0 };

	go_to(v->dir);
	fixture_file(v->dir, KIT_LOG, "{\"format\": 1, \"runs\": [{\"at_ms\": 1, \"passed\": 9, \"tests\": 3}]}");
	assert_int_equal(kit_log_load(&log, AT_FDCWD, &e), -1);
	evening_must(kit_log_add(AT_FDCWD, &(struct kit_log_run){ .at_ms = 7 }, &e), &e);
	evening_must(kit_log_load(&log, AT_FDCWD, &e), &e);

	assert_int_equal(log.count, 1);
	assert_int_equal(log.item[0].at_ms, 7);
}

/* --- grading behind --------------------------------------------------------------------------------------------- */

static void a_step_can_leave_the_grade_to_another(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 }, graded = { 0 };

	lay(v);
	v->workspace->grade_later = true;
	evening_must(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), &e);
	evening_must(session_grade(&graded, v->workspace, "anna", v->session, false, &e), &e);

	assert_int_equal(step.due, 1);
	assert_int_equal(step.graded_count, 0);
	assert_int_equal(graded.graded_count, 1);
	assert_null(graded.graded[0].problem);
}

static void two_programs_never_grade_one_session_and_leading_goes_on(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 }, graded = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_FREE char *lock = mem_format(&e, "%s/work/locks/grade-%s", v->place, v->session);
	AUTO_CLOSE int fd = -1;

	lay(v);
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	v->workspace->grade_later = true;
	evening_must(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), &e);
	evening_must(session_look(&view, v->workspace, "anna", v->session, &e), &e);
	assert_int_equal(session_grade(&graded, v->workspace, "anna", v->session, false, &e), -1);

	assert_true(view.grading);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "grading this session"));
}

#define KIT(name) cmocka_unit_test_setup_teardown(name, evening_set_up, leave_and_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		KIT(a_kit_is_found_from_below_and_holds_its_task),
		KIT(outside_of_a_kit_it_says_where_to_go),
		KIT(a_damaged_kit_json_is_told_with_its_place),
		KIT(a_damaged_package_is_told_with_its_place),
		KIT(a_link_in_the_place_of_the_package_is_not_followed),
		KIT(a_review_says_what_is_done_there_instead),
		KIT(what_a_test_shares_with_a_hidden_one_stays_out_of_the_kit),
		KIT(what_visible_tests_share_stays_as_it_is),
		KIT(a_suite_with_one_hidden_test_stays_out_with_its_files),
		KIT(what_we_laid_takes_no_room_from_the_candidates_files),
		KIT(a_run_gives_the_visible_half_of_a_grade),
		KIT(what_the_task_says_is_read_from_the_package_and_not_from_changed_suites),
		KIT(a_suite_that_is_not_in_the_kit_is_not_found),
		KIT(random_inputs_are_those_of_a_grade),
		KIT(a_run_leaves_a_line_in_the_kit),
		KIT(a_log_keeps_the_newest_runs),
		KIT(a_log_that_somebody_spoilt_begins_anew),
		KIT(a_step_can_leave_the_grade_to_another),
		KIT(two_programs_never_grade_one_session_and_leading_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
