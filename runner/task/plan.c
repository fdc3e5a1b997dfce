// SPDX-License-Identifier: MIT
/*
 * rubrics/plans/<id>.json.
 */
#include "task/rubric_parts.h"

#include "task/keys.h"

#include <string.h>

static const struct json_key plan_keys[] = {
	KEY_FORMAT,
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "title", .kind = JSON_LOCALISED_KIND },
	{ .name = "rubric", .kind = JSON_ID_KIND, .required = true },
	{ .name = "slot_minutes", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1440 },
	{ .name = "aids", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "recommendations", .kind = JSON_ARRAY_KIND, .min = RECOMMENDATION_LEVELS,
		.max = RECOMMENDATION_LEVELS },
	{ .name = "parts", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 40 },
};

static const struct json_key part_keys[] = {
	{ .name = "part", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "minutes", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1440 },
	{ .name = "task", .kind = JSON_ID_KIND },
};

enum { TASK_NEVER, TASK_MAYBE, TASK_ALWAYS };

static const int has_task[PART_KINDS] = {
	[PART_WELCOME] = TASK_NEVER, [PART_CODING] = TASK_ALWAYS,      [PART_DESIGN] = TASK_ALWAYS,
	[PART_REVIEW] = TASK_ALWAYS, [PART_CONVERSATION] = TASK_MAYBE, [PART_QUESTIONS] = TASK_NEVER,
};

static int parse_part(struct plan_part *part, const struct json_at *at, struct err *e)
{
	struct json_at task = json_member(at, "task");

	if (keys_check(at, part_keys, e) < 0 || keys_part(at, "part", &part->part, e) < 0)
		return -1;
	if (task.value && has_task[part->part] == TASK_NEVER)
		return json_fail(&task, e, "is not for the part \"%s\"", part_kind_name(part->part));
	if (!task.value && has_task[part->part] == TASK_ALWAYS)
		return json_fail(at, e, "lacks \"task\", which the part \"%s\" needs", part_kind_name(part->part));
	part->minutes = (int)json_get_integer(at, "minutes", 0);
	return keys_optional(at, "task", &part->task, e);
}

static int parse_parts(struct plan *plan, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	plan->parts = mem_new(count, sizeof(*plan->parts), e);
	if (!plan->parts)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i), task = json_member(&at, "task");

		plan->part_count++;
		if (parse_part(&plan->parts[i], &at, e) < 0 || (task.value && keys_unique(list, i, "task", e) < 0))
			return -1;
	}
	return 0;
}

/* The scale has four levels and no middle; a plan may write it out, and no other. */
static int check_recommendations(const struct json_at *list, struct err *e)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);
		const char *only[] = { recommendation_name((int)i + 1), NULL };
		int word;

		if (json_word(&at, only, &word, e) < 0)
			return -1;
	}
	return 0;
}

int plan_parse(struct plan **out, const struct json_doc *doc, struct err *e)
{
	static const struct json_key aid = { .kind = JSON_STRING_KIND, .min = 1, .max = 100 };
	AUTO_PLAN struct plan *plan = mem_new(1, sizeof(*plan), e);
	struct json_at root = json_root(doc), parts = json_member(&root, "parts");
	struct json_at recommendations = json_member(&root, "recommendations");

	if (!plan || keys_check(&root, plan_keys, e) < 0 || parse_parts(plan, &parts, e) < 0 ||
		check_recommendations(&recommendations, e) < 0)
		return -1;
	plan->slot_minutes = (int)json_get_integer(&root, "slot_minutes", 0);
	if (plan_minutes(plan) > plan->slot_minutes)
		return json_fail(&parts, e, "take %d minutes together; the slot has %d", plan_minutes(plan),
			plan->slot_minutes);
	if (json_copy_string(&root, "id", &plan->id, e) < 0 ||
		json_copy_string(&root, "rubric", &plan->rubric, e) < 0 ||
		json_copy_localised(&root, "title", &plan->title, e) < 0 ||
		keys_strings(&root, "aids", &aid, true, &plan->aids, e) < 0)
		return -1;
	*out = take_ptr(&plan);
	return 0;
}

int plan_load(struct plan **out, int dir_fd, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, path, path, e) < 0 ? -1 : plan_parse(out, doc, e);
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->part_count; i++)
		free(plan->parts[i].task);
	free(plan->parts);
	free(plan->id);
	free(plan->rubric);
	localised_done(&plan->title);
	strings_done(&plan->aids);
	free(plan);
}

int plan_minutes(const struct plan *plan)
{
	int minutes = 0;

	for (size_t i = 0; i < plan->part_count; i++)
		minutes += plan->parts[i].minutes;
	return minutes;
}
