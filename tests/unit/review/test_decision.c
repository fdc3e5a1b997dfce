// SPDX-License-Identifier: MIT
#include "review/decision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Two flaws and two comments: what decisions are about. */
static char sql[] = "sql", loop[] = "loop", c1[] = "c1", c2[] = "c2";
static struct flaw flaw_items[] = {
	{ .id = sql, .category = CATEGORY_SECURITY, .severity = SEVERITY_CRITICAL },
	{ .id = loop, .category = CATEGORY_PERFORMANCE, .severity = SEVERITY_MINOR },
};
static const struct flaws flaws = { .item = flaw_items, .count = 2 };
static struct comment comment_items[] = { { .id = c1 }, { .id = c2 } };
static const struct comments comments = { .item = comment_items, .count = 2 };

static int parse(struct decisions *out, const char *list, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *text = mem_format(e, "{\"format\":1,\"by\":\"ines\",\"decisions\":[\n%s]}", list);

	assert_int_equal(json_doc_parse(&doc, "d.json", text, strlen(text), e), 0);
	return decisions_parse(out, doc, &comments, &flaws, e);
}

static void assert_refused(const char *list, const char *sentence)
{
	struct decisions decisions = { 0 };
	struct err e = { 0 };

	assert_int_equal(parse(&decisions, list, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, sentence);
	assert_null(decisions.item);
}

static void count(struct findings *findings, const char *list)
{
	struct decisions decisions = { 0 };
	struct err e = { 0 };

	assert_int_equal(parse(&decisions, list, &e), 0);
	assert_int_equal(findings_count(findings, &flaws, NULL, &decisions, &e), 0);
	decisions_done(&decisions);
}

static void a_confirmed_flaw_is_found(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	count(&findings, "{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\"}");

	assert_true(findings.confirmed);
	assert_int_equal(findings.all.found, 1);
	assert_int_equal(findings.all.planted, 2);
	assert_int_equal(findings.by_category[CATEGORY_SECURITY].found, 1);
	assert_int_equal(findings.by_category[CATEGORY_PERFORMANCE].found, 0);
	assert_int_equal(findings.weight_found_halves, 8);
	assert_int_equal(findings.weight_total, 6);
	assert_string_equal(findings.found_ids.item[0], "sql");
	assert_string_equal(findings.missed_ids.item[0], "loop");
	findings_done(&findings);
}

static void half_a_reason_is_half_a_credit(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	count(&findings, "{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\",\"credit\":0.5}");

	assert_int_equal(findings.all.found, 1);
	assert_int_equal(findings.all.half_credits, 1);
	assert_int_equal(findings.weight_found_halves, 4);
	findings_done(&findings);
}

static void only_a_wrong_claim_is_a_false_alarm(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	count(&findings, "{\"comment\":\"c1\",\"flaw\":null,\"as\":\"wrong\"},{\"comment\":\"c2\",\"as\":\"taste\"}");

	assert_int_equal(findings.wrong, 1);
	assert_int_equal(findings.real, 0);
	assert_int_equal(findings.all.found, 0);
	findings_done(&findings);
}

static void what_nobody_planted_is_found_besides(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	count(&findings, "{\"comment\":\"c1\",\"as\":\"real\",\"credit\":1}");

	assert_int_equal(findings.real, 1);
	assert_int_equal(findings.all.found, 0);
	findings_done(&findings);
}

static void one_comment_may_find_two_flaws(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	count(&findings, "{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\"},"
			 "{\"comment\":\"c1\",\"flaw\":\"loop\",\"as\":\"planted\"}");

	assert_int_equal(findings.all.found, 2);
	findings_done(&findings);
}

static void nothing_is_found_before_a_person_confirmed_it(void **state)
{
	struct match proposed = { .band = BAND_PROPOSED, .flaw = 0 }, items[] = { proposed };
	struct matching matching = { .item = items, .count = 1 };
	struct findings findings = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(findings_count(&findings, &flaws, &matching, NULL, &e), 0);

	assert_false(findings.confirmed);
	assert_int_equal(findings.proposed, 1);
	assert_int_equal(findings.all.found, 0);
	assert_int_equal(findings.weight_found_halves, 0);
	findings_done(&findings);
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;

	assert_refused("{\"comment\":\"c9\",\"as\":\"taste\"}", "d.json:2: /decisions/0/comment is no comment of this review");
	assert_refused("{\"comment\":\"c1\",\"flaw\":\"x\",\"as\":\"planted\"}",
		"d.json:2: /decisions/0/flaw is no flaw of this task");
	assert_refused("{\"comment\":\"c1\",\"as\":\"planted\"}", "d.json:2: /decisions/0 lacks the \"flaw\" that it found");
	assert_refused("{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"taste\"}",
		"d.json:2: /decisions/0/flaw stands only beside \"planted\" and \"duplicate\"");
	assert_refused("{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\",\"credit\":0.75}",
		"d.json:2: /decisions/0/credit must be 1 or 0.5");
	assert_refused("{\"comment\":\"c1\",\"as\":\"wrong\",\"credit\":1}",
		"d.json:2: /decisions/0/credit stands only beside \"planted\" and \"real\"");
	assert_refused("{\"comment\":\"c1\",\"as\":\"good\"}", "d.json:2: /decisions/0/as must be \"planted\", \"real\", "
		"\"duplicate\", \"taste\", \"question\" or \"wrong\"");
}

static void nothing_is_decided_or_credited_twice(void **state)
{
	(void)state;

	assert_refused("{\"comment\":\"c1\",\"as\":\"taste\"},\n{\"comment\":\"c1\",\"as\":\"wrong\"}",
		"d.json:3: /decisions/1/comment is decided already");
	assert_refused("{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\"},\n"
		"{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"duplicate\"}",
		"d.json:3: /decisions/1/comment is decided already");
	assert_refused("{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\"},\n"
		"{\"comment\":\"c2\",\"flaw\":\"sql\",\"as\":\"planted\"}",
		"d.json:3: /decisions/1/flaw is credited already");
}

static void what_was_read_is_written_as_it_was(void **state)
{
	static const char list[] = "{\"comment\":\"c1\",\"flaw\":\"sql\",\"as\":\"planted\",\"credit\":0.5,\"reason\":\"r\"},"
				   "{\"comment\":\"c2\",\"flaw\":null,\"as\":\"question\"}";
	struct decisions decisions = { 0 };
	struct err e = { 0 };
	AUTO_JSON struct json *value = NULL;
	AUTO_FREE char *written = NULL, *wanted = mem_format(&e, "{\"format\":1,\"by\":\"ines\",\"decisions\":[%s]}", list);
	(void)state;

	assert_int_equal(parse(&decisions, list, &e), 0);
	value = decisions_json(&decisions);
	assert_int_equal(json_render(value, JSON_STYLE_COMPACT, &written, &e), 0);

	assert_string_equal(written, wanted);
	decisions_done(&decisions);
}

static void four_of_six_may_be_anything_from_30_to_90_percent(void **state)
{
	int low = -1, high = -1;
	(void)state;

	findings_interval(4, 6, &low, &high);

	assert_int_equal(low, 30);
	assert_int_equal(high, 90);
}

static void nothing_out_of_nothing_may_be_anything(void **state)
{
	int low = -1, high = -1;
	(void)state;

	findings_interval(0, 0, &low, &high);

	assert_int_equal(low, 0);
	assert_int_equal(high, 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_confirmed_flaw_is_found),
		cmocka_unit_test(half_a_reason_is_half_a_credit),
		cmocka_unit_test(only_a_wrong_claim_is_a_false_alarm),
		cmocka_unit_test(what_nobody_planted_is_found_besides),
		cmocka_unit_test(one_comment_may_find_two_flaws),
		cmocka_unit_test(nothing_is_found_before_a_person_confirmed_it),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(nothing_is_decided_or_credited_twice),
		cmocka_unit_test(what_was_read_is_written_as_it_was),
		cmocka_unit_test(four_of_six_may_be_anything_from_30_to_90_percent),
		cmocka_unit_test(nothing_out_of_nothing_may_be_anything),
	};

	return cmocka_run_group_tests_name("decision", tests, NULL, NULL);
}
