// SPDX-License-Identifier: MIT
/*
 * Entries are whole cards, so that each can be read by itself; what changed is found by laying one beside the next.
 */
#include "score/card_change.h"

#include <stdlib.h>
#include <string.h>

static int copy_optional(char **out, const char *s, struct err *e)
{
	return s && !(*out = mem_copy(s, e)) ? -1 : 0;
}

static int add(struct card_changes *out, const struct card_change *change, struct err *e)
{
	struct card_change *added = mem_push(&out->item, out->count, sizeof(*added), e);

	if (!added)
		return -1;
	out->count++;
	*added = (struct card_change){ .from = change->from, .to = change->to, .at_ms = change->at_ms };
	return copy_optional(&added->criterion, change->criterion, e) < 0 ||
			       copy_optional(&added->evidence, change->evidence, e) < 0 ||
			       copy_optional(&added->reason, change->reason, e) < 0
		? -1
		: 0;
}

int card_changes_add(struct card_changes *out, const struct card *before, const struct card *after, const char *reason,
	int64_t at_ms, struct err *e)
{
	struct card_change change = { .reason = (char *)reason, .at_ms = at_ms };

	for (size_t i = 0; i < after->mark_count; i++) {
		const struct card_mark *now = &after->marks[i], *then = card_mark_of(before, now->criterion);
		bool is_reworded = then && strcmp(then->evidence, now->evidence) != 0;

		if (!then || (then->mark == now->mark && !is_reworded))
			continue;
		change.criterion = now->criterion;
		change.evidence = is_reworded ? then->evidence : NULL;
		change.from = then->mark;
		change.to = now->mark;
		if (add(out, &change, e) < 0)
			return -1;
	}
	if (before->recommendation == after->recommendation)
		return 0;
	change.criterion = change.evidence = NULL;
	change.from = before->recommendation;
	change.to = after->recommendation;
	return add(out, &change, e);
}

int card_changes_copy(struct card_changes *to, const struct card_changes *from, struct err *e)
{
	for (size_t i = 0; i < from->count; i++)
		if (add(to, &from->item[i], e) < 0)
			return -1;
	return 0;
}

void card_changes_done(struct card_changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		free(changes->item[i].criterion);
		free(changes->item[i].evidence);
		free(changes->item[i].reason);
	}
	free(changes->item);
	*changes = (struct card_changes){ 0 };
}

/* --- as JSON ---------------------------------------------------------------------------------------------------- */

static struct json *clean(const char *s)
{
	return json_clean(s, s ? strlen(s) : 0);
}

static struct json *value_json(const struct card_change *change, int value)
{
	if (!value)
		return clean(NULL);
	return change->criterion ? json_pack_new("i", value) : json_new_string(recommendation_name(value));
}

struct json *card_changes_json(const struct card_changes *changes)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < changes->count; i++) {
		const struct card_change *change = &changes->item[i];

		json_append_take(&array, json_pack_new("{s:o, s:o, s:o, s:o, s:o, s:I}", "criterion", clean(change->criterion),
			"from", value_json(change, change->from), "to", value_json(change, change->to), "evidence",
			clean(change->evidence), "reason", clean(change->reason), "at_ms", (long long)change->at_ms));
	}
	return array;
}
