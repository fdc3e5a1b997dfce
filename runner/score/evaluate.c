// SPDX-License-Identifier: MIT
/*
 * Four steps, each over all tests: what was reported becomes an outcome; dependencies and negative tests decide what
 * counts; groups decide what it earns; then everything is written down with its reason. Nothing is written into the
 * result that the manifest doesn't name, but the notes about the reports.
 */
#include "score/evaluate.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_UNEXPECTED = 200, MAX_UNEXPECTED_ERRORS = 10 };

enum counting { COUNTING_UNKNOWN, COUNTING_LOOKED_AT, COUNTING_YES, COUNTING_NO };

/* A test of the manifest on its way to points. */
struct candidate {
	const struct manifest_test *test;
	const struct suite_report *suite;    /* NULL: its suite was not run */
	const struct reported_test *said;    /* NULL: not reported */
	const struct reported_test *instead; /* then: an error that nobody expected, and that may be why; NULL */
	enum outcome outcome;
	enum counting counting;
	int points, max_points;
	int64_t over_ms; /* the time it was given, when it passed but took longer; 0 */
	int own; /* its points before its group's rule */
	const struct group *group; /* whose rule has left it less than these; NULL: none */
};

struct evaluation {
	const struct manifest *manifest;
	struct candidate *tests;
	size_t count;
	struct result *result;
	struct err *e;
};

static const char *why_of(const struct suite_report *suite)
{
	return suite->why ? suite->why : verdict_sentence(suite->verdict);
}

/* --- what was reported ------------------------------------------------------------------------------------------ */

/* Parsers call a test missing that was begun and not ended. */
static bool was_running(const struct candidate *test)
{
	return test->said && test->said->outcome == OUTCOME_MISSING && test->suite->end == SUITE_STOPPED;
}

static enum outcome outcome_of(const struct candidate *test)
{
	if (!test->suite)
		return OUTCOME_MISSING;
	if (test->suite->end == SUITE_NOT_STARTED)
		return OUTCOME_NOT_RUN;
	if (test->suite->end == SUITE_TESTER_LIMIT)
		return test->said ? outcome_worse(test->said->outcome, OUTCOME_ERROR) : OUTCOME_ERROR;
	/* What ran when a suite was stopped is what the limit struck. */
	if (was_running(test))
		return OUTCOME_FAILED;
	if (test->said)
		return test->said->outcome;
	return test->suite->end == SUITE_STOPPED ? OUTCOME_NOT_RUN : OUTCOME_MISSING;
}

static bool says_tester_limit(const char *said)
{
	return text_starts_with(said + strspn(said, " \t\r\n"), "tester_limit");
}

/* Notes a test that nobody expected; one that tells of an error (a file that can't be imported) also says which. */
static int note_unexpected(struct report_note *note, const struct reported_test *said, size_t *errors, struct err *e)
{
	AUTO_FREE char *line = NULL, *visible = NULL;

	if (note->unexpected.count >= MAX_UNEXPECTED)
		return 0;
	if (strings_take(&note->unexpected,
		    mem_format(e, "%s%s", said->name, said->outcome == OUTCOME_SKIPPED ? RESULT_SKIPPED : ""), e) < 0)
		return -1;
	if (said->outcome != OUTCOME_ERROR || !said->message || ++*errors > MAX_UNEXPECTED_ERRORS)
		return 0;
	line = mem_format(e, says_tester_limit(said->name) ? "\"%s: %s\"" : "%s: %s", said->name, said->message);
	visible = line ? text_visible_line(line, e) : NULL;
	return visible ? strings_take(&note->anomalies, take_ptr(&visible), e) : -1;
}

/* Whether a name is that of a file or group in which the test is. */
static bool is_within(const struct candidate *test, const char *name)
{
	size_t length = strlen(name);

	return length && strncmp(test->test->name, name, length) == 0 && strchr(". >/:", test->test->name[length]);
}

/* A file that could not be loaded stands in the report in place of its tests, which are silent. */
static void explain_silence(struct evaluation *ev, const struct suite_report *suite, const struct reported_test *error)
{
	for (size_t i = 0; i < ev->count; i++) {
		struct candidate *test = &ev->tests[i];

		if (test->suite == suite && !test->said &&
			(!test->instead || (is_within(test, error->name) && !is_within(test, test->instead->name))))
			test->instead = error;
	}
}

