// SPDX-License-Identifier: MIT
/*
 * Commands that lead a running session from part to part.
 */
#include "assess/session_clock.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/spawn.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/words.h"
#include "cli/table.h"

#include <string.h>
#include <unistd.h>

enum { GRADER_UP_MS = 2000, GRADER_LOOK_US = 10000 };

/* --- steps ------------------------------------------------------------------------------------------------------ */

static struct json *graded_json(const struct session_step *step)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < step->graded_count; i++) {
		const struct session_graded *g = &step->graded[i];

		json_append_take(&list, json_pack_new("{s:I, s:s, s:b, s:b, s:i, s:i, s:s, s:o, s:o}", "submission",
			(long long)g->submission, "task", g->task, "gradable", g->gradable, "forgeable", g->forgeable,
			"points", g->points, "max_points", g->max_points, "verdict", result_verdict_name(g->verdict), "reason",
			json_clean(g->reason, g->reason ? strlen(g->reason) : 0), "problem",
			json_clean(g->problem, g->problem ? strlen(g->problem) : 0)));
	}
	return list;
}

static struct json *step_json(const struct session_step *step)
{
	return json_pack_new("{s:s?, s:s?, s:o, s:o, s:o, s:o, s:I, s:s?, s:s?, s:s?, s:I, s:b, s:b, s:o, s:o}", "collected", step->collected,
		"commit", step->commit, "dropped", json_from_strings(&step->dropped), "never_held", json_from_strings(&step->never_held), "answer_problem",
		json_clean(step->answer_problem, step->answer_problem ? strlen(step->answer_problem) : 0), "kit_doubt",
		json_clean(step->kit_doubt, step->kit_doubt ? strlen(step->kit_doubt) : 0), "due", (long long)step->due, "entered",
		step->entered, "task", step->task, "kit", step->kit, "minutes", (long long)step->minutes, "last", step->last,
		"again", step->again, "graded", graded_json(step), "failed",
		json_clean(step->failed.kind ? step->failed.text : NULL, strlen(step->failed.text)));
}

/* What stopped a step after its hand-in was told. */
static int fail_behind(const struct session_step *step, struct err *e)
{
	if (step->entered)
		return err_set(e, step->failed.kind, "%s", step->failed.text);
	return err_set(e, step->failed.kind, _("what was handed in is safe, but it went no further: %s"),
		step->failed.text);
}

static void add_not_gradable(struct text *t, const char *task, const char *reason)
{
	text_addf(t, _("Not gradable: %s. This is no fault of the candidate's.\n"), task);
	text_add(t, reason ? "  " : "");
	text_add_visible(t, reason ? reason : "", true);
	text_add(t, reason ? "\n" : "");
}

static void add_graded(struct text *t, const struct session_step *step)
{
	for (size_t i = 0; i < step->graded_count; i++) {
		const struct session_graded *g = &step->graded[i];

		if (g->problem) {
			text_addf(t, _("Not graded yet: %s: "), g->task);
			text_add_visible(t, g->problem, true);
			text_add(t, "\n");
		} else if (g->gradable) {
			text_addf(t, _("Graded: %s: %d of %d points (%s)\n"), g->task, g->points, g->max_points,
				result_verdict_title(g->verdict));
			if (g->forgeable)
				text_addf(t, "  %s\n", _("Forgeable: the tests ran in one process with the candidate's code."));
		} else {
			add_not_gradable(t, g->task, g->reason);
		}
	}
}

