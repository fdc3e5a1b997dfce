// SPDX-License-Identifier: MIT
/*
 * What is shown while somebody practises. Texts of authors and answers of people are wrapped line by line, so that
 * paragraphs stay paragraphs; nothing in them commands the terminal.
 */
#include "report/practice_parts.h"

#include "report/parts.h"

#include <string.h>

/* --- pieces ----------------------------------------------------------------------------------------------------- */

void practice_block(struct text *t, const char *s, const char *indent, size_t columns)
{
	while (*s) {
		size_t length = strcspn(s, "\n");
		AUTO_TEXT struct text line = { 0 }, visible = { 0 };

		text_add_bytes(&line, s, length);
		text_add_visible(&visible, text_bytes(&line), true);
		t->failed |= line.failed || visible.failed;
		if (visible.length) {
			text_add(t, indent);
			text_add_wrapped(t, text_bytes(&visible), columns, indent);
		}
		text_add(t, "\n");
		s += length + (s[length] == '\n');
	}
}

void practice_sentence(struct text *t, const char *s, const struct report_style *style)
{
	text_add_wrapped(t, s, style->columns, "");
	text_add(t, "\n");
}

void practice_heading(struct text *t, const char *s)
{
	text_addf(t, "\n%s\n", s);
	text_add_times(t, "─", text_columns(s));
	text_add(t, "\n");
}

bool practice_shows(const struct practice_page *page, const struct criterion *criterion)
{
	return criterion->part == page->part;
}

void report_practice_clock(struct text *t, int64_t ms)
{
	text_addf(t, "%lld:%02lld", (long long)(ms / 60000), (long long)(ms / 1000 % 60));
}

/* --- questions -------------------------------------------------------------------------------------------------- */

size_t practice_questions(const struct practice_page *page)
{
	return page->questions ? page->questions->count : page->probes ? page->probes->count : 0;
}

const struct localised *practice_ask(const struct practice_page *page, size_t question)
{
	return page->questions ? &page->questions->item[question].ask : &page->probes->item[question].ask;
}

const struct localised *practice_follow_up(const struct practice_page *page, size_t question)
{
	if (page->questions)
		return page->questions->item[question].follow_up_count ? &page->questions->item[question].follow_ups[0]
								       : NULL;
	return page->probes->item[question].follow_up_count ? &page->probes->item[question].follow_ups[0] : NULL;
}

int practice_minutes(const struct practice_page *page, size_t question)
{
	return page->questions ? page->questions->item[question].minutes : 0;
}

bool practice_feeds(const struct practice_page *page, size_t question, const struct criterion *criterion)
{
	if (page->questions)
		return strings_find(&page->questions->item[question].criteria, criterion->id) >= 0;
	return strcmp(page->probes->item[question].criterion, criterion->id) == 0;
}

const char *practice_answer(const struct practice_page *page, size_t question, int turn)
{
	const char *answer = page->answers ? page->answers[question * PRACTICE_TURNS + (size_t)turn] : NULL;

	return answer ? answer : "";
}

void report_practice_head(struct text *t, const struct practice_page *page, const struct report_style *style)
{
	AUTO_TEXT struct text head = { 0 };
	size_t count = practice_questions(page);

	text_addf(&head, "%s · ", localised_text(&page->task->title, style->language));
	if (count && page->questions)
		text_addf(&head, ngettext("%zu question · ", "%zu questions · ", count), count);
	text_addf(&head, _("%d minutes"), page->task->minutes);
	t->failed |= head.failed;
	practice_heading(t, text_bytes(&head));
}

void report_practice_checklist(struct text *t, const struct practice_page *page, const struct report_style *style)
{
	bool marked = false;

	for (size_t i = 0; page->marks && i < page->rubric->criterion_count; i++)
		marked = marked || (practice_shows(page, &page->rubric->criteria[i]) && page->marks[i] != PRACTICE_UNMARKED);
	text_addf(t, "\n%s\n", marked ? _("Your marks") : _("What is listened for"));
	for (size_t i = 0; i < page->rubric->criterion_count; i++) {
		const struct criterion *criterion = &page->rubric->criteria[i];
		int mark = page->marks ? page->marks[i] : PRACTICE_UNMARKED;

		if (!practice_shows(page, criterion))
			continue;
		text_addf(t, "  [%s] ", mark == PRACTICE_UNMARKED ? " " : mark == PRACTICE_NOT_OBSERVED ? "–" : "x");
		if (mark == PRACTICE_UNMARKED)
			text_add(t, localised_text(&criterion->title, style->language));
		else
			text_add_padded(t, localised_text(&criterion->title, style->language), 38);
		if (mark == PRACTICE_NOT_OBSERVED)
			text_add(t, _("not observed"));
		else if (mark != PRACTICE_UNMARKED)
			text_addf(t, "%d – %s", mark, mark_word(mark));
		text_add(t, "\n");
	}
}

