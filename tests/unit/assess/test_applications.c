// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/applications.h"
#include "assess/screening.h"
#include "evening.h"

static int set_up(void **state)
{
	evening_set_up(state);
	evening_add_person(*state, "hana", "Hana HR", "hr");
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, evening_tear_down)

static struct import_report import(struct evening *v, const char *table)
{
	struct import_report report = { 0 };
	AUTO_FREE char *file = evening_file(v, "table.csv", table);
	struct err e = { 0 };

	evening_must(applications_import(&report, v->workspace, "hana", file, NULL, NULL, &e), &e);
	return report;
}

static size_t count(struct evening *v)
{
	AUTO_STORE_APPLICATIONS struct store_applications all = { 0 };
	struct err e = { 0 };

	evening_must(workspace_applications(&all, v->workspace, NULL, NULL, &e), &e);
	return all.count;
}

static struct application_views look(struct evening *v, const char *actor, const char *candidate)
{
	struct application_views views = { 0 };
	struct err e = { 0 };

	evening_must(applications_look(&views, v->workspace, actor, candidate, NULL, NULL, &e), &e);
	return views;
}

/* One candidate by e-mail kim@x.org, with a notice; the pseudonym. */
static void add_kim(struct evening *v, char pseudonym[ID_PSEUDONYM])
{
	const struct new_application kim = { .name = "Kim", .email = "kim@x.org", .notice = "3 months",
		.salary_expectation = "70000" };
	struct err e = { 0 };
	bool known;

	evening_must(application_add(pseudonym, &known, v->workspace, "hana", &kim, &e), &e);
}

/* --- taking in -------------------------------------------------------------------------------------------------- */

static void a_table_is_taken_in_whole(void **state)
{
	struct evening *v = *state;
	AUTO_IMPORT_REPORT struct import_report report =
		import(v, "e-mail;Name;Sprachen;Blog\nb@x.org;Bea;de;x\n;Ada;;\n");
	AUTO_APPLICATION_VIEWS struct application_views bea = look(v, "hana", report.item[0].pseudonym);

	assert_int_equal(report.mistakes.count, 0);
	assert_int_equal(count(v), 3);
	assert_string_equal(bea.item[0].application.languages, "de");
	assert_string_equal(bea.item[0].application.further, "{\"Blog\":\"x\"}");
	assert_null(bea.item[0].application.notice);
}

static void a_table_with_one_mistake_is_not_taken_in_at_all(void **state)
{
	struct evening *v = *state;
	AUTO_IMPORT_REPORT struct import_report report = import(v, "name,email\nBea,b@x.org\nAda,nonsense\nCleo,B@X.ORG\n");

	assert_int_equal(report.mistakes.count, 2);
	assert_int_equal(report.mistakes.item[0].row, 3);
	assert_string_equal(report.mistakes.item[0].column, "B (email)");
	assert_int_equal(report.mistakes.item[1].row, 4);
	assert_int_equal(report.count, 0);
	assert_int_equal(count(v), 1);
}

static void a_heading_with_a_mistake_ends_the_looking(void **state)
{
	struct evening *v = *state;
	AUTO_IMPORT_REPORT struct import_report report = import(v, "name,Name,email\nA,B,nonsense\n");

	assert_int_equal(report.mistakes.count, 1);
	assert_int_equal(report.mistakes.item[0].row, 1);
	assert_int_equal(count(v), 1);
}

static void somebody_who_applies_already_is_a_mistake_of_the_row(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_IMPORT_REPORT struct import_report report = import(v, "name,email\nBea,b@x.org\nKim,KIM@x.org\n");

	assert_int_equal(report.mistakes.count, 1);
	assert_non_null(strstr(report.mistakes.item[0].text, kim));
	assert_int_equal(count(v), 2);
}

