// SPDX-License-Identifier: MIT
/*
 * Side by side. The columns stand in the order of names, so that the place of a column says nothing; every pin is
 * compared with the first column's, since "different" needs no better reference than the one beside it.
 */
#include "score/compare.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 1000 };

void comparison_free(struct comparison_table *table)
{
	if (!table)
		return;
	for (size_t i = 0; i < table->difference_count; i++) {
		free(table->differences[i].field);
		free(table->differences[i].first);
		free(table->differences[i].other);
	}
	free(table->differences);
	free(table->position);
	free(table->stage);
	free(table->cards);
	strings_done(&table->notes);
	free(table);
}

static const char *name_of(const struct scorecard *card)
{
	return card->name ? card->name : card->candidate;
}

/* By name; people of one name by pseudonym, which nobody chose. */
static int by_name(const void *a, const void *b)
{
	const struct scorecard *x = *(const struct scorecard *const *)a, *y = *(const struct scorecard *const *)b;
	int order = strcmp(name_of(x), name_of(y));

	return order ? order : strcmp(x->candidate, y->candidate);
}

/* --- pins ------------------------------------------------------------------------------------------------------- */

struct column {
	struct comparison_table *table;
	size_t index;
	const char *task; /* NULL: the session's own pins */
};

static int add_difference(struct column *column, const char *field, const char *first, const char *other, struct err *e)
{
	struct comparison_table *table = column->table;
	struct pin_difference *added = mem_push(&table->differences, table->difference_count, sizeof(*added), e);

	if (!added)
		return -1;
	table->difference_count++;
	added->column = column->index;
	added->field = column->task ? mem_format(e, "%s: %s", column->task, field) : mem_copy(field, e);
	added->first = mem_copy(first, e);
	added->other = mem_copy(other, e);
	return added->field && added->first && added->other ? 0 : -1;
}

/* The repository and commit of a result are the session's, which are compared once. */
static int add_result_difference(void *context, const char *field, const char *first, const char *other, struct err *e)
{
	if (strcmp(field, "task_repo") == 0 || strcmp(field, "task_commit") == 0)
		return 0;
	return add_difference(context, field, first, other, e);
}

static int compare_text(struct column *column, const char *field, const char *first, const char *other, struct err *e)
{
	first = first && *first ? first : "–";
	other = other && *other ? other : "–";
	return strcmp(first, other) == 0 ? 0 : add_difference(column, field, first, other, e);
}

static const struct pins *pins_of(const struct scorecard *card, const char *task)
{
	for (size_t i = 0; i < card->pin_count; i++)
		if (card->pins[i].task && strcmp(card->pins[i].task, task) == 0)
			return &card->pins[i];
	return NULL;
}

static int compare_results(struct column *column, const struct scorecard *first, const struct scorecard *other,
	struct err *e)
{
	for (size_t i = 0; i < first->pin_count; i++) {
		const char *task = first->pins[i].task;
		const struct pins *pins = task ? pins_of(other, task) : NULL;

		if (!task)
			continue;
		column->task = pins ? task : NULL;
		if (pins && pins_walk_differences(&first->pins[i], pins, add_result_difference, column, e) < 0)
			return -1;
		if (!pins && add_difference(column, task, _("with a result"), _("without a result"), e) < 0)
			return -1;
	}
	column->task = NULL;
	for (size_t i = 0; i < other->pin_count; i++)
		if (other->pins[i].task && !pins_of(first, other->pins[i].task) &&
			add_difference(column, other->pins[i].task, _("without a result"), _("with a result"), e) < 0)
			return -1;
	return 0;
}

static int compare_column(struct comparison_table *table, size_t index, struct err *e)
{
	const struct scorecard *first = table->cards[0], *other = table->cards[index];
	struct column column = { table, index, NULL };

	if (compare_text(&column, "rubric", first->rubric, other->rubric, e) < 0 ||
		compare_text(&column, "rubric_digest", first->rubric_digest, other->rubric_digest, e) < 0 ||
		compare_text(&column, "plan", first->plan, other->plan, e) < 0 ||
		compare_text(&column, "task_repo", first->task_repo, other->task_repo, e) < 0 ||
		compare_text(&column, "task_commit", first->task_commit, other->task_commit, e) < 0)
		return -1;
	return compare_results(&column, first, other, e);
}

/* --- notes ------------------------------------------------------------------------------------------------------ */

static int note_column(struct comparison_table *table, const struct scorecard *card, struct err *e)
{
	if (card->card_count == 0)
		return strings_take(&table->notes, mem_format(e, _("%s: no card is revealed yet"), name_of(card)), e);
	if (card->card_count < (size_t)card->due &&
		strings_take(&table->notes,
			mem_format(e, _("%s: %zu of %d cards"), name_of(card), card->card_count, card->due), e) < 0)
		return -1;
	for (size_t i = 0; i < card->warnings.count; i++)
		if (strings_take(&table->notes, mem_format(e, "%s: %s", name_of(card), card->warnings.item[i]), e) < 0)
			return -1;
	return 0;
}

static int check_alike(const struct scorecard *const *cards, size_t count, struct err *e)
{
	if (count == 0)
		return err_set(e, ERR_INVALID, _("there is nothing to compare"));
	if (count > MAX_COLUMNS)
		return err_set(e, ERR_LIMIT, _("at most %d scorecards are compared"), MAX_COLUMNS);
	for (size_t i = 1; i < count; i++)
		if (strcmp(cards[i]->position, cards[0]->position) != 0 || strcmp(cards[i]->stage, cards[0]->stage) != 0)
			return err_set(e, ERR_INVALID, _("%s (%s) and %s (%s) are not comparable: one position, one stage"),
				cards[0]->position, cards[0]->stage, cards[i]->position, cards[i]->stage);
	return 0;
}

int comparison_make(struct comparison_table **out, const struct scorecard *const *cards, size_t count, struct err *e)
{
	AUTO_COMPARISON struct comparison_table *table = NULL;

	if (check_alike(cards, count, e) < 0)
		return -1;
	table = mem_new(1, sizeof(*table), e);
	if (!table)
		return -1;
	table->position = mem_copy(cards[0]->position, e);
	table->stage = mem_copy(cards[0]->stage, e);
	table->cards = mem_new(count, sizeof(*table->cards), e);
	if (!table->position || !table->stage || !table->cards)
		return -1;
	table->count = count;
	memcpy(table->cards, cards, count * sizeof(*table->cards));
	qsort(table->cards, count, sizeof(*table->cards), by_name);
	for (size_t i = 1; i < count; i++)
		if (compare_column(table, i, e) < 0)
			return -1;
	for (size_t i = 0; i < count; i++)
		if (note_column(table, table->cards[i], e) < 0)
			return -1;
	*out = take_ptr(&table);
	return 0;
}

struct json *comparison_json(const struct comparison_table *table)
{
	struct json *object = json_pack_new("{s:i, s:s, s:s}", "format", 1, "position", table->position, "stage",
		table->stage);
	struct json *cards = json_new_array(), *differences = json_new_array();

	for (size_t i = 0; i < table->count; i++)
		json_append_take(&cards, scorecard_json(table->cards[i]));
	for (size_t i = 0; i < table->difference_count; i++) {
		const struct pin_difference *d = &table->differences[i];

		json_append_take(&differences, json_pack_new("{s:s, s:s, s:s, s:s}", "candidate",
			table->cards[d->column]->candidate, "field", d->field, "first", d->first, "other", d->other));
	}
	json_put_take(&object, "scorecards", cards);
	json_put_take(&object, "differences", differences);
	json_put_take(&object, "notes", json_from_strings(&table->notes));
	return object;
}
