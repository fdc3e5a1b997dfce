// SPDX-License-Identifier: MIT
#include "score/result.h"

#include "support/score_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static char *render(const struct result *result, enum reader reader, bool closed, bool stable)
{
	AUTO_JSON struct json *document = result_json(result, reader, closed, stable);
	struct err e = { 0 };
	char *text = NULL;

	assert_int_equal(json_render(document, JSON_STYLE_PRETTY, &text, &e), 0);
	return text;
}

static int parse(struct result **out, const char *text, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_parse(&doc, "result.json", text, strlen(text), e) < 0)
		return -1;
	return result_parse(out, doc, e);
}

/* The text with its first `from` replaced. */
static char *changed(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return mem_format(NULL, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void assert_refused(const char *from, const char *to, const char *sentence)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = render(result, READER_INTERVIEWER, true, false);
	AUTO_FREE char *other = changed(text, from, to);
	struct err e = { 0 };

	assert_int_equal(parse(&read, other, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, sentence));
	assert_null(read);
}

static void an_interviewers_document_is_read_back_without_loss(void **state)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = render(result, READER_INTERVIEWER, true, false), *again = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&read, text, &e), 0);

	again = render(read, READER_INTERVIEWER, true, false);
	assert_string_equal(text, again);
}

static void an_ungradable_result_is_read_back_with_its_reason(void **state)
{
	AUTO_RESULT struct result *result = result_new(NULL), *read = NULL;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };
	(void)state;
	result->reason = mem_copy("the disk is full", NULL);
	text = render(result, READER_INTERVIEWER, true, false);

	assert_int_equal(parse(&read, text, &e), 0);

	assert_false(read->gradable);
	assert_int_equal(read->verdict, RESULT_NONE);
	assert_string_equal(read->reason, "the disk is full");
}

static void points_that_are_not_the_sum_of_the_tests_are_refused(void **state)
{
	(void)state;

	assert_refused("\"points\": 7", "\"points\": 12", "says 12 of 12 points, but its tests add up to 7 of 12");
}

static void an_unknown_outcome_is_refused_with_its_place(void **state)
{
	(void)state;

	assert_refused("\"outcome\": \"passed\"", "\"outcome\": \"perfect\"", "/tests/0/outcome must be \"passed\"");
}

static void a_verdict_without_being_gradable_is_refused(void **state)
{
	(void)state;

	assert_refused("\"gradable\": true", "\"gradable\": false", "exactly when it is gradable");
}

static void an_unknown_key_is_refused(void **state)
{
	(void)state;

	assert_refused("\"forgeable\": false", "\"forgable\": false", "/forgable is no key");
}

static void negative_points_are_refused(void **state)
{
	(void)state;

	assert_refused("\"max_points\": 3", "\"max_points\": -3", "/tests/1/max_points must be a whole number from 0");
}

/* --- who sees what ---------------------------------------------------------------------------------------------- */

static void a_candidate_sees_no_trace_of_hidden_tests(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *text = NULL;
	(void)state;

	text = render(result, READER_CANDIDATE, true, false);

	assert_null(strstr(text, "secret"));
	assert_null(strstr(text, "t.holds"));
	assert_null(strstr(text, "t.leaks"));
	assert_non_null(strstr(text, "log of open"));
}

static void what_a_server_printed_is_for_the_interviewer(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *candidates = NULL, *interviewers = NULL;
	(void)state;
	free(result->runs[0].what);
	result->runs[0].what = mem_copy("service", NULL);

	candidates = render(result, READER_CANDIDATE, true, false);
	interviewers = render(result, READER_INTERVIEWER, true, false);

	assert_null(strstr(candidates, "log of open"));
	assert_non_null(strstr(interviewers, "log of open"));
}

static void a_candidates_totals_are_those_of_what_they_see(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *open = NULL, *closed = NULL;
	(void)state;

	open = render(result, READER_CANDIDATE, false, false);
	closed = render(result, READER_CANDIDATE, true, false);

	assert_non_null(strstr(open, "\"points\": 2,\n  \"max_points\": 5,"));
	assert_non_null(strstr(closed, "\"points\": 3,\n  \"max_points\": 6,"));
}

static void an_after_suite_opens_when_the_session_is_closed(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *open = NULL, *closed = NULL;
	(void)state;

	open = render(result, READER_CANDIDATE, false, false);
	closed = render(result, READER_CANDIDATE, true, false);

	assert_null(strstr(open, "later"));
	assert_null(strstr(open, "t.waits"));
	assert_non_null(strstr(closed, "log of later"));
}

