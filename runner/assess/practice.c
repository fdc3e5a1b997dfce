// SPDX-License-Identifier: MIT
/*
 * The way of one practice. Its phases stand in a table in their order; the state says at which one it is, so going on
 * after a break or a crash is the same as going on at all.
 */
#include "assess/practice_inside.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool has_kit(const struct practising *p)
{
	return p->item.part != PART_CONVERSATION;
}

static bool has_questions(const struct practising *p)
{
	return p->state.turns > 0;
}

static bool is_review(const struct practising *p)
{
	return p->item.part == PART_REVIEW;
}

static bool has_mail(const struct practising *p)
{
	return practice_has_mail(&p->page);
}

static bool always(const struct practising *p)
{
	(void)p;
	return true;
}

static const struct {
	bool (*applies)(const struct practising *p);
	int (*step)(struct practising *p, struct err *e);
} phases[PHASE_DONE] = {
	[PHASE_WORK] = { has_kit, practise_work },
	[PHASE_QUESTIONS] = { has_questions, practise_questions },
	[PHASE_FINDINGS] = { is_review, practise_findings },
	[PHASE_MARKS] = { always, practise_marks },
	[PHASE_ADDITIONS] = { has_mail, practise_additions },
	[PHASE_MAIL] = { has_mail, practise_mail },
};

/* --- the page and the state ------------------------------------------------------------------------------------- */

const struct practice_page *practising_page(struct practising *p)
{
	int found = 0;

	for (int i = 0; i < p->state.flaws; i++)
		found += p->state.flaw[i] == FLAW_FOUND;
	p->page = (struct practice_page){
		.task = p->item.task,
		.rubric = p->item.rubric,
		.part = p->item.part,
		.questions = p->item.part == PART_CONVERSATION ? &p->item.questions : NULL,
		.probes = p->item.part == PART_DESIGN ? &p->item.probes : NULL,
		.answers = p->state.answers,
		.spent_ms = p->state.spent_ms,
		.marks = p->state.marks,
		.additions = p->state.additions,
		.work_ms = p->state.work_ms,
		.points = p->state.points,
		.max_points = p->state.max_points,
		.found = found,
		.planted = p->state.phase > PHASE_FINDINGS ? p->state.flaws : 0,
		.to = p->state.to,
		.position = p->state.position,
		.company = p->state.company,
	};
	return &p->page;
}

int practising_save(struct practising *p, struct err *e)
{
	return practice_state_save(&p->state, &p->item, p->place.task_fd, e);
}

/* --- what is handed out ----------------------------------------------------------------------------------------- */

static struct json *marks_json(const struct practising *p)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < p->item.rubric->criterion_count; i++) {
		const struct criterion *criterion = &p->item.rubric->criteria[i];
		int mark = p->state.marks[i];
		struct json *row;

		if (criterion->part != p->item.part)
			continue;
		row = json_pack_new("{s:s, s:s, s:b}", "criterion", criterion->id, "title",
			localised_text(&criterion->title, p->style.language), "marked", mark != PRACTICE_UNMARKED);
		json_put_take(&row, "mark", mark > 0 ? json_pack_new("i", mark) : json_clean(NULL, 0));
		json_put_take(&row, "aim",
			mark == PRACTICE_UNMARKED || mark == MARK_MAX
				? json_clean(NULL, 0)
				: json_pack_new("{s:i, s:s}", "mark", practice_aim(mark), "anchor",
					  localised_text(&criterion->anchors[practice_aim(mark) - MARK_MIN], p->style.language)));
		json_append_take(&list, row);
	}
	return list;
}

static struct json *questions_json(struct practising *p)
{
	struct json *list = json_new_array();

	for (int i = 0; i < p->state.turns; i += PRACTICE_TURNS) {
		size_t question = (size_t)(i / PRACTICE_TURNS);
		const char *id = p->page.questions ? p->page.questions->item[question].id : p->page.probes->item[question].id;

		json_append_take(&list, json_pack_new("{s:s, s:b, s:I}", "question", id, "answered",
			p->state.answers[i] && *p->state.answers[i], "spent_ms",
			(long long)(p->state.spent_ms[i] + p->state.spent_ms[i + 1])));
	}
	return list;
}

static int summarise(struct json **out, struct practising *p, struct err *e)
{
	const struct practice_page *page = practising_page(p);
	struct json *summary = json_pack_new(
		"{s:i, s:s, s:s, s:s, s:s, s:i, s:I, s:o, s:o, s:i, s:i, s:i, s:i, s:o}", "format", 1, "what", p->item.word,
		"task", p->item.task->id, "title", localised_text(&p->item.task->title, p->style.language), "state",
		practice_phase_name(p->state.phase), "minutes", p->item.task->minutes, "work_ms",
		(long long)p->state.work_ms, "questions", questions_json(p), "marks", marks_json(p), "points", page->points,
		"max_points", page->max_points, "flaws_found", page->found, "flaws", p->state.flaws, "directory",
		json_clean(p->place.path, strlen(p->place.path)));

	if (!summary)
		return err_memory(e);
	*out = summary;
	return 0;
}

