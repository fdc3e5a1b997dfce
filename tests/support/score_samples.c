// SPDX-License-Identifier: MIT
#include "support/score_samples.h"

#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool made, const struct err *e)
{
	if (made)
		return;
	fprintf(stderr, "cannot make a sample: %s\n", e->text);
	exit(1);
}

static char *copy(const char *s)
{
	struct err e = { 0 };
	char *made = mem_copy(s, &e);

	need(made, &e);
	return made;
}

static void add_test(struct result *result, const char *suite, const char *name, enum visibility visibility,
	enum outcome outcome, int points, int max_points)
{
	struct err e = { 0 };
	struct test_result *test = result_add_test(result, &e);

	need(test, &e);
	test->suite = copy(suite);
	test->name = copy(name);
	test->visibility = visibility;
	test->outcome = outcome;
	test->points = points;
	test->max_points = max_points;
	test->duration_ms = 12;
	test->says.text[LANGUAGE_EN] = copy(name);
	if (outcome == OUTCOME_PASSED)
		return;
	test->reason = copy("2 != 3");
	test->expected = copy("2");
	test->actual = copy("3");
	test->output = copy("printed by the test\n");
}

static void add_suite(struct result *result, const char *suite, const char *log)
{
	struct err e = { 0 };
	struct box_run *run = result_add_run(result, &e);
	struct report_note *report = result_add_report(result, &e);

	need(run && report, &e);
	run->what = copy("tester");
	run->suite = copy(suite);
	run->exit_code = 1;
	run->wall_ms = 340;
	run->memory_peak_kib = 20480;
	run->limits_mode = copy("sampled");
	run->log = copy(log);
	need(strings_add(&run->argv, "python3", &e) == 0, &e);
	report->suite = copy(suite);
	report->format = copy("junit");
	memset(report->sha256, 'a', 64);
	need(strings_add(&report->unexpected, "t.bonus", &e) == 0, &e);
	need(strings_add(&report->anomalies, "2 control characters were removed", &e) == 0, &e);
}

static void fill_pins(struct pins *pins)
{
	struct err e = { 0 };
	struct version *version = mem_push(&pins->versions, 0, sizeof(*version), &e);

	need(version, &e);
	pins->task_repo = copy("https://example.com/tasks.git");
	pins->task_commit = copy("1111111111111111111111111111111111111111");
	pins->task = copy("queue");
	pins->task_tree = copy("22");
	pins->manifest = copy("33");
	pins->box_policy = copy("44");
	pins->limits_mode = copy("sampled");
	pins->assay = copy("0.1.0");
	pins->limits = (struct limits){ 30000, 20000, 512, 128, 1024, 64 };
	pins->tester_limits = (struct limits){ 60000, 40000, 1024, 256, 2048, 128 };
	version->name = copy("python3");
	version->version = copy("3.11.2");
	pins->version_count = 1;
}

struct result *sample_result(void)
{
	struct err e = { 0 };
	struct result *result = result_new(&e);

	need(result, &e);
	add_test(result, "open", "t.reads", VISIBILITY_VISIBLE, OUTCOME_PASSED, 2, 2);
	add_test(result, "open", "t.writes", VISIBILITY_VISIBLE, OUTCOME_FAILED, 0, 3);
	add_test(result, "later", "t.waits", VISIBILITY_AFTER, OUTCOME_PASSED, 1, 1);
	add_test(result, "secret", "t.holds", VISIBILITY_HIDDEN, OUTCOME_PASSED, 4, 4);
	add_test(result, "secret", "t.leaks", VISIBILITY_HIDDEN, OUTCOME_FAILED, 0, 2);
	add_suite(result, "open", "log of open");
	add_suite(result, "later", "log of later");
	add_suite(result, "secret", "log of secret");
	need(strings_add(&result->dropped, "conftest.py: configures a test runner", &e) == 0, &e);
	fill_pins(&result->pins);
	result->gradable = true;
	result->points = 7;
	result->max_points = 12;
	result->verdict = RESULT_PARTIAL;
	result->cpu_model = copy("Some CPU");
	result->cores = 2;
	return result;
}

static const char rubric_text[] =
	"{\"format\": 1, \"id\": \"sample\", \"version\": 3, \"languages\": [\"en\"], \"agreed_with_works_council\": null,"
	" \"criteria\": ["
	"  {\"id\": \"quality\", \"part\": \"coding\", \"weight\": 2, \"title\": {\"en\": \"Code quality\"},"
	"   \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": \"d\"}],"
	"   \"evidence\": [{\"suite\": \"open\"}, {\"notes\": true}],"
	"   \"suggest\": {\"share_of_points\": [0.3, 0.6, 0.9]}},"
	"  {\"id\": \"errors\", \"part\": \"coding\", \"weight\": 1, \"title\": {\"en\": \"Errors\"},"
	"   \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": \"d\"}],"
	"   \"evidence\": [{\"suite\": \"secret\"}, {\"suite\": \"secret\", \"test\": \"t.holds\"}]},"
	"  {\"id\": \"depth\", \"part\": \"review\", \"weight\": 1, \"title\": {\"en\": \"Review depth\"},"
	"   \"anchors\": [{\"en\": \"a\"}, {\"en\": \"b\"}, {\"en\": \"c\"}, {\"en\": \"d\"}],"
	"   \"evidence\": [{\"findings\": \"security\"}, {\"findings\": \"all\"}],"
	"   \"suggest\": {\"share_of_findings\": [0.3, 0.55, 0.8]}}]}";

struct rubric *sample_rubric(void)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct rubric *rubric = NULL;
	struct err e = { 0 };

	need(json_doc_parse(&doc, "rubric.json", rubric_text, strlen(rubric_text), &e) == 0 &&
		     rubric_parse(&rubric, doc, &e) == 0, &e);
	return rubric;
}

struct card *sample_card(const struct rubric *rubric, const char *interviewer, const int *marks)
{
	struct err e = { 0 };
	struct card *card = NULL;

	need(card_new(&card, rubric, interviewer, &e) == 0, &e);
	for (size_t i = 0; i < rubric->criterion_count; i++)
		need(card_set(card, rubric->criteria[i].id, marks[i], "seen", &e) == 0, &e);
	card->recommendation = 3;
	card->state = CARD_REVEALED;
	card->sealed_ms = 1;
	return card;
}