static void what_hidden_tests_do_changes_no_byte_of_a_candidates_document(void **state)
{
	AUTO_RESULT struct result *good = sample_result(), *bad = sample_result();
	AUTO_FREE char *one = NULL, *other = NULL;
	(void)state;
	bad->tests[3].outcome = OUTCOME_ERROR;
	bad->tests[3].points = 0;
	bad->points = 3;
	bad->runs[2].verdict = VERDICT_MEMORY_LIMIT;
	bad->runs[2].memory_peak_kib = 1;
	bad->reports[2].forgeable = bad->forgeable = true;
	bad->verdict = RESULT_MEMORY_LIMIT;

	one = render(good, READER_CANDIDATE, true, false);
	other = render(bad, READER_CANDIDATE, true, false);

	assert_string_equal(one, other);
}

static void a_crash_in_a_hidden_suite_is_no_verdict_for_the_candidate(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	(void)state;
	free(result->runs[2].what);
	result->runs[2].what = mem_copy("service", NULL);
	result->runs[2].verdict = VERDICT_SIGNALED;

	assert_int_equal(result_judge(result, READER_INTERVIEWER, true), RESULT_RUNTIME_ERROR);
	assert_int_equal(result_judge(result, READER_CANDIDATE, true), RESULT_PARTIAL);
}

static void a_suite_with_one_hidden_test_shows_its_tests_but_not_its_log(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *text = NULL;
	(void)state;
	result->tests[1].visibility = VISIBILITY_HIDDEN;

	text = render(result, READER_CANDIDATE, false, false);

	assert_non_null(strstr(text, "t.reads"));
	assert_null(strstr(text, "log of open"));
	assert_null(strstr(text, "t.bonus"));
}

static void a_group_that_failed_in_secret_costs_a_candidate_nothing_they_can_see(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *text = NULL;
	(void)state;
	result->tests[0].group = mem_copy("all", NULL);
	result->tests[4].group = mem_copy("all", NULL);
	result->tests[0].points = 0;
	result->tests[0].reason = mem_copy("its group \"all\" counts only as a whole", NULL);

	text = render(result, READER_CANDIDATE, false, false);

	assert_non_null(strstr(text, "\"points\": 2,\n      \"max_points\": 2,"));
	assert_null(strstr(text, "counts only as a whole"));
}

static void why_it_is_not_gradable_names_no_hidden_suite_to_a_candidate(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *text = NULL;
	(void)state;
	result->gradable = false;
	result->verdict = RESULT_NONE;
	result->reason = mem_copy("the box of suite secret broke", NULL);

	text = render(result, READER_CANDIDATE, false, false);

	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, "\"points\": 0,"));
	assert_non_null(strstr(text, "\"verdict\": null"));
}

static void nothing_to_see_is_no_verdict(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	(void)state;
	result->tests[0].visibility = result->tests[1].visibility = VISIBILITY_HIDDEN;

	assert_int_equal(result_judge(result, READER_CANDIDATE, false), RESULT_NONE);
}

/* --- stable ----------------------------------------------------------------------------------------------------- */

static void measurements_and_captured_text_change_no_byte_of_a_stable_document(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	AUTO_FREE char *first = NULL, *second = NULL;
	(void)state;
	other->tests[1].duration_ms = 999;
	other->tests[1].output[0] = 'P';
	other->tests[1].reason[0] = '9';
	other->runs[0].wall_ms = 1;
	other->runs[0].log[0] = 'L';
	other->reports[0].sha256[0] = 'b';
	other->cores = 64;

	first = render(one, READER_INTERVIEWER, true, true);
	second = render(other, READER_INTERVIEWER, true, true);

	assert_string_equal(first, second);
}

static void a_point_changes_a_stable_document(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	AUTO_FREE char *first = NULL, *second = NULL;
	(void)state;
	other->tests[1].points = 1;

	first = render(one, READER_INTERVIEWER, true, true);
	second = render(other, READER_INTERVIEWER, true, true);

	assert_string_not_equal(first, second);
}

/* --- pins ------------------------------------------------------------------------------------------------------- */

static void equal_pins_do_not_differ(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	(void)state;

	assert_null(pins_difference(&one->pins, &other->pins));
}

static void the_field_in_which_pins_differ_is_named(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	(void)state;
	other->pins.limits.disk_mib++;

	assert_string_equal(pins_difference(&one->pins, &other->pins), "limits");
}

static void an_unknown_commit_differs_from_a_known_one(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	(void)state;
	free(take_ptr(&other->pins.task_commit));

	assert_string_equal(pins_difference(&one->pins, &other->pins), "task_commit");
}

static void another_version_of_what_a_task_needs_is_another_pin(void **state)
{
	AUTO_RESULT struct result *one = sample_result(), *other = sample_result();
	(void)state;
	other->pins.versions[0].version[0] = '4';

	assert_string_equal(pins_difference(&one->pins, &other->pins), "versions");
}

static void points_of_a_suite_are_those_of_its_tests(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	int points = -1, max_points = -1;
	(void)state;

	result_suite_points(result, "secret", &points, &max_points);

	assert_int_equal(points, 4);
	assert_int_equal(max_points, 6);
}

