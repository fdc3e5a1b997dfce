// SPDX-License-Identifier: MIT
/*
 * The steps in which somebody answers and judges: questions one by one, marks criterion by criterion, and what follows
 * from both. Every answer is in the state before the next question is shown.
 */
#include "assess/practice_inside.h"

#include "base/fs.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* --- questions -------------------------------------------------------------------------------------------------- */

static bool is_asked(const struct practising *p, int turn)
{
	size_t question = (size_t)(turn / PRACTICE_TURNS);

	if (turn % PRACTICE_TURNS == 0)
		return true;
	return practice_follow_up(&p->page, question) && *p->state.answers[turn - 1];
}

static int show_turn(struct practising *p, int turn, struct err *e)
{
	struct text t = { 0 };
	size_t question = (size_t)(turn / PRACTICE_TURNS);

	if (turn % PRACTICE_TURNS == 0)
		report_practice_question(&t, practising_page(p), question, &p->style);
	else
		report_practice_follow_up(&t, practising_page(p), question, &p->style);
	text_add(&t, "\n");
	return practising_say(p, &t, e);
}

static int show_time(struct practising *p, int turn, struct err *e)
{
	struct text t = { 0 };
	int minutes = practice_minutes(&p->page, (size_t)(turn / PRACTICE_TURNS));

	if (!*p->state.answers[turn])
		return practising_sentence(p, _("Skipped."), e);
	text_add(&t, "\n");
	text_add(&t, _("Time taken: "));
	report_practice_clock(&t, p->state.spent_ms[turn]);
	if (minutes && turn % PRACTICE_TURNS == 0)
		text_addf(&t, _(" of %d:00"), minutes);
	text_add(&t, "\n");
	return practising_say(p, &t, e);
}

static int one_turn(struct practising *p, struct err *e)
{
	int turn = p->state.turn, step;
	int minutes = turn % PRACTICE_TURNS == 0 ? practice_minutes(&p->page, (size_t)(turn / PRACTICE_TURNS)) : 0;

	if (is_asked(p, turn)) {
		if (show_turn(p, turn, e) < 0)
			return -1;
		step = practising_answer(p, &p->state.answers[turn], &p->state.spent_ms[turn], minutes, e);
		if (step != STEP_GO_ON)
			return step;
		p->state.turn++;
		return practising_save(p, e) < 0 || practising_forget_drafts(p, e) < 0 ? -1 : show_time(p, turn, e);
	}
	p->state.turn++;
	return practising_save(p, e);
}

static int say_how(struct practising *p, struct err *e)
{
	return practising_sentence(p,
		_("Type or paste your answers, as many paragraphs as you like. A line with a single dot ends an answer, and "
		  "so does Ctrl-D; an answer without a word skips the question. Ctrl-D alone leaves, and nothing is lost."),
		e);
}

int practise_questions(struct practising *p, struct err *e)
{
	struct text t = { 0 };

	if (p->state.turn == 0 && p->item.part == PART_CONVERSATION) {
		report_practice_checklist(&t, practising_page(p), &p->style);
		if (practising_say(p, &t, e) < 0)
			return -1;
	}
	if (p->state.turn < p->state.turns && say_how(p, e) < 0)
		return -1;
	while (p->state.turn < p->state.turns) {
		int step = one_turn(p, e);

		if (step != STEP_GO_ON)
			return step;
	}
	return STEP_GO_ON;
}

/* --- marks ------------------------------------------------------------------------------------------------------ */

static bool parse_mark(const char *line, int *mark)
{
	long long number;

	if (strcmp(line, "-") == 0 || strcmp(line, "–") == 0) {
		*mark = PRACTICE_NOT_OBSERVED;
		return true;
	}
	if (!text_to_integer(line, MARK_MIN, MARK_MAX, &number))
		return false;
	*mark = (int)number;
	return true;
}

/* As in an interview, what the evidence would suggest is shown once one's own mark is set. */
static int show_suggestion(struct practising *p, size_t index, struct err *e)
{
	const struct criterion *criterion = &p->item.rubric->criteria[index];
	AUTO_FREE char *sentence = NULL;
	int share = p->state.shares[index], suggested;

	if (share < 0 || !(suggested = criterion_suggested(criterion, share / 1000.0)))
		return 0;
	sentence = mem_format(e, _("The evidence alone (%d %%) would suggest a %d. Yours counts; if they differ, say why."),
		share / 10, suggested);
	return sentence ? practising_sentence(p, sentence, e) : -1;
}

static int show_own(struct practising *p, const struct criterion *criterion, struct err *e)
{
	struct text t = { 0 };

	report_practice_answers(&t, practising_page(p), criterion, &p->style);
	return practising_say(p, &t, e);
}

