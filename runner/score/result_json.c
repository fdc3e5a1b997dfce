// SPDX-License-Identifier: MIT
/*
 * A result as its document. Text that a program printed may hold any bytes and is made valid UTF-8 on the way out;
 * whoever shows it takes its power over terminals away (base/text.h).
 */
#include "score/result.h"

#include "base/i18n.h"

#include <string.h>

/* What a document is written for. */
struct view {
	const struct result *result;
	enum reader reader;
	bool closed, stable;
};

static struct json *clean(const char *s)
{
	return json_clean(s, s ? strlen(s) : 0);
}

static struct json *whole(long long number)
{
	return json_pack_new("I", number);
}

static struct json *truth(bool is)
{
	return json_pack_new("b", is);
}

static struct json *test_json(const struct view *view, const struct test_result *test)
{
	struct json *object = json_new_object();
	int points = result_test_points(view->result, test, view->reader, view->closed);
	/* The reason of a passed test tells about its group, of which they may not see all. */
	bool reason = view->reader == READER_INTERVIEWER || test->outcome != OUTCOME_PASSED || points == test->points;

	json_put_take(&object, "name", clean(test->name));
	json_put_take(&object, "suite", clean(test->suite));
	json_put_take(&object, "group", clean(test->group));
	json_put_take(&object, "outcome", json_new_string(outcome_name(test->outcome)));
	json_put_take(&object, "points", whole(points));
	json_put_take(&object, "max_points", whole(test->max_points));
	if (view->reader == READER_INTERVIEWER && test->withheld_points > 0)
		json_put_take(&object, "withheld_points", whole(test->withheld_points));
	json_put_take(&object, "visibility", json_new_string(visibility_name(test->visibility)));
	if (test->self_judged)
		json_put_take(&object, "self_judged", truth(true));
	json_put_take(&object, "says", json_from_localised(&test->says));
	if (view->stable)
		return object;
	json_put_take(&object, "reason", clean(reason ? test->reason : NULL));
	json_put_take(&object, "expected", clean(test->expected));
	json_put_take(&object, "actual", clean(test->actual));
	json_put_take(&object, "output", clean(test->output));
	json_put_take(&object, "truncated", truth(test->truncated));
	json_put_take(&object, "duration_ms", test->duration_ms < 0 ? clean(NULL) : whole(test->duration_ms));
	return object;
}

static struct json *tests_json(const struct view *view)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < view->result->test_count; i++)
		if (result_shows_test(&view->result->tests[i], view->reader, view->closed))
			json_append_take(&array, test_json(view, &view->result->tests[i]));
	return array;
}

static void put_measurements(struct json **object, const struct box_run *run)
{
	const struct {
		const char *name;
		int64_t value;
	} measured[] = {
		{ "wall_ms", run->wall_ms },
		{ "cpu_user_ms", run->cpu_user_ms },
		{ "cpu_system_ms", run->cpu_system_ms },
		{ "memory_peak_kib", run->memory_peak_kib },
		{ "rss_peak_kib", run->rss_peak_kib },
		{ "processes_peak", run->processes_peak },
		{ "output_bytes", run->output_bytes },
		{ "disk_bytes", run->disk_bytes },
	};

	for (size_t i = 0; i < sizeof(measured) / sizeof(*measured); i++)
		json_put_take(object, measured[i].name, measured[i].value < 0 ? clean(NULL) : whole(measured[i].value));
}

/*
 * What a checker or judge prints, it says to interviewers; its words for candidates are the reason of the test. What a
 * server prints is for them, too: it has seen more than its author may learn of the tests.
 */
static bool shows_log(const struct view *view, const struct box_run *run)
{
	static const char *const secret[] = { "checker build", "checker", "judge", "service" };

	for (size_t i = 0; view->reader == READER_CANDIDATE && i < sizeof(secret) / sizeof(*secret); i++)
		if (run->what && strcmp(run->what, secret[i]) == 0)
			return false;
	return true;
}

static struct json *run_json(const struct view *view, const struct box_run *run)
{
	struct json *object = json_new_object();

