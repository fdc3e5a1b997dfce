// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/session_access.h"
#include "evening.h"

static struct rights in(enum role role, enum standing standing)
{
	struct rights rights = { { STANDING_NONE } };

	rights.as[role] = standing;
	return rights;
}

static bool may(enum role role, enum standing standing, enum thing thing)
{
	const struct rights rights = in(role, standing);

	return rights_allow(&rights, thing);
}

static void check_row(enum thing thing, enum from sits, enum from lead, enum from panel, enum from hr)
{
	assert_int_equal(rights_from(thing, ROLE_SITS), sits);
	assert_int_equal(rights_from(thing, ROLE_LEAD), lead);
	assert_int_equal(rights_from(thing, ROLE_PANEL), panel);
	assert_int_equal(rights_from(thing, ROLE_HR), hr);
}

static void the_table_is_what_was_promised(void **state)
{
	(void)state;

	check_row(SEE_EVIDENCE, FROM_ALWAYS, FROM_ALWAYS, FROM_REVEALED, FROM_NEVER);
	check_row(SEE_NOTES, FROM_SEALED, FROM_SEALED, FROM_REVEALED, FROM_REQUEST);
	check_row(SEE_NAME, FROM_ALWAYS, FROM_ALWAYS, FROM_REVEALED, FROM_ALWAYS);
	check_row(SEE_SCREENING, FROM_SEALED, FROM_SEALED, FROM_REVEALED, FROM_ALWAYS);
	check_row(SEE_SALARY, FROM_NEVER, FROM_NEVER, FROM_NEVER, FROM_ALWAYS);
}

static void nobody_sees_marks_before_the_reveal(void **state)
{
	(void)state;

	for (int role = 0; role < ROLES; role++)
		for (int standing = STANDING_OPEN; standing <= STANDING_SEALED; standing++)
			assert_false(may((enum role)role, (enum standing)standing, SEE_MARKS));
	assert_true(may(ROLE_PANEL, STANDING_REVEALED, SEE_MARKS));
}

static void nobody_but_hr_ever_sees_a_salary_expectation(void **state)
{
	(void)state;

	for (int role = 0; role < ROLES; role++)
		assert_int_equal(may((enum role)role, STANDING_REVEALED, SEE_SALARY), role == ROLE_HR);
}

static void who_has_no_standing_may_nothing(void **state)
{
	const struct rights nobody = { { STANDING_NONE } };
	(void)state;

	for (int thing = 0; thing < THINGS; thing++)
		assert_false(rights_allow(&nobody, (enum thing)thing));
}

static void a_lead_sees_what_interviewers_see(void **state)
{
	(void)state;

	for (int thing = SEE_EVIDENCE; thing <= SEE_SALARY; thing++)
		assert_int_equal(rights_from((enum thing)thing, ROLE_LEAD), rights_from((enum thing)thing, ROLE_SITS));
}

static void a_refusal_says_when_it_will_be_allowed(void **state)
{
	const struct rights sits = in(ROLE_SITS, STANDING_OPEN);
	struct err e = { 0 };
	(void)state;

	assert_int_equal(rights_check(&sits, SEE_SCREENING, "anna", &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_string_equal(e.text, "anna may not see an application and its screening now, but once the own card is sealed");
}

static void a_refusal_names_the_role_it_needs(void **state)
{
	const struct rights lead = in(ROLE_LEAD, STANDING_REVEALED);
	struct err e = { 0 };
	(void)state;

	assert_int_equal(rights_check(&lead, SEE_SALARY, "lea", &e), -1);

	assert_string_equal(e.text,
		"lea may not see a salary expectation: that needs the role hr: --as PERSON says who you are");
}

/* --- with a workspace ------------------------------------------------------------------------------------------- */

static void the_owner_of_a_workspace_sets_up_and_sees_nothing_of_the_work(void **state)
{
	struct evening *v = *state;
	struct rights rights;
	struct err e = { 0 };

	assert_int_equal(workspace_rights(&rights, v->workspace, "account:somebody", &e), 0);

	assert_true(rights_allow(&rights, DO_PEOPLE));
	assert_false(rights_allow(&rights, SEE_EVIDENCE));
	assert_false(rights_allow(&rights, SEE_SALARY));
}

static void another_account_that_is_no_person_may_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(v->place, 65534, 65534), 0);
	assert_int_equal(workspace_may(v->workspace, "account:eve", SEE_LISTS, &e), -1);
	assert_int_equal(chown(v->place, 0, 0), 0);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "account:eve is no person here"));
}

