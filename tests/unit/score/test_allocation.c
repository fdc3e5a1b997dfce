// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/*
 * Whichever allocation fails, judging refuses cleanly and leaks nothing: every function is called again and again,
 * the first, second, third … allocation in it failing, until it succeeds.
 */
#include "score/compare.h"
#include "score/evaluate.h"
#include "score/output.h"
#include "score/ruling.h"

#include "base/fs.h"
#include "support/failing_alloc.h"
#include "support/score_samples.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* One thing to do, with all memory that it takes freed again. 0, or -1 with the error. */
typedef int work(void *context, struct err *e);

enum { MOST = 20000 };

static void assert_refuses_cleanly(work *do_it, void *context, enum failing_mode mode)
{
	bool failed = true;

	for (size_t n = 0; failed && n < MOST; n++) {
		struct err e = { 0 };
		int said;
		long balance;

		failing_alloc_start(n, mode);
		said = do_it(context, &e);
		failed = failing_alloc_stop();
		balance = failing_alloc_balance();
		if (said != (failed ? -1 : 0) || balance != 0 || e.kind != (failed ? ERR_SYSTEM : ERR_NONE))
			fail_msg("allocation %zu: returned %d, %ld blocks left, \"%s\"", n, said, balance, e.text);
	}
	assert_false(failed);
}

static void assert_both_ways(work *do_it, void *context)
{
	assert_refuses_cleanly(do_it, context, FAIL_ONCE);
	assert_refuses_cleanly(do_it, context, FAIL_FROM_THEN_ON);
}

/* Bytes of a file below tests/cases. */
struct input {
	char *bytes;
	size_t size;
};

static void read_input(struct input *input, const char *path)
{
	struct err e = { 0 };

	assert_int_equal(fs_read(&input->bytes, &input->size, AT_FDCWD, path, 1 << 20, &e), 0);
}

/* --- reports ---------------------------------------------------------------------------------------------------- */

/* A report on disk and who reads it. */
struct reading {
	int (*parse)(struct reported *out, const char *bytes, size_t size, struct err *e);
	struct input input;
};

static int read_report(void *context, struct err *e)
{
	const struct reading *reading = context;
	struct reported reported = { 0 };

	if (reading->parse(&reported, reading->input.bytes, reading->input.size, e) < 0)
		return -1;
	reported_done(&reported);
	return 0;
}

static int rule(void *context, struct err *e)
{
	struct ruling ruling = { 0 };

	if (ruling_make(&ruling, context, e) < 0)
		return -1;
	ruling_done(&ruling);
	return 0;
}

static void a_checker_is_heard(void **state)
{
	struct ruled ruled = { .exit_code = RULING_ACCEPTS, .score = "0.5", .score_size = 3, .message = "a\xff", .message_size = 2 };
	(void)state;

	assert_both_ways(rule, &ruled);
	ruled.exit_code = RULING_REJECTS;
	assert_both_ways(rule, &ruled);
	ruled.exit_code = 0;
	assert_both_ways(rule, &ruled);
}

static void every_form_of_report_is_read_or_refused_cleanly(void **state)
{
	static const struct {
		int (*parse)(struct reported *out, const char *bytes, size_t size, struct err *e);
		const char *path;
	} rows[] = {
		{ parse_junit, "tests/cases/junit/pytest/input.xml" },
		{ parse_junit, "tests/cases/junit/cut-off/input.xml" },
		{ parse_junit, "tests/cases/junit/node/input.xml" },
		{ parse_tap, "tests/cases/tap/node/input.tap" },
		{ parse_tap, "tests/cases/tap/outcomes/input.tap" },
		{ parse_tap, "tests/cases/tap/block-scalars/input.tap" },
		{ parse_tap, "tests/cases/tap/stopped-in-a-subtest/input.tap" },
		{ parse_unity, "tests/cases/unity/fixture-verbose/input.txt" },
		{ parse_unity, "tests/cases/unity/parameters/input.txt" },
		{ parse_unity, "tests/cases/unity/fixture-crash/input.txt" },
		{ parse_ctrf, "tests/cases/ctrf/suites-as-lists/input.json" },
		{ parse_ctrf, "tests/cases/ctrf/odd-texts/input.json" },
		{ parse_ctrf, "tests/cases/ctrf/cut-off/input.json" },
		{ parse_gradescope, "tests/cases/gradescope/contradictions/input.json" },
		{ parse_check50, "tests/cases/check50/hello/input.json" },
		{ parse_check50, "tests/cases/check50/several-sides/input.json" },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading reading = { .parse = rows[i].parse };

		print_message("%s\n", rows[i].path);
		read_input(&reading.input, rows[i].path);
		assert_both_ways(read_report, &reading);
		free(reading.input.bytes);
	}
}

