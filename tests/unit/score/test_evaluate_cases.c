// SPDX-License-Identifier: MIT
/*
 * Every directory below tests/cases/evaluate is one claim: manifest.json and the reports that case.json names give the
 * stable result in expected.json, and what a candidate sees of it is in candidate.json. case.json:
 *
 *   {"build_failed": false,
 *    "suites": [{"id": "open", "against": "service", "report": "junit", "end": "ended", "verdict": "exited",
 *                "file": "open.xml"}],
 *    "runs": [{"what": "service", "suite": "open", "verdict": "exited", "exit_code": -1}]}
 */
#include "score/evaluate.h"

#include "support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { MOST_SUITES = 8 };

static const char *const againsts[] = { "program", "service", "module", "shared", NULL };
static const char *const ends[] = { "ended", "not_started", "stopped", "tester_limit", NULL };
static const char *const formats[] = { "junit", "tap", "unity", NULL };

static int (*const parsers[])(struct reported *, const char *, size_t, struct err *) = {
	[REPORT_JUNIT] = parse_junit, [REPORT_TAP] = parse_tap, [REPORT_UNITY] = parse_unity,
};

/* What one case is made of. */
struct bench {
	const char *dir;
	struct task task;
	struct suite suites[MOST_SUITES];
	struct suite_report reports[MOST_SUITES];
	struct result *result;
	bool build_failed;
	struct err e;
};

static void need(int status, const struct err *e)
{
	if (status < 0)
		fail_msg("%s", e->text);
}

static int word_of(const struct json_at *at, const char *key, const char *const *words)
{
	struct json_at member = json_member(at, key);
	struct err e = { 0 };
	int word = 0;

	if (member.value)
		need(json_word(&member, words, &word, &e), &e);
	return word;
}

static enum verdict verdict_of(const struct json_at *at)
{
	enum verdict verdict;

	assert_true(verdict_parse(json_get_string(at, "verdict", "exited"), &verdict));
	return verdict;
}

static void read_report(struct bench *bench, struct suite_report *report, const char *file)
{
	size_t size;
	AUTO_FREE char *bytes = cases_read(bench->dir, file, &size);

	report->has_report = true;
	need(parsers[report->suite->report](&report->reported, bytes, size, &bench->e), &bench->e);
}

static void add_suite(struct bench *bench, const struct json_at *at)
{
	size_t i = bench->task.suite_count++;
	struct json_at file = json_member(at, "file");

	assert_true(i < MOST_SUITES);
	bench->suites[i] = (struct suite){ .id = mem_copy(json_get_string(at, "id", ""), NULL),
		.against = (enum against)word_of(at, "against", againsts),
		.report = (enum report_format)word_of(at, "report", formats) };
	bench->reports[i] = (struct suite_report){ .suite = &bench->suites[i],
		.end = (enum suite_end)word_of(at, "end", ends), .verdict = verdict_of(at) };
	if (file.value)
		read_report(bench, &bench->reports[i], json_as_string(&file));
}

static void add_run(struct bench *bench, const struct json_at *at)
{
	struct box_run *run = result_add_run(bench->result, &bench->e);

	run->what = mem_copy(json_get_string(at, "what", ""), NULL);
	run->suite = mem_copy(json_get_string(at, "suite", ""), NULL);
	run->verdict = verdict_of(at);
	run->exit_code = (int)json_get_integer(at, "exit_code", -1);
}

static void for_each(struct bench *bench, const struct json_at *root, const char *key,
	void (*add)(struct bench *, const struct json_at *))
{
	struct json_at list = json_member(root, key);

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at element = json_element(&list, i);

		add(bench, &element);
	}
}

static void a_case_earns_what_is_expected(void **state)
{
	struct bench bench = { .dir = *state, .result = result_new(NULL) };
	AUTO_JSON_DOC struct json_doc *manifest = cases_load(*state, "manifest.json");
	AUTO_JSON_DOC struct json_doc *what = cases_load(*state, "case.json");
	struct json_at root = json_root(what);

	need(manifest_parse(&bench.task.manifest, manifest, &bench.e), &bench.e);
	bench.task.suites = bench.suites;
	for_each(&bench, &root, "suites", add_suite);
	for_each(&bench, &root, "runs", add_run);
	bench.build_failed = json_get_bool(&root, "build_failed", false);

	need(evaluate(bench.result, &bench.task, bench.reports, bench.task.suite_count, bench.build_failed, &bench.e),
		&bench.e);

	assert_int_equal(bench.result->max_points, manifest_points(&bench.task.manifest, NULL));
	cases_assert_json_take(bench.dir, "expected.json", result_json(bench.result, READER_INTERVIEWER, false, true));
	cases_assert_json_take(bench.dir, "candidate.json", result_json(bench.result, READER_CANDIDATE, false, true));
	for (size_t i = 0; i < bench.task.suite_count; i++) {
		free(bench.suites[i].id);
		reported_done(&bench.reports[i].reported);
	}
	manifest_done(&bench.task.manifest);
	result_free(bench.result);
}

int main(void)
{
	const struct cases_topic topics[] = { { "tests/cases/evaluate", a_case_earns_what_is_expected } };

	return cases_run("score/evaluate_cases", topics, 1);
}
