// SPDX-License-Identifier: MIT
/*
 * A position to begin with. It is complete and free of mistakes as it stands, so that whoever edits it strikes and
 * rewords, and is told at once when something breaks.
 */
#include "base/text.h"
#include "task/position.h"

#include <string.h>

/* "Senior backend engineer" of "senior-backend-engineer". */
static char *title_of(const char *id)
{
	char *title = mem_copy(id, NULL);

	for (char *c = title; c && *c; c++)
		if (*c == '-')
			*c = ' ';
	if (title && *title >= 'a' && *title <= 'z')
		*title = (char)(*title - 'a' + 'A');
	return title;
}

static struct json *both(const char *en, const char *de)
{
	return json_pack_new("{s:s, s:s}", "en", en, "de", de);
}

/* Whoever meets the team is marked there by a plan as well, where there is one. */
static struct json *team_new(const struct plan *plan)
{
	struct json *stage = json_pack_new("{s:s, s:o}", "id", "team", "title", both("Meeting the team", "Kennenlernen im Team"));

	if (plan) {
		json_put_take(&stage, "plan", json_new_string(plan->id));
		json_put_take(&stage, "due", json_pack_new("i", 2));
		json_put_take(&stage, "agreed_with_works_council", json_clean(NULL, 0));
	}
	json_put_take(&stage, "retention_months", json_pack_new("i", RETENTION_MONTHS));
	return stage;
}

static struct json *stages_new(const struct plan *plan, const struct plan *team)
{
	return json_pack_new("[{s:s, s:o, s:i}, {s:s, s:o, s:s, s:i, s:n, s:i}, o, {s:s, s:o, s:i}]",
		"id", "screening", "title", both("Screening", "Vorauswahl"), "retention_months", RETENTION_MONTHS,
		"id", "technical", "title", both("Technical interview", "Technisches Interview"), "plan", plan->id, "due", 2,
		"agreed_with_works_council", "retention_months", RETENTION_MONTHS, team_new(team),
		"id", "offer", "title", both("Offer", "Angebot"), "retention_months", RETENTION_MONTHS);
}

static void add_requirements(
	struct json **list, const struct rubric *rubric, const char *need, const char *stage, const struct rubric *but)
{
	for (size_t i = 0; i < rubric->criterion_count; i++) {
		const struct criterion *criterion = &rubric->criteria[i];

		if (but && rubric_criterion(but, criterion->id))
			continue;
		json_append_take(list, json_pack_new("{s:s, s:s, s:o, s:{s:s, s:[s]}}", "id", criterion->id, "need", need, "title",
			json_from_localised(&criterion->title), "checked", "stage", stage, "criteria", criterion->id));
	}
}

struct json *position_new(const char *id, const char *title, const struct plan *plan, const struct rubric *rubric,
	const struct plan *team, const struct rubric *team_rubric)
{
	AUTO_FREE char *own = title ? mem_copy(title, NULL) : title_of(id);
	struct json *requirements;

	if (!own)
		return NULL;
	requirements = json_new_array();
	add_requirements(&requirements, rubric, "must", "technical", NULL);
	if (team)
		add_requirements(&requirements, team_rubric, "nice", "team", rubric);
	return json_pack_new("{s:i, s:s, s:o, s:o, s:o}", "format", 1, "id", id, "title", both(own, own), "stages",
		stages_new(plan, team), "requirements", requirements);
}
