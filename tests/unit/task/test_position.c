// SPDX-License-Identifier: MIT
#include "task/catalog.h"
#include "task/position.h"
#include "task/position_changes.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct position *parse(const char *text)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct position *position = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "p.json", text, strlen(text), &e) < 0 || position_parse(&position, doc, &e) < 0)
		fail_msg("%s", e.text);
	return position;
}

/* With a screening, a stage with a plan, one without; r is the text of the requirements. */
static struct position *with(const char *r)
{
	AUTO_FREE char *text = mem_format(NULL,
		"{\"format\": 1, \"id\": \"p\", \"title\": {\"en\": \"P\"}, \"stages\": ["
		"{\"id\": \"screening\", \"title\": {\"en\": \"S\"}},"
		"{\"id\": \"technical\", \"title\": {\"en\": \"T\"}, \"plan\": \"x\", \"due\": 1},"
		"{\"id\": \"team\", \"title\": {\"en\": \"M\"}}], \"requirements\": [%s]}", r);

	return parse(text);
}

static void check_gap(const char *checked, enum gap expected)
{
	AUTO_FREE char *r = mem_format(NULL, "{\"id\": \"r\", \"need\": \"must\", \"title\": {\"en\": \"R\"}%s}", checked);
	AUTO_POSITION struct position *position = with(r);

	assert_int_equal(position_gap(position, &position->requirements[0]), expected);
}

static void a_must_have_that_nothing_checks_is_told_apart(void **state)
{
	(void)state;

	check_gap("", GAP_NOWHERE);
	check_gap(", \"checked\": {\"stage\": \"team\"}", GAP_NO_PLAN);
	check_gap(", \"checked\": {\"stage\": \"technical\"}", GAP_NO_CRITERION);
}

static void screening_and_criteria_check(void **state)
{
	(void)state;

	check_gap(", \"checked\": {\"stage\": \"screening\"}", GAP_NONE);
	check_gap(", \"checked\": {\"stage\": \"technical\", \"criteria\": [\"c\"]}", GAP_NONE);
}

static void a_nice_to_have_may_be_checked_nowhere(void **state)
{
	AUTO_POSITION struct position *position = with("{\"id\": \"r\", \"need\": \"nice\", \"title\": {\"en\": \"R\"}}");
	(void)state;

	assert_int_equal(position_gap(position, &position->requirements[0]), GAP_NONE);
}

static void retention_is_six_months_when_nothing_is_said(void **state)
{
	AUTO_POSITION struct position *position = with("");
	(void)state;

	assert_int_equal(position->stages[0].retention_months, 6);
}

/* --- beginning -------------------------------------------------------------------------------------------------- */

static void a_new_position_is_whole_and_all_of_it_is_checked(void **state)
{
	AUTO_PLAN struct plan *plan = NULL;
	AUTO_RUBRIC struct rubric *rubric = NULL;
	AUTO_JSON struct json *json = NULL;
	AUTO_FREE char *text = NULL;
	AUTO_POSITION struct position *position = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(catalog_plan(&plan, AT_FDCWD, "senior-backend", &e), 0);
	assert_int_equal(catalog_rubric(&rubric, AT_FDCWD, "senior-backend", &e), 0);
	json = position_new("data-engineer", NULL, plan, rubric, NULL, NULL);
	assert_int_equal(json_render(json, JSON_STYLE_PRETTY, &text, &e), 0);
	position = parse(text);

	assert_string_equal(position->title.text[LANGUAGE_EN], "Data engineer");
	assert_int_equal(position->stage_count, 4);
	assert_int_equal(position->stages[1].due, 2);
	assert_int_equal(position->requirement_count, rubric->criterion_count);
	for (size_t i = 0; i < position->requirement_count; i++)
		assert_int_equal(position_gap(position, &position->requirements[i]), GAP_NONE);
}