/* --- output and points ------------------------------------------------------------------------------------------ */

static int compare_outputs(void *context, struct err *e)
{
	struct output_match match = { 0 };
	(void)context;

	if (output_compare(&match, COMPARE_TOKENS, 0, "1 2 3", 5, "1 2 4", 5, e) < 0)
		return -1;
	output_match_done(&match);
	return 0;
}

static void comparing_outputs_refuses_cleanly(void **state)
{
	(void)state;

	assert_both_ways(compare_outputs, NULL);
}

static int give_points(void *context, struct err *e)
{
	struct suite suite = { .id = (char *)(uintptr_t)"open", .report = REPORT_JUNIT, .against = AGAINST_SHARED };
	size_t first[] = { 0 };
	struct manifest_test tests[] = {
		{ .name = (char *)(uintptr_t)"t.reads", .suite = suite.id, .group = suite.id, .points = 2 },
		{ .name = (char *)(uintptr_t)"t.fails", .suite = suite.id, .group = suite.id, .points = 2 },
		{ .name = (char *)(uintptr_t)"t.leans", .suite = suite.id, .points = 2, .depends = first,
			.depends_count = 1 },
		{ .name = (char *)(uintptr_t)"t.gone", .suite = suite.id, .points = 1,
			.says = { .text = { [LANGUAGE_EN] = (char *)(uintptr_t)"it is there" } } },
	};
	struct group group = { (char *)(uintptr_t)"open", GROUP_ALL };
	struct task task = { .suites = &suite, .suite_count = 1, .manifest = { .tests = tests, .test_count = 4,
		.groups = &group, .group_count = 1 } };
	struct suite_report report = { .suite = &suite, .has_report = true, .reported = *(struct reported *)context };
	AUTO_RESULT struct result *result = result_new(e);

	return result ? evaluate(result, &task, &report, 1, false, e) : -1;
}

static void giving_points_refuses_cleanly(void **state)
{
	static const char xml[] = "<testsuite><testcase classname='t' name='reads'/>"
		"<testcase classname='t' name='fails'><failure message='no'>out</failure></testcase>"
		"<testcase classname='t' name='leans'/><testcase name='import'><error message='x'/></testcase></testsuite>";
	struct reported reported = { 0 };
	struct err e = { 0 };
	(void)state;
	assert_int_equal(parse_junit(&reported, xml, strlen(xml), &e), 0);

	assert_both_ways(give_points, &reported);

	reported_done(&reported);
}

/* --- documents -------------------------------------------------------------------------------------------------- */

static int write_result(void *context, struct err *e)
{
	AUTO_JSON struct json *document = result_json(context, READER_CANDIDATE, true, false);
	AUTO_FREE char *text = NULL;

	return json_render(document, JSON_STYLE_COMPACT, &text, e);
}

static void writing_a_result_refuses_cleanly(void **state)
{
	AUTO_RESULT struct result *result = sample_result();
	(void)state;

	assert_both_ways(write_result, result);
}

static int read_result(void *context, struct err *e)
{
	const struct input *input = context;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_RESULT struct result *result = NULL;

	if (json_doc_parse(&doc, "result.json", input->bytes, input->size, e) < 0)
		return -1;
	return result_parse(&result, doc, e);
}

static void reading_a_result_refuses_cleanly(void **state)
{
	struct input input;
	(void)state;
	read_input(&input, "tests/fuzz/regression/result/sample");

	assert_both_ways(read_result, &input);

	free(input.bytes);
}

/* --- cards and scorecards --------------------------------------------------------------------------------------- */