/* Gives each test of the suite what was said about it. */
static int look_up(struct evaluation *ev, const struct suite_report *suite, struct report_note *note)
{
	AUTO_FREE struct reported_test **index = NULL;
	AUTO_FREE bool *expected = mem_new(suite->reported.count, sizeof(*expected), ev->e);
	size_t errors = 0, unexpected = 0;

	if (!expected || reported_index(&suite->reported, &index, ev->e) < 0)
		return -1;
	for (size_t i = 0; i < ev->count; i++) {
		struct candidate *test = &ev->tests[i];
		struct reported_test *found;

		if (strcmp(test->test->suite, suite->suite->id) != 0)
			continue;
		test->suite = suite;
		found = suite->has_report ? reported_find(&suite->reported, index, test->test->name) : NULL;
		if (found) {
			test->said = found;
			expected[found - suite->reported.tests] = true;
		}
	}
	for (size_t i = 0; suite->has_report && i < suite->reported.count; i++) {
		const struct reported_test *said = &suite->reported.tests[i];
		size_t before = errors;

		unexpected += !expected[i];
		if (!expected[i] && note_unexpected(note, said, &errors, ev->e) < 0)
			return -1;
		if (errors > before && errors <= MAX_UNEXPECTED_ERRORS)
			explain_silence(ev, suite, said);
	}
	if (unexpected <= MAX_UNEXPECTED)
		return 0;
	return strings_take(&note->anomalies,
		mem_format(ev->e, _("tests that nobody expected: %zu, of which %d are named"), unexpected, MAX_UNEXPECTED),
		ev->e);
}

static int copy_strings(struct strings *to, const struct strings *from, struct err *e)
{
	for (size_t i = 0; i < from->count; i++)
		if (strings_add(to, from->item[i], e) < 0)
			return -1;
	return 0;
}

static int take_report(struct evaluation *ev, const struct suite_report *suite)
{
	struct report_note *note = result_add_report(ev->result, ev->e);

	if (!note)
		return -1;
	note->suite = mem_copy(suite->suite->id, ev->e);
	note->format = mem_copy(report_format_name(suite->suite->report), ev->e);
	if (!note->suite || !note->format)
		return -1;
	note->contradicted = suite->reported.contradicted;
	note->forgeable = suite->suite->against == AGAINST_SHARED;
	snprintf(note->sha256, sizeof(note->sha256), "%s", suite->has_report ? suite->sha256 : "");
	if (suite->end == SUITE_TESTER_LIMIT &&
		strings_take(&note->anomalies, mem_format(ev->e, "tester_limit: %s", why_of(suite)), ev->e) < 0)
		return -1;
	if (suite->has_report && copy_strings(&note->anomalies, &suite->reported.anomalies, ev->e) < 0)
		return -1;
	if (suite->has_report && suite->reported.without_plan && suite->end == SUITE_ENDED &&
		strings_add(&note->anomalies, _("the report has no plan"), ev->e) < 0)
		return -1;
	return look_up(ev, suite, note);
}

/*
 * A test that passed has failed all the same when it took longer than it may. (The time is the tester's word. Where the
 * code under test shares its process both can be forged alike; a program's box keeps the time by itself.)
 */
static void look_at_time(struct candidate *test)
{
	int64_t limit_ms = test->test->test_ms ? test->test->test_ms :
			   test->suite	       ? test->suite->suite->test_ms :
						 0;

	if (test->outcome != OUTCOME_PASSED || !limit_ms || test->suite->suite->against == AGAINST_PROGRAM ||
		test->said->duration_ms <= limit_ms)
		return;
	test->outcome = OUTCOME_FAILED;
	test->over_ms = limit_ms;
}

/* --- what counts ------------------------------------------------------------------------------------------------ */

static bool counts(struct evaluation *ev, size_t i);

static bool depends_count(struct evaluation *ev, const struct candidate *test)
{
	for (size_t i = 0; i < test->test->depends_count; i++)
		if (!counts(ev, test->test->depends[i]))
			return false;
	return true;
}

