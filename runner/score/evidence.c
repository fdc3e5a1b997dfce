// SPDX-License-Identifier: MIT
/*
 * Evidence is looked for in the criterion's own part first, then in any other that has the kind it names. What isn't
 * there says so in its line: silence would read as "nothing to complain about".
 */
#include "score/evidence.h"

#include "base/date.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

enum { WRONG_CLAIMS_COST = 3 };

/* Sums up shares over all lines of a criterion. */
struct shares {
	long long part, whole;
	bool incomplete; /* something that should count is missing */
	int wrong;
};

void evidence_lines_free(struct evidence_line *lines, size_t count)
{
	for (size_t i = 0; lines && i < count; i++)
		free(lines[i].text);
	free(lines);
}

static bool fits(const struct part_evidence *part, const struct evidence_ref *ref)
{
	if (ref->task && (!part->task || strcmp(part->task, ref->task) != 0))
		return false;
	return ref->kind == EVIDENCE_FINDINGS ? part->findings != NULL : part->result != NULL;
}

static const struct part_evidence *find_part(const struct criterion *criterion, const struct evidence_ref *ref,
	const struct part_evidence *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (parts[i].part == criterion->part && fits(&parts[i], ref))
			return &parts[i];
	for (size_t i = 0; i < count; i++)
		if (fits(&parts[i], ref))
			return &parts[i];
	return NULL;
}

static bool is_forgeable(const struct result *result, const char *suite)
{
	for (size_t i = 0; i < result->report_count; i++)
		if (strcmp(result->reports[i].suite, suite) == 0)
			return result->reports[i].forgeable;
	return false;
}

static const struct test_result *find_test(const struct result *result, const struct evidence_ref *ref)
{
	for (size_t i = 0; i < result->test_count; i++)
		if (strcmp(result->tests[i].name, ref->test) == 0 &&
			(!ref->suite || strcmp(result->tests[i].suite, ref->suite) == 0))
			return &result->tests[i];
	return NULL;
}

static char *suite_line(struct evidence_line *line, const struct evidence_ref *ref, const struct result *result,
	struct shares *shares, struct err *e)
{
	int points, max_points;

	if (result->gradable)
		result_suite_points(result, ref->suite, &points, &max_points);
	if (!result->gradable || max_points == 0) {
		shares->incomplete = true;
		return mem_format(e, result->gradable ? _("suite %s: no points to earn") : _("suite %s: not gradable"),
			ref->suite);
	}
	line->forgeable = is_forgeable(result, ref->suite);
	line->share = (double)points / max_points;
	shares->part += points;
	shares->whole += max_points;
	return mem_format(e, _("suite %s: %d of %d points"), ref->suite, points, max_points);
}

static char *test_line(struct evidence_line *line, const struct evidence_ref *ref, const struct result *result,
	struct shares *shares, struct err *e)
{
	const struct test_result *test = result->gradable ? find_test(result, ref) : NULL;

	if (!test) {
		shares->incomplete = true;
		return mem_format(e, result->gradable ? _("test %s: not in the result") : _("test %s: not gradable"),
			ref->test);
	}
	line->forgeable = is_forgeable(result, test->suite);
	line->share = test->max_points ? (double)test->points / test->max_points : test->outcome == OUTCOME_PASSED;
	shares->part += test->max_points ? test->points : test->outcome == OUTCOME_PASSED;
	shares->whole += test->max_points ? test->max_points : 1;
	return mem_format(e, _("test %s: %s"), ref->test, outcome_title(test->outcome));
}

static char *findings_line(struct evidence_line *line, const struct evidence_ref *ref, const struct findings *findings,
	struct shares *shares, struct err *e)
{
	enum category category = CATEGORY_NONE;
	bool all = !category_parse(ref->category, &category);
	const struct findings_count *count = all ? &findings->all : &findings->by_category[category];
	const char *title = all ? _("all flaws") : category_title(category);
	int low, high;

