// SPDX-License-Identifier: MIT
/*
 * Every solution of a coding task, graded like any submission; the accepted ones five times or as often as asked, every
 * second time beside a neighbour that burns; those that shall be too slow once more with half as much time again. A few
 * threads take the rounds from one list, so that --jobs also shows what a busy machine does to the tests. Each has a
 * launcher of its own.
 */
#include "assess/grade.h"
#include "assess/grade_terms.h"
#include "assess/verify.h"
#include "assess/verify_load.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "submission/launcher.h"
#include "task/expect.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { MOST_JOBS = 16 };

/* How a round is run. RAISED: with half as much time again. */
enum load_kind { CALM, LOADED, RAISED };

struct round {
	size_t solution;
	enum load_kind kind;
};

struct hall {
	const struct verify_order *order;
	const struct grade_terms *terms;
	const struct solutions *solutions;
	struct verification *out;
	struct verify_row **rows; /* of each solution */
	struct round *round_of;
	size_t rounds, next, finished;
	struct task raised; /* the task with half as much time again */
	pthread_mutex_t lock;
	struct err e;
	bool failed;
};

/* --- judging one round ------------------------------------------------------------------------------------------ */

/* The first test that earned less than it could, with its reason, for a sentence. */
static char *first_loss(const struct result *result, struct err *e)
{
	for (size_t i = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (test->outcome != OUTCOME_PASSED)
			return mem_format(e, "%s/%s: %s", test->suite, test->name,
				test->reason ? test->reason : outcome_name(test->outcome));
	}
	return mem_copy(_("every test passed"), e);
}

/* The first test that earned something. */
static char *first_gain(const struct result *result, struct err *e)
{
	for (size_t i = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (test->points > 0)
			return mem_format(e, _("%s/%s passed"), test->suite, test->name);
	}
	return first_loss(result, e);
}

/* Whether "suite" or "suite/test" has passed whole. */
static bool has_passed(const struct result *result, const char *place)
{
	size_t length = strcspn(place, "/");
	bool any = false;

	for (size_t i = 0; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (strlen(test->suite) != length || strncmp(test->suite, place, length) != 0 ||
			(place[length] && strcmp(test->name, place + length + 1) != 0))
			continue;
		if (test->outcome != OUTCOME_PASSED)
			return false;
		any = true;
	}
	return any;
}

/* Why the result isn't what the solution promises: *why NULL when it is. */
static int judge(char **why, const struct solution *solution, const struct result *result, struct err *e)
{
	*why = NULL;
	if (!result->gradable) {
		*why = mem_format(e, _("could not be graded: %s"), result->reason ? result->reason : "");
		return *why ? 0 : -1;
	}
	if ((solution->verdict && strcmp(solution->verdict, result_verdict_name(result->verdict)) != 0) ||
		result->points < solution->min_points || result->points > solution->max_points) {
		*why = result->points > solution->max_points ? first_gain(result, e) : first_loss(result, e);
		return *why ? 0 : -1;
	}
	for (size_t i = 0; i < solution->fails.count; i++)
		if (has_passed(result, solution->fails.item[i])) {
			*why = mem_format(e, _("%s should have failed"), solution->fails.item[i]);
			return *why ? 0 : -1;
		}
	return 0;
}

static char *words_for(const char *verdict, int least, int most, struct err *e)
{
	if (least == most)
		return mem_format(e, ngettext("%s, %d point", "%s, %d points", (unsigned long)least), verdict, least);
	return mem_format(e, _("%s, %d to %d points"), verdict, least, most);
}

static int say_once(struct strings *lines, const char *said, struct err *e)
{
	return !said ? -1 : strings_find(lines, said) >= 0 ? 0 : strings_add(lines, said, e);
}

/* What a suite reported in place of a test ("test_stack: SyntaxError: …"); NULL: that was no error. */
static const char *error_under(const struct report_note *note, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < note->anomalies.count; i++)
		if (strncmp(note->anomalies.item[i], name, length) == 0 &&
			text_starts_with(note->anomalies.item[i] + length, ": "))
			return note->anomalies.item[i];
	return NULL;
}

/* Tests that a suite reports and the manifest doesn't know. One that is an error, such as a file that can't be loaded,
 * no pin would take. */
