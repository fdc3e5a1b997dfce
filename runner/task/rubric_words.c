// SPDX-License-Identifier: MIT
/*
 * The words of an interview: its parts, marks and recommendations, as files write them and as people read them.
 */
#include "task/rubric_parts.h"

#include "task/keys.h"

#include <string.h>

static const struct {
	const char *name, *title;
} parts[PART_KINDS] = {
	[PART_WELCOME] = { "welcome", N_("Welcome") },
	[PART_CODING] = { "coding", N_("Live coding") },
	[PART_DESIGN] = { "design", N_("System design") },
	[PART_REVIEW] = { "review", N_("Code review") },
	[PART_CONVERSATION] = { "conversation", N_("Conversation") },
	[PART_QUESTIONS] = { "questions", N_("Your questions") },
}, recommendations[RECOMMENDATION_LEVELS] = {
	{ "strong_no", N_("strong no") },
	{ "no", N_("no") },
	{ "yes", N_("yes") },
	{ "strong_yes", N_("strong yes") },
};

static const char *const mark_words[MARK_LEVELS] = {
	N_("not shown"),
	N_("partly shown"),
	N_("solid"),
	N_("outstanding"),
};

const char *part_kind_name(enum part_kind kind)
{
	return parts[kind].name;
}

const char *part_kind_title(enum part_kind kind)
{
	return _(parts[kind].title);
}

const char *recommendation_name(int level)
{
	return recommendations[level - 1].name;
}

const char *recommendation_title(int level)
{
	return _(recommendations[level - 1].title);
}

bool recommendation_parse(const char *name, int *level)
{
	for (int i = 0; i < RECOMMENDATION_LEVELS; i++) {
		if (strcmp(recommendations[i].name, name) == 0) {
			*level = i + 1;
			return true;
		}
	}
	return false;
}

const char *mark_word(int mark)
{
	return _(mark_words[mark - MARK_MIN]);
}

int keys_part(const struct json_at *at, const char *key, enum part_kind *out, struct err *e)
{
	const char *words[PART_KINDS + 1] = { NULL };
	int word;

	for (int i = 0; i < PART_KINDS; i++)
		words[i] = parts[i].name;
	if (keys_word(at, key, words, &word, e) < 0)
		return -1;
	*out = (enum part_kind)word;
	return 0;
}

/* --- texts ------------------------------------------------------------------------------------------------------ */

int keys_localised(const struct json_at *at, struct localised *out, struct err *e)
{
	/* Its parent's copy function wants a key, and an element of an array has none. */
	struct localised copy = { 0 };

	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		if (keys_optional(at, language_code((enum language)i), &copy.text[i], e) < 0) {
			localised_done(&copy);
			return -1;
		}
	}
	*out = copy;
	return 0;
}

int keys_localised_list(const struct json_at *at, const char *key, struct localised **out, size_t *count, struct err *e)
{
	static const struct json_key element = { .kind = JSON_LOCALISED_KIND };
	struct json_at list = json_member(at, key);
	size_t items = json_count(&list);

	*out = mem_new(items, sizeof(**out), e);
	if (!*out)
		return -1;
	*count = items;
	for (size_t i = 0; i < items; i++) {
		struct json_at item = json_element(&list, i);

		if (json_check_value(&item, &element, e) < 0 || keys_localised(&item, &(*out)[i], e) < 0)
			return -1;
	}
	return 0;
}

void localised_list_free(struct localised *list, size_t count)
{
	for (size_t i = 0; list && i < count; i++)
		localised_done(&list[i]);
	free(list);
}
