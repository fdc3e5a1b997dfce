// SPDX-License-Identifier: MIT
/*
 * Only digests of the stable parts are kept: whether two are equal is what is asked, and the tests' outcomes say where
 * they differ.
 */
#include "assess/repeat.h"

#include "assess/grade_terms.h"
#include "base/i18n.h"
#include "submission/launcher.h"

#include <stdio.h>
#include <string.h>

/* --- taking a round in ------------------------------------------------------------------------------------------ */

static int digest_stable(char hex[DIGEST_HEX], const struct result *result, struct err *e)
{
	AUTO_JSON struct json *stable = result_json(result, READER_INTERVIEWER, true, true);
	AUTO_FREE char *text = NULL;

	if (json_render(stable, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	digest_of(text, strlen(text), hex);
	return 0;
}

/* Results of one task have the same tests in the same order. */
static int take_tests(struct repeated *out, const struct result *result, struct err *e)
{
	if (!out->tests) {
		out->tests = mem_new(result->test_count, sizeof(*out->tests), e);
		if (!out->tests)
			return -1;
		out->test_count = result->test_count;
		out->max_points = result->max_points;
	}
	for (size_t i = 0; i < out->test_count && i < result->test_count; i++) {
		const struct test_result *from = &result->tests[i];
		struct repeat_test *test = &out->tests[i];

		if (!test->name) {
			test->suite = mem_copy(from->suite, e);
			test->name = mem_copy(from->name, e);
			test->least_ms = test->most_ms = -1;
			if (!test->suite || !test->name)
				return -1;
		}
		test->outcomes[from->outcome]++;
		if (from->duration_ms < 0)
			continue;
		if (test->least_ms < 0 || from->duration_ms < test->least_ms)
			test->least_ms = from->duration_ms;
		if (from->duration_ms > test->most_ms)
			test->most_ms = from->duration_ms;
	}
	return 0;
}

static void count_distinct(struct repeated *out, const struct repeat_round *round)
{
	for (const struct repeat_round *before = out->rounds; before < round; before++)
		if (before->gradable && strcmp(before->stable, round->stable) == 0)
			return;
	out->distinct++;
}

static int take_round(struct repeated *out, const struct result *result, struct err *e)
{
	struct repeat_round *round = mem_push(&out->rounds, out->round_count, sizeof(*round), e);

	if (!round)
		return -1;
	out->round_count++;
	round->gradable = result->gradable;
	round->verdict = result->verdict;
	round->points = result->points;
	for (size_t i = 0; i < result->run_count; i++) {
		const struct box_run *run = &result->runs[i];

		round->wall_ms += run->wall_ms;
		round->cpu_ms += run->cpu_user_ms + run->cpu_system_ms;
	}
	if (!result->gradable) {
		out->ungradable++;
		round->reason = mem_copy(result->reason, e);
		return round->reason ? 0 : -1;
	}
	if (digest_stable(round->stable, result, e) < 0)
		return -1;
	count_distinct(out, round);
	return take_tests(out, result, e);
}

int repeat_grade(struct repeated *out, const struct grade_order *order, int times, struct err *e)
{
	AUTO(repeated_done) struct repeated repeated = { 0 };
	AUTO_GRADE_TERMS struct grade_terms terms = { 0 };
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	struct grade_order one = *order;

	if (launcher_new(&launcher, e) < 0)
		return -1;
	one.launcher = launcher;
	if (grade_terms_make(&terms, &one, e) < 0)
		return -1;
	one.terms = &terms;
	one.progress = NULL;
	for (int i = 0; i < times; i++) {
		AUTO_RESULT struct result *result = NULL;
		char said[32];

		snprintf(said, sizeof(said), "%d/%d", i + 1, times);
		if (order->progress)
			order->progress(said, order->context);
		if (grade(&result, &one, e) < 0 || take_round(&repeated, result, e) < 0)
			return -1;
	}
	*out = repeated;
	repeated = (struct repeated){ 0 };
	return 0;
}

void repeated_done(struct repeated *repeated)
{
	for (size_t i = 0; i < repeated->round_count; i++)
		free(repeated->rounds[i].reason);
	for (size_t i = 0; i < repeated->test_count; i++) {
		free(repeated->tests[i].suite);
		free(repeated->tests[i].name);
	}
	free(repeated->rounds);
	free(repeated->tests);
	*repeated = (struct repeated){ 0 };
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

static bool varies(const struct repeat_test *test)
{
	int different = 0;

	for (int i = 0; i < OUTCOMES; i++)
		different += test->outcomes[i] > 0;
	return different > 1;
}

static struct json *test_json(const struct repeat_test *test)
{
	struct json *outcomes = json_new_object();

	for (int i = 0; i < OUTCOMES; i++)
		if (test->outcomes[i])
			json_put_take(&outcomes, outcome_name((enum outcome)i), json_pack_new("i", test->outcomes[i]));
	return json_pack_new("{s:s, s:s, s:b, s:o, s:o, s:o}", "suite", test->suite, "name", test->name, "varies",
		varies(test), "outcomes", outcomes, "least_ms",
		test->least_ms < 0 ? json_clean(NULL, 0) : json_pack_new("I", (long long)test->least_ms), "most_ms",
		test->most_ms < 0 ? json_clean(NULL, 0) : json_pack_new("I", (long long)test->most_ms));
}

static struct json *round_json(const struct repeat_round *round)
{
	return json_pack_new("{s:b, s:s?, s:s?, s:i, s:I, s:I, s:s?}", "gradable", round->gradable, "reason",
		round->reason, "verdict", round->gradable ? result_verdict_name(round->verdict) : NULL, "points",
		round->points, "wall_ms", (long long)round->wall_ms, "cpu_ms", (long long)round->cpu_ms, "stable",
		round->gradable ? round->stable : NULL);
}

struct json *repeated_json(const struct repeated *repeated, const struct task *task)
{
	struct json *rounds = json_new_array(), *tests = json_new_array();

	for (size_t i = 0; i < repeated->round_count; i++)
		json_append_take(&rounds, round_json(&repeated->rounds[i]));
	for (size_t i = 0; i < repeated->test_count; i++)
		json_append_take(&tests, test_json(&repeated->tests[i]));
	return json_pack_new("{s:i, s:s, s:I, s:b, s:I, s:i, s:o, s:o}", "format", 1, "task", task->id, "times",
		(long long)repeated->round_count, "equal", repeated->distinct <= 1, "ungradable",
		(long long)repeated->ungradable, "max_points", repeated->max_points, "rounds", rounds, "tests", tests);
}

static void add_rounds(struct text *t, const struct repeated *repeated)
{
	for (size_t i = 0; i < repeated->round_count; i++) {
		const struct repeat_round *round = &repeated->rounds[i];

		text_addf(t, "%3zu  ", i + 1);
		if (round->gradable)
			text_addf(t, _("%s, %d of %d points"), result_verdict_title(round->verdict), round->points,
				repeated->max_points);
		else
			text_add(t, _("not gradable"));
		text_addf(t, _("; boxes ran %.2f s, %.2f s of processor time\n"), (double)round->wall_ms / 1000,
			(double)round->cpu_ms / 1000);
		if (!round->reason)
			continue;
		text_add(t, "     ");
		text_add_visible(t, round->reason, true);
		text_add(t, "\n");
	}
}

/* "varies: unit/test_x: passed 4 times, failed once" */
static void add_varying(struct text *t, const struct repeat_test *test, size_t columns)
{
	AUTO_TEXT struct text line = { 0 };
	bool first = true;

	text_addf(&line, "%s: ", _("varies"));
	text_add_visible(&line, test->suite, true);
	text_add(&line, "/");
	text_add_visible(&line, test->name, true);
	for (int i = 0; i < OUTCOMES; i++) {
		if (!test->outcomes[i])
			continue;
		text_addf(&line, first ? ": %s %d×" : ", %s %d×", outcome_title((enum outcome)i), test->outcomes[i]);
		first = false;
	}
	text_add_wrapped(t, text_bytes(&line), columns, "  ");
	text_add(t, "\n");
}

/* The test whose times lie the farthest apart. */
static void add_spread(struct text *t, const struct repeated *repeated, size_t columns)
{
	const struct repeat_test *widest = NULL;
	AUTO_TEXT struct text line = { 0 };

	for (size_t i = 0; i < repeated->test_count; i++) {
		const struct repeat_test *test = &repeated->tests[i];

		if (test->least_ms >= 0 &&
			(!widest || test->most_ms - test->least_ms > widest->most_ms - widest->least_ms))
			widest = test;
	}
	if (!widest)
		return;
	text_addf(&line, "%s: ", _("times"));
	text_add_visible(&line, widest->suite, true);
	text_add(&line, "/");
	text_add_visible(&line, widest->name, true);
	text_addf(&line, _(" varies most, from %lld to %lld ms"), (long long)widest->least_ms, (long long)widest->most_ms);
	text_add_wrapped(t, text_bytes(&line), columns, "  ");
	text_add(t, "\n");
}

void repeated_text(struct text *t, const struct repeated *repeated, const struct task *task, size_t columns)
{
	add_rounds(t, repeated);
	for (size_t i = 0; i < repeated->test_count; i++)
		if (varies(&repeated->tests[i]))
			add_varying(t, &repeated->tests[i], columns);
	add_spread(t, repeated, columns);
	if (repeated->ungradable)
		text_addf(t, _("%s: our side failed %zu of %zu times\n"), task->id, repeated->ungradable,
			repeated->round_count);
	else if (repeated->distinct <= 1)
		text_addf(t, _("%s: %zu times the same result, byte by byte\n"), task->id, repeated->round_count);
	else
		text_addf(t, _("%s: %zu different results in %zu grades\n"), task->id, repeated->distinct,
			repeated->round_count);
}