/* Whether the positive tests of a negative one's group all count; there must be some. */
static bool group_backs(struct evaluation *ev, const struct candidate *test)
{
	bool any = false;

	for (size_t i = 0; test->test->group && i < ev->count; i++) {
		const struct manifest_test *other = ev->tests[i].test;

		if (other->negative || !other->group || strcmp(other->group, test->test->group) != 0)
			continue;
		if (!counts(ev, i))
			return false;
		any = true;
	}
	return any;
}

/* The loader has refused circles of `depends`; one that goes through a negative test's group ends here, uncounted. */
static bool counts(struct evaluation *ev, size_t i)
{
	struct candidate *test = &ev->tests[i];
	bool backed;

	if (test->counting == COUNTING_UNKNOWN) {
		test->counting = COUNTING_LOOKED_AT;
		backed = depends_count(ev, test) &&
			 (!test->test->negative || test->test->depends_count || group_backs(ev, test));
		test->counting = backed && test->outcome == OUTCOME_PASSED ? COUNTING_YES : COUNTING_NO;
	}
	return test->counting == COUNTING_YES;
}

/* --- what it earns ---------------------------------------------------------------------------------------------- */

/* Of what it is worth, in whole points. Shares are decimals that somebody cut off, so a thousandth is forgiven. */
static int own_points(const struct candidate *test)
{
	long long millionths;

	if (test->counting != COUNTING_YES)
		return 0;
	millionths = (long long)test->max_points * (REPORTED_WHOLE - test->said->withheld);
	return (int)((millionths + REPORTED_WHOLE / 1000) / REPORTED_WHOLE);
}

/* A share as a fraction; a test without points has one too. */
struct share {
	int part, whole;
};

static struct share share_of(const struct candidate *test)
{
	if (test->max_points > 0)
		return (struct share){ test->points, test->max_points };
	return (struct share){ test->counting == COUNTING_YES, 1 };
}

static struct share smallest_share(const struct evaluation *ev, const struct group *group)
{
	struct share smallest = { 1, 1 };

	for (size_t i = 0; i < ev->count; i++) {
		const struct candidate *test = &ev->tests[i];
		struct share share;

		if (!test->test->group || strcmp(test->test->group, group->id) != 0)
			continue;
		share = share_of(test);
		if ((long long)share.part * smallest.whole < (long long)smallest.part * share.whole)
			smallest = share;
	}
	return smallest;
}

static void apply_group(struct evaluation *ev, const struct group *group)
{
	struct share least = smallest_share(ev, group);

	if (group->rule == GROUP_SUM)
		return;
	if (group->rule == GROUP_ALL && least.part < least.whole)
		least.part = 0;
	for (size_t i = 0; i < ev->count; i++) {
		struct candidate *test = &ev->tests[i];
		int most = (int)((long long)test->max_points * least.part / least.whole);

		if (!test->test->group || strcmp(test->test->group, group->id) != 0 || test->points <= most)
			continue;
		test->points = most;
		test->group = group;
	}
}

/* --- writing it down -------------------------------------------------------------------------------------------- */

/* The first test that keeps this one from counting; it is named only to those who may see it too. */
static char *reason_of_dependency(struct evaluation *ev, const struct candidate *test)
{
	for (size_t i = 0; i < test->test->depends_count; i++) {
		const struct manifest_test *other = ev->tests[test->test->depends[i]].test;

		if (counts(ev, test->test->depends[i]))
			continue;
		if (other->visibility > test->test->visibility)
			break;
		return mem_format(ev->e, _("depends on %s/%s, which did not pass"), other->suite, other->name);
	}
	return mem_copy(test->test->depends_count ?
				_("depends on a test that did not pass") :
				_("says only that something is refused; the tests of its group that show it working did not pass"),
		ev->e);
}

static const char *what_is_silent(const struct suite_report *suite)
{
	if (!suite->has_report)
		return _("there is no report");
	/* Without any test, what was odd about it is the reason. */
	if (!suite->reported.count && suite->reported.anomalies.count)
		return suite->reported.anomalies.item[0];
	if (suite->reported.incomplete)
		return _("the report breaks off before this test");
	return _("the report does not mention it");
}