static int ask_mark(struct practising *p, size_t index, struct err *e)
{
	const struct criterion *criterion = &p->item.rubric->criteria[index];
	bool has_answers = practice_questions(&p->page) > 0;

	for (;;) {
		AUTO_FREE char *line = NULL;
		int step = practising_line(p, &line,
			has_answers ? _("Your mark (1-4, - not observed, a to read your answers): ")
				    : _("Your mark (1-4, - not observed): "),
			PRACTICE_SHORT_MAX, e);

		if (step != STEP_GO_ON)
			return step;
		if (parse_mark(line, &p->state.marks[index]))
			return practising_save(p, e) < 0 ? -1 : show_suggestion(p, index, e);
		if (has_answers && strcmp(line, "a") == 0) {
			if (show_own(p, criterion, e) < 0)
				return -1;
		} else if (practising_sentence(p, _("A mark is 1, 2, 3, 4 or - for not observed."), e) < 0) {
			return -1;
		}
	}
}

/* What others would have answered, and what follows. */
static int show_models(struct practising *p, struct err *e)
{
	struct text t = { 0 };

	report_practice_samples(&t, practising_page(p), &p->style);
	if (practising_say(p, &t, e) < 0 || (p->item.part == PART_CODING && practising_show_solution(p, e) < 0))
		return -1;
	report_practice_checklist(&t, practising_page(p), &p->style);
	report_practice_improve(&t, &p->page, &p->style);
	return practising_say(p, &t, e);
}

int practise_marks(struct practising *p, struct err *e)
{
	const struct rubric *rubric = p->item.rubric;

	if (practising_sentence(p,
		    practice_questions(&p->page)
			    ? _("Now mark your answers yourself, before you see those of others: which anchor describes what you said, "
				"not what you meant?")
			    : _("Now mark your work yourself: which anchor describes what is there, not what you meant?"),
		    e) < 0)
		return -1;
	for (size_t i = 0; i < rubric->criterion_count; i++) {
		struct text t = { 0 };
		int step;

		if (rubric->criteria[i].part != p->item.part || p->state.marks[i] != PRACTICE_UNMARKED)
			continue;
		report_practice_anchors(&t, practising_page(p), &rubric->criteria[i], &p->style);
		step = practising_say(p, &t, e) < 0 ? -1 : ask_mark(p, i, e);
		if (step != STEP_GO_ON)
			return step;
	}
	return show_models(p, e);
}

/* --- additions and mail ----------------------------------------------------------------------------------------- */

static int ask_addition(struct practising *p, size_t index, struct err *e)
{
	const struct criterion *criterion = &p->item.rubric->criteria[index];
	AUTO_FREE char *line = NULL;
	AUTO_FREE char *sentence = mem_format(e, _("%s: what would you add to your answers now? One line; an empty one leaves it "
						   "open, and the mail marks it."),
		localised_text(&criterion->title, p->style.language));
	int step = !sentence || practising_sentence(p, sentence, e) < 0
		? -1
		: practising_line(p, &line, "> ", PRACTICE_ADDITION_MAX, e);

	if (step != STEP_GO_ON)
		return step;
	p->state.additions[index] = take_ptr(&line);
	return practising_save(p, e);
}

int practise_additions(struct practising *p, struct err *e)
{
	const struct rubric *rubric = p->item.rubric;

	for (size_t i = 0; i < rubric->criterion_count; i++) {
		int step;

		if (rubric->criteria[i].part != p->item.part || p->state.marks[i] >= 3 || p->state.additions[i])
			continue;
		step = ask_addition(p, i, e);
		if (step != STEP_GO_ON)
			return step;
	}
	return STEP_GO_ON;
}

static int ask_once(struct practising *p, char **field, const char *prompt, struct err *e)
{
	int step;

	if (*field)
		return STEP_GO_ON;
	step = practising_line(p, field, prompt, PRACTICE_SHORT_MAX, e);
	return step == STEP_GO_ON ? practising_save(p, e) : step;
}

int practise_mail(struct practising *p, struct err *e)
{
	AUTO_TEXT struct text mail = { 0 };
	AUTO_FREE char *where = NULL;
	struct text t = { 0 };
	int step;

	if (practising_sentence(p,
		    _("A mail to those you would have spoken with. To whom does it go, for which position, at which company? What you "
		      "leave empty is marked in it."),
		    e) < 0)
		return -1;
	if ((step = ask_once(p, &p->state.to, _("To: "), e)) != STEP_GO_ON ||
		(step = ask_once(p, &p->state.position, _("Position: "), e)) != STEP_GO_ON ||
		(step = ask_once(p, &p->state.company, _("Company: "), e)) != STEP_GO_ON)
		return step;
	report_practice_mail(&mail, practising_page(p), p->style.language);
	if (mail.failed)
		return err_memory(e);
	if (fs_write(p->place.task_fd, "mail.txt", text_bytes(&mail), mail.length, 0644, e) < 0)
		return -1;
	where = mem_format(e, _("The draft is in %s/mail.txt. Keep the two or three paragraphs that matter, and make them yours before you send "
				"anything."), p->place.path);
	text_addf(&t, "\n%s", text_bytes(&mail));
	return !where || practising_say(p, &t, e) < 0 ? -1 : practising_sentence(p, where, e);
}
