// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "evening.h"

static void sit_and_reveal(struct evening *v)
{
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	evening_must(marking_reveal(v->workspace, "anna", v->session, &e), &e);
}

static void a_revealed_session_has_a_scorecard_with_all_its_marks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	sit_and_reveal(v);
	assert_int_equal(panel_scorecard(&card, v->workspace, "pia", v->session, &e), 0);

	assert_int_equal(card->card_count, 2);
	assert_int_equal(card->due, 2);
	assert_int_equal(card->sealed, 2);
	assert_string_equal(card->name, "Kim Kandidat");
	assert_string_equal(card->interviewers.item[0], "Anna Abend");
	assert_int_equal(card->criteria[0].marks[1], 3);
	assert_int_equal(card->criteria[1].marks[0], MARK_NOT_OBSERVED);
	assert_true(card->criteria[2].mean > 3.99);
	assert_string_equal(card->rubric, "small");
	assert_true(card->held_ms > 0);
}

static void before_the_reveal_a_scorecard_has_evidence_and_no_marks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	assert_int_equal(panel_scorecard(&card, v->workspace, "ben", v->session, &e), 0);

	assert_int_equal(card->card_count, 0);
	assert_int_equal(card->sealed, 1);
	assert_true(card->criteria[2].evidence_count > 0);
}

static void the_panel_and_strangers_wait_for_the_reveal(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	evening_sit(v);
	assert_int_equal(panel_scorecard(&card, v->workspace, "pia", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "not revealed"));
	assert_int_equal(panel_scorecard(&card, v->workspace, "account:test", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "--as PERSON"));
	assert_null(card);
}

static void an_unconfirmed_match_is_said_to_be_missing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	evening_sit(v);
	assert_int_equal(panel_scorecard(&card, v->workspace, "anna", v->session, &e), 0);

	assert_true(card->missing.count >= 2);
}

static void a_session_that_doesnt_exist_is_not_found(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SCORECARD struct scorecard *card = NULL;

	assert_int_equal(panel_scorecard(&card, v->workspace, "anna", "S-NONE", &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_string_equal(e.text, "there is no session S-NONE");
}

static void a_comparison_has_revealed_sessions_and_says_who_is_waiting(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_PANEL_COMPARISON struct panel_comparison comparison = { 0 };
	char other[ID_PSEUDONYM], second[ID_PSEUDONYM];

	sit_and_reveal(v);
	evening_must(
		workspace_candidate_add(other, v->workspace, "lea", "Jo Jung", NULL, NULL, &e), &e);
	evening_plan(v, other, second);
	assert_int_equal(panel_compare(&comparison, v->workspace, "pia", "engineer", NULL, &e), 0);

	assert_int_equal(comparison.count, 1);
	assert_int_equal(comparison.table->count, 1);
	assert_string_equal(comparison.table->stage, "technical");
	assert_int_equal(comparison.waiting.count, 1);
	assert_non_null(strstr(comparison.waiting.item[0], other));
	assert_non_null(strstr(comparison.waiting.item[0], "planned"));
}

static void with_nothing_revealed_there_is_nothing_to_compare(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_PANEL_COMPARISON struct panel_comparison comparison = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	assert_int_equal(
		panel_compare(&comparison, v->workspace, "pia", "engineer", "technical", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "1 of 2"));
}

static void sessions_of_different_commits_are_flagged_with_the_field(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_PANEL_COMPARISON struct panel_comparison comparison = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	char other[ID_PSEUDONYM], second[ID_PSEUDONYM];
	bool changed = false;

	sit_and_reveal(v);
	fixture_file(v->source, "tasks/sum/tests/secret/02.in", "21 21 SECRET\n");
	evening_commit(v);
	evening_must(workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), &e);
	evening_must(
		workspace_candidate_add(other, v->workspace, "lea", "Jo Jung", NULL, NULL, &e), &e);
	evening_plan(v, other, second);
	memcpy(v->session, second, ID_PSEUDONYM);
	evening_must(fs_remove_tree(AT_FDCWD, v->kit, &e), &e);
	sit_and_reveal(v);
	assert_int_equal(
		panel_compare(&comparison, v->workspace, "pia", "engineer", "technical", &e), 0);

	assert_int_equal(comparison.count, 2);
	assert_true(comparison.table->difference_count > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_revealed_session_has_a_scorecard_with_all_its_marks),
		EVENING(before_the_reveal_a_scorecard_has_evidence_and_no_marks),
		EVENING(the_panel_and_strangers_wait_for_the_reveal),
		EVENING(an_unconfirmed_match_is_said_to_be_missing),
		EVENING(a_session_that_doesnt_exist_is_not_found),
		EVENING(a_comparison_has_revealed_sessions_and_says_who_is_waiting),
		EVENING(with_nothing_revealed_there_is_nothing_to_compare),
		EVENING(sessions_of_different_commits_are_flagged_with_the_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
