// SPDX-License-Identifier: MIT
/*
 * What stands on a sheet, part by part in the order of the evening.
 */
#include "report/sheet.h"

#include "base/text.h"

#include <string.h>

static void add_head(struct outline *o, const struct sheet *s)
{
	AUTO_TEXT struct text line = { 0 };
	int minutes = 0;

	for (size_t i = 0; i < s->part_count; i++)
		minutes += s->parts[i].minutes;
	text_addf(&line, "%s%s%s%s\n", s->name ? s->name : s->candidate, s->name ? " (" : "", s->name ? s->candidate : "",
		s->name ? ")" : "");
	text_addf(&line, "%s · %s\n", s->position, s->stage);
	if (s->when)
		text_addf(&line, "%s%s%s\n", s->when, s->place ? " · " : "", s->place ? s->place : "");
	for (size_t i = 0; i < s->people->count; i++)
		text_addf(&line, "%s%s", i ? ", " : _("In the room: "), s->people->item[i]);
	text_addf(&line, _("\n%d minutes in %zu parts"), minutes, s->part_count);
	outline_add(o, OUTLINE_TITLE, _("Session %s"), s->session);
	outline_add(o, OUTLINE_TEXT, "%s", text_bytes(&line));
	outline_add(o, OUTLINE_TEXT, "%s",
		_("This sheet is for interviewers. It holds answers: don't leave it where the candidate can read it."));
	o->failed |= line.failed;
}

static const char *said(const struct localised *texts, enum language language)
{
	return localised_text(texts, language);
}

static void add_levels(struct outline *o, const struct localised answers[MARK_LEVELS], enum language language)
{
	for (int mark = MARK_MAX; mark >= MARK_MIN; mark--)
		outline_add(o, OUTLINE_ITEM, "%d · %s: %s", mark, mark_word(mark), said(&answers[mark - 1], language));
}

static void add_follow_ups(struct outline *o, const struct localised *texts, size_t count, enum language language)
{
	for (size_t i = 0; i < count; i++)
		outline_add(o, OUTLINE_TICK, "→ %s", said(&texts[i], language));
}

static const char *title_of(const struct rubric *rubric, const char *id, enum language language)
{
	const struct criterion *criterion = rubric_criterion(rubric, id);

	return criterion ? said(&criterion->title, language) : id;
}

static void add_probes(struct outline *o, const struct sheet *s, const struct probes *probes, enum language language)
{
	for (size_t i = 0; i < probes->count; i++) {
		const struct probe *p = &probes->item[i];

		outline_add(o, OUTLINE_HEAD, "%s", title_of(s->rubric, p->criterion, language));
		outline_add(o, OUTLINE_TICK, "%s", said(&p->ask, language));
		add_levels(o, p->answers, language);
		add_follow_ups(o, p->follow_ups, p->follow_up_count, language);
		outline_add(o, OUTLINE_ROOM, "%s", _("What was said"));
	}
}

static void add_questions(struct outline *o, const struct sheet *s, const struct questions *questions, enum language language)
{
	for (size_t i = 0; i < questions->count; i++) {
		const struct question *q = &questions->item[i];
		AUTO_TEXT struct text feeds = { 0 };

		for (size_t k = 0; k < q->criteria.count; k++)
			text_addf(&feeds, "%s%s", k ? ", " : "", title_of(s->rubric, q->criteria.item[k], language));
		o->failed |= feeds.failed;
		outline_add(o, OUTLINE_HEAD, _("Question %zu"), i + 1);
		outline_add(o, OUTLINE_TICK, "%s", said(&q->ask, language));
		add_follow_ups(o, q->follow_ups, q->follow_up_count, language);
		if (feeds.length)
			outline_add(o, OUTLINE_TEXT, _("Feeds: %s"), text_bytes(&feeds));
		outline_add(o, OUTLINE_ROOM, "%s", _("What was said"));
	}
}

static void add_flaws(struct outline *o, const struct flaws *flaws, enum language language)
{
	outline_add(o, OUTLINE_HEAD, "%s", _("Planted in the change; tick what is found aloud"));
	for (size_t i = 0; i < flaws->count; i++) {
		const struct flaw *f = &flaws->item[i];

		outline_add(o, OUTLINE_TICK, "%s · %s:%d", f->id, f->place_count ? f->places[0].file : "–",
			f->place_count ? f->places[0].start : 0);
		outline_add(o, OUTLINE_ITEM, "%s", said(&f->answer, language));
		if (*said(&f->ask, language))
			outline_add(o, OUTLINE_ITEM, "→ %s", said(&f->ask, language));
	}
	if (flaws->decoy_count)
		outline_add(o, OUTLINE_HEAD, "%s", _("Only looks wrong"));
	for (size_t i = 0; i < flaws->decoy_count; i++)
		outline_add(o, OUTLINE_ITEM, "%s · %s:%d: %s", flaws->decoys[i].id, flaws->decoys[i].place.file,
			flaws->decoys[i].place.start, said(&flaws->decoys[i].fine, language));
}

static void add_criteria(struct outline *o, const struct sheet *s, enum part_kind part, enum language language)
{
	for (size_t i = 0; i < s->rubric->criterion_count; i++) {
		const struct criterion *c = &s->rubric->criteria[i];

		if (c->part != part)
			continue;
		outline_add(o, OUTLINE_HEAD, _("To be marked: %s"), said(&c->title, language));
		add_levels(o, c->anchors, language);
		outline_add(o, OUTLINE_ROOM, "%s", _("What I saw"));
	}
}

static void add_part(struct outline *o, const struct sheet *s, const struct sheet_part *p, enum language language)
{
	outline_add(o, OUTLINE_PART, _("%s · %d minutes%s%s"), part_kind_title(p->kind), p->minutes, p->task ? " · " : "",
		p->task ? p->task : "");
	if (p->probes)
		add_probes(o, s, p->probes, language);
	if (p->questions)
		add_questions(o, s, p->questions, language);
	if (p->flaws)
		add_flaws(o, p->flaws, language);
	add_criteria(o, s, p->kind, language);
	if (p->hints) {
		outline_add(o, OUTLINE_HEAD, "%s", _("From the task's page for interviewers"));
		outline_add(o, OUTLINE_VERBATIM, "%s", p->hints);
	}
}

void report_sheet(struct outline *out, const struct sheet *sheet, enum language language)
{
	add_head(out, sheet);
	for (size_t i = 0; i < sheet->part_count; i++)
		add_part(out, sheet, &sheet->parts[i], language);
}
