// SPDX-License-Identifier: MIT
/*
 * What a session survives: a kill at any moment of a step, a full disk, two programs at once.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "evening.h"

/* A connection is never taken across a fork: both sides open their own. */
static pid_t fork_without_workspace(struct evening *v)
{
	pid_t child;

	workspace_close(take_ptr(&v->workspace));
	child = fork();
	if (child != 0) {
		struct err e = { 0 };

		evening_must(workspace_open(&v->workspace, v->place, &e), &e);
	}
	return child;
}

/* A child takes the next step and is killed after so long, unless it had ended by then. */
static void step_is_killed_after(struct evening *v, int after_ms)
{
	int status = 0;
	pid_t child = fork_without_workspace(v);

	if (child == 0) {
		struct workspace *workspace = NULL;
		struct session_step step = { 0 };
		struct err e = { 0 };

		if (workspace_open(&workspace, v->place, &e) < 0)
			_exit(1);
		_exit(session_next(&step, workspace, "anna", v->session, v->kit, &e) < 0 ? 1 : 0);
	}
	usleep((useconds_t)after_ms * 1000);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
}

/* However far it came: the next call brings it to its end, with one submission, one result and a whole kit. */
static void check_that_nothing_is_lost_or_doubled(struct evening *v)
{
	struct err e = { 0 };
	AUTO_SESSION_VIEW struct session_view before = { 0 }, after = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 }, graded = { 0 };

	evening_must(session_view(&before, v->workspace, v->session, &e), &e);
	if (!before.parts.item[2].started_ms)
		evening_must(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), &e);
	evening_must(session_grade(&graded, v->workspace, "anna", v->session, false, &e), &e);

	evening_must(session_view(&after, v->workspace, v->session, &e), &e);
	assert_int_equal(after.submissions.count, 1);
	assert_int_equal(after.submissions.item[0].grade, GRADE_DONE);
	assert_int_equal(after.submissions.item[0].attempts, 0);
	assert_int_equal(after.results[0]->gradable ? after.results[0]->points : 3, 3);
	assert_true(evening_kit_has(v, "design.md"));
	assert_true(evening_kit_has(v, "kit.json"));
	assert_false(evening_kit_has(v, "solution.sh"));
	assert_false(evening_kit_has(v, ".assay-kit"));
}

static void kill_a_step_after(struct evening *v, int after_ms)
{
	evening_start(v);
	evening_next(v);
	evening_write(v, "solution.sh", "read a b c; echo $((a + b))\n");

	step_is_killed_after(v, after_ms);

	check_that_nothing_is_lost_or_doubled(v);
}

/* One moment each: opening, taking in, committing, laying, grading. */
#define KILLED_AFTER(ms)                                                                           \
	static void a_step_that_is_killed_after_##ms##_ms_is_brought_to_its_end(void **state)      \
	{                                                                                          \
		kill_a_step_after(*state, ms);                                                     \
	}

KILLED_AFTER(1)
KILLED_AFTER(3)
KILLED_AFTER(5)
KILLED_AFTER(7)
KILLED_AFTER(9)
KILLED_AFTER(12)
KILLED_AFTER(16)
KILLED_AFTER(25)
KILLED_AFTER(50)
KILLED_AFTER(90)

/* Puts the submission of the coding part back to where a killed grade leaves it. */
static void hand_in_without_a_grade(struct evening *v, int64_t attempts)
{
	struct err e = { 0 };
	const struct store_submission submission = { .session = v->session,
		.part = 2,
		.task = "sum",
		.commit = "",
		.dropped = "[]",
		.at_ms = 1,
		.grade = GRADE_DUE };
	struct store_submission with_commit = submission;
	AUTO_FREE char *git = mem_format(&e, "%s/work/candidates/%s.git", v->place, v->candidate);
	AUTO_FREE char *files = mem_format(&e, "%s/handed-in", v->dir);
	char commit[REPO_COMMIT];
	int64_t id;

	fixture_file(files, "solution.sh", "read a b c; echo $((a + b))\n");
	evening_must(repo_snapshot(git, files, "coding", "coding", 1, commit, &e), &e);
	with_commit.commit = commit;
	evening_must(store_submission_add(&id, v->workspace->store, &with_commit, &e), &e);
	evening_must(store_submission_attempts(v->workspace->store, id, attempts, &e), &e);
}

static void a_grade_that_was_cut_off_is_repeated_and_stands_once(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step first = { 0 }, second = { 0 };
	AUTO_STORE_SUBMISSIONS struct store_submissions all = { 0 };

	evening_start(v);
	hand_in_without_a_grade(v, 1);
	assert_int_equal(session_grade(&first, v->workspace, "anna", v->session, false, &e), 0);
	assert_int_equal(session_grade(&second, v->workspace, "anna", v->session, false, &e), 0);

	assert_int_equal(first.graded_count, 1);
	assert_null(first.graded[0].problem);
	assert_int_equal(second.graded_count, 0);
	assert_int_equal(store_submission_list(&all, v->workspace->store, v->session, &e), 0);
	assert_int_equal(all.count, 1);
	assert_int_equal(all.item[0].grade, GRADE_DONE);
}