	json_put_take(&object, "what", clean(run->what));
	json_put_take(&object, "suite", clean(run->suite));
	/* Names of tests are shown, or not, with the tests. */
	if (run->test && view->reader != READER_CANDIDATE)
		json_put_take(&object, "test", clean(run->test));
	json_put_take(&object, "argv", json_from_strings(&run->argv));
	json_put_take(&object, "verdict", json_new_string(verdict_name(run->verdict)));
	json_put_take(&object, "limits_hit", json_from_strings(&run->limits_hit));
	if (view->stable)
		return object;
	json_put_take(&object, "exit_code", run->exit_code < 0 ? clean(NULL) : whole(run->exit_code));
	json_put_take(&object, "signal", run->signal < 0 ? clean(NULL) : whole(run->signal));
	put_measurements(&object, run);
	json_put_take(&object, "output_truncated", truth(run->output_truncated));
	json_put_take(&object, "denied", json_from_strings(&run->denied));
	json_put_take(&object, "layers", json_from_strings(&run->layers));
	json_put_take(&object, "limits_mode", clean(run->limits_mode));
	json_put_take(&object, "shared_uid", truth(run->shared_uid));
	json_put_take(&object, "message", clean(run->message));
	json_put_take(&object, "log", clean(shows_log(view, run) ? run->log : NULL));
	return object;
}

static bool shows_run(const struct view *view, const struct box_run *run)
{
	return !run->suite || result_shows_suite(view->result, run->suite, view->reader, view->closed);
}

static struct json *runs_json(const struct view *view)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < view->result->run_count; i++)
		if (shows_run(view, &view->result->runs[i]))
			json_append_take(&array, run_json(view, &view->result->runs[i]));
	return array;
}

static struct json *report_json(const struct view *view, const struct report_note *report)
{
	struct json *object = json_new_object();

	json_put_take(&object, "suite", clean(report->suite));
	json_put_take(&object, "format", clean(report->format));
	json_put_take(&object, "forgeable", truth(report->forgeable));
	json_put_take(&object, "unexpected", json_from_strings(&report->unexpected));
	if (view->stable)
		return object;
	json_put_take(&object, "sha256", clean(report->sha256[0] ? report->sha256 : NULL));
	json_put_take(&object, "anomalies", json_from_strings(&report->anomalies));
	return object;
}

/* Fills the array, and whether anything that is shown in it could have been forged. */
static struct json *reports_json(const struct view *view, bool *forgeable)
{
	struct json *array = json_new_array();

	*forgeable = view->reader == READER_INTERVIEWER && view->result->forgeable;
	for (size_t i = 0; i < view->result->report_count; i++) {
		const struct report_note *report = &view->result->reports[i];

		if (!result_shows_suite(view->result, report->suite, view->reader, view->closed))
			continue;
		*forgeable = *forgeable || report->forgeable;
		json_append_take(&array, report_json(view, report));
	}
	return array;
}

/* Why it isn't gradable. The true reason may name a box of a suite that a candidate knows nothing of. */
static struct json *reason_json(const struct view *view)
{
	if (view->result->gradable)
		return clean(NULL);
	if (view->reader == READER_CANDIDATE)
		return json_new_string(_("the evaluation failed on our side and will be repeated; no attempt is used"));
	return clean(view->result->reason);
}

struct json *result_json(const struct result *result, enum reader reader, bool closed, bool stable)
{
	const struct view view = { result, reader, closed, stable };
	enum result_verdict verdict = reader == READER_INTERVIEWER ? result->verdict :
								     result_judge(result, reader, closed);
	struct json *object = json_pack_new("{s:i}", "format", 1);
	struct json *reports;
	int points, max_points;
	bool forgeable;

	result_points(result, reader, closed, &points, &max_points);
	reports = reports_json(&view, &forgeable);
	json_put_take(&object, "gradable", truth(result->gradable));
	json_put_take(&object, "reason", reason_json(&view));
	json_put_take(&object, "verdict",
		verdict == RESULT_NONE ? clean(NULL) : json_new_string(result_verdict_name(verdict)));
	json_put_take(&object, "points", whole(points));
	json_put_take(&object, "max_points", whole(max_points));
	json_put_take(&object, "forgeable", truth(forgeable));
	json_put_take(&object, "tests", tests_json(&view));
	json_put_take(&object, "runs", runs_json(&view));
	json_put_take(&object, "report", reports);
	json_put_take(&object, "dropped", json_from_strings(&result->dropped));
	json_put_take(&object, "pins", pins_json(&result->pins));
	if (!stable)
		json_put_take(&object, "machine", json_pack_new("{s:o, s:i}", "cpu_model", clean(result->cpu_model),
			"cores", result->cores));
	return object;
}
