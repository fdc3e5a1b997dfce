// SPDX-License-Identifier: MIT
/*
 * What follows from a practice: what to improve, the follow-up mail, and the page that keeps it all.
 */
#include "report/practice_parts.h"

#include <string.h>

/* --- improve ---------------------------------------------------------------------------------------------------- */

/* The question to show a criterion with: the longest answer that feeds it is the one with most to build on; without
 * any answer the first question that feeds it. */
static size_t best_question(const struct practice_page *page, const struct criterion *criterion, bool *answered)
{
	size_t count = practice_questions(page), best = count, longest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(practice_answer(page, i, 0)) + strlen(practice_answer(page, i, 1));

		if (practice_feeds(page, i, criterion) && (best == count || length > longest)) {
			best = i;
			longest = length;
		}
	}
	*answered = longest > 0;
	return best;
}

int practice_aim(int mark)
{
	return mark < 3 ? 3 : MARK_MAX;
}

static void improve_one(struct text *t, const struct practice_page *page, const struct criterion *criterion, int mark,
	const struct report_style *style)
{
	bool answered;
	size_t question = best_question(page, criterion, &answered);
	int aim = practice_aim(mark);

	if (mark == PRACTICE_NOT_OBSERVED)
		text_addf(t, _("\n%s: not observed. A %d asks for:\n"), localised_text(&criterion->title, style->language), aim);
	else
		text_addf(t, _("\n%s: from %d to %d. A %d asks for:\n"), localised_text(&criterion->title, style->language), mark,
			aim, aim);
	practice_block(t, localised_text(&criterion->anchors[aim - MARK_MIN], style->language), "     ", style->columns);
	if (question >= practice_questions(page))
		return;
	text_add(t, "   ");
	text_addf(t, answered ? _("Most to build on: your answer to question %zu.") : _("Show it with question %zu."),
		question + 1);
	if (practice_follow_up(page, question) && answered && !*practice_answer(page, question, 1)) {
		text_addf(t, " %s ", _("Answer for yourself:"));
		text_add_wrapped(t, localised_text(practice_follow_up(page, question), style->language), style->columns,
			"   ");
	}
	text_add(t, "\n");
}

void report_practice_improve(struct text *t, const struct practice_page *page, const struct report_style *style)
{
	static const int order[] = { PRACTICE_NOT_OBSERVED, 1, 2, 3 };
	size_t shown = 0;

	practice_heading(t, _("What to improve"));
	for (size_t o = 0; o < sizeof(order) / sizeof(*order); o++) {
		for (size_t i = 0; i < page->rubric->criterion_count; i++) {
			if (!practice_shows(page, &page->rubric->criteria[i]) || page->marks[i] != order[o])
				continue;
			improve_one(t, page, &page->rubric->criteria[i], order[o], style);
			shown++;
		}
	}
	if (!shown)
		practice_sentence(t,
			_("You gave yourself a 4 everywhere. Let somebody who was not there mark your answers too: "
			  "one's own marks are rarely the strict ones."),
			style);
}

/* --- mail ------------------------------------------------------------------------------------------------------- */

enum { EXCERPT_LEAST = 60, EXCERPT_MOST = 320 };

/* Bytes of the first sentences of the first paragraph: as many whole ones as fit, cut at a word when none does. */
static size_t excerpt_length(const char *s, bool *cut)
{
	size_t end = strcspn(s, "\n"), last = 0, word = 0;

	*cut = false;
	if (end <= EXCERPT_MOST)
		return end;
	for (size_t i = 0; i + 1 < end && i < EXCERPT_MOST; i++) {
		/* Not behind "z. B." or "e.g.": a sentence's last word has three letters or more. */
		if (i > 2 && strchr(".!?", s[i]) && s[i + 1] == ' ' && s[i - 2] != ' ' && s[i - 2] != '.' && s[i - 1] != ' ')
			last = i + 1;
		if (s[i] == ' ')
			word = i;
	}
	if (last >= EXCERPT_LEAST)
		return last;
	*cut = true;
	if (word)
		return word;
	for (word = EXCERPT_MOST; word > 0 && ((unsigned char)s[word] & 0xC0) == 0x80;)
		word--;
	return word;
}

