// SPDX-License-Identifier: MIT
/* The rubric and plan are those of tests/cases/task/base/repository. */
#include "task/rubric.h"

#include "base/text.h"
#include "review/comment.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct rubric *load(void)
{
	struct rubric *rubric = NULL;
	struct err e = { 0 };

	if (rubric_load(&rubric, AT_FDCWD, "tests/cases/task/base/repository/rubrics/backend.json", &e) < 0)
		fail_msg("%s", e.text);
	return rubric;
}

static struct rubric *parse(const char *text)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct rubric *rubric = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "rubric.json", text, strlen(text), &e) < 0 || rubric_parse(&rubric, doc, &e) < 0)
		fail_msg("%s", e.text);
	return rubric;
}

#define CRITERION(more) \
	"\"criteria\": [{\"id\": \"a\", \"part\": \"review\", \"title\": {\"en\": \"A\"}, \"anchors\": [{\"en\": \"1\"}, " \
	"{\"en\": \"2\"}, {\"en\": \"3\"}, {\"en\": \"4\"}], \"evidence\": [" more "]}]"
#define HEAD "\"format\": 1, \"id\": \"x\", \"version\": 1, \"languages\": [\"en\"], "

static void the_mark_that_is_suggested_begins_at_its_share(void **state)
{
	AUTO_RUBRIC struct rubric *rubric = load();
	const struct criterion *errors = rubric_criterion(rubric, "errors");
	(void)state;

	assert_int_equal(criterion_suggested(errors, 0), 1);
	assert_int_equal(criterion_suggested(errors, 0.29), 1);
	assert_int_equal(criterion_suggested(errors, 3.0 / 10), 2);
	assert_int_equal(criterion_suggested(errors, 0.1 * 6), 3);
	assert_int_equal(criterion_suggested(errors, 1), 4);
}

static void a_criterion_without_a_rule_suggests_nothing(void **state)
{
	AUTO_RUBRIC struct rubric *rubric = load();
	(void)state;

	assert_int_equal(criterion_suggested(rubric_criterion(rubric, "idempotency"), 1), 0);
}

static void a_weight_that_is_not_given_is_one(void **state)
{
	AUTO_RUBRIC struct rubric *rubric = load();
	(void)state;

	assert_int_equal(rubric_criterion(rubric, "errors")->weight, 2);
	assert_int_equal(rubric_criterion(rubric, "idempotency")->weight, 1);
}

static void the_digest_is_of_the_content_and_not_of_its_spelling(void **state)
{
	AUTO_RUBRIC struct rubric *one = parse("{" HEAD CRITERION("{\"notes\": true}") "}");
	AUTO_RUBRIC struct rubric *two = parse("{" CRITERION("{\"notes\":\n true}") ",\n" HEAD
		"\"agreed_with_works_council\": null}");
	AUTO_RUBRIC struct rubric *same = parse("{" CRITERION("{\"notes\":\n true}") ",\n" HEAD
		"\"agreed_with_works_council\":null }");
	(void)state;

	assert_string_not_equal(one->digest, two->digest);
	assert_string_equal(two->digest, same->digest);
}

static void every_category_of_the_room_review_can_be_evidence(void **state)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_RUBRIC struct rubric *rubric = NULL;
	(void)state;

	text_add(&t, "{" HEAD "\"criteria\": [{\"id\": \"a\", \"part\": \"review\", \"title\": {\"en\": \"A\"}, \"anchors\": "
		"[{\"en\": \"1\"}, {\"en\": \"2\"}, {\"en\": \"3\"}, {\"en\": \"4\"}], \"evidence\": [{\"findings\": \"all\"}");
	for (int i = 0; i < CATEGORIES; i++)
		text_addf(&t, ", {\"findings\": \"%s\"}", category_name((enum category)i));
	text_add(&t, "]}]}");
	rubric = parse(text_bytes(&t));

	assert_int_equal(rubric->criteria[0].evidence_count, CATEGORIES + 1);
	for (int i = 0; i < CATEGORIES; i++)
		assert_string_equal(rubric->criteria[0].evidence[i + 1].category, category_name((enum category)i));
}

static void a_plan_counts_its_minutes(void **state)
{
	AUTO_PLAN struct plan *plan = NULL;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(plan_load(&plan, AT_FDCWD, "tests/cases/task/base/repository/rubrics/plans/hour.json", &e), 0);

	assert_int_equal(plan_minutes(plan), 90);
	assert_int_equal(plan->parts[1].part, PART_CODING);
	assert_string_equal(plan->parts[1].task, "echo");
	assert_null(plan->parts[0].task);
}

static void a_recommendation_is_one_of_four_words(void **state)
{
	int level = 0;
	(void)state;

	assert_true(recommendation_parse("strong_no", &level));
	assert_int_equal(level, 1);
	assert_true(recommendation_parse("strong_yes", &level));
	assert_int_equal(level, 4);
	assert_false(recommendation_parse("maybe", &level));
	assert_string_equal(recommendation_name(3), "yes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mark_that_is_suggested_begins_at_its_share),
		cmocka_unit_test(a_criterion_without_a_rule_suggests_nothing),
		cmocka_unit_test(a_weight_that_is_not_given_is_one),
		cmocka_unit_test(the_digest_is_of_the_content_and_not_of_its_spelling),
		cmocka_unit_test(every_category_of_the_room_review_can_be_evidence),
		cmocka_unit_test(a_plan_counts_its_minutes),
		cmocka_unit_test(a_recommendation_is_one_of_four_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
