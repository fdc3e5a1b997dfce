// SPDX-License-Identifier: MIT
/*
 * Reading a result back. What result_json writes for an interviewer is read here without loss; anything else is
 * refused with its place, since a result is evidence and may have come from another machine.
 */
#include "score/result.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 8 << 10, TEXT_BYTES = 4 << 20, MANY = 200000 };
enum { POINTS_MAX = 10000000 };
#define NUMBER_MAX (1LL << 53)

static const struct json_key result_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "gradable", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "reason", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "verdict", .kind = JSON_STRING_KIND, .required = true, .nullable = true },
	{ .name = "points", .kind = JSON_INTEGER_KIND, .required = true, .max = POINTS_MAX },
	{ .name = "max_points", .kind = JSON_INTEGER_KIND, .required = true, .max = POINTS_MAX },
	{ .name = "forgeable", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "tests", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "runs", .kind = JSON_ARRAY_KIND, .required = true, .max = MANY },
	{ .name = "report", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "dropped", .kind = JSON_ARRAY_KIND, .required = true, .max = MANY },
	{ .name = "pins", .kind = JSON_OBJECT_KIND, .required = true },
	{ .name = "machine", .kind = JSON_OBJECT_KIND, .required = true },
};

static const struct json_key test_keys[] = {
	{ .name = "name", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "suite", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "group", .kind = JSON_STRING_KIND, .nullable = true, .max = NAME_BYTES },
	{ .name = "outcome", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "points", .kind = JSON_INTEGER_KIND, .required = true, .max = POINTS_MAX },
	{ .name = "max_points", .kind = JSON_INTEGER_KIND, .required = true, .max = POINTS_MAX },
	{ .name = "withheld_points", .kind = JSON_INTEGER_KIND, .max = POINTS_MAX },
	{ .name = "visibility", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "self_judged", .kind = JSON_BOOL_KIND },
	{ .name = "says", .kind = JSON_OBJECT_KIND, .required = true },
	{ .name = "reason", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
	{ .name = "expected", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
	{ .name = "actual", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
	{ .name = "output", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
	{ .name = "truncated", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "duration_ms", .kind = JSON_INTEGER_KIND, .nullable = true, .max = NUMBER_MAX },
};

static const struct json_key run_keys[] = {
	{ .name = "what", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "suite", .kind = JSON_STRING_KIND, .nullable = true, .max = NAME_BYTES },
	{ .name = "test", .kind = JSON_STRING_KIND, .max = NAME_BYTES },
	{ .name = "argv", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "verdict", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "limits_hit", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "exit_code", .kind = JSON_INTEGER_KIND, .nullable = true, .max = 255 },
	{ .name = "signal", .kind = JSON_INTEGER_KIND, .nullable = true, .max = 255 },
	{ .name = "wall_ms", .kind = JSON_INTEGER_KIND, .required = true, .max = NUMBER_MAX },
	{ .name = "cpu_user_ms", .kind = JSON_INTEGER_KIND, .required = true, .max = NUMBER_MAX },
	{ .name = "cpu_system_ms", .kind = JSON_INTEGER_KIND, .required = true, .max = NUMBER_MAX },
	{ .name = "memory_peak_kib", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .max = NUMBER_MAX },
	{ .name = "rss_peak_kib", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .max = NUMBER_MAX },
	{ .name = "processes_peak", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .max = NUMBER_MAX },
	{ .name = "output_bytes", .kind = JSON_INTEGER_KIND, .required = true, .max = NUMBER_MAX },
	{ .name = "disk_bytes", .kind = JSON_INTEGER_KIND, .required = true, .max = NUMBER_MAX },
	{ .name = "output_truncated", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "denied", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "layers", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "limits_mode", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "shared_uid", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "message", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
	{ .name = "log", .kind = JSON_STRING_KIND, .nullable = true, .max = TEXT_BYTES },
};

static const struct json_key report_keys[] = {
	{ .name = "suite", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "format", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "forgeable", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "unexpected", .kind = JSON_ARRAY_KIND, .required = true, .max = MANY },
	{ .name = "sha256", .kind = JSON_STRING_KIND, .nullable = true, .min = 64, .max = 64 },
	{ .name = "anomalies", .kind = JSON_ARRAY_KIND, .required = true, .max = MANY },
};

static const struct json_key machine_keys[] = {
	{ .name = "cpu_model", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "cores", .kind = JSON_INTEGER_KIND, .required = true, .max = 1 << 20 },
};

#define CHECK(at, keys, e) json_check(at, keys, sizeof(keys) / sizeof(*(keys)), e)

/* A member that may be null. */
static int copy_text(char **out, const struct json_at *at, const char *key, struct err *e)
{
	const char *s = json_get_string(at, key, NULL);

	if (s && !(*out = mem_copy(s, e)))
		return -1;
	return 0;
}

/* The index of a member's word among `count` words that `name_of` gives. */
static int read_word(const struct json_at *at, const char *key, const char *(*name_of)(int), int count, int *out,
	struct err *e)
{
	const char *words[RESULT_VERDICTS + VERDICTS + 1] = { 0 };
	struct json_at member = json_member(at, key);

	for (int i = 0; i < count; i++)
		words[i] = name_of(i);
	return json_word(&member, words, out, e);
}

static const char *outcome_word(int i)
{
	return outcome_name((enum outcome)i);
}

static const char *visibility_word(int i)
{
	return visibility_name((enum visibility)i);
}

static const char *box_word(int i)
{
	return verdict_name((enum verdict)i);
}

static const char *verdict_word(int i)
{
	return result_verdict_name((enum result_verdict)(i + 1));
}

static int read_test(struct result *result, const struct json_at *at, struct err *e)
{
	struct json_at withheld = json_member(at, "withheld_points");
	struct test_result *test;
	int outcome = 0, visibility = 0;

	if (CHECK(at, test_keys, e) < 0 ||
		read_word(at, "outcome", outcome_word, OUTCOME_MISSING + 1, &outcome, e) < 0 ||
		read_word(at, "visibility", visibility_word, VISIBILITY_HIDDEN + 1, &visibility, e) < 0)
		return -1;
	test = result_add_test(result, e);
	if (!test)
		return -1;
	test->outcome = (enum outcome)outcome;
	test->visibility = (enum visibility)visibility;
	test->points = (int)json_get_integer(at, "points", 0);
	test->max_points = (int)json_get_integer(at, "max_points", 0);
	test->withheld_points = (int)json_get_integer(at, "withheld_points", 0);
	if (test->withheld_points > test->max_points)
		return json_fail(&withheld, e, "is more than the test's points");
	test->truncated = json_get_bool(at, "truncated", false);
	test->self_judged = json_get_bool(at, "self_judged", false);
	test->duration_ms = json_get_integer(at, "duration_ms", -1);
	if (copy_text(&test->name, at, "name", e) < 0 || copy_text(&test->suite, at, "suite", e) < 0 ||
		copy_text(&test->group, at, "group", e) < 0 || copy_text(&test->reason, at, "reason", e) < 0 ||
		copy_text(&test->expected, at, "expected", e) < 0 || copy_text(&test->actual, at, "actual", e) < 0 ||
		copy_text(&test->output, at, "output", e) < 0)
		return -1;
	return json_copy_localised(at, "says", &test->says, e);
}

static int read_run(struct result *result, const struct json_at *at, struct err *e)
{
	struct box_run *run;
	int verdict = 0;

	if (CHECK(at, run_keys, e) < 0 || read_word(at, "verdict", box_word, VERDICTS, &verdict, e) < 0)
		return -1;
	run = result_add_run(result, e);
	if (!run)
		return -1;
	run->verdict = (enum verdict)verdict;
	run->exit_code = (int)json_get_integer(at, "exit_code", -1);
	run->signal = (int)json_get_integer(at, "signal", -1);
	run->wall_ms = json_get_integer(at, "wall_ms", 0);
	run->cpu_user_ms = json_get_integer(at, "cpu_user_ms", 0);
	run->cpu_system_ms = json_get_integer(at, "cpu_system_ms", 0);
	run->memory_peak_kib = json_get_integer(at, "memory_peak_kib", -1);
	run->rss_peak_kib = json_get_integer(at, "rss_peak_kib", -1);
	run->processes_peak = json_get_integer(at, "processes_peak", -1);
	run->output_bytes = json_get_integer(at, "output_bytes", 0);
	run->disk_bytes = json_get_integer(at, "disk_bytes", 0);
	run->output_truncated = json_get_bool(at, "output_truncated", false);
	run->shared_uid = json_get_bool(at, "shared_uid", false);
	if (copy_text(&run->what, at, "what", e) < 0 || copy_text(&run->suite, at, "suite", e) < 0 ||
		copy_text(&run->test, at, "test", e) < 0 || copy_text(&run->limits_mode, at, "limits_mode", e) < 0 ||
		copy_text(&run->message, at, "message", e) < 0 || copy_text(&run->log, at, "log", e) < 0)
		return -1;
	if (json_copy_strings(at, "argv", &run->argv, e) < 0 ||
		json_copy_strings(at, "limits_hit", &run->limits_hit, e) < 0 ||
		json_copy_strings(at, "denied", &run->denied, e) < 0)
		return -1;
	return json_copy_strings(at, "layers", &run->layers, e);
}

static int read_report(struct result *result, const struct json_at *at, struct err *e)
{
	struct report_note *report;

	if (CHECK(at, report_keys, e) < 0)
		return -1;
	report = result_add_report(result, e);
	if (!report)
		return -1;
	report->forgeable = json_get_bool(at, "forgeable", false);
	snprintf(report->sha256, sizeof(report->sha256), "%s", json_get_string(at, "sha256", ""));
	if (copy_text(&report->suite, at, "suite", e) < 0 || copy_text(&report->format, at, "format", e) < 0 ||
		json_copy_strings(at, "unexpected", &report->unexpected, e) < 0)
		return -1;
	return json_copy_strings(at, "anomalies", &report->anomalies, e);
}

/* Reads each element of an array member. */
static int read_all(struct result *result, const struct json_at *root, const char *key,
	int (*read_one)(struct result *, const struct json_at *, struct err *), struct err *e)
{
	struct json_at list = json_member(root, key);

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at element = json_element(&list, i);

		if (read_one(result, &element, e) < 0)
			return -1;
	}
	return 0;
}

static int read_head(struct result *result, const struct json_at *root, struct err *e)
{
	struct json_at machine = json_member(root, "machine");
	int verdict = -1;

	if (CHECK(root, result_keys, e) < 0 || CHECK(&machine, machine_keys, e) < 0)
		return -1;
	result->gradable = json_get_bool(root, "gradable", false);
	if (json_member(root, "verdict").value &&
		read_word(root, "verdict", verdict_word, RESULT_VERDICTS - 1, &verdict, e) < 0)
		return -1;
	result->verdict = (enum result_verdict)(verdict + 1);
	if (result->gradable == (result->verdict == RESULT_NONE))
		return json_fail(root, e, "has a verdict exactly when it is gradable");
	result->points = (int)json_get_integer(root, "points", 0);
	result->max_points = (int)json_get_integer(root, "max_points", 0);
	result->forgeable = json_get_bool(root, "forgeable", false);
	result->cores = (int)json_get_integer(&machine, "cores", 0);
	if (copy_text(&result->reason, root, "reason", e) < 0)
		return -1;
	return copy_text(&result->cpu_model, &machine, "cpu_model", e);
}

/* A total that isn't the sum of its tests was changed by somebody. */
static int check_totals(const struct result *result, const struct json_at *root, struct err *e)
{
	int points, max_points;

	result_points(result, READER_INTERVIEWER, true, &points, &max_points);
	if (points != result->points || max_points != result->max_points)
		return json_fail(root, e, "says %d of %d points, but its tests add up to %d of %d", result->points,
			result->max_points, points, max_points);
	return 0;
}

int result_parse(struct result **out, const struct json_doc *doc, struct err *e)
{
	AUTO_RESULT struct result *result = result_new(e);
	struct json_at root = json_root(doc), pins;

	if (!result || read_head(result, &root, e) < 0)
		return -1;
	pins = json_member(&root, "pins");
	if (read_all(result, &root, "tests", read_test, e) < 0 || read_all(result, &root, "runs", read_run, e) < 0 ||
		read_all(result, &root, "report", read_report, e) < 0 ||
		json_copy_strings(&root, "dropped", &result->dropped, e) < 0 || pins_parse(&result->pins, &pins, e) < 0)
		return -1;
	if (check_totals(result, &root, e) < 0)
		return -1;
	*out = take_ptr(&result);
	return 0;
}