void report_practice_question(struct text *t, const struct practice_page *page, size_t question,
	const struct report_style *style)
{
	AUTO_TEXT struct text head = { 0 };
	int minutes = practice_minutes(page, question);

	text_addf(&head, _("Question %zu of %zu"), question + 1, practice_questions(page));
	if (minutes)
		text_addf(&head, _(" · %d minutes"), minutes);
	for (size_t i = 0, shown = 0; i < page->rubric->criterion_count; i++)
		if (practice_feeds(page, question, &page->rubric->criteria[i]))
			text_addf(&head, "%s%s", shown++ ? ", " : " · ",
				localised_text(&page->rubric->criteria[i].title, style->language));
	t->failed |= head.failed;
	text_add(t, "\n");
	text_add_wrapped(t, text_bytes(&head), style->columns, "");
	text_add(t, "\n\n");
	practice_block(t, localised_text(practice_ask(page, question), style->language), "  ", style->columns);
}

void report_practice_follow_up(struct text *t, const struct practice_page *page, size_t question,
	const struct report_style *style)
{
	const struct localised *ask = practice_follow_up(page, question);

	if (!ask)
		return;
	text_addf(t, "\n%s\n", _("Then one would ask on:"));
	practice_block(t, localised_text(ask, style->language), "  ", style->columns);
}

/* --- anchors and samples ---------------------------------------------------------------------------------------- */

/* "  3  solid" and a text behind it. */
static void add_level(struct text *t, int mark, const char *s, const struct report_style *style)
{
	text_addf(t, "  %d  %s\n", mark, mark_word(mark));
	practice_block(t, s, "     ", style->columns);
}

void report_practice_anchors(struct text *t, const struct practice_page *page, const struct criterion *criterion,
	const struct report_style *style)
{
	size_t shown = 0;

	practice_heading(t, localised_text(&criterion->title, style->language));
	for (int mark = MARK_MIN; mark <= MARK_MAX; mark++)
		add_level(t, mark, localised_text(&criterion->anchors[mark - MARK_MIN], style->language), style);
	for (size_t i = 0; i < practice_questions(page); i++)
		if (practice_feeds(page, i, criterion))
			text_addf(t, "%s%zu", shown++ ? ", " : _("\nFed by your answers to question "), i + 1);
	if (shown)
		text_add(t, "\n");
}

void report_practice_answers(struct text *t, const struct practice_page *page, const struct criterion *criterion,
	const struct report_style *style)
{
	for (size_t i = 0; i < practice_questions(page); i++) {
		if (criterion && !practice_feeds(page, i, criterion))
			continue;
		text_addf(t, "\n%zu. ", i + 1);
		text_add_wrapped(t, localised_text(practice_ask(page, i), style->language), style->columns, "   ");
		text_add(t, "\n");
		if (!*practice_answer(page, i, 0))
			text_addf(t, "   %s\n", _("(not answered)"));
		practice_block(t, practice_answer(page, i, 0), "   | ", style->columns);
		if (!*practice_answer(page, i, 1))
			continue;
		text_add(t, "   ");
		text_add_wrapped(t, localised_text(practice_follow_up(page, i), style->language), style->columns, "   ");
		text_add(t, "\n");
		practice_block(t, practice_answer(page, i, 1), "   | ", style->columns);
	}
}

static void add_sample(struct text *t, const struct sample_answer *sample, const struct report_style *style)
{
	text_add(t, "\n");
	add_level(t, sample->mark, localised_text(&sample->answer, style->language), style);
	if (*localised_text(&sample->why, style->language)) {
		AUTO_TEXT struct text why = { 0 };

		text_addf(&why, "→ %s", localised_text(&sample->why, style->language));
		t->failed |= why.failed;
		practice_block(t, text_bytes(&why), "     ", style->columns);
	}
}

