// SPDX-License-Identifier: MIT
/*
 * Summing up. Only revealed cards come in, and whoever hands in another one made a mistake that must not show: a
 * scorecard is what everybody reads. Marks stay side by side; the means are sums over what was observed, never over
 * what was not.
 */
#include "score/scorecard.h"

#include "base/i18n.h"
#include "score/evidence.h"

#include <stdlib.h>
#include <string.h>

static void row_done(struct criterion_row *row, size_t cards)
{
	free(row->id);
	localised_done(&row->title);
	free(row->marks);
	for (size_t i = 0; row->evidence_texts && i < cards; i++)
		free(row->evidence_texts[i]);
	free(row->evidence_texts);
	evidence_lines_free(row->evidence, row->evidence_count);
}

void scorecard_free(struct scorecard *scorecard)
{
	if (!scorecard)
		return;
	for (size_t i = 0; i < scorecard->criterion_count; i++)
		row_done(&scorecard->criteria[i], scorecard->card_count);
	for (size_t i = 0; i < scorecard->pin_count; i++)
		pins_done(&scorecard->pins[i]);
	free(scorecard->criteria);
	free(scorecard->parts);
	free(scorecard->pins);
	free(scorecard->session);
	free(scorecard->position);
	free(scorecard->stage);
	free(scorecard->candidate);
	free(scorecard->name);
	free(scorecard->rubric);
	free(scorecard->rubric_digest);
	free(scorecard->plan);
	strings_done(&scorecard->interviewers);
	free(scorecard->recommendations);
	for (size_t i = 0; scorecard->changes && i < scorecard->card_count; i++)
		card_changes_done(&scorecard->changes[i]);
	free(scorecard->changes);
	strings_done(&scorecard->strengths);
	strings_done(&scorecard->concerns);
	strings_done(&scorecard->open_questions);
	strings_done(&scorecard->missing);
	strings_done(&scorecard->warnings);
	free(scorecard->task_repo);
	free(scorecard->task_commit);
	free(scorecard);
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static int copy_localised(struct localised *to, const struct localised *from, struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (from->text[i] && !(to->text[i] = mem_copy(from->text[i], e)))
			return -1;
	return 0;
}

static int fill_marks(struct criterion_row *row, const struct scorecard_order *order, struct err *e)
{
	int sum = 0, observed = 0;

	row->marks = mem_new(order->card_count, sizeof(*row->marks), e);
	row->evidence_texts = mem_new(order->card_count, sizeof(*row->evidence_texts), e);
	if (!row->marks || !row->evidence_texts)
		return -1;
	for (size_t i = 0; i < order->card_count; i++) {
		const struct card_mark *mark = card_mark_of(order->cards[i], row->id);

		row->marks[i] = mark && mark->set ? mark->mark : MARK_NOT_OBSERVED;
		row->evidence_texts[i] = mem_copy(mark ? mark->evidence : "", e);
		if (!row->evidence_texts[i])
			return -1;
		if (row->marks[i] == MARK_NOT_OBSERVED)
			continue;
		sum += row->marks[i];
		observed++;
		if (!row->lowest || row->marks[i] < row->lowest)
			row->lowest = row->marks[i];
		if (row->marks[i] > row->highest)
			row->highest = row->marks[i];
	}
	row->mean = observed ? (double)sum / observed : -1;
	return 0;
}

static int fill_row(struct criterion_row *row, const struct criterion *criterion, const struct scorecard_order *order,
	struct err *e)
{
	row->part = criterion->part;
	row->weight = criterion->weight;
	row->mean = -1;
	row->id = mem_copy(criterion->id, e);
	if (!row->id || copy_localised(&row->title, &criterion->title, e) < 0 || fill_marks(row, order, e) < 0)
		return -1;
	return evidence_lines(&row->evidence, &row->evidence_count, &row->suggested, criterion, order->evidence,
		order->evidence_count, e);
}

static int fill_rows(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	scorecard->criteria = mem_new(order->rubric->criterion_count, sizeof(*scorecard->criteria), e);
	if (!scorecard->criteria)
		return -1;
	for (size_t i = 0; i < order->rubric->criterion_count; i++) {
		scorecard->criterion_count++;
		if (fill_row(&scorecard->criteria[i], &order->rubric->criteria[i], order, e) < 0)
			return -1;
	}
	return 0;
}

/* --- means ------------------------------------------------------------------------------------------------------ */

static double part_mean(const struct scorecard *scorecard, enum part_kind part)
{
	double sum = 0;
	int weights = 0;

	for (size_t i = 0; i < scorecard->criterion_count; i++) {
		const struct criterion_row *row = &scorecard->criteria[i];

		if (row->part != part || row->mean < 0)
			continue;
		sum += row->weight * row->mean;
		weights += row->weight;
	}
	return weights ? sum / weights : -1;
}

static bool has_part(const struct scorecard *scorecard, enum part_kind part)
{
	for (size_t i = 0; i < scorecard->part_count; i++)
		if (scorecard->parts[i].part == part)
			return true;
	return false;
}

static int fill_parts(struct scorecard *scorecard, struct err *e)
{
	double sum = 0;
	int observed = 0;

	for (size_t i = 0; i < scorecard->criterion_count; i++) {
		enum part_kind part = scorecard->criteria[i].part;
		struct part_row *row;

		if (has_part(scorecard, part))
			continue;
		row = mem_push(&scorecard->parts, scorecard->part_count, sizeof(*row), e);
		if (!row)
			return -1;
		scorecard->part_count++;
		*row = (struct part_row){ part, part_mean(scorecard, part) };
		if (row->mean < 0)
			continue;
		sum += row->mean;
		observed++;
	}
	scorecard->mean = observed ? sum / observed : -1;
	return 0;
}

/* --- what is missing, and what to keep in mind ------------------------------------------------------------------ */

static const char *name_of(const struct scorecard_order *order, size_t card)
{
	const char *name = order->interviewers ? order->interviewers[card] : NULL;

	return name ? name : order->cards[card]->interviewer;
}

static int miss_cards(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	struct strings *missing = &scorecard->missing;

	if (order->sealed < order->due &&
		strings_take(missing, mem_format(e, _("%d of %d cards are not sealed yet"), order->due - order->sealed,
				order->due), e) < 0)
		return -1;
	if ((size_t)order->sealed > order->card_count)
		return strings_take(missing,
			mem_format(e, _("sealed, but not revealed yet: %zu cards"), (size_t)order->sealed - order->card_count),
			e);
	return 0;
}

static int miss_marks(struct scorecard *scorecard, struct err *e)
{
	for (size_t i = 0; i < scorecard->criterion_count && scorecard->card_count; i++) {
		const struct criterion_row *row = &scorecard->criteria[i];
		const char *title = localised_text(&row->title, i18n_language());
		size_t observed = 0;
		char *sentence;

		for (size_t k = 0; k < scorecard->card_count; k++)
			observed += row->marks[k] != MARK_NOT_OBSERVED;
		if (observed > 1 || (observed == 1 && scorecard->card_count == 1))
			continue;
		sentence = observed ? mem_format(e, _("only one of %zu observed: %s"), scorecard->card_count, title) :
				      mem_format(e, _("nobody observed: %s"), title);
		if (strings_take(&scorecard->missing, sentence, e) < 0)
			return -1;
	}
	return 0;
}

static int miss_evidence(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	for (size_t i = 0; i < order->evidence_count; i++) {
		const struct part_evidence *part = &order->evidence[i];
		const char *task = part->task ? part->task : part_kind_name(part->part);
		char *sentence = NULL;

		if (part->findings && !part->findings->confirmed)
			sentence = mem_format(e,
				ngettext("%s: %d proposed match and %d to check are not confirmed: they count for nothing yet",
					"%s: %d proposed matches and %d to check are not confirmed: they count for nothing yet",
					(unsigned long)part->findings->proposed),
				task, part->findings->proposed, part->findings->to_check);
		else if (part->part == PART_CODING && part->task && !part->result)
			sentence = mem_format(e, _("%s: no result so far"), task);
		else if (part->part == PART_REVIEW && part->task && !part->findings)
			sentence = mem_format(e, _("%s: there is no review"), task);
		else
			continue;
		if (strings_take(&scorecard->missing, sentence, e) < 0)
			return -1;
	}
	return 0;
}

static int warn_of_cards(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	for (size_t i = 0; i < order->card_count; i++) {
		const struct card *card = order->cards[i];

		if (card->conflict_of_interest &&
			strings_take(&scorecard->warnings,
				mem_format(e, _("%s knows this person privately"), name_of(order, i)), e) < 0)
			return -1;
		if (strcmp(card->rubric_digest, order->rubric->digest) != 0 &&
			strings_take(&scorecard->warnings,
				mem_format(e, _("%s marked with another version of the rubric"), name_of(order, i)), e) < 0)
			return -1;
	}
	for (size_t i = 0; i < order->card_count && order->changes; i++)
		if (order->changes[i].count && strings_take(&scorecard->warnings,
				mem_format(e, _("%s changed the card after the reveal: what came later counts"),
					name_of(order, i)), e) < 0)
			return -1;
	if (order->card_count != 1)
		return 0;
	return strings_take(&scorecard->warnings,
		mem_copy(_("One interviewer: nothing can be said about certainty."), e), e);
}

static int warn_of_results(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	for (size_t i = 0; i < order->evidence_count; i++) {
		const struct result *result = order->evidence[i].result;
		const char *task = order->evidence[i].task;
		char *sentence = NULL;

		if (!result || (result->gradable && !result->forgeable))
			continue;
		task = task ? task : part_kind_name(order->evidence[i].part);
		sentence = result->gradable ?
				   mem_format(e, _("%s: the result can be forged, its tests ran together with the candidate's code"),
					   task) :
				   mem_format(e, _("%s: not gradable, through no fault of the candidate: %s"), task,
					   result->reason ? result->reason : "–");
		if (strings_take(&scorecard->warnings, sentence, e) < 0)
			return -1;
	}
	return 0;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static int add_words(struct strings *list, const char *name, const char *text, struct err *e)
{
	if (text[strspn(text, " \t\r\n")] == '\0')
		return 0;
	return strings_take(list, mem_format(e, "%s: %s", name, text), e);
}

static int fill_cards(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	scorecard->recommendations = mem_new(order->card_count, sizeof(*scorecard->recommendations), e);
	scorecard->changes = mem_new(order->card_count, sizeof(*scorecard->changes), e);
	if (!scorecard->recommendations || !scorecard->changes)
		return -1;
	scorecard->card_count = order->card_count;
	for (size_t i = 0; i < order->card_count; i++) {
		const struct card *card = order->cards[i];

		if (card->state != CARD_REVEALED)
			return err_set(e, ERR_DENIED, _("the card of %s is not revealed"), name_of(order, i));
		scorecard->recommendations[i] = card->recommendation;
		if ((order->changes && card_changes_copy(&scorecard->changes[i], &order->changes[i], e) < 0) ||
			strings_add(&scorecard->interviewers, name_of(order, i), e) < 0 ||
			add_words(&scorecard->strengths, name_of(order, i), card->strengths, e) < 0 ||
			add_words(&scorecard->concerns, name_of(order, i), card->concerns, e) < 0 ||
			add_words(&scorecard->open_questions, name_of(order, i), card->open_questions, e) < 0)
			return -1;
	}
	return 0;
}

static int copy_optional(char **out, const char *s, struct err *e)
{
	return s && !(*out = mem_copy(s, e)) ? -1 : 0;
}

static int fill_head(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	scorecard->held_ms = order->held_ms;
	scorecard->due = order->due;
	scorecard->sealed = order->sealed;
	scorecard->rubric_version = order->rubric->version;
	if (copy_optional(&scorecard->session, order->session, e) < 0 ||
		copy_optional(&scorecard->position, order->position, e) < 0 ||
		copy_optional(&scorecard->stage, order->stage, e) < 0 ||
		copy_optional(&scorecard->candidate, order->candidate, e) < 0 ||
		copy_optional(&scorecard->name, order->name, e) < 0 ||
		copy_optional(&scorecard->rubric, order->rubric->id, e) < 0 ||
		copy_optional(&scorecard->rubric_digest, order->rubric->digest, e) < 0 ||
		copy_optional(&scorecard->plan, order->plan ? order->plan->id : NULL, e) < 0 ||
		copy_optional(&scorecard->task_repo, order->task_repo, e) < 0)
		return -1;
	return copy_optional(&scorecard->task_commit, order->task_commit, e);
}

static int fill_pins(struct scorecard *scorecard, const struct scorecard_order *order, struct err *e)
{
	for (size_t i = 0; i < order->evidence_count; i++) {
		struct pins *pins;

		if (!order->evidence[i].result)
			continue;
		pins = mem_push(&scorecard->pins, scorecard->pin_count, sizeof(*pins), e);
		if (!pins || pins_copy(pins, &order->evidence[i].result->pins, e) < 0)
			return -1;
		scorecard->pin_count++;
	}
	return 0;
}

int scorecard_make(struct scorecard **out, const struct scorecard_order *order, struct err *e)
{
	AUTO_SCORECARD struct scorecard *scorecard = mem_new(1, sizeof(*scorecard), e);

	if (!scorecard || fill_head(scorecard, order, e) < 0 || fill_cards(scorecard, order, e) < 0 ||
		fill_rows(scorecard, order, e) < 0 || fill_parts(scorecard, e) < 0 || fill_pins(scorecard, order, e) < 0)
		return -1;
	if (miss_cards(scorecard, order, e) < 0 || miss_marks(scorecard, e) < 0 ||
		miss_evidence(scorecard, order, e) < 0 || warn_of_cards(scorecard, order, e) < 0 ||
		warn_of_results(scorecard, order, e) < 0)
		return -1;
	*out = take_ptr(&scorecard);
	return 0;
}
