// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/kit.h"
#include "assess/session_inside.h"
#include "evening.h"

/* --- handing in ------------------------------------------------------------------------------------------------- */

static void what_lies_in_the_kit_is_handed_in_and_graded(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "solution.sh", "read a b c; echo $((a + b))\n");
	evening_write(v, "notes.txt", "not among what is asked for");
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);

	assert_string_equal(step.collected, "coding");
	assert_string_equal(step.entered, "design");
	assert_int_equal(step.dropped.count, 1);
	assert_non_null(strstr(step.dropped.item[0], "notes.txt"));
	assert_int_equal(view.submissions.count, 1);
	assert_string_equal(view.submissions.item[0].commit, step.commit);
	assert_int_equal(step.graded_count, 1);
	if (!step.graded[0].gradable) {
		if (getenv("ASSAY_MUST_SANDBOX"))
			fail_msg("%s",
				step.graded[0].problem ? step.graded[0].problem
						       : view.results[0]->reason);
		skip();
	}
	assert_int_equal(step.graded[0].points, 3);
	assert_int_equal(view.results[0]->points, 3);
	assert_string_equal(view.results[0]->pins.task_commit, view.session.commit);
}

static void the_kits_own_files_are_no_part_of_a_submission(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *git = mem_format(&e, "%s/work/candidates/%s.git", v->place, v->candidate);
	AUTO_FREE char *out = mem_format(&e, "%s/out", v->dir);
	AUTO_STRINGS struct strings names = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "design.md", "# Queues\n");
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(repo_checkout(git, step.commit, "", out, NULL, &e), 0);

	assert_int_equal(fs_list(&names, AT_FDCWD, out, 10, &e), 0);
	assert_int_equal(names.count, 1);
	assert_string_equal(names.item[0], "design.md");
	assert_int_equal(step.dropped.count, 0);
}

static void a_link_out_of_the_kit_is_dropped_by_name(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *link = mem_format(&e, "%s/out.sh", v->kit);

	evening_start(v);
	evening_next(v);
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);

	assert_int_equal(step.dropped.count, 1);
	assert_non_null(strstr(step.dropped.item[0], "out.sh: is a link"));
	assert_true(fs_exists(AT_FDCWD, "/etc/passwd"));
}

static void comments_in_the_review_kit_become_the_answer(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_REVIEW_VIEW struct review_view review = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "comments.json", evening_comment);
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_null(step.answer_problem);
	assert_int_equal(review_view(&review, v->workspace, "anna", v->session, &e), 0);
	assert_true(review.answered);
	assert_int_equal(review.comments.count, 1);
}

static void comments_that_cant_be_read_are_kept_and_told(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "comments.json", "{\"format\": 1,\n \"comments\": [");
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_non_null(strstr(step.answer_problem, "comments.json:2"));
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 3);
	assert_int_equal(view.session.state, SESSION_ENDED);
}

static void an_untouched_kit_doesnt_replace_an_answer_that_came_before(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view review = { 0 };

	evening_sit(v);

	assert_int_equal(review_view(&review, v->workspace, "anna", v->session, &e), 0);
	assert_int_equal(review.comments.count, 1);
}

static void a_kit_that_is_gone_is_said_and_the_part_goes_on(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "the kit of part coding is gone"));
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.session.state, SESSION_RUNNING);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
}

/* --- what stands in a kit's place ------------------------------------------------------------------------------- */

/* Asks for the next part, which must be refused as a conflict that changes nothing. */
static void refused(struct evening *v, const char *why)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 0);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
	assert_int_equal(view.parts.item[2].started_ms, 0);
}

static void a_kit_that_is_gone_is_not_made_anew_and_handed_in(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *away = mem_format(NULL, "%s/away", v->dir);

	evening_start(v);
	evening_next(v);
	assert_int_equal(rename(v->kit, away), 0);
	refused(v, "the kit of part coding is gone");

	assert_false(fs_exists(AT_FDCWD, v->kit));
}