static int keep_summary(struct practising *p, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	struct report_style style = p->style;

	style.columns = 100;
	report_practice_summary(&t, practising_page(p), &style);
	if (t.failed)
		return err_memory(e);
	return fs_write(p->place.task_fd, "summary.txt", text_bytes(&t), t.length, 0644, e);
}

/* --- the way ---------------------------------------------------------------------------------------------------- */

/* Moves to the next phase that there is for this item, in the state as well. */
static int move_on(struct practising *p, enum practice_phase to, struct err *e)
{
	while (to < PHASE_DONE && !phases[to].applies(p))
		to++;
	p->state.phase = to;
	if (to == PHASE_DONE && keep_summary(p, e) < 0)
		return -1;
	return practising_save(p, e);
}

static int go(struct practising *p, struct err *e)
{
	while (p->state.phase < PHASE_DONE) {
		int step = phases[p->state.phase].applies(p) ? phases[p->state.phase].step(p, e) : STEP_GO_ON;

		if (step != STEP_GO_ON)
			return step;
		if (move_on(p, p->state.phase + 1, e) < 0)
			return -1;
	}
	return STEP_GO_ON;
}

static int begin(struct practising *p, struct err *e)
{
	struct err said = { 0 };

	if (practice_state_new(&p->state, &p->item, (int)p->flaws.count, e) < 0)
		return -1;
	practising_page(p);
	if (practice_state_load(&p->state, &p->item, p->place.task_fd, &said) == 0)
		return practising_forget_drafts(p, e);
	if (said.kind != ERR_NOT_FOUND) {
		*e = said;
		return err_wrap(e, "%s", p->place.path);
	}
	return move_on(p, PHASE_WORK, e);
}

static int __attribute__((format(printf, 3, 4))) tell(struct practising *p, struct err *e, const char *format, ...)
{
	AUTO_FREE char *sentence = NULL;
	va_list list;
	int length;

	va_start(list, format);
	length = vasprintf(&sentence, format, list);
	va_end(list);
	return length < 0 ? err_memory(e) : practising_sentence(p, sentence, e);
}

static int show_head(struct practising *p, struct err *e)
{
	struct text t = { 0 };

	if (p->state.phase == PHASE_DONE)
		report_practice_summary(&t, practising_page(p), &p->style);
	else
		report_practice_head(&t, practising_page(p), &p->style);
	return practising_say(p, &t, e);
}

static bool is_interrupted(const struct practising *p)
{
	struct pollfd watched = { .fd = p->order->mouth->stop_fd, .events = POLLIN };

	return watched.fd >= 0 && poll(&watched, 1, 0) > 0;
}

static int run(struct practising *p, struct err *e)
{
	int step;

	if (show_head(p, e) < 0)
		return -1;
	if (p->state.phase == PHASE_DONE)
		return tell(p, e, _("That is done, and kept in %s. To begin anew, add --again."), p->place.path);
	step = go(p, e);
	if (step < 0 && !is_interrupted(p))
		return -1;
	if (step != STEP_GO_ON) {
		struct err said = { 0 };

		if (practising_save(p, &said) == 0)
			tell(p, &said, _("Stopped here, and nothing is lost: it is kept in %s. The same command goes on."), p->place.path);
		if (step == STEP_STOP && said.kind)
			*e = said;
		return step == STEP_STOP && !said.kind ? 0 : -1;
	}
	return tell(p, e, _("Done. Everything is in %s/summary.txt."), p->place.path);
}

static void practising_done(struct practising *p)
{
	flaws_done(&p->flaws);
	diff_done(&p->change);
	if (p->git_started)
		repo_stop();
	practice_state_done(&p->state);
	practice_place_done(&p->place);
	practice_item_done(&p->item);
}

int practice(struct json **summary, const struct practice_order *order, struct err *e)
{
	AUTO(practising_done) struct practising p = { .order = order, .place = PRACTICE_PLACE_NONE };

	p.style = (struct report_style){ .columns = order->mouth->columns > 100 ? 100 : order->mouth->columns,
		.language = i18n_language() };
	if (practice_item_load(&p.item, order->root, order->what, e) < 0 ||
		(p.item.part == PART_REVIEW && practising_load_review(&p, e) < 0) ||
		practice_place_open(&p.place, order->dir, p.item.task->id, order->again, e) < 0 || begin(&p, e) < 0 ||
		run(&p, e) < 0)
		return -1;
	return summarise(summary, &p, e);
}
