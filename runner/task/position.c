// SPDX-License-Identifier: MIT
/*
 * rubrics/positions/<id>.json.
 */
#include "task/position.h"

#include "task/keys.h"

#include <string.h>

/* --- stages ----------------------------------------------------------------------------------------------------- */

static const struct json_key stage_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "title", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "plan", .kind = JSON_ID_KIND },
	{ .name = "due", .kind = JSON_INTEGER_KIND, .min = 1, .max = 20 },
	{ .name = "people", .kind = JSON_ARRAY_KIND, .min = 1, .max = 20 },
	{ .name = "agreed_with_works_council", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = 200 },
	{ .name = "retention_months", .kind = JSON_INTEGER_KIND, .min = 3, .max = 6 },
};

/* Who is due there when nobody else is named: at least as many as cards are. */
static int parse_people(struct stage *stage, const struct json_at *at, struct err *e)
{
	static const struct json_key person = { .kind = JSON_ID_KIND };
	struct json_at people = json_member(at, "people");

	if (keys_strings(at, "people", &person, true, &stage->people, e) < 0)
		return -1;
	if (people.value && !stage->plan)
		return json_fail(&people, e, "need a \"plan\": without one no cards are due");
	if (people.value && stage->people.count < (size_t)stage->due)
		return json_fail(&people, e, "are fewer than the %d cards that are due", stage->due);
	return 0;
}

static int parse_stage(struct stage *stage, const struct json_at *at, struct err *e)
{
	struct json_at due = json_member(at, "due");

	if (keys_check(at, stage_keys, e) < 0 || json_copy_string(at, "id", &stage->id, e) < 0 ||
		json_copy_localised(at, "title", &stage->title, e) < 0 || keys_optional(at, "plan", &stage->plan, e) < 0 ||
		keys_optional(at, "agreed_with_works_council", &stage->agreed_with_works_council, e) < 0)
		return -1;
	stage->retention_months = (int)json_get_integer(at, "retention_months", RETENTION_MONTHS);
	stage->due = (int)json_get_integer(at, "due", 0);
	if (stage->plan && !due.value)
		return json_fail(at, e, "lacks \"due\": how many interviewers' cards its plan needs");
	if (!stage->plan && due.value)
		return json_fail(&due, e, "needs a \"plan\": without one no cards are due");
	return parse_people(stage, at, e);
}

static int parse_stages(struct position *position, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	position->stages = mem_new(count, sizeof(*position->stages), e);
	if (!position->stages)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);

		position->stage_count++;
		if (parse_stage(&position->stages[i], &at, e) < 0 || keys_unique(list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

/* --- requirements ----------------------------------------------------------------------------------------------- */

static const struct json_key requirement_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "need", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "title", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "checked", .kind = JSON_OBJECT_KIND },
};

static const struct json_key checked_keys[] = {
	{ .name = "stage", .kind = JSON_ID_KIND, .required = true },
	{ .name = "criteria", .kind = JSON_ARRAY_KIND, .min = 1, .max = 60 },
};

static int parse_checked(const struct position *position, struct requirement *requirement, const struct json_at *at,
	struct err *e)
{
	static const struct json_key criterion = { .kind = JSON_ID_KIND };
	struct json_at stage = json_member(at, "stage"), criteria = json_member(at, "criteria");
	const struct stage *where;

	if (keys_check(at, checked_keys, e) < 0 || json_copy_string(at, "stage", &requirement->stage, e) < 0 ||
		keys_strings(at, "criteria", &criterion, true, &requirement->criteria, e) < 0)
		return -1;
	where = position_stage(position, requirement->stage);
	if (!where)
		return json_fail(&stage, e, "is no stage of this position");
	if (criteria.value && !where->plan)
		return json_fail(&criteria, e, "need a stage with a plan, which %s is not", where->id);
	return 0;
}

static int parse_requirement(const struct position *position, struct requirement *requirement,
	const struct json_at *at, struct err *e)
{
	static const char *const needs[] = { "nice", "must", NULL };
	struct json_at checked = json_member(at, "checked");
	int need;

	if (keys_check(at, requirement_keys, e) < 0 || keys_word(at, "need", needs, &need, e) < 0 ||
		json_copy_string(at, "id", &requirement->id, e) < 0 ||
		json_copy_localised(at, "title", &requirement->title, e) < 0)
		return -1;
	requirement->must = need == 1;
	return checked.value ? parse_checked(position, requirement, &checked, e) : 0;
}

static int parse_requirements(struct position *position, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	position->requirements = mem_new(count, sizeof(*position->requirements), e);
	if (!position->requirements)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);

		position->requirement_count++;
		if (parse_requirement(position, &position->requirements[i], &at, e) < 0 ||
			keys_unique(list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

/* --- the document ----------------------------------------------------------------------------------------------- */

static const struct json_key position_keys[] = {
	KEY_FORMAT,
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "title", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "stages", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 30 },
	{ .name = "requirements", .kind = JSON_ARRAY_KIND, .required = true, .max = 100 },
};

int position_parse(struct position **out, const struct json_doc *doc, struct err *e)
{
	AUTO_POSITION struct position *position = mem_new(1, sizeof(*position), e);
	struct json_at root = json_root(doc), stages = json_member(&root, "stages");
	struct json_at requirements = json_member(&root, "requirements");

	if (!position || keys_check(&root, position_keys, e) < 0 ||
		json_copy_string(&root, "id", &position->id, e) < 0 ||
		json_copy_localised(&root, "title", &position->title, e) < 0 ||
		parse_stages(position, &stages, e) < 0 || parse_requirements(position, &requirements, e) < 0)
		return -1;
	*out = take_ptr(&position);
	return 0;
}

int position_load(struct position **out, int dir_fd, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, path, path, e) < 0 ? -1 : position_parse(out, doc, e);
}

void position_free(struct position *position)
{
	if (!position)
		return;
	for (size_t i = 0; i < position->stage_count; i++) {
		free(position->stages[i].id);
		free(position->stages[i].plan);
		free(position->stages[i].agreed_with_works_council);
		strings_done(&position->stages[i].people);
		localised_done(&position->stages[i].title);
	}
	for (size_t i = 0; i < position->requirement_count; i++) {
		free(position->requirements[i].id);
		free(position->requirements[i].stage);
		localised_done(&position->requirements[i].title);
		strings_done(&position->requirements[i].criteria);
	}
	free(position->stages);
	free(position->requirements);
	free(position->id);
	localised_done(&position->title);
	free(position);
}

const struct stage *position_stage(const struct position *position, const char *id)
{
	for (size_t i = 0; i < position->stage_count; i++)
		if (strcmp(position->stages[i].id, id) == 0)
			return &position->stages[i];
	return NULL;
}

const struct requirement *position_requirement(const struct position *position, const char *id)
{
	for (size_t i = 0; i < position->requirement_count; i++)
		if (strcmp(position->requirements[i].id, id) == 0)
			return &position->requirements[i];
	return NULL;
}

const struct stage *position_screening(const struct position *position)
{
	return position->stages[0].plan ? NULL : &position->stages[0];
}

enum gap position_gap(const struct position *position, const struct requirement *requirement)
{
	const struct stage *stage = requirement->stage ? position_stage(position, requirement->stage) : NULL;

	if (!requirement->must)
		return GAP_NONE;
	if (!stage)
		return GAP_NOWHERE;
	if (!stage->plan)
		return stage == position_screening(position) ? GAP_NONE : GAP_NO_PLAN;
	return requirement->criteria.count ? GAP_NONE : GAP_NO_CRITERION;
}