static int note_unexpected_of(struct verification *out, const struct report_note *note, struct err *e)
{
	AUTO_FREE char *said = NULL;
	const char *first = NULL;
	size_t errors = 0;

	for (size_t i = 0; i < note->unexpected.count; i++) {
		AUTO_FREE char *name = text_visible_line(note->unexpected.item[i], e), *line = NULL;
		const char *error = name ? error_under(note, name) : NULL;

		if (!name)
			return -1;
		if (!error && text_ends_with(name, RESULT_SKIPPED))
			continue;
		first = first ? first : note->unexpected.item[i];
		if (!error)
			continue;
		errors++;
		line = mem_format(e, _("suite %s reports an error where the manifest has no test: %s"), note->suite, error);
		if (say_once(&out->problems, line, e) < 0)
			return -1;
	}
	if (errors || !first)
		return 0;
	said = mem_format(e, _("suite %s reports tests that the manifest doesn't know (%s): run 'assay task pin'"),
		note->suite, first);
	return say_once(&out->problems, said, e);
}

static int note_unexpected(struct verification *out, const struct result *result, struct err *e)
{
	for (size_t i = 0; i < result->report_count; i++)
		if (note_unexpected_of(out, &result->reports[i], e) < 0)
			return -1;
	return 0;
}

/* Suites that seem to be forged by an accepted solution, so that nobody would look at one that is. */
static int note_contradicted(struct verification *out, const struct result *result, struct err *e)
{
	for (size_t i = 0; i < result->report_count; i++) {
		AUTO_FREE char *said = NULL;

		if (!result->reports[i].contradicted)
			continue;
		said = mem_format(e,
			_("suite %s: of an accepted solution no test failed, but the tests ended with another status than 0; "
			  "of a candidate's that would look like a forged report"),
			result->reports[i].suite);
		if (say_once(&out->warnings, said, e) < 0)
			return -1;
	}
	return 0;
}

/* Tests of an accepted solution in which it compared two objects of its own: said once for each suite. */
static int note_self_judged(struct verification *out, const struct result *result, const struct task *task, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++) {
		const char *suite = task->suites[i].id, *first = NULL;
		AUTO_FREE char *said = NULL;
		size_t count = 0;

		for (size_t j = 0; j < result->test_count; j++) {
			const struct test_result *test = &result->tests[j];

			if (!test->self_judged || strcmp(test->suite, suite) != 0)
				continue;
			first = first ? first : test->name;
			count++;
		}
		if (!count)
			continue;
		said = mem_format(e,
			ngettext("suite %s: in %zu test (%s) the candidate's code itself says whether two of its objects "
				 "are equal; compare what they hold instead",
				"suite %s: in %zu tests (%s) the candidate's code itself says whether two of its objects "
				"are equal; compare what they hold instead",
				count),
			suite, count, first);
		if (say_once(&out->warnings, said, e) < 0)
			return -1;
	}
	return 0;
}

/* A solution of which nothing was taken in is the starter under another name, and proves nothing: said once. Whoever
 * cheats may have meant just that. */
static int note_empty(struct verification *out, const struct result *result, const struct solution *solution, struct err *e)
{
	AUTO_FREE char *said = NULL;

	if (result->taken || !result->dropped.count || solution->class == SOLUTION_FORGED || solution->class == SOLUTION_STUB)
		return 0;
	said = mem_format(e, _("%s: nothing of it was taken in (%s)"), solution->path, result->dropped.item[0]);
	return say_once(&out->problems, said, e);
}

/* A solution that shall be too slow, with half as much time again: *why NULL when it still is. */
static int judge_raised(char **why, const struct result *result, struct err *e)
{
	*why = NULL;
	if (result->gradable && result->verdict == RESULT_TIME_LIMIT)
		return 0;
	*why = result->gradable ? mem_format(e, _("with half as much time again it ends (%s): too close to the limit"),
					  result_verdict_name(result->verdict)) :
				  mem_format(e, _("could not be graded: %s"), result->reason ? result->reason : "");
	return *why ? 0 : -1;
}

/* The first round that isn't as expected is the one that is shown. */
static int keep_why(struct verify_row *row, char **why, enum load_kind kind, struct err *e)
{
	if (!*why || row->why)
		return 0;
	if (!row->got || kind == RAISED) {
		row->why = take_ptr(why);
		return 0;
	}
	row->why = mem_format(e, kind == LOADED ? _("not every time (round %d, beside a busy neighbour): %s") :
						  _("not every time (round %d): %s"),
		row->rounds, *why);
	return row->why ? 0 : -1;
}