static void add_gap(struct text *t, const char *what)
{
	text_addf(t, _("[TO FILL IN: %s]"), what);
}

static void add_known(struct text *t, const char *known, const char *what)
{
	if (known && *known)
		text_add_visible(t, known, true);
	else
		add_gap(t, what);
}

static void add_excerpt(struct text *t, const char *answer)
{
	AUTO_TEXT struct text part = { 0 };
	bool cut;

	text_add_bytes(&part, answer, excerpt_length(answer, &cut));
	t->failed |= part.failed;
	text_add_visible(t, text_bytes(&part), true);
	if (cut)
		text_add(t, " …");
}

bool practice_has_mail(const struct practice_page *page)
{
	for (size_t i = 0; page->questions && i < page->questions->count; i++)
		if (*localised_text(&page->questions->item[i].mail, LANGUAGE_EN))
			return true;
	return false;
}

static void add_topics(struct text *t, const struct practice_page *page, enum language language)
{
	for (size_t i = 0; i < page->questions->count; i++) {
		const char *lead = localised_text(&page->questions->item[i].mail, language);

		if (!*lead)
			continue;
		text_addf(t, "%s ", lead);
		if (*practice_answer(page, i, 0))
			add_excerpt(t, practice_answer(page, i, 0));
		else
			add_gap(t, localised_text(&page->questions->item[i].ask, language));
		text_add(t, "\n\n");
	}
}

/* What came too short in the conversation: said now, or marked to be said. */
static void add_additions(struct text *t, const struct practice_page *page, enum language language)
{
	for (size_t i = 0; i < page->rubric->criterion_count; i++) {
		const struct criterion *criterion = &page->rubric->criteria[i];
		const char *addition = page->additions && page->additions[i] ? page->additions[i] : "";

		if (!practice_shows(page, criterion) || page->marks[i] == PRACTICE_UNMARKED || page->marks[i] >= 3)
			continue;
		text_addf(t, "%s ", _("One thing I would like to add:"));
		if (*addition) {
			text_add_visible(t, addition, true);
		} else {
			AUTO_TEXT struct text what = { 0 };

			text_addf(&what, _("one or two sentences on: %s"), localised_text(&criterion->title, language));
			t->failed |= what.failed;
			add_gap(t, text_bytes(&what));
		}
		text_add(t, "\n\n");
	}
}

void report_practice_mail(struct text *t, const struct practice_page *page, enum language language)
{
	text_add(t, _("Subject: Our conversation about the position "));
	add_known(t, page->position, _("position"));
	text_add(t, "\n\n");
	text_add(t, _("Dear "));
	add_known(t, page->to, _("name"));
	text_add(t, ",\n\n");
	text_add(t, _("thank you for the conversation about the work at "));
	add_known(t, page->company, _("company"));
	text_add(t, _(". Some of it has stayed with me.\n\n"));
	add_topics(t, page, language);
	add_additions(t, page, language);
	text_add(t, _("If you would like to hear more about any of it, I am glad to tell you.\n\nKind regards\n"));
	add_gap(t, _("your name"));
	text_add(t, "\n");
}

/* --- the page that is kept -------------------------------------------------------------------------------------- */

static int64_t answering_ms(const struct practice_page *page)
{
	int64_t sum = page->work_ms;

	for (size_t i = 0; page->spent_ms && i < practice_questions(page) * PRACTICE_TURNS; i++)
		sum += page->spent_ms[i];
	return sum;
}

void report_practice_summary(struct text *t, const struct practice_page *page, const struct report_style *style)
{
	report_practice_head(t, page, style);
	text_add(t, _("Time taken: "));
	report_practice_clock(t, answering_ms(page));
	text_add(t, "\n");
	if (page->max_points)
		text_addf(t, _("Tests: %d of %d points\n"), page->points, page->max_points);
	if (page->planted)
		text_addf(t, _("Flaws: %d of %d found\n"), page->found, page->planted);
	report_practice_checklist(t, page, style);
	report_practice_improve(t, page, style);
	if (practice_questions(page)) {
		practice_heading(t, _("Your answers"));
		report_practice_answers(t, page, NULL, style);
		report_practice_samples(t, page, style);
	}
}