static void an_interviewer_takes_nobody_in(void **state)
{
	struct evening *v = *state;
	char pseudonym[ID_PSEUDONYM] = "";
	struct err e = { 0 };

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "anna", "Kim", NULL, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "hr or lead"));
}

static void the_panel_leads_no_session(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	assert_int_equal(session_start(v->workspace, "pia", v->session, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void an_interviewer_sees_the_screening_once_the_own_card_is_sealed(void **state)
{
	struct evening *v = *state;
	struct rights before, after;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	assert_int_equal(application_rights(&before, v->workspace, "anna", v->candidate, "engineer", &e), 0);
	evening_seal(v, "anna");
	assert_int_equal(application_rights(&after, v->workspace, "anna", v->candidate, "engineer", &e), 0);

	assert_false(rights_allow(&before, SEE_SCREENING));
	assert_true(rights_allow(&after, SEE_SCREENING));
	assert_false(rights_allow(&after, SEE_SALARY));
}

static void being_lead_too_shows_an_interviewer_nothing_early(void **state)
{
	struct evening *v = *state;
	AUTO_STRINGS struct strings both = { 0 }, roles = { 0 };
	const struct session_order order = { .candidate = v->candidate, .stage = "screening", .plan = "small",
		.interviewers = &both };
	char id[ID_PSEUDONYM];
	struct rights rights;
	struct err e = { 0 };

	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	evening_must(marking_reveal(v->workspace, "anna", v->session, &e), &e);
	evening_must(strings_add(&both, "lea", &e), &e);
	evening_must(session_plan(id, v->workspace, "lea", &order, &e), &e);
	assert_int_equal(application_rights(&rights, v->workspace, "lea", v->candidate, "engineer", &e), 0);

	assert_false(rights_allow(&rights, SEE_SCREENING));
}

static void a_person_of_another_account_is_nobody_elses_name(void **state)
{
	struct evening *v = *state;
	AUTO_STRINGS struct strings roles = { 0 };
	AUTO_FREE char *actor = NULL;
	struct err e = { 0 };

	assert_int_equal(strings_add(&roles, "hr", &e), 0);
	assert_int_equal(
		workspace_person_add(v->workspace, "account:test", "hana", "Hana", &roles, "daemon", &e), 0);
	assert_int_equal(workspace_actor(&actor, v->workspace, "hana", &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "hana is bound to the account daemon"));
}

static void a_lead_gives_nobody_but_the_first_the_role_hr(void **state)
{
	struct evening *v = *state;
	AUTO_STRINGS struct strings roles = { 0 };
	struct err e = { 0 };

	assert_int_equal(strings_add(&roles, "hr", &e), 0);
	assert_int_equal(workspace_person_add(v->workspace, "lea", "first", "First", &roles, NULL, &e), 0);
	assert_int_equal(workspace_person_add(v->workspace, "lea", "hana", "Hana", &roles, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

static void an_account_that_is_not_there_binds_nobody(void **state)
{
	struct evening *v = *state;
	AUTO_STRINGS struct strings roles = { 0 };
	struct err e = { 0 };

	assert_int_equal(strings_add(&roles, "hr", &e), 0);
	assert_int_equal(
		workspace_person_add(v->workspace, "account:test", "hana", "Hana", &roles, "no-such-account", &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_what_was_promised),
		cmocka_unit_test(nobody_sees_marks_before_the_reveal),
		cmocka_unit_test(nobody_but_hr_ever_sees_a_salary_expectation),
		cmocka_unit_test(who_has_no_standing_may_nothing),
		cmocka_unit_test(a_lead_sees_what_interviewers_see),
		cmocka_unit_test(a_refusal_says_when_it_will_be_allowed),
		cmocka_unit_test(a_refusal_names_the_role_it_needs),
		EMPTY_EVENING(the_owner_of_a_workspace_sets_up_and_sees_nothing_of_the_work),
		EMPTY_EVENING(another_account_that_is_no_person_may_nothing),
		EVENING(an_interviewer_takes_nobody_in),
		EVENING(the_panel_leads_no_session),
		EVENING(an_interviewer_sees_the_screening_once_the_own_card_is_sealed),
		EVENING(being_lead_too_shows_an_interviewer_nothing_early),
		EVENING(a_person_of_another_account_is_nobody_elses_name),
		EVENING(a_lead_gives_nobody_but_the_first_the_role_hr),
		EVENING(an_account_that_is_not_there_binds_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