/* What the tester said, in one line of reasonable length. */
static char *reason_of_message(struct evaluation *ev, const char *message)
{
	AUTO_FREE char *cut = NULL;

	if (reported_cap_name(&cut, message, strlen(message), ev->e) < 0)
		return NULL;
	return text_visible_line(cut, ev->e);
}

/*
 * "tester_limit" is our own word for a mistake of the tests, also in reasons: where a report has it, it is put in quotes.
 * What is said of a case doesn't come from a report.
 */
static char *reason_of_report(struct evaluation *ev, const struct candidate *test)
{
	const char *message = test->said->message;
	AUTO_FREE char *quoted = NULL;

	if (test->suite->suite->report == REPORT_CASES || !says_tester_limit(message))
		return reason_of_message(ev, message);
	quoted = mem_format(ev->e, "\"%s\"", message);
	return quoted ? reason_of_message(ev, quoted) : NULL;
}

static char *reason_of_silence(struct evaluation *ev, const struct candidate *test)
{
	AUTO_FREE char *error = NULL;

	if (!test->suite)
		return mem_copy(_("its suite was not run"), ev->e);
	if (test->suite->end != SUITE_ENDED)
		return mem_copy(why_of(test->suite), ev->e);
	if (test->instead) {
		error = mem_format(ev->e, says_tester_limit(test->instead->name) ? "\"%s: %s\"" : "%s: %s",
			test->instead->name, test->instead->message);
		return error ? reason_of_message(ev, error) : NULL;
	}
	if (test->suite->why)
		return mem_format(ev->e, "%s; %s", test->suite->why, what_is_silent(test->suite));
	return mem_copy(what_is_silent(test->suite), ev->e);
}

/* Its group left it less than its own share. */
static char *reason_of_group(struct evaluation *ev, const struct candidate *test)
{
	if (test->group->rule == GROUP_ALL)
		return mem_format(ev->e, _("its group \"%s\" counts only as a whole"), test->group->id);
	return mem_format(ev->e, _("its group \"%s\" gives no test more than the weakest one's share"), test->group->id);
}

/* It was accepted, for a part of its points: whoever decided that may have said why. */
static char *reason_of_share(struct evaluation *ev, const struct candidate *test)
{
	if (test->said->message)
		return reason_of_message(ev, test->said->message);
	return mem_format(ev->e, test->suite->suite->compare == COMPARE_JUDGE ? _("the judge gives it %d of %d points") :
		_("the checker gives it %d of %d points"), test->own, test->max_points);
}

/* NULL in *out when there is nothing to say. */
static int reason_of(struct evaluation *ev, const struct candidate *test, enum outcome outcome, char **out)
{
	bool uncounted = outcome == OUTCOME_NOT_RUN && test->outcome != OUTCOME_NOT_RUN;

	*out = NULL;
	if (outcome == OUTCOME_PASSED && test->points == test->max_points)
		return 0;
	if (outcome == OUTCOME_PASSED)
		*out = test->group ? reason_of_group(ev, test) : reason_of_share(ev, test);
	else if (uncounted)
		*out = reason_of_dependency(ev, test);
	else if (test->suite && test->suite->end == SUITE_TESTER_LIMIT)
		*out = mem_format(ev->e, "tester_limit: %s", why_of(test->suite));
	else if (!test->said || test->suite->end == SUITE_NOT_STARTED || was_running(test))
		*out = reason_of_silence(ev, test);
	else if (test->over_ms)
		*out = mem_format(ev->e, _("passed, but took longer than the %lld ms that it may"),
			(long long)test->over_ms);
	else
		*out = test->said->message ? reason_of_report(ev, test) : mem_copy(outcome_title(outcome), ev->e);
	return *out ? 0 : -1;
}

static int copy_said(struct test_result *result, const struct reported_test *said, struct err *e)
{
	if (!said)
		return 0;
	result->truncated = said->truncated;
	result->duration_ms = said->duration_ms;
	if (said->expected && !(result->expected = mem_copy(said->expected, e)))
		return -1;
	if (said->actual && !(result->actual = mem_copy(said->actual, e)))
		return -1;
	return !said->output || (result->output = mem_copy(said->output, e)) ? 0 : -1;
}