static void withheld_points_are_read_back_and_only_interviewers_are_told(void **state)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = NULL, *for_candidates = NULL;
	struct err e = { 0 };
	(void)state;
	result->tests[0].withheld_points = 1;
	text = render(result, READER_INTERVIEWER, true, false);
	for_candidates = render(result, READER_CANDIDATE, true, false);

	assert_int_equal(parse(&read, text, &e), 0);

	assert_int_equal(read->tests[0].withheld_points, 1);
	assert_int_equal(read->tests[1].withheld_points, 0);
	assert_null(strstr(for_candidates, "withheld"));
}

static void no_test_withholds_more_than_it_has(void **state)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };
	(void)state;
	result->tests[0].withheld_points = 3;
	text = render(result, READER_INTERVIEWER, true, false);

	assert_int_equal(parse(&read, text, &e), -1);

	assert_non_null(strstr(e.text, "/tests/0/withheld_points is more than the test's points"));
}

static void the_case_of_a_box_is_read_back_and_only_interviewers_are_told(void **state)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = NULL, *for_candidates = NULL;
	struct err e = { 0 };
	(void)state;
	result->runs[0].test = mem_copy("case seven", NULL);
	text = render(result, READER_INTERVIEWER, true, false);
	for_candidates = render(result, READER_CANDIDATE, true, false);

	assert_int_equal(parse(&read, text, &e), 0);

	assert_string_equal(read->runs[0].test, "case seven");
	assert_null(read->runs[1].test);
	assert_null(strstr(for_candidates, "case seven"));
}

static void what_a_checker_prints_is_for_interviewers(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	AUTO_FREE char *for_candidates = NULL, *for_interviewers = NULL;
	(void)state;
	free(result->runs[0].what);
	result->runs[0].what = mem_copy("checker", NULL);

	for_candidates = render(result, READER_CANDIDATE, true, false);
	for_interviewers = render(result, READER_INTERVIEWER, true, false);

	assert_null(strstr(for_candidates, "log of open"));
	assert_non_null(strstr(for_interviewers, "log of open"));
}

static void hostile_bytes_become_valid_text(void **state)
{
	AUTO_RESULT struct result *result = sample_result(), *read = NULL;
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };
	(void)state;
	free(result->tests[1].output);
	result->tests[1].output = mem_copy("\xff\xfe \x1b[31m", NULL);
	text = render(result, READER_INTERVIEWER, true, false);

	assert_int_equal(parse(&read, text, &e), 0);

	assert_string_equal(read->tests[1].output, "\xEF\xBF\xBD\xEF\xBF\xBD \x1b[31m");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interviewers_document_is_read_back_without_loss),
		cmocka_unit_test(an_ungradable_result_is_read_back_with_its_reason),
		cmocka_unit_test(points_that_are_not_the_sum_of_the_tests_are_refused),
		cmocka_unit_test(an_unknown_outcome_is_refused_with_its_place),
		cmocka_unit_test(a_verdict_without_being_gradable_is_refused),
		cmocka_unit_test(an_unknown_key_is_refused),
		cmocka_unit_test(negative_points_are_refused),
		cmocka_unit_test(a_candidate_sees_no_trace_of_hidden_tests),
		cmocka_unit_test(what_a_server_printed_is_for_the_interviewer),
		cmocka_unit_test(a_candidates_totals_are_those_of_what_they_see),
		cmocka_unit_test(an_after_suite_opens_when_the_session_is_closed),
		cmocka_unit_test(what_hidden_tests_do_changes_no_byte_of_a_candidates_document),
		cmocka_unit_test(a_crash_in_a_hidden_suite_is_no_verdict_for_the_candidate),
		cmocka_unit_test(a_suite_with_one_hidden_test_shows_its_tests_but_not_its_log),
		cmocka_unit_test(a_group_that_failed_in_secret_costs_a_candidate_nothing_they_can_see),
		cmocka_unit_test(why_it_is_not_gradable_names_no_hidden_suite_to_a_candidate),
		cmocka_unit_test(nothing_to_see_is_no_verdict),
		cmocka_unit_test(measurements_and_captured_text_change_no_byte_of_a_stable_document),
		cmocka_unit_test(a_point_changes_a_stable_document),
		cmocka_unit_test(equal_pins_do_not_differ),
		cmocka_unit_test(the_field_in_which_pins_differ_is_named),
		cmocka_unit_test(an_unknown_commit_differs_from_a_known_one),
		cmocka_unit_test(another_version_of_what_a_task_needs_is_another_pin),
		cmocka_unit_test(points_of_a_suite_are_those_of_its_tests),
		cmocka_unit_test(hostile_bytes_become_valid_text),
		cmocka_unit_test(withheld_points_are_read_back_and_only_interviewers_are_told),
		cmocka_unit_test(the_case_of_a_box_is_read_back_and_only_interviewers_are_told),
		cmocka_unit_test(no_test_withholds_more_than_it_has),
		cmocka_unit_test(what_a_checker_prints_is_for_interviewers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
