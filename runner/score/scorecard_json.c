// SPDX-License-Identifier: MIT
/*
 * A scorecard as its document. Means are given as they are; whoever shows them rounds them.
 */
#include "score/scorecard.h"

#include <string.h>

static struct json *clean(const char *s)
{
	return json_clean(s, s ? strlen(s) : 0);
}

static struct json *number(double value)
{
	return value < 0 ? clean(NULL) : json_pack_new("f", value);
}

static struct json *mark(int value)
{
	return value ? json_pack_new("i", value) : clean(NULL);
}

static struct json *evidence_json(const struct criterion_row *row)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < row->evidence_count; i++) {
		const struct evidence_line *line = &row->evidence[i];

		json_append_take(&array, json_pack_new("{s:o, s:b, s:o}", "text", clean(line->text), "forgeable",
			line->forgeable, "share", number(line->share)));
	}
	return array;
}

static struct json *marks_json(const struct scorecard *scorecard, const struct criterion_row *row)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < scorecard->card_count; i++)
		json_append_take(&array, json_pack_new("{s:o, s:o, s:o}", "interviewer",
			clean(scorecard->interviewers.item[i]), "mark", mark(row->marks[i]), "evidence",
			clean(row->evidence_texts[i])));
	return array;
}

static struct json *criteria_json(const struct scorecard *scorecard)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < scorecard->criterion_count; i++) {
		const struct criterion_row *row = &scorecard->criteria[i];
		struct json *object = json_new_object();

		json_put_take(&object, "id", clean(row->id));
		json_put_take(&object, "title", json_from_localised(&row->title));
		json_put_take(&object, "part", json_new_string(part_kind_name(row->part)));
		json_put_take(&object, "weight", json_pack_new("i", row->weight));
		json_put_take(&object, "marks", marks_json(scorecard, row));
		json_put_take(&object, "mean", number(row->mean));
		json_put_take(&object, "spread", row->lowest ? json_pack_new("i", row->highest - row->lowest) : clean(NULL));
		json_put_take(&object, "suggested", mark(row->suggested));
		json_put_take(&object, "evidence", evidence_json(row));
		json_append_take(&array, object);
	}
	return array;
}

static struct json *parts_json(const struct scorecard *scorecard)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < scorecard->part_count; i++)
		json_append_take(&array, json_pack_new("{s:s, s:o}", "part", part_kind_name(scorecard->parts[i].part),
			"mean", number(scorecard->parts[i].mean)));
	return array;
}

static struct json *cards_json(const struct scorecard *scorecard)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < scorecard->card_count; i++) {
		int level = scorecard->recommendations[i];

		json_append_take(&array, json_pack_new("{s:o, s:o, s:o}", "interviewer",
			clean(scorecard->interviewers.item[i]), "recommendation",
			level ? json_new_string(recommendation_name(level)) : clean(NULL), "changes",
			card_changes_json(&scorecard->changes[i])));
	}
	return array;
}

static struct json *all_pins_json(const struct scorecard *scorecard)
{
	struct json *object = json_pack_new("{s:o, s:o, s:o, s:i, s:o, s:o}", "task_repo", clean(scorecard->task_repo),
		"task_commit", clean(scorecard->task_commit), "rubric", clean(scorecard->rubric), "rubric_version",
		scorecard->rubric_version, "rubric_digest", clean(scorecard->rubric_digest), "plan",
		clean(scorecard->plan));
	struct json *results = json_new_array();

	for (size_t i = 0; i < scorecard->pin_count; i++)
		json_append_take(&results, pins_json(&scorecard->pins[i]));
	json_put_take(&object, "results", results);
	return object;
}

struct json *scorecard_json(const struct scorecard *scorecard)
{
	struct json *object = json_pack_new("{s:i}", "format", 1);

	json_put_take(&object, "session", clean(scorecard->session));
	json_put_take(&object, "position", clean(scorecard->position));
	json_put_take(&object, "stage", clean(scorecard->stage));
	json_put_take(&object, "candidate", clean(scorecard->candidate));
	json_put_take(&object, "name", clean(scorecard->name));
	json_put_take(&object, "held_ms",
		scorecard->held_ms ? json_pack_new("I", (long long)scorecard->held_ms) : clean(NULL));
	json_put_take(&object, "due", json_pack_new("i", scorecard->due));
	json_put_take(&object, "sealed", json_pack_new("i", scorecard->sealed));
	json_put_take(&object, "mean", number(scorecard->mean));
	json_put_take(&object, "parts", parts_json(scorecard));
	json_put_take(&object, "cards", cards_json(scorecard));
	json_put_take(&object, "criteria", criteria_json(scorecard));
	json_put_take(&object, "strengths", json_from_strings(&scorecard->strengths));
	json_put_take(&object, "concerns", json_from_strings(&scorecard->concerns));
	json_put_take(&object, "open_questions", json_from_strings(&scorecard->open_questions));
	json_put_take(&object, "missing", json_from_strings(&scorecard->missing));
	json_put_take(&object, "warnings", json_from_strings(&scorecard->warnings));
	json_put_take(&object, "pins", all_pins_json(scorecard));
	return object;
}