static const char card_file[] = "{\"format\": 1, \"marks\": [{\"criterion\": \"depth\", \"mark\": 4, \"evidence\": "
	"\"all\"}, {\"criterion\": \"errors\", \"mark\": null}], \"strengths\": \"calm\", \"recommendation\": \"yes\"}";

static int keep_card(void *context, struct err *e)
{
	const struct rubric *rubric = context;
	AUTO_CARD struct card *card = NULL, *read = NULL;
	AUTO_JSON_DOC struct json_doc *file = NULL, *stored = NULL;
	AUTO_JSON struct json *document = NULL;
	AUTO_FREE char *text = NULL;

	if (card_new(&card, rubric, "kim", e) < 0 ||
		json_doc_parse(&file, "card.json", card_file, strlen(card_file), e) < 0 ||
		card_take_file(card, rubric, file, e) < 0)
		return -1;
	document = card_json(card);
	if (json_render(document, JSON_STYLE_COMPACT, &text, e) < 0 ||
		json_doc_parse(&stored, "card.json", text, strlen(text), e) < 0)
		return -1;
	return card_parse(&read, stored, e);
}

static void keeping_a_card_refuses_cleanly(void **state)
{
	struct rubric *rubric = sample_rubric();
	(void)state;

	assert_both_ways(keep_card, rubric);

	rubric_free(rubric);
}

struct session {
	struct rubric *rubric;
	struct card *cards[2];
	struct result *results[2];
	struct findings findings;
};

static int sum_up(struct scorecard **out, const struct session *session, size_t candidate, struct err *e)
{
	const struct part_evidence evidence[] = { { PART_CODING, "queue", session->results[candidate], NULL },
		{ PART_REVIEW, "upload", NULL, &session->findings } };
	const struct scorecard_order order = { .session = "S", .position = "backend", .stage = "technical",
		.candidate = candidate ? "C-1" : "C-2", .rubric = session->rubric,
		.cards = (const struct card *const *)session->cards, .card_count = 2, .due = 3, .sealed = 2,
		.evidence = evidence, .evidence_count = 2 };

	return scorecard_make(out, &order, e);
}

static int compare_sessions(void *context, struct err *e)
{
	AUTO_SCORECARD struct scorecard *one = NULL, *other = NULL;
	AUTO_COMPARISON struct comparison_table *table = NULL;
	AUTO_JSON struct json *document = NULL;
	AUTO_FREE char *text = NULL;

	if (sum_up(&one, context, 0, e) < 0 || sum_up(&other, context, 1, e) < 0)
		return -1;
	if (comparison_make(&table, (const struct scorecard *const[]){ one, other }, 2, e) < 0)
		return -1;
	document = comparison_json(table);
	return json_render(document, JSON_STYLE_COMPACT, &text, e);
}

static void summing_up_and_comparing_refuses_cleanly(void **state)
{
	static const int marks[] = { 3, 0, 4 };
	struct session session = { .rubric = sample_rubric(), .results = { sample_result(), sample_result() } };
	(void)state;
	session.cards[0] = sample_card(session.rubric, "kim", marks);
	session.cards[1] = sample_card(session.rubric, "lee", marks);
	session.cards[1]->conflict_of_interest = true;
	session.results[1]->pins.limits.wall_ms++;
	session.results[1]->pins.versions[0].version[0]++;
	session.results[1]->forgeable = true;

	assert_both_ways(compare_sessions, &session);

	card_free(session.cards[0]);
	card_free(session.cards[1]);
	result_free(session.results[0]);
	result_free(session.results[1]);
	rubric_free(session.rubric);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_checker_is_heard),
		cmocka_unit_test(every_form_of_report_is_read_or_refused_cleanly),
		cmocka_unit_test(comparing_outputs_refuses_cleanly),
		cmocka_unit_test(giving_points_refuses_cleanly),
		cmocka_unit_test(writing_a_result_refuses_cleanly),
		cmocka_unit_test(reading_a_result_refuses_cleanly),
		cmocka_unit_test(keeping_a_card_refuses_cleanly),
		cmocka_unit_test(summing_up_and_comparing_refuses_cleanly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