static int copy_localised(struct localised *to, const struct localised *from, struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (from->text[i] && !(to->text[i] = mem_copy(from->text[i], e)))
			return -1;
	return 0;
}

/* What the outcome is once dependencies were looked at. */
static enum outcome final_outcome(struct evaluation *ev, struct candidate *test)
{
	if (test->outcome == OUTCOME_PASSED && test->counting != COUNTING_YES)
		return OUTCOME_NOT_RUN;
	if (test->test->depends_count && test->outcome != OUTCOME_MISSING && !depends_count(ev, test))
		return OUTCOME_NOT_RUN;
	return test->outcome;
}

static bool is_self_judged(const struct candidate *test)
{
	const struct suite_report *suite = test->suite;

	if (!suite)
		return false;
	return suite->may_be_self_judged ||
	       (suite->self_judged && strings_find(suite->self_judged, test->test->name) >= 0);
}

static int write_test(struct evaluation *ev, struct candidate *test)
{
	struct test_result *result = result_add_test(ev->result, ev->e);
	enum outcome outcome = final_outcome(ev, test);

	if (!result)
		return -1;
	result->name = mem_copy(test->test->name, ev->e);
	result->suite = mem_copy(test->test->suite, ev->e);
	if (!result->name || !result->suite || reason_of(ev, test, outcome, &result->reason) < 0)
		return -1;
	if (test->test->group && !(result->group = mem_copy(test->test->group, ev->e)))
		return -1;
	result->outcome = outcome;
	result->points = ev->result->gradable ? test->points : 0;
	result->max_points = test->max_points;
	result->withheld_points = outcome == OUTCOME_PASSED ? test->max_points - test->own : 0;
	result->visibility = test->test->visibility;
	result->self_judged = is_self_judged(test);
	if (copy_said(result, test->said, ev->e) < 0)
		return -1;
	return copy_localised(&result->says, &test->test->says, ev->e);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int weigh(struct evaluation *ev, const struct suite_report *suites, size_t count)
{
	for (size_t i = 0; i < ev->count; i++)
		ev->tests[i].test = &ev->manifest->tests[i];
	for (size_t i = 0; i < count; i++)
		if (take_report(ev, &suites[i]) < 0)
			return -1;
	for (size_t i = 0; i < ev->count; i++)
		ev->tests[i].outcome = outcome_of(&ev->tests[i]);
	for (size_t i = 0; i < ev->count; i++)
		look_at_time(&ev->tests[i]);
	for (size_t i = 0; i < ev->count; i++) {
		ev->tests[i].max_points = ev->tests[i].test->points;
		counts(ev, i);
		ev->tests[i].points = ev->tests[i].own = own_points(&ev->tests[i]);
	}
	for (size_t i = 0; i < ev->manifest->group_count; i++)
		apply_group(ev, &ev->manifest->groups[i]);
	for (size_t i = 0; i < ev->count; i++)
		if (write_test(ev, &ev->tests[i]) < 0)
			return -1;
	return 0;
}

int evaluate(struct result *result, const struct task *task, const struct suite_report *suites, size_t count,
	bool build_failed, struct err *e)
{
	const struct manifest *manifest = &task->manifest;
	AUTO_FREE struct candidate *tests = mem_new(manifest->test_count, sizeof(*tests), e);
	struct evaluation ev = { manifest, tests, manifest->test_count, result, e };

	if (!tests)
		return -1;
	result->gradable = !result->reason;
	if (weigh(&ev, suites, count) < 0)
		return -1;
	for (size_t i = 0; i < task->suite_count; i++)
		result->forgeable = result->forgeable || task->suites[i].against == AGAINST_SHARED;
	result_points(result, READER_INTERVIEWER, true, &result->points, &result->max_points);
	result->verdict = build_failed && result->gradable ? RESULT_COMPILE_ERROR : RESULT_NONE;
	result->verdict = result_judge(result, READER_INTERVIEWER, true);
	return 0;
}