/* What does not build says why not in its compiler's words. */
static int keep_log(struct verify_row *row, const struct result *result, struct err *e)
{
	const struct box_run *build = result_failed_build(result);

	if (!row->why || !build || !build->log)
		return 0;
	row->log = mem_copy(build->log, e);
	return row->log ? 0 : -1;
}

static int keep_round(struct hall *hall, const struct round *round, const struct result *result, int64_t wall_ms,
	struct err *e)
{
	const struct solution *solution = &hall->solutions->item[round->solution];
	struct verify_row *row = hall->rows[round->solution];
	struct closest closest = closest_of(result, hall->order->task);
	AUTO_FREE char *why = NULL, *got = NULL;
	bool had_why = row->why != NULL;

	if (round->kind == RAISED)
		return judge_raised(&why, result, e) < 0 ? -1 : keep_why(row, &why, RAISED, e);
	if (judge(&why, solution, result, e) < 0)
		return -1;
	if (note_empty(hall->out, result, solution, e) < 0)
		return -1;
	if (solution->class == SOLUTION_ACCEPTED &&
		(note_unexpected(hall->out, result, e) < 0 || note_contradicted(hall->out, result, e) < 0 ||
			note_self_judged(hall->out, result, hall->order->task, e) < 0))
		return -1;
	got = words_for(result->gradable ? result_verdict_name(result->verdict) : _("not gradable"), result->points,
		result->points, e);
	if (!got)
		return -1;
	row->rounds++;
	row->slowest_ms = wall_ms > row->slowest_ms ? wall_ms : row->slowest_ms;
	row->fastest_ms = row->rounds == 1 || wall_ms < row->fastest_ms ? wall_ms : row->fastest_ms;
	/* What a burning neighbour takes is no fault of the limit, nor is another round that was disturbed. */
	if (round->kind == CALM && result->gradable &&
		(!row->closest.limit || closest_is_nearer(&row->closest, &closest)))
		row->closest = closest;
	if (keep_why(row, &why, round->kind, e) < 0 || (!had_why && keep_log(row, result, e) < 0))
		return -1;
	if (row->got && (had_why || !row->why))
		return 0;
	free(row->got);
	row->got = take_ptr(&got);
	return 0;
}

/* --- rounds ----------------------------------------------------------------------------------------------------- */

static int grade_beside_load(struct result **out, const struct grade_order *order, struct err *e)
{
	struct load load;
	int graded;

	load_begin(&load);
	graded = grade(out, order, e);
	load_end(&load);
	return graded;
}

static int grade_round(struct hall *hall, const struct round *round, struct launcher *launcher, struct err *e)
{
	const struct solution *solution = &hall->solutions->item[round->solution];
	AUTO_FREE char *submission = fs_join(hall->order->task->dir, solution->path, e);
	AUTO_RESULT struct result *result = NULL;
	struct grade_order order = {
		.task = round->kind == RAISED ? &hall->raised : hall->order->task,
		.submission = submission,
		.allow_sampled = hall->order->allow_sampled,
		/* One that shall be too slow gains nothing by another try. */
		.only_once = solution->class == SOLUTION_TIME_LIMIT,
		.terms = hall->terms,
		.launcher = launcher,
		.stop_fd = hall->order->stop_fd,
	};
	int64_t start_ms = clock_monotonic_ms();
	int kept;

	if (!submission || (round->kind == LOADED ? grade_beside_load(&result, &order, e) : grade(&result, &order, e)) < 0)
		return err_wrap(e, "%s", solution->path);
	pthread_mutex_lock(&hall->lock);
	kept = keep_round(hall, round, result, clock_monotonic_ms() - start_ms, e);
	pthread_mutex_unlock(&hall->lock);
	return kept;
}

/* "[######--------------] 12/40 accepted/plain" */
static void say_progress(struct hall *hall, const struct solution *solution)
{
	enum { BAR = 20 };
	static const char full[] = "####################", empty[] = "--------------------";
	int done = (int)(hall->finished * BAR / hall->rounds);
	char line[200];

	if (!hall->order->progress)
		return;
	snprintf(line, sizeof(line), "[%.*s%.*s] %zu/%zu %s/%s", done, full, BAR - done, empty, hall->finished,
		hall->rounds, solution_class_name(solution->class), solution->name);
	hall->order->progress(line, hall->order->context);
}

