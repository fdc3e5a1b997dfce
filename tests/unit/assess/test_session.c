// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>

#include <cmocka.h>

#include "assess/kit.h"
#include "assess/session_inside.h"
#include "evening.h"

/* --- planning --------------------------------------------------------------------------------------------------- */

static void a_plan_pins_the_commit_and_every_digest(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_SESSION_PINS struct session_pins pins = { 0 };

	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(session_pins(&pins, &view.session, &e), 0);

	assert_int_equal(view.session.state, SESSION_PLANNED);
	assert_int_equal(strlen(view.session.commit), 40);
	assert_int_equal(view.parts.count, 5);
	assert_int_equal(view.seats.count, 2);
	assert_int_equal(strlen(pins.rubric_digest), 64);
	assert_int_equal(pins.task_count, 3);
	assert_string_equal(pins.tasks[0].task, "sum");
	assert_int_equal(strlen(pins.tasks[0].digest), 64);
	assert_true(pins.allow_sampled);
}

static void an_update_of_the_repository_changes_nothing_for_a_planned_session(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *statement = NULL;
	bool changed = false;

	fixture_file(v->source, "tasks/sum/statement.md", "Something else entirely.\n");
	evening_commit(v);
	assert_int_equal(
		workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), 0);
	assert_true(changed);

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(session_load_task(&task, v->workspace, &session, "sum", &e), 0);
	assert_int_equal(task_text(&statement, task, "statement.md", LANGUAGE_EN, &e), 0);
	assert_non_null(strstr(statement, "print their sum"));
}

static void a_cache_that_somebody_changed_is_noticed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = NULL;

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(workspace_checkout(&dir, v->workspace, "tasks", session.commit, &e), 0);
	fixture_file(dir, "tasks/sum/tests/secret/02.ans", "43\n");

	assert_int_equal(session_load_task(&task, v->workspace, &session, "sum", &e), -1);
	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "pinned"));
}

static void a_position_that_is_not_the_pinned_one_is_noticed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_FREE char *other = NULL;
	struct store_session changed;
	char *digest;

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(session_check_position(v->workspace, &session, &e), 0);
	assert_int_equal(session_pins(&pins, &session, &e), 0);
	other = mem_copy(session.pins, &e);
	digest = strstr(other, pins.position_digest);
	*digest = *digest == '0' ? '1' : '0';
	changed = session;
	changed.pins = other;

	assert_int_equal(session_check_position(v->workspace, &changed, &e), -1);
	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "pinned"));
}

static void a_candidate_has_one_session_of_a_stage(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings both = { 0 };
	const struct session_order order = { .candidate = v->candidate, .interviewers = &both };
	char id[ID_PSEUDONYM] = "";

	assert_int_equal(strings_add(&both, "anna", &e), 0);
	assert_int_equal(strings_add(&both, "ben", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, v->session));
	assert_string_equal(id, "");
}

static void fewer_interviewers_than_cards_due_are_refused(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings one = { 0 };
	struct session_order order = { .interviewers = &one };
	char pseudonym[ID_PSEUDONYM], id[ID_PSEUDONYM] = "";

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "lea", "Jo", NULL, NULL, &e), 0);
	order.candidate = pseudonym;
	assert_int_equal(strings_add(&one, "anna", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "wants 2 cards"));
}