static void a_grade_that_was_cut_off_three_times_waits_for_a_person(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step given_up = { 0 }, again = { 0 };

	evening_start(v);
	hand_in_without_a_grade(v, 3);
	assert_int_equal(session_grade(&given_up, v->workspace, "anna", NULL, false, &e), 0);
	assert_int_equal(session_grade(&again, v->workspace, "anna", NULL, true, &e), 0);

	assert_non_null(strstr(given_up.graded[0].problem, "--again"));
	assert_null(again.graded[0].problem);
}

static int next_on_a_full_disk(struct evening *v, rlim_t bytes, struct err *e)
{
	AUTO_SESSION_STEP struct session_step step = { 0 };
	struct rlimit no_limit, small = { .rlim_cur = bytes, .rlim_max = RLIM_INFINITY };
	int said;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	said = session_next(&step, v->workspace, "anna", v->session, v->kit, e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);
	return said;
}

static void a_full_disk_stops_a_step_and_the_kit_stays(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "solution.sh", "read a b c; echo $((a + b))\n");
	assert_int_equal(next_on_a_full_disk(v, 0, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);
	assert_true(evening_kit_has(v, "solution.sh"));

	check_that_nothing_is_lost_or_doubled(v);
}

static void a_disk_that_fills_up_on_the_way_loses_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "solution.sh", "read a b c; echo $((a + b))\n");
	assert_int_equal(next_on_a_full_disk(v, 400, &e), -1);
	assert_int_equal(e.kind, ERR_SYSTEM);

	check_that_nothing_is_lost_or_doubled(v);
}

/* The design task gets a starter that is larger than the disk will be; a session of somebody new begins with it. */
static void plan_with_a_large_starter(struct evening *v)
{
	enum { LARGE = 2 << 20 };
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *large = calloc(1, LARGE + 1);
	char candidate[ID_PSEUDONYM];
	bool changed;

	assert_non_null(large);
	memset(large, 'x', LARGE);
	fixture_file(v->source, "tasks/sketch/starter/large.txt", large);
	evening_commit(v);
	evening_must(workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), &e);
	evening_must(workspace_candidate_add(
			     candidate, v->workspace, "lea", "Jo", NULL, "technical", &e),
		&e);
	evening_plan(v, candidate, v->session);
}

static int next_with_a_mebibyte(struct evening *v, struct session_step *step, struct err *e)
{
	struct rlimit no_limit, small = { .rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY };
	int said;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &no_limit), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	said = session_next(step, v->workspace, "anna", v->session, v->kit, e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &no_limit), 0);
	return said;
}

static void a_kit_that_cant_be_laid_hides_no_hand_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step stopped = { 0 }, again = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	plan_with_a_large_starter(v);
	evening_start(v);
	evening_next(v);
	evening_write(v, "notes.txt", "not asked for");
	evening_must(next_with_a_mebibyte(v, &stopped, &e), &e);
	evening_must(session_next(&again, v->workspace, "anna", v->session, v->kit, &e), &e);

	assert_string_equal(stopped.collected, "coding");
	assert_int_equal(strlen(stopped.commit), 40);
	assert_int_equal(stopped.dropped.count, 1);
	assert_int_equal(stopped.failed.kind, ERR_SYSTEM);
	assert_non_null(strstr(stopped.failed.text, "cannot lay the kit"));
	assert_null(stopped.entered);
	assert_null(again.collected);
	assert_string_equal(again.entered, "design");
	assert_int_equal(again.failed.kind, 0);
	evening_must(session_view(&view, v->workspace, v->session, &e), &e);
	assert_int_equal(view.submissions.count, 1);
}

static void mark_twenty_times(
	struct workspace *workspace, const char *session, const char *criterion)
{
	struct err e = { 0 };

	for (int i = 0; i < 20; i++)
		if (marking_mark(workspace, "anna", session, criterion, 1 + i % 4, "seen", &e) < 0)
			_exit(1);
}

static void two_programs_of_one_person_lose_no_marks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	int status = 0;
	pid_t child;

	evening_start(v);
	child = fork_without_workspace(v);
	if (child == 0) {
		struct workspace *workspace = NULL;

		if (workspace_open(&workspace, v->place, &e) < 0)
			_exit(1);
		mark_twenty_times(workspace, v->session, "scale");
		_exit(0);
	}
	mark_twenty_times(v->workspace, v->session, "code");
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);

	assert_int_equal(marking_view(&view, v->workspace, "anna", v->session, NULL, &e), 0);
	assert_int_equal(view.cards[0]->marks[0].mark, 4);
	assert_int_equal(view.cards[0]->marks[1].mark, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_step_that_is_killed_after_1_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_3_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_5_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_7_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_9_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_12_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_16_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_25_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_50_ms_is_brought_to_its_end),
		EVENING(a_step_that_is_killed_after_90_ms_is_brought_to_its_end),
		EVENING(a_grade_that_was_cut_off_is_repeated_and_stands_once),
		EVENING(a_grade_that_was_cut_off_three_times_waits_for_a_person),
		EVENING(a_full_disk_stops_a_step_and_the_kit_stays),
		EVENING(a_disk_that_fills_up_on_the_way_loses_nothing),
		EVENING(a_kit_that_cant_be_laid_hides_no_hand_in),
		EVENING(two_programs_of_one_person_lose_no_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