static void a_kit_that_is_lost_for_good_is_an_empty_hand_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step early = { 0 }, step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(session_next_without_kit(
				 &early, v->workspace, "anna", v->session, v->kit, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	evening_must(session_next_without_kit(
			     &step, v->workspace, "anna", v->session, v->kit, &e), &e);

	assert_string_equal(step.collected, "coding");
	assert_int_equal(step.dropped.count, 1);
	assert_string_equal(step.entered, "design");
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 1);
	assert_int_equal(view.submissions.item[0].grade, GRADE_NONE);
}

static void the_kit_of_another_session_is_not_handed_in(void **state)
{
	struct evening *v = *state;

	evening_start(v);
	evening_next(v);
	evening_write(v, "kit.json", "{\"session\": \"S-XXXX\", \"part\": \"coding\"}");
	refused(v, "names another session or part");
}

static void the_kit_of_another_part_is_not_handed_in(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *label = NULL;

	evening_start(v);
	evening_next(v);
	label = mem_format(NULL, "{\"session\": \"%s\", \"part\": \"design\"}", v->session);
	evening_write(v, "kit.json", label);
	refused(v, "names another session or part");
}

static void a_damaged_kit_json_is_told_and_the_work_handed_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "kit.json", "{");
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_string_equal(step.collected, "coding");
	assert_non_null(step.kit_doubt);
}

/* What a link would lead to, as a candidate would have it: the cached solutions, with a kit.json beside them. */
static char *make_bait(struct evening *v)
{
	AUTO_FREE char *kit = mem_format(NULL, "{\"format\": 1, \"session\": \"%s\"}", v->session);
	AUTO_FREE char *bait = mem_format(NULL, "%s/bait", v->dir);

	fixture_file(bait, "kit/solution.sh", "read a b c; echo $((a + b))\n");
	fixture_file(bait, "kit/kit.json", kit);
	return take_ptr(&bait);
}

static void assert_not_collected(struct evening *v, const char *why)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 0);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
}

static void a_kit_that_became_a_link_is_not_collected(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *bait = make_bait(v);
	AUTO_FREE char *target = mem_format(&e, "%s/kit", bait);

	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	assert_int_equal(symlink(target, v->kit), 0);

	assert_not_collected(v, "the kit of part coding is gone");
}

static void a_kit_whose_parent_became_a_link_is_not_collected(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *bait = make_bait(v);
	AUTO_FREE char *parent = mem_format(&e, "%s/desk", v->dir);

	free(v->kit);
	v->kit = mem_format(&e, "%s/kit", parent);
	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, parent, &e), 0);
	assert_int_equal(symlink(bait, parent), 0);

	assert_not_collected(v, "is a link");
}

static void a_kit_behind_a_link_that_a_person_typed_is_collected_where_it_lies(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *real = mem_format(&e, "%s/real", v->dir);

	assert_int_equal(mkdir(real, 0755), 0);
	assert_int_equal(symlink(real, v->kit), 0);
	evening_start(v);
	evening_next(v);

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_string_equal(step.kit, real);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(what_lies_in_the_kit_is_handed_in_and_graded),
		EVENING(the_kits_own_files_are_no_part_of_a_submission),
		EVENING(a_link_out_of_the_kit_is_dropped_by_name),
		EVENING(comments_in_the_review_kit_become_the_answer),
		EVENING(comments_that_cant_be_read_are_kept_and_told),
		EVENING(an_untouched_kit_doesnt_replace_an_answer_that_came_before),
		EVENING(a_kit_that_is_gone_is_said_and_the_part_goes_on),
		EVENING(a_kit_that_is_gone_is_not_made_anew_and_handed_in),
		EVENING(a_kit_that_is_lost_for_good_is_an_empty_hand_in),
		EVENING(the_kit_of_another_session_is_not_handed_in),
		EVENING(the_kit_of_another_part_is_not_handed_in),
		EVENING(a_damaged_kit_json_is_told_and_the_work_handed_in),
		EVENING(a_kit_that_became_a_link_is_not_collected),
		EVENING(a_kit_whose_parent_became_a_link_is_not_collected),
		EVENING(a_kit_behind_a_link_that_a_person_typed_is_collected_where_it_lies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