static int print_step(const struct session_step *step, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (step->again)
		text_add(&t, _("The last call was cut off; nothing was done twice.\n"));
	if (step->collected && step->commit)
		text_addf(&t, _("Handed in: %s (%.10s)\n"), words_part(step->collected), step->commit);
	for (size_t i = 0; i < step->dropped.count; i++) {
		text_add(&t, _("  not taken: "));
		text_add_visible(&t, step->dropped.item[i], true);
		text_add(&t, "\n");
	}
	if (step->answer_problem) {
		text_add(&t, _("The review's comments could not be taken: "));
		text_add_visible(&t, step->answer_problem, true);
		text_add(&t, "\n");
	}
	if (step->kit_doubt) {
		text_add(&t, _("Look at what was handed in, it may be somebody else's: "));
		text_add_visible(&t, step->kit_doubt, true);
		text_add(&t, "\n");
	}
	add_graded(&t, step);
	for (size_t i = 0; i < step->never_held.count; i++)
		text_addf(&t, _("Never held: %s\n"), words_part(step->never_held.item[i]));
	if (step->entered)
		text_addf(&t,
			ngettext("Now: %s, %lld minute%s%s\n", "Now: %s, %lld minutes%s%s\n", (unsigned long)step->minutes),
			words_part(step->entered), (long long)step->minutes, step->kit ? _("; the kit is in ") : "",
			step->kit ? step->kit : "");
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

/* With the kit where it was laid last: there the next one goes as well. */
static int next_step(const struct cli *cli, const char *id, const char *kit, bool last, struct err *e)
{
	AUTO_TEXT struct text where = { 0 };

	if (last)
		return cli_next(cli, e, "assay session end %s", id);
	if (kit)
		cli_add_word(&where, kit);
	return where.failed ? err_memory(e)
			    : cli_next(cli, e, "assay session next %s --kit %s", id, kit ? text_bytes(&where) : "DIR");
}

/* --- grading by itself ------------------------------------------------------------------------------------------ */

/* Until it holds the session, or has come to its end already: then a look at the status tells what is so. */
static void await_grader(const struct workspace *workspace, const char *id)
{
	int64_t end_ms = clock_monotonic_ms() + GRADER_UP_MS;

	while (!session_is_graded_now(workspace, id) && clock_monotonic_ms() < end_ms)
		usleep(GRADER_LOOK_US);
}

/* What the step left to be graded is graded by a program of its own. That it couldn't be started undoes nothing. */
static int grade_behind(const struct cli *cli, const struct visit *visit, const struct session_step *step, const char *id,
	struct err *e)
{
	const char *argv[12] = { "assay", "-C", visit->workspace->path, "session", "grade", id, "--wait" };
	struct err said = { 0 };
	AUTO_TEXT struct text t = { 0 };

	if (!step->due)
		return 0;
	if (cli->as) {
		argv[7] = "--as";
		argv[8] = cli->as;
	}
	if (spawn_detached(argv, &said) == 0) {
		await_grader(visit->workspace, id);
		text_addf(&t, _("It is being graded meanwhile: 'assay session status %s' shows the result.\n"), id);
	} else {
		text_addf(&t, _("Not graded yet (%s): 'assay session grade %s' does it.\n"), said.text, id);
	}
	if (t.failed)
		return err_memory(e);
	return cli->json ? 0 : cli_print(text_bytes(&t), e);
}

static int print_result(const struct cli *cli, const struct visit *visit, const struct session_step *step, const char *id,
	struct err *e)
{
	if ((cli->json ? cli_print_json_take(step_json(step), e) : print_step(step, e)) < 0)
		return -1;
	return grade_behind(cli, visit, step, id, e);
}

static int tell_next(const struct cli *cli, const struct visit *visit, const struct session_step *step, const char *id,
	struct err *e)
{
	if (print_result(cli, visit, step, id, e) < 0)
		return -1;
	if ((step->entered || !step->failed.kind) && !cli->json && next_step(cli, id, step->kit, step->last, e) < 0)
		return -1;
	/* Only what has reached whoever waits for it was told; then the step may be released as told (assess/session.h). */
	return cli_flush(e);
}

static int run_next(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	visit.workspace->grade_later = !cli_flag(cli, "wait");
	cli_progress(cli_flag(cli, "wait") ? _("collecting, laying the next kit, grading …") : _("collecting, laying the next kit …"));
	if ((cli_flag(cli, "without-kit") ? session_next_without_kit : session_next)(
		    &step, visit.workspace, visit.actor, id, cli_value(cli, "kit"), e) < 0)
		return -1;
	if (tell_next(cli, &visit, &step, id, e) < 0) {
		session_step_untold(&step);
		return -1;
	}
	return step.failed.kind ? fail_behind(&step, e) : 0;
}

static int tell_end(const struct cli *cli, const struct visit *visit, const struct session_step *step, const char *id,
	struct err *e)
{
	if (print_result(cli, visit, step, id, e) < 0)
		return -1;
	if (!step->failed.kind && !cli->json && cli_next(cli, e, "assay review show %s", id) < 0)
		return -1;
	/* Only what has reached whoever waits for it was told; then the step may be released as told (assess/session.h). */
	return cli_flush(e);
}

static int run_end(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	const char *id = cli->words.item[0];

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	visit.workspace->grade_later = !cli_flag(cli, "wait");
	cli_progress(cli_flag(cli, "wait") ? _("collecting and grading …") : _("collecting …"));
	if ((cli_flag(cli, "without-kit") ? session_end_without_kit : session_end)(
		    &step, visit.workspace, visit.actor, id, e) < 0)
		return -1;
	if (tell_end(cli, &visit, &step, id, e) < 0) {
		session_step_untold(&step);
		return -1;
	}
	return step.failed.kind ? fail_behind(&step, e) : 0;
}

static int run_grade(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	const char *id = cli->words.count ? cli->words.item[0] : NULL;

	if (visit_open(&visit, cli, e) < 0)
		return -1;
	visit.workspace->wait_for_grades = cli_flag(cli, "wait");
	cli_progress(_("grading …"));
	if (session_grade(&step, visit.workspace, visit.actor, id, cli_flag(cli, "again"), e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(step_json(&step), e);
	if ((step.graded_count ? print_step(&step, e) : cli_print(_("Nothing waits for a grade.\n"), e)) < 0)
		return -1;
	return id ? cli_next(cli, e, "assay session status %s", id) : 0;
}

/* --- status ----------------------------------------------------------------------------------------------------- */

/* Of a part's last hand-in: the index, or the count where nothing was handed in. */
static size_t last_of(const struct session_view *view, int64_t part)
{
	for (size_t i = view->submissions.count; i-- > 0;)
		if (view->submissions.item[i].part == part)
			return i;
	return view->submissions.count;
}

/* Why that can't be graded; NULL. */
static const char *reason_of(const struct session_view *view, int64_t part)
{
	size_t i = last_of(view, part);
	const struct result *result = i < view->submissions.count ? view->results[i] : NULL;

	return result && !result->gradable ? result->reason : NULL;
}

static const char *result_of(const struct session_view *view, int64_t part, char cell[64])
{
	size_t i = last_of(view, part);
	const struct result *result = i < view->submissions.count ? view->results[i] : NULL;

	if (i == view->submissions.count)
		return NULL;
	if (view->submissions.item[i].grade == GRADE_NONE)
		return _("handed in");
	if (!result)
		return view->grading ? _("being graded") : _("handed in, not graded yet");
	if (!result->gradable)
		return _("not gradable");
	snprintf(cell, 64, result->forgeable ? _("(forgeable) %d of %d points") : _("%d of %d points"), result->points,
		result->max_points);
	return cell;
}

/* What can't be graded is told with the mend: nobody guesses it from two words in a table. */
static int print_not_gradable(const struct session_view *view, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	bool any = false;

	for (size_t i = 0; i < view->parts.count; i++) {
		const struct store_part *part = &view->parts.item[i];
		const char *reason = reason_of(view, part->number);

		if (!reason)
			continue;
		text_add(&t, any ? "" : "\n");
		add_not_gradable(&t, part->task, reason);
		any = true;
	}
	if (any)
		text_addf(&t, _("Once that is mended, 'assay session grade %s --again' grades it.\n"), view->session.id);
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static struct json *view_json(const struct session_view *view, const struct session_clock *clock)
{
	struct json *parts = json_new_array(), *seats = json_new_array();

	for (size_t i = 0; i < view->parts.count; i++) {
		const struct store_part *p = &view->parts.item[i];
		char cell[64];

		json_append_take(&parts, json_pack_new("{s:I, s:s, s:s?, s:I, s:I, s:I, s:s?, s:s?}", "number",
			(long long)p->number, "part", p->kind, "task", p->task, "minutes", (long long)p->minutes,
			"started_ms", (long long)p->started_ms, "ended_ms", (long long)p->ended_ms, "result",
			result_of(view, p->number, cell), "reason", reason_of(view, p->number)));
	}
	for (size_t i = 0; i < view->seats.count; i++)
		json_append_take(&seats, json_pack_new("{s:s, s:b}", "person", view->seats.item[i].person, "due",
			view->seats.item[i].due));
	return json_pack_new("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:I, s:o, s:o}", "session", view->session.id, "candidate",
		view->session.candidate, "position", view->session.position, "stage", view->session.stage, "plan",
		view->session.plan, "repo", view->session.repo, "commit", view->session.commit, "state",
		session_state_name(view->session.state), "grading", view->grading, "paused", clock->paused, "left_ms", (long long)clock->left_ms, "parts",
		parts, "people", seats);
}

/* "running, 12 minutes left": rounded up, so that the last minute is one. */
static const char *state_of(const struct store_part *p, const struct session_clock *clock, char cell[80])
{
	long long left = (clock->left_ms + (clock->left_ms > 0 ? 59999 : 0)) / 60000;
	unsigned long count = (unsigned long)(left < 0 ? -left : left);

	if (p->ended_ms)
		return _("over");
	if (!p->started_ms)
		return _("to come");
	if (left < 0 && clock->paused)
		snprintf(cell, 80, ngettext("paused, %lld minute over time", "paused, %lld minutes over time", count), -left);
	else if (left < 0)
		snprintf(cell, 80, ngettext("running, %lld minute over time", "running, %lld minutes over time", count), -left);
	else if (clock->paused)
		snprintf(cell, 80, ngettext("paused, %lld minute left", "paused, %lld minutes left", count), left);
	else
		snprintf(cell, 80, ngettext("running, %lld minute left", "running, %lld minutes left", count), left);
	return cell;
}

/* Where one stands says what comes next. */
static int next_from(const struct cli *cli, const struct session_view *view, const struct session_clock *clock, struct err *e)
{
	const char *id = view->session.id, *kit = NULL;
	bool last = true;

	if (view->session.state == SESSION_PLANNED)
		return cli_next(cli, e, "assay session start %s", id);
	if (view->session.state == SESSION_ENDED)
		return cli_next(cli, e, "assay card show %s", id);
	if (view->session.state == SESSION_CANCELLED)
		return cli_next(cli, e, "assay session plan %s --at TIME", view->session.candidate);
	if (clock->paused)
		return cli_next(cli, e, "assay session resume %s", id);
	for (size_t i = 0; i < view->parts.count; i++) {
		kit = view->parts.item[i].kit ? view->parts.item[i].kit : kit;
		last &= view->parts.item[i].started_ms != 0;
	}
	return next_step(cli, id, kit, last, e);
}

static int run_status(struct cli *cli, struct err *e)
{
	struct session_clock clock;
	AUTO_VISIT struct visit visit = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_FREE char *head = NULL;

	if (visit_open(&visit, cli, e) < 0 ||
		session_look(&view, visit.workspace, visit.actor, cli->words.item[0], e) < 0 ||
		session_clock(&clock, visit.workspace, cli->words.item[0], e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(view_json(&view, &clock), e);
	head = mem_format(e, _("Session %s: %s for %s (%s), %s\n\n"), view.session.id, view.session.candidate,
		view.session.position, view.session.stage, session_state_title(view.session.state));
	if (!head || cli_print(head, e) < 0)
		return -1;
	table_start(&table, _("Part"), _("Minutes"), _("Task"), _("State"), _("Result"), NULL);
	for (size_t i = 0; i < view.parts.count; i++) {
		const struct store_part *p = &view.parts.item[i];
		char cell[64], state[80];

		table_add(&table, words_part(p->kind));
		table_addf(&table, "%lld", (long long)p->minutes);
		table_add(&table, p->task);
		table_add(&table, state_of(p, &clock, state));
		table_add(&table, result_of(&view, p->number, cell));
	}
	if (table_print(&table, _("No part."), e) < 0 || print_not_gradable(&view, e) < 0)
		return -1;
	for (size_t i = 0; i < view.submissions.count && !view.grading; i++)
		if (view.submissions.item[i].grade == GRADE_DUE)
			return cli_next(cli, e, "assay session grade %s%s", view.session.id,
				view.submissions.item[i].attempts >= GRADE_ATTEMPTS ? " --again" : "");
	return next_from(cli, &view, &clock, e);
}

const struct command commands_session[] = {
	{
		.noun = "session",
		.verb = "next",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("hand in the part before, go to the next and lay its kit"),
		.about = N_("What lies in the kit is handed in and committed to the candidate's own repository. The "
			    "kit of the next part holds the statement, the starter and the visible tests, and nothing else. "
			    "What was handed in is graded meanwhile by a program of its own, which goes on when the terminal is "
			    "closed; 'assay session status' shows the result."),
		.example = "assay session next S-7Q2K --kit /srv/interview/kit",
		.options = { { "kit", "DIR", N_("the directory in which the candidate works") },
			{ "without-kit", NULL, N_("the running part's kit is lost: hand in nothing") },
			{ "wait", NULL, N_("grade before this command ends, and print the result") } },
		.run = run_next,
	},
	{
		.noun = "session",
		.verb = "end",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("hand in the last part and end the clock"),
		.example = "assay session end S-7Q2K",
		.options = { { "without-kit", NULL, N_("the running part's kit is lost: hand in nothing") },
			{ "wait", NULL, N_("grade before this command ends, and print the result") } },
		.run = run_end,
	},
	{
		.noun = "session",
		.verb = "status",
		.words = "SESSION",
		.min_words = 1,
		.max_words = 1,
		.summary = N_("show where a session stands"),
		.example = "assay session status S-7Q2K",
		.run = run_status,
	},
	{
		.noun = "session",
		.verb = "grade",
		.words = "[SESSION]",
		.max_words = 1,
		.summary = N_("grade what was handed in and has no result yet"),
		.about = N_("For what 'session next' and 'session end' left when the program that grades behind them was ended. "
			    "A grade that was cut off is repeated, at most three times by itself; --again tries once more."),
		.example = "assay session grade S-7Q2K --again",
		.options = { { "again", NULL, N_("also what was given up after three attempts") },
			{ "wait", NULL, N_("when another program grades the session, wait for its end") } },
		.run = run_grade,
	},
	{ 0 },
};