static void another_name_at_a_known_address_is_a_mistake(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_IMPORT_REPORT struct import_report report = import(v, "name,email\nBea,kim@x.org\n");

	assert_int_equal(report.mistakes.count, 1);
	assert_non_null(strstr(report.mistakes.item[0].text, "another name"));
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static void a_salary_expectation_is_for_hr_alone(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_APPLICATION_VIEWS struct application_views hr = look(v, "hana", kim);
	AUTO_APPLICATION_VIEWS struct application_views lead = look(v, "lea", kim);
	AUTO_APPLICATION_VIEWS struct application_views interviewer = look(v, "anna", kim);

	assert_string_equal(hr.item[0].application.salary_expectation, "70000");
	assert_null(lead.item[0].application.salary_expectation);
	assert_string_equal(lead.item[0].name, "Kim");
	assert_null(interviewer.item[0].name);
	assert_null(interviewer.item[0].email);
	assert_null(interviewer.item[0].application.notice);
	assert_int_equal(interviewer.item[0].steps.count, 0);
}

static void who_sits_with_a_candidate_sees_the_name(void **state)
{
	struct evening *v = *state;
	AUTO_APPLICATION_VIEWS struct application_views views = look(v, "anna", v->candidate);

	assert_string_equal(views.item[0].name, "Kim Kandidat");
}

/* --- moving ----------------------------------------------------------------------------------------------------- */

static int reject(struct evening *v, const char *candidate, const char *unmet, bool meets_all, struct err *e)
{
	AUTO_STRINGS struct strings candidates = { 0 }, requirements = { 0 };
	const struct application_move move = { .candidates = &candidates, .reason = "as long as a reason should be" };

	if (strings_add(&candidates, candidate, e) < 0 || (unmet && strings_add(&requirements, unmet, e) < 0))
		return -1;
	return applications_reject(v->workspace, "hana", &move, &requirements, meets_all, e);
}

static int move_to(struct evening *v, const char *candidate, const char *stage, struct err *e)
{
	AUTO_STRINGS struct strings candidates = { 0 };
	const struct application_move move = { .candidates = &candidates, .reason = "as long as a reason should be" };

	if (strings_add(&candidates, candidate, e) < 0)
		return -1;
	return applications_move(v->workspace, "lea", &move, stage, e);
}

static void a_step_is_kept_with_who_and_why(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];
	struct err e = { 0 };

	add_kim(v, kim);
	assert_int_equal(move_to(v, kim, "technical", &e), 0);
	AUTO_APPLICATION_VIEWS struct application_views views = look(v, "hana", kim);

	assert_string_equal(views.item[0].application.stage, "technical");
	assert_int_equal(views.item[0].steps.count, 2);
	assert_string_equal(views.item[0].steps.item[1].actor, "lea");
	assert_string_equal(views.item[0].steps.item[1].reason, "as long as a reason should be");
}

static void where_cards_are_due_nobody_is_merely_moved_or_rejected(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	assert_int_equal(move_to(v, v->candidate, "screening", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "assay decide"));

	assert_int_equal(reject(v, v->candidate, "code", false, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "assay decide"));
}

static void a_rejection_names_what_is_not_met(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];
	struct err e = { 0 };

	add_kim(v, kim);
	assert_int_equal(reject(v, kim, NULL, false, &e), -1);
	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(reject(v, kim, "code", false, &e), 0);
	AUTO_APPLICATION_VIEWS struct application_views views = look(v, "hana", kim);

	assert_int_equal(views.item[0].application.state, APPLICATION_REJECTED);
	assert_string_equal(views.item[0].steps.item[1].requirements, "code");
}