	if (!findings->confirmed) {
		shares->incomplete = true;
		return mem_format(e, _("%s: matches are proposed, nobody has confirmed them yet"), title);
	}
	if (count->planted == 0) {
		shares->incomplete = true;
		return mem_format(e, _("%s: nothing was planted"), title);
	}
	findings_interval(count->found, count->planted, &low, &high);
	line->share = (double)count->half_credits / (2 * count->planted);
	/* Weights are known for the whole only. */
	shares->part += all ? findings->weight_found_halves : count->half_credits;
	shares->whole += 2LL * (all ? findings->weight_total : count->planted);
	shares->wrong = findings->wrong > shares->wrong ? findings->wrong : shares->wrong;
	return mem_format(e, _("%s: %d of %d found (95 %%: %d–%d %%)"), title, count->found, count->planted, low, high);
}

static char *missing_line(const struct evidence_ref *ref, struct err *e)
{
	if (ref->kind == EVIDENCE_FINDINGS)
		return mem_format(e, _("review: there are no findings"));
	return mem_format(e, ref->kind == EVIDENCE_SUITE ? _("suite %s: no result so far") :
							 _("test %s: no result so far"),
		ref->kind == EVIDENCE_SUITE ? ref->suite : ref->test);
}

static char *line_text(struct evidence_line *line, const struct evidence_ref *ref, const struct part_evidence *part,
	struct shares *shares, struct err *e)
{
	if (!part) {
		shares->incomplete = true;
		return missing_line(ref, e);
	}
	if (ref->kind == EVIDENCE_FINDINGS)
		return findings_line(line, ref, part->findings, shares, e);
	return ref->kind == EVIDENCE_SUITE ? suite_line(line, ref, part->result, shares, e) :
					     test_line(line, ref, part->result, shares, e);
}

static int suggestion(const struct criterion *criterion, const struct shares *shares)
{
	int mark;

	if (criterion->suggest == SUGGEST_NONE || shares->incomplete || shares->whole == 0)
		return 0;
	mark = criterion_suggested(criterion, (double)shares->part / (double)shares->whole);
	return mark > MARK_MIN && shares->wrong >= WRONG_CLAIMS_COST ? mark - 1 : mark;
}

/* What was said stands apart from what was written, with who says so. */
static int add_spoken(struct evidence_line **made, size_t *count, const struct evidence_ref *ref,
	const struct part_evidence *part, struct err *e)
{
	const struct findings *findings = part ? part->findings : NULL;
	enum category category = CATEGORY_NONE;
	bool all = !category_parse(ref->category, &category);

	for (size_t i = 0; findings && i < findings->spoken_count; i++) {
		const struct spoken_finding *spoken = &findings->spoken[i];
		struct evidence_line *line;
		char at[32];

		if (!all && spoken->category != category)
			continue;
		line = mem_push(made, *count, sizeof(*line), e);
		if (!line)
			return -1;
		(*count)++;
		line->share = -1;
		date_render_local(spoken->at_ms, i18n_language(), at);
		line->text = mem_format(e, _("%s: spoken, entered by %s on %s"), spoken->what, spoken->by, at);
		if (!line->text)
			return -1;
	}
	return 0;
}

int evidence_lines(struct evidence_line **lines, size_t *count, int *suggested, const struct criterion *criterion,
	const struct part_evidence *parts, size_t part_count, struct err *e)
{
	struct evidence_line *made = NULL;
	struct shares shares = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < criterion->evidence_count; i++) {
		const struct evidence_ref *ref = &criterion->evidence[i];
		struct evidence_line *line;

		if (ref->kind == EVIDENCE_NOTES)
			continue;
		line = mem_push(&made, n, sizeof(*line), e);
		if (line) {
			n++;
			line->share = -1;
			line->text = line_text(line, ref, find_part(criterion, ref, parts, part_count), &shares, e);
		}
		if (!line || !line->text ||
			(ref->kind == EVIDENCE_FINDINGS &&
				add_spoken(&made, &n, ref, find_part(criterion, ref, parts, part_count), e) < 0)) {
			evidence_lines_free(made, n);
			return -1;
		}
	}
	*lines = made;
	*count = n;
	*suggested = suggestion(criterion, &shares);
	return 0;
}