static void a_new_position_marks_the_team_stage_by_its_plan(void **state)
{
	AUTO_PLAN struct plan *plan = NULL, *team = NULL;
	AUTO_RUBRIC struct rubric *rubric = NULL, *team_rubric = NULL;
	AUTO_JSON struct json *json = NULL;
	AUTO_FREE char *text = NULL;
	AUTO_POSITION struct position *position = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(catalog_plan(&plan, AT_FDCWD, "technical-conversation", &e), 0);
	assert_int_equal(catalog_rubric(&rubric, AT_FDCWD, plan->rubric, &e), 0);
	assert_int_equal(catalog_plan(&team, AT_FDCWD, "team", &e), 0);
	assert_int_equal(catalog_rubric(&team_rubric, AT_FDCWD, team->rubric, &e), 0);
	json = position_new("data-engineer", NULL, plan, rubric, team, team_rubric);
	assert_int_equal(json_render(json, JSON_STYLE_PRETTY, &text, &e), 0);
	position = parse(text);

	assert_string_equal(position->stages[1].plan, "technical-conversation");
	assert_string_equal(position->stages[2].plan, "team");
	assert_int_equal(position->stages[2].due, 2);
	assert_int_equal(position->requirement_count, rubric->criterion_count + team_rubric->criterion_count);
	assert_string_equal(position_requirement(position, "mentoring")->stage, "team");
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

static struct position_changes changes(const char *before, const char *after)
{
	AUTO_JSON struct json *was = json_parse_value(before, strlen(before));
	AUTO_JSON struct json *is = json_parse_value(after, strlen(after));
	struct json_at was_at = json_value_root(was), is_at = json_value_root(is);
	struct position_changes out = { 0 };
	struct err e = { 0 };

	if (position_compare(&out, &was_at, &is_at, &e) < 0)
		fail_msg("%s", e.text);
	return out;
}

static void check_change(const char *before, const char *after, const char *place, enum position_lock lock)
{
	AUTO_POSITION_CHANGES struct position_changes c = changes(before, after);

	assert_int_equal(c.count, 1);
	assert_string_equal(c.item[0].place, place);
	assert_int_equal(c.item[0].lock, lock);
}

static void the_same_document_in_other_words_has_no_changes(void **state)
{
	AUTO_POSITION_CHANGES struct position_changes c =
		changes("{\"a\": 1, \"b\": {\"x\": null}}", "{\"b\": {}, \"a\": 1}");
	(void)state;

	assert_int_equal(c.count, 0);
}

static void a_change_has_its_place_its_values_and_its_lock(void **state)
{
	AUTO_POSITION_CHANGES struct position_changes c =
		changes("{\"stages\": [{\"id\": \"t\", \"due\": 2}]}", "{\"stages\": [{\"id\": \"t\", \"due\": 1}]}");
	(void)state;

	assert_int_equal(c.count, 1);
	assert_string_equal(c.item[0].place, "stages/t/due");
	assert_string_equal(c.item[0].before, "2");
	assert_string_equal(c.item[0].after, "1");
	assert_int_equal(c.item[0].lock, LOCK_SESSIONS);
}

static void what_applicants_are_measured_by_is_locked_first(void **state)
{
	(void)state;

	check_change("{\"id\": \"a\"}", "{\"id\": \"b\"}", "id", LOCK_ALWAYS);
	check_change("{\"requirements\": [{\"id\": \"r\", \"need\": \"must\"}]}",
		"{\"requirements\": [{\"id\": \"r\", \"need\": \"nice\"}]}", "requirements/r/need", LOCK_APPLICATIONS);
	check_change("{\"requirements\": []}", "{\"requirements\": [{\"id\": \"r\"}]}", "requirements/r", LOCK_APPLICATIONS);
	check_change("{\"stages\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}", "{\"stages\": [{\"id\": \"b\"}, {\"id\": \"a\"}]}",
		"stages/order", LOCK_APPLICATIONS);
}

static void wording_is_never_locked(void **state)
{
	(void)state;

	check_change("{\"requirements\": [{\"id\": \"r\", \"title\": {\"en\": \"a\"}}]}",
		"{\"requirements\": [{\"id\": \"r\", \"title\": {\"en\": \"b\"}}]}", "requirements/r/title/en", LOCK_NEVER);
	check_change("{\"requirements\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}",
		"{\"requirements\": [{\"id\": \"b\"}, {\"id\": \"a\"}]}", "requirements/order", LOCK_NEVER);
	check_change("{\"stages\": [{\"id\": \"s\", \"agreed_with_works_council\": null}]}",
		"{\"stages\": [{\"id\": \"s\", \"agreed_with_works_council\": \"x\"}]}",
		"stages/s/agreed_with_works_council", LOCK_NEVER);
}

static void an_element_that_is_put_between_is_one_change(void **state)
{
	(void)state;

	check_change("{\"stages\": [{\"id\": \"a\"}, {\"id\": \"c\"}]}",
		"{\"stages\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"c\"}]}", "stages/b", LOCK_APPLICATIONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_must_have_that_nothing_checks_is_told_apart),
		cmocka_unit_test(screening_and_criteria_check),
		cmocka_unit_test(a_nice_to_have_may_be_checked_nowhere),
		cmocka_unit_test(retention_is_six_months_when_nothing_is_said),
		cmocka_unit_test(a_new_position_is_whole_and_all_of_it_is_checked),
		cmocka_unit_test(a_new_position_marks_the_team_stage_by_its_plan),
		cmocka_unit_test(the_same_document_in_other_words_has_no_changes),
		cmocka_unit_test(a_change_has_its_place_its_values_and_its_lock),
		cmocka_unit_test(what_applicants_are_measured_by_is_locked_first),
		cmocka_unit_test(wording_is_never_locked),
		cmocka_unit_test(an_element_that_is_put_between_is_one_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