/* Takes the next round that is left; false when there is none or something broke. */
static bool take_round(struct hall *hall, struct round *round)
{
	bool taken = false;

	pthread_mutex_lock(&hall->lock);
	if (!hall->failed && hall->next < hall->rounds) {
		*round = hall->round_of[hall->next++];
		say_progress(hall, &hall->solutions->item[round->solution]);
		taken = true;
	}
	pthread_mutex_unlock(&hall->lock);
	return taken;
}

static void finish_round(struct hall *hall, int status, const struct err *e)
{
	pthread_mutex_lock(&hall->lock);
	hall->finished++;
	if (status < 0 && !hall->failed) {
		hall->failed = true;
		hall->e = *e;
	}
	pthread_mutex_unlock(&hall->lock);
}

static void *work(void *context)
{
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	struct hall *hall = context;
	struct err e = { 0 };
	struct round round;
	int status = launcher_new(&launcher, &e);

	while (take_round(hall, &round)) {
		if (launcher)
			status = grade_round(hall, &round, launcher, &e);
		finish_round(hall, status, &e);
	}
	return NULL;
}

static int work_together(struct hall *hall, struct err *e)
{
	int jobs = hall->order->jobs > 1 ? hall->order->jobs : 1, started = 0;
	pthread_t threads[MOST_JOBS];

	for (; started < jobs - 1 && started < MOST_JOBS; started++)
		if (pthread_create(&threads[started], NULL, work, hall) != 0)
			break;
	work(hall);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return hall->failed ? err_set(e, hall->e.kind, "%s", hall->e.text) : 0;
}