void report_practice_samples(struct text *t, const struct practice_page *page, const struct report_style *style)
{
	size_t count = practice_questions(page);

	if (count)
		practice_heading(t, page->questions ? _("Answers of others, and the marks they would get")
						    : _("What an answer holds at each mark"));
	for (size_t i = 0; i < count; i++) {
		text_addf(t, "\n%zu. ", i + 1);
		text_add_wrapped(t, localised_text(practice_ask(page, i), style->language), style->columns, "   ");
		text_add(t, "\n");
		for (size_t j = 0; page->questions && j < page->questions->item[i].sample_count; j++)
			add_sample(t, &page->questions->item[i].samples[j], style);
		for (int mark = MARK_MIN; !page->questions && mark <= MARK_MAX; mark++)
			add_level(t, mark,
				localised_text(&page->probes->item[i].answers[mark - MARK_MIN], style->language), style);
	}
}

/* --- tests and flaws -------------------------------------------------------------------------------------------- */

static void add_test(struct text *t, const struct test_result *test, const struct report_style *style)
{
	AUTO_TEXT struct text line = { 0 };
	const char *says = localised_text(&test->says, style->language);

	text_addf(&line, "%s %s/%s", test->outcome == OUTCOME_PASSED ? "✓" : "✗", test->suite, test->name);
	if (*says) {
		text_add(&line, " ");
		parts_add_line(&line, says);
	}
	if (test->reason) {
		text_addf(&line, " – %s: ", outcome_title(test->outcome));
		parts_add_line(&line, test->reason);
	}
	t->failed |= line.failed;
	text_add(t, "  ");
	text_add_wrapped(t, text_bytes(&line), style->columns, "    ");
	text_add(t, "\n");
}

void report_practice_result(struct text *t, const struct result *result, bool closed, const struct report_style *style)
{
	int points, max_points;

	if (!result->gradable) {
		AUTO_TEXT struct text line = { 0 };

		text_add(&line, _("The tests could not be run, which is no fault of yours: "));
		parts_add_line(&line, result->reason ? result->reason : "–");
		t->failed |= line.failed;
		practice_sentence(t, text_bytes(&line), style);
		return;
	}
	for (size_t i = 0; i < result->test_count; i++)
		if (result_shows_test(&result->tests[i], READER_CANDIDATE, closed))
			add_test(t, &result->tests[i], style);
	result_points(result, READER_CANDIDATE, closed, &points, &max_points);
	text_addf(t, _("%s: %d of %d points\n"),
		result_verdict_title(result_judge(result, READER_CANDIDATE, closed)), points, max_points);
	for (size_t i = 0; i < result->dropped.count; i++) {
		text_add(t, _("  not taken: "));
		parts_add_line(t, result->dropped.item[i]);
		text_add(t, "\n");
	}
}

void report_practice_flaw(struct text *t, const struct flaw *flaw, const struct report_style *style)
{
	text_addf(t, "\n%s · %s · ", flaw->id, category_title(flaw->category));
	text_addf(t, _("weight %d of 4"), flaw_weight(flaw));
	for (size_t i = 0; i < flaw->place_count; i++)
		text_addf(t, "%s%s:%d–%d", i ? ", " : "\n   ", flaw->places[i].file, flaw->places[i].start,
			flaw->places[i].end);
	text_add(t, "\n");
	practice_block(t, localised_text(&flaw->answer, style->language), "   ", style->columns);
}

void report_practice_comment(struct text *t, const struct comment *comment, const struct report_style *style)
{
	AUTO_TEXT struct text line = { 0 };

	parts_add_line(&line, comment->id);
	text_add(&line, "  ");
	parts_add_line(&line, comment->file ? comment->file : _("the whole change"));
	if (comment->line && comment->end_line > comment->line)
		text_addf(&line, ":%d-%d", comment->line, comment->end_line);
	else if (comment->line)
		text_addf(&line, ":%d", comment->line);
	text_add(&line, "  ");
	parts_add_line(&line, comment->text);
	t->failed |= line.failed;
	text_add(t, "  ");
	text_add_wrapped(t, text_bytes(&line), style->columns, "      ");
	text_add(t, "\n");
}