static void who_is_rejected_goes_nowhere(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];
	struct err e = { 0 };

	add_kim(v, kim);
	assert_int_equal(reject(v, kim, NULL, true, &e), 0);

	assert_int_equal(move_to(v, kim, "technical", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
}

/* --- screening -------------------------------------------------------------------------------------------------- */

static char *sheet(struct evening *v)
{
	AUTO_FREE char *position = NULL;
	char *csv = NULL;
	struct err e = { 0 };

	evening_must(screening_sheet(&csv, &position, v->workspace, "hana", NULL, NULL, ',', &e), &e);
	return csv;
}

static struct screening_report take(struct evening *v, const char *table)
{
	struct screening_report report = { 0 };
	AUTO_FREE char *file = evening_file(v, "sheet.csv", table);
	struct err e = { 0 };

	evening_must(screening_take(&report, v->workspace, "hana", file, NULL, &e), &e);
	return report;
}

/* A sheet of one row with these columns behind the candidate's. */
static struct screening_report take_row(struct evening *v, const char *candidate, const char *headings, const char *cells)
{
	AUTO_FREE char *table = mem_format(NULL, "candidate,%s\n%s,%s\n", headings, candidate, cells);

	return take(v, table);
}

static void a_sheet_that_nobody_touched_changes_nothing(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_FREE char *csv = sheet(v);
	AUTO_SCREENING_REPORT struct screening_report report = take(v, csv);

	assert_non_null(strstr(csv, "must: code – Code"));
	assert_int_equal(report.mistakes.count, 0);
	assert_int_equal(report.count, 0);
}

static void an_answer_is_kept_with_its_source(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_SCREENING_REPORT struct screening_report report = take_row(v, kim, "version,code", "0,Ja: CV");
	AUTO_APPLICATION_VIEWS struct application_views views = look(v, "hana", kim);

	assert_int_equal(report.count, 1);
	assert_int_equal(views.item[0].answers.count, 1);
	assert_int_equal(views.item[0].answers.item[0].answer, SCREENING_YES);
	assert_string_equal(views.item[0].answers.item[0].source, "CV");
	assert_int_equal(views.item[0].application.version, 1);
}

static void what_somebody_else_changed_meanwhile_is_not_overwritten(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_SCREENING_REPORT struct screening_report first = take_row(v, kim, "version,code", "0,yes");
	AUTO_SCREENING_REPORT struct screening_report second = take_row(v, kim, "version,code", "0,no");
	AUTO_SCREENING_REPORT struct screening_report same = take_row(v, kim, "version,code", "0,yes");

	assert_int_equal(first.mistakes.count, 0);
	assert_int_equal(second.mistakes.count, 1);
	assert_non_null(strstr(second.mistakes.item[0].text, "was changed since"));
	assert_int_equal(same.mistakes.count, 0);
}

static void a_sheet_with_one_mistake_changes_nothing(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_SCREENING_REPORT struct screening_report report =
		take_row(v, kim, "version,notice,code", "0,sofort,perhaps");
	AUTO_APPLICATION_VIEWS struct application_views views = look(v, "hana", kim);

	assert_int_equal(report.mistakes.count, 1);
	assert_string_equal(report.mistakes.item[0].column, "D (code)");
	assert_string_equal(views.item[0].application.notice, "3 months");
	assert_int_equal(views.item[0].application.version, 0);
}

static void what_is_taken_back_is_no_answer_any_more(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];
	struct err e = { 0 };

	add_kim(v, kim);
	AUTO_SCREENING_REPORT struct screening_report yes = take_row(v, kim, "version,code", "0,yes");
	AUTO_SCREENING_REPORT struct screening_report none = take_row(v, kim, "version,code", "1,");

	assert_int_equal(none.count, 1);
	assert_int_equal(reject(v, kim, "code", false, &e), 0);
}

static void a_day_that_a_spreadsheet_rewrote_is_no_change(void **state)
{
	struct evening *v = *state;
	char kim[ID_PSEUDONYM];

	add_kim(v, kim);
	AUTO_SCREENING_REPORT struct screening_report day = take_row(v, kim, "version,notice", "0,2027-04-01");
	AUTO_SCREENING_REPORT struct screening_report same = take_row(v, kim, "version,notice", "1,01.04.2027");

	assert_int_equal(day.count, 1);
	assert_int_equal(same.count, 0);
	assert_int_equal(same.mistakes.count, 0);
}

static void nobody_but_hr_screens(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *position = NULL;
	char *csv = NULL;
	struct err e = { 0 };

	assert_int_equal(screening_sheet(&csv, &position, v->workspace, "lea", NULL, NULL, ',', &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_null(csv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_table_is_taken_in_whole),
		TEST(a_table_with_one_mistake_is_not_taken_in_at_all),
		TEST(a_heading_with_a_mistake_ends_the_looking),
		TEST(somebody_who_applies_already_is_a_mistake_of_the_row),
		TEST(another_name_at_a_known_address_is_a_mistake),
		TEST(a_salary_expectation_is_for_hr_alone),
		TEST(who_sits_with_a_candidate_sees_the_name),
		TEST(a_step_is_kept_with_who_and_why),
		TEST(where_cards_are_due_nobody_is_merely_moved_or_rejected),
		TEST(a_rejection_names_what_is_not_met),
		TEST(who_is_rejected_goes_nowhere),
		TEST(a_sheet_that_nobody_touched_changes_nothing),
		TEST(an_answer_is_kept_with_its_source),
		TEST(what_somebody_else_changed_meanwhile_is_not_overwritten),
		TEST(a_sheet_with_one_mistake_changes_nothing),
		TEST(what_is_taken_back_is_no_answer_any_more),
		TEST(a_day_that_a_spreadsheet_rewrote_is_no_change),
		TEST(nobody_but_hr_screens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