/* An accepted solution that needs more than half of a limit will miss it on a slower machine. */
static int look_at_limits(struct hall *hall, struct err *e)
{
	for (size_t i = 0; i < hall->solutions->count; i++) {
		const struct solution *solution = &hall->solutions->item[i];
		const struct closest *closest = &hall->rows[i]->closest;

		if (solution->class != SOLUTION_ACCEPTED || !closest_is_too_near(closest))
			continue;
		if (strings_take(&hall->out->problems,
			    mem_format(e,
				    _("accepted/%s takes %lld of the %lld ms of %s: a limit should be at least twice what "
				      "the slowest accepted solution takes"),
				    solution->name, (long long)closest->used_ms, (long long)closest->allowed_ms,
				    closest->limit),
			    e) < 0)
			return -1;
	}
	return 0;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int rounds_of(const struct verify_order *order)
{
	return order->rounds ? order->rounds : VERIFY_ROUNDS;
}

/* Rounds of the same solution don't stand next to each other: a state that one leaves behind then shows. */
static int plan_rounds(struct hall *hall, struct err *e)
{
	size_t count = hall->solutions->count;
	int rounds = rounds_of(hall->order);

	hall->round_of = mem_new(count * ((size_t)rounds + 1), sizeof(*hall->round_of), e);
	if (!hall->round_of)
		return -1;
	for (int round = 0; round < rounds; round++)
		for (size_t i = 0; i < count; i++)
			if (round == 0 || hall->solutions->item[i].class == SOLUTION_ACCEPTED)
				hall->round_of[hall->rounds++] = (struct round){ i, round % 2 ? LOADED : CALM };
	for (size_t i = 0; i < count; i++)
		if (hall->solutions->item[i].class == SOLUTION_TIME_LIMIT)
			hall->round_of[hall->rounds++] = (struct round){ i, RAISED };
	return raised_task(&hall->raised, hall->order->task, e);
}

/* All rows are made before the first round, since they move while they grow. */
static int plan_rows(struct hall *hall, struct err *e)
{
	size_t count = hall->solutions->count;

	for (size_t i = 0; i < count; i++) {
		const struct solution *solution = &hall->solutions->item[i];
		struct verify_row *row = verify_add_row(hall->out, e);

		if (!row)
			return -1;
		row->what = mem_copy(solution_class_name(solution->class), e);
		row->name = mem_copy(solution->name, e);
		row->expected = words_for(solution->verdict ? solution->verdict : _("any verdict"),
			solution->min_points, solution->max_points, e);
		if (!row->what || !row->name || !row->expected)
			return -1;
	}
	hall->rows = mem_new(count, sizeof(*hall->rows), e);
	if (!hall->rows)
		return -1;
	for (size_t i = 0; i < count; i++)
		hall->rows[i] = &hall->out->rows[hall->out->count - count + i];
	return 0;
}

static int look_at_solutions(struct verification *out, const struct solutions *solutions, struct err *e)
{
	bool classes[SOLUTION_CLASSES] = { 0 };

	for (size_t i = 0; i < solutions->count; i++)
		classes[solutions->item[i].class] = true;
	if (!classes[SOLUTION_ACCEPTED] && strings_add(&out->problems, _("there is no accepted solution"), e) < 0)
		return -1;
	if (!classes[SOLUTION_STUB] &&
		strings_add(&out->warnings, _("there is no stub: nobody knows what the bare starter earns"), e) < 0)
		return -1;
	if (!classes[SOLUTION_WRONG_ANSWER] && !classes[SOLUTION_PARTIAL])
		return strings_add(&out->warnings,
			_("there is no wrong or partial solution: nobody knows what the tests catch"), e);
	return 0;
}

static int warn_of_forgery(struct verification *out, const struct task *task, struct err *e)
{
	for (size_t i = 0; i < task->suite_count; i++)
		if (task->suites[i].against == AGAINST_SHARED &&
			strings_take(&out->warnings,
				mem_format(e,
					_("suite %s runs in one process with the candidate's code: its results can be "
					  "forged"),
					task->suites[i].id),
				e) < 0)
			return -1;
	return 0;
}

static int warn_of_few_rounds(struct hall *hall, struct err *e)
{
	int rounds = rounds_of(hall->order);
	bool any = false;

	for (size_t i = 0; i < hall->solutions->count; i++)
		any = any || hall->solutions->item[i].class == SOLUTION_ACCEPTED;
	if (rounds >= VERIFY_ROUNDS || !any)
		return 0;
	return strings_take(&hall->out->warnings,
		mem_format(e,
			ngettext("accepted solutions were graded %d time: run 'assay task verify' without --rounds before "
				 "the task is given to anybody",
				"accepted solutions were graded %d times: run 'assay task verify' without --rounds before "
				"the task is given to anybody",
				(unsigned long)rounds),
			rounds),
		e);
}

static int say_what_is_missing(struct verification *out, const struct grade_terms *terms, struct err *e)
{
	if (terms->broken && strings_add(&out->problems, terms->broken, e) < 0)
		return -1;
	for (size_t i = 0; i < terms->missing.count; i++)
		if (strings_take(&out->problems,
			    mem_format(e, _("this machine lacks what the task needs: %s"), terms->missing.item[i]),
			    e) < 0)
			return -1;
	return 0;
}

/* The terms have a launcher of their own, which is gone before the rounds begin. */
static int make_terms(struct grade_terms *terms, const struct verify_order *order, struct err *e)
{
	AUTO_LAUNCHER struct launcher *launcher = NULL;
	struct grade_order fixed = {
		.task = order->task, .allow_sampled = order->allow_sampled, .stop_fd = order->stop_fd,
	};

	if (launcher_new(&launcher, e) < 0)
		return -1;
	fixed.launcher = launcher;
	return grade_terms_make(terms, &fixed, e);
}

int verify_coding(struct verification *out, const struct verify_order *order, struct err *e)
{
	AUTO_GRADE_TERMS struct grade_terms terms = { 0 };
	AUTO(solutions_done) struct solutions solutions = { 0 };
	struct hall hall = { .order = order, .terms = &terms, .solutions = &solutions, .out = out };
	int worked = -1;

	if (solutions_load(&solutions, order->task, e) < 0 || look_at_solutions(out, &solutions, e) < 0 ||
		warn_of_forgery(out, order->task, e) < 0 || make_terms(&terms, order, e) < 0)
		return -1;
	if (terms.broken || terms.missing.count > 0)
		return say_what_is_missing(out, &terms, e);
	pthread_mutex_init(&hall.lock, NULL);
	if (plan_rounds(&hall, e) == 0 && plan_rows(&hall, e) == 0 && work_together(&hall, e) == 0)
		worked = look_at_limits(&hall, e) < 0 ? -1 : warn_of_few_rounds(&hall, e);
	pthread_mutex_destroy(&hall.lock);
	raised_task_done(&hall.raised);
	free(hall.round_of);
	free(hall.rows);
	return worked;
}
