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

static struct json *stages_new(const char *plan)
{
	return json_pack_new("[{s:s, s:o, s:i}, {s:s, s:o, s:s, s:i, s:n, s:i}, {s:s, s:o, s:i}, {s:s, s:o, s:i}]",
		"id", "screening", "title", both("Screening", "Vorauswahl"), "retention_months", RETENTION_MONTHS,
		"id", "technical", "title", both("Technical interview", "Technisches Interview"), "plan", plan, "due", 2,
		"agreed_with_works_council", "retention_months", RETENTION_MONTHS,
		"id", "team", "title", both("Meeting the team", "Kennenlernen im Team"), "retention_months", RETENTION_MONTHS,
		"id", "offer", "title", both("Offer", "Angebot"), "retention_months", RETENTION_MONTHS);
}

static struct json *requirements_new(const struct rubric *rubric)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < rubric->criterion_count; i++) {
		const struct criterion *criterion = &rubric->criteria[i];

		json_append_take(&list, json_pack_new("{s:s, s:s, s:o, s:{s:s, s:[s]}}", "id", criterion->id, "need", "must",
			"title", json_from_localised(&criterion->title), "checked", "stage", "technical", "criteria",
			criterion->id));
	}
	return list;
}

struct json *position_new(const char *id, const char *title, const struct plan *plan, const struct rubric *rubric)
{
	AUTO_FREE char *own = title ? mem_copy(title, NULL) : title_of(id);

	if (!own)
		return NULL;
	return json_pack_new("{s:i, s:s, s:o, s:o, s:o}", "format", 1, "id", id, "title", both(own, own), "stages",
		stages_new(plan->id), "requirements", requirements_new(rubric));
}