static void somebody_who_is_no_interviewer_gets_no_seat(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings both = { 0 };
	struct session_order order = { .interviewers = &both };
	char pseudonym[ID_PSEUDONYM], id[ID_PSEUDONYM] = "";

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "lea", "Jo", NULL, NULL, &e), 0);
	order.candidate = pseudonym;
	assert_int_equal(strings_add(&both, "anna", &e), 0);
	assert_int_equal(strings_add(&both, "pia", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

/* --- the clock -------------------------------------------------------------------------------------------------- */

static void a_session_starts_once(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	assert_int_equal(session_start(v->workspace, "anna", v->session, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_session_that_was_not_started_has_no_next_part(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_false(fs_exists(AT_FDCWD, v->kit));
}

static void a_part_with_a_kit_wants_to_know_where(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_start(v);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "--kit"));
}

static void two_programs_never_lead_one_session(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *lock = mem_format(&e, "%s/work/locks/%s", v->place, v->session);
	AUTO_CLOSE int fd = -1;

	evening_start(v);
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "another program"));
}

static void behind_the_last_part_comes_only_the_end(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step last = { 0 }, none = { 0 }, end = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	assert_int_equal(session_next(&last, v->workspace, "anna", v->session, NULL, &e), 0);
	assert_true(last.last);
	assert_string_equal(last.entered, "questions");
	session_step_done(&last);
	assert_int_equal(session_next(&none, v->workspace, "anna", v->session, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);

	assert_int_equal(session_end(&end, v->workspace, "anna", v->session, &e), 0);
	session_step_done(&end);
	assert_int_equal(session_end(&end, v->workspace, "anna", v->session, &e), -1);
}

/* A step is told when it is released; a program that is killed never does that. */
static void a_step_that_nobody_was_told_of_is_told_and_not_made_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step cut_off = { 0 }, again = { 0 }, then = { 0 };

	evening_start(v);
	assert_int_equal(session_next(&cut_off, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(session_next(&again, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_true(again.again);
	assert_string_equal(again.entered, cut_off.entered);
	assert_string_equal(again.kit, cut_off.kit);
	assert_null(again.collected);
	session_step_done(&again);

	assert_int_equal(session_next(&then, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_false(then.again);
	assert_string_equal(then.collected, cut_off.entered);
}

static void an_end_that_nobody_was_told_of_is_told_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step cut_off = { 0 }, again = { 0 }, once_more = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(session_end(&cut_off, v->workspace, "anna", v->session, &e), 0);
	assert_int_equal(session_end(&again, v->workspace, "anna", v->session, &e), 0);
	assert_true(again.again);
	session_step_done(&again);

	assert_int_equal(session_end(&once_more, v->workspace, "anna", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static int look_as(struct evening *v, const char *actor, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	return session_look(&view, v->workspace, actor, v->session, e);
}

static void where_a_session_stands_is_for_its_people_and_leads(void **state)
{
	struct evening *v = *state;
	struct err panel = { 0 }, hr = { 0 }, nobody = { 0 };

	evening_add_person(v, "hans", "Hans", "hr");
	evening_sit(v);

	assert_int_equal(look_as(v, "anna", &panel), 0);
	assert_int_equal(look_as(v, "lea", &panel), 0);
	assert_int_equal(look_as(v, "pia", &panel), -1);
	assert_int_equal(look_as(v, "hans", &hr), -1);
	assert_int_equal(look_as(v, "account:test", &nobody), -1);
	assert_int_equal(panel.kind, ERR_DENIED);
	assert_int_equal(hr.kind, ERR_DENIED);
	assert_int_equal(nobody.kind, ERR_DENIED);
}

static void when_the_cards_are_revealed_panel_and_hr_see_where_a_session_stands(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_add_person(v, "hans", "Hans", "hr");
	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	assert_int_equal(marking_reveal(v->workspace, "anna", v->session, &e), 0);

	assert_int_equal(look_as(v, "pia", &e), 0);
	assert_int_equal(look_as(v, "hans", &e), 0);
	assert_int_equal(look_as(v, "account:test", &e), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_plan_pins_the_commit_and_every_digest),
		EVENING(an_update_of_the_repository_changes_nothing_for_a_planned_session),
		EVENING(a_cache_that_somebody_changed_is_noticed),
		EVENING(a_position_that_is_not_the_pinned_one_is_noticed),
		EVENING(a_candidate_has_one_session_of_a_stage),
		EVENING(fewer_interviewers_than_cards_due_are_refused),
		EVENING(somebody_who_is_no_interviewer_gets_no_seat),
		EVENING(a_session_starts_once),
		EVENING(a_session_that_was_not_started_has_no_next_part),
		EVENING(a_part_with_a_kit_wants_to_know_where),
		EVENING(two_programs_never_lead_one_session),
		EVENING(behind_the_last_part_comes_only_the_end),
		EVENING(a_step_that_nobody_was_told_of_is_told_and_not_made_again),
		EVENING(an_end_that_nobody_was_told_of_is_told_again),
		EVENING(where_a_session_stands_is_for_its_people_and_leads),
		EVENING(when_the_cards_are_revealed_panel_and_hr_see_where_a_session_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
