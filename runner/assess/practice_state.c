// SPDX-License-Identifier: MIT
/*
 * How far a practice has come, as a file. It is written whole after every step, so what stands there was done; a file
 * that somebody edited is checked like any other.
 */
#include "assess/practice_inside.h"

#include "base/fs.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

static const char *const phase_names[] = {
	[PHASE_WORK] = "work",
	[PHASE_QUESTIONS] = "questions",
	[PHASE_FINDINGS] = "findings",
	[PHASE_MARKS] = "marks",
	[PHASE_ADDITIONS] = "additions",
	[PHASE_MAIL] = "mail",
	[PHASE_DONE] = "done",
	NULL,
};

static const char *const flaw_names[] = { "open", "found", "missed", NULL };

const char *practice_phase_name(enum practice_phase phase)
{
	return phase_names[phase];
}

/* --- the beginning ---------------------------------------------------------------------------------------------- */

static size_t count_questions(const struct practice_item *item)
{
	return item->questions.count + item->probes.count;
}

static const char *question_id(const struct practice_item *item, size_t i)
{
	return item->part == PART_CONVERSATION ? item->questions.item[i].id : item->probes.item[i].id;
}

int practice_state_new(struct practice_state *out, const struct practice_item *item, int flaws, struct err *e)
{
	AUTO(practice_state_done) struct practice_state state = { 0 };

	state.turns = (int)count_questions(item) * PRACTICE_TURNS;
	state.criteria = (int)item->rubric->criterion_count;
	state.flaws = flaws;
	state.answers = mem_new((size_t)state.turns, sizeof(*state.answers), e);
	state.spent_ms = mem_new((size_t)state.turns, sizeof(*state.spent_ms), e);
	state.marks = mem_new((size_t)state.criteria, sizeof(*state.marks), e);
	state.additions = mem_new((size_t)state.criteria, sizeof(*state.additions), e);
	state.flaw = mem_new((size_t)flaws, sizeof(*state.flaw), e);
	state.shares = mem_new((size_t)state.criteria, sizeof(*state.shares), e);
	if (!state.answers || !state.spent_ms || !state.marks || !state.additions || !state.flaw || !state.shares)
		return -1;
	for (int i = 0; i < state.criteria; i++)
		state.shares[i] = -1;
	*out = state;
	state = (struct practice_state){ 0 };
	return 0;
}

void practice_state_done(struct practice_state *state)
{
	for (int i = 0; state->answers && i < state->turns; i++)
		free(state->answers[i]);
	for (int i = 0; state->additions && i < state->criteria; i++)
		free(state->additions[i]);
	free(state->answers);
	free(state->spent_ms);
	free(state->marks);
	free(state->additions);
	free(state->shares);
	free(state->flaw);
	free(state->to);
	free(state->position);
	free(state->company);
	*state = (struct practice_state){ 0 };
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static struct json *answers_json(const struct practice_state *state, const struct practice_item *item)
{
	struct json *list = json_new_array();

	for (int i = 0; i < state->turns; i++)
		json_append_take(&list, json_pack_new("{s:s, s:s?, s:I}", "question",
			question_id(item, (size_t)(i / PRACTICE_TURNS)), "answer", state->answers[i], "spent_ms",
			(long long)state->spent_ms[i]));
	return list;
}

static struct json *marks_json(const struct practice_state *state, const struct practice_item *item)
{
	struct json *list = json_new_array();

	for (int i = 0; i < state->criteria; i++)
		json_append_take(&list, json_pack_new("{s:s, s:i, s:i, s:s?}", "criterion", item->rubric->criteria[i].id,
			"mark", state->marks[i], "share", state->shares[i], "addition", state->additions[i]));
	return list;
}

static struct json *flaws_json(const struct practice_state *state)
{
	struct json *list = json_new_array();

	for (int i = 0; i < state->flaws; i++)
		json_append_take(&list, json_new_string(flaw_names[state->flaw[i]]));
	return list;
}

struct json *practice_state_json(const struct practice_state *state, const struct practice_item *item)
{
	return json_pack_new(
		"{s:i, s:s, s:s, s:b, s:I, s:i, s:o, s:o, s:o, s:i, s:i, s:s?, s:s?, s:s?}", "format", 1, "task",
		item->task->id, "phase", phase_names[state->phase], "laid", (int)state->laid, "work_ms",
		(long long)state->work_ms, "turn", state->turn, "answers", answers_json(state, item), "marks",
		marks_json(state, item), "flaws", flaws_json(state), "points", state->points, "max_points",
		state->max_points, "to", state->to, "position", state->position, "company", state->company);
}

int practice_state_save(const struct practice_state *state, const struct practice_item *item, int dir_fd, struct err *e)
{
	AUTO_FREE char *text = NULL;
	AUTO_JSON struct json *value = practice_state_json(state, item);

	if (json_render(value, JSON_STYLE_PRETTY, &text, e) < 0 ||
		fs_write(dir_fd, "state.json", text, strlen(text), 0644, e) < 0)
		return err_wrap(e, _("cannot keep how far the practice has come"));
	return 0;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

enum { MOST_MS = 1000000000, MOST_POINTS = 1000000 };

static const struct json_key state_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "task", .kind = JSON_ID_KIND, .required = true },
	{ .name = "phase", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "laid", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "work_ms", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_MS },
	{ .name = "turn", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = 1000 },
	{ .name = "answers", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "marks", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "flaws", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "points", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_POINTS },
	{ .name = "max_points", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_POINTS },
	{ .name = "to", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "position", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "company", .kind = JSON_STRING_KIND, .nullable = true },
};

static const struct json_key answer_keys[] = {
	{ .name = "question", .kind = JSON_ID_KIND, .required = true },
	{ .name = "answer", .kind = JSON_STRING_KIND, .nullable = true, .max = 2 * PRACTICE_ANSWER_MAX },
	{ .name = "spent_ms", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_MS },
};

static const struct json_key mark_keys[] = {
	{ .name = "criterion", .kind = JSON_ID_KIND, .required = true },
	{ .name = "mark", .kind = JSON_INTEGER_KIND, .required = true, .min = PRACTICE_NOT_OBSERVED, .max = MARK_MAX },
	{ .name = "share", .kind = JSON_INTEGER_KIND, .required = true, .min = -1, .max = 1000 },
	{ .name = "addition", .kind = JSON_STRING_KIND, .nullable = true },
};

#define CHECK(at, keys, e) json_check(at, keys, sizeof(keys) / sizeof(*(keys)), e)

/* NULL for null, else a copy. */
static int read_optional(const struct json_at *at, const char *key, char **out, struct err *e)
{
	const char *s = json_get_string(at, key, NULL);

	free(take_ptr(out));
	*out = s ? mem_copy(s, e) : NULL;
	return s && !*out ? -1 : 0;
}

static int changed(const struct practice_item *item, struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		_("the task %s has changed since this practice began: begin anew with --again, what is there is kept aside"),
		item->task->id);
}

static int read_answers(struct practice_state *state, const struct practice_item *item, const struct json_at *root,
	struct err *e)
{
	struct json_at list = json_member(root, "answers");

	if ((int)json_count(&list) != state->turns)
		return changed(item, e);
	for (int i = 0; i < state->turns; i++) {
		struct json_at at = json_element(&list, (size_t)i);

		if (CHECK(&at, answer_keys, e) < 0)
			return -1;
		if (strcmp(json_get_string(&at, "question", ""), question_id(item, (size_t)(i / PRACTICE_TURNS))) != 0)
			return changed(item, e);
		if (read_optional(&at, "answer", &state->answers[i], e) < 0)
			return -1;
		state->spent_ms[i] = json_get_integer(&at, "spent_ms", 0);
	}
	return 0;
}

static int read_marks(struct practice_state *state, const struct practice_item *item, const struct json_at *root,
	struct err *e)
{
	struct json_at list = json_member(root, "marks");

	if ((int)json_count(&list) != state->criteria)
		return changed(item, e);
	for (int i = 0; i < state->criteria; i++) {
		struct json_at at = json_element(&list, (size_t)i);

		if (CHECK(&at, mark_keys, e) < 0)
			return -1;
		if (strcmp(json_get_string(&at, "criterion", ""), item->rubric->criteria[i].id) != 0)
			return changed(item, e);
		if (read_optional(&at, "addition", &state->additions[i], e) < 0)
			return -1;
		state->marks[i] = (int)json_get_integer(&at, "mark", 0);
		state->shares[i] = (int)json_get_integer(&at, "share", -1);
	}
	return 0;
}

static int read_flaws(struct practice_state *state, const struct practice_item *item, const struct json_at *root,
	struct err *e)
{
	struct json_at list = json_member(root, "flaws");

	if ((int)json_count(&list) != state->flaws)
		return changed(item, e);
	for (int i = 0; i < state->flaws; i++) {
		struct json_at at = json_element(&list, (size_t)i);
		int word;

		if (json_word(&at, flaw_names, &word, e) < 0)
			return -1;
		state->flaw[i] = (enum practice_flaw)word;
	}
	return 0;
}

static int read_state(struct practice_state *state, const struct practice_item *item, const struct json_at *root, struct err *e)
{
	struct json_at phase = json_member(root, "phase");
	int word;

	if (CHECK(root, state_keys, e) < 0 || json_word(&phase, phase_names, &word, e) < 0)
		return -1;
	if (strcmp(json_get_string(root, "task", ""), item->task->id) != 0)
		return changed(item, e);
	state->phase = (enum practice_phase)word;
	state->laid = json_get_bool(root, "laid", false);
	state->work_ms = json_get_integer(root, "work_ms", 0);
	state->turn = (int)json_get_integer(root, "turn", 0);
	state->points = (int)json_get_integer(root, "points", 0);
	state->max_points = (int)json_get_integer(root, "max_points", 0);
	if (state->turn > state->turns)
		return changed(item, e);
	if (read_optional(root, "to", &state->to, e) < 0 || read_optional(root, "position", &state->position, e) < 0 ||
		read_optional(root, "company", &state->company, e) < 0)
		return -1;
	return read_answers(state, item, root, e) < 0 || read_marks(state, item, root, e) < 0 ? -1
											      : read_flaws(state, item, root, e);
}

int practice_state_parse(struct practice_state *state, const struct practice_item *item, const struct json_doc *doc,
	struct err *e)
{
	struct json_at root = json_root(doc);

	return read_state(state, item, &root, e);
}

int practice_state_load(struct practice_state *state, const struct practice_item *item, int dir_fd, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, "state.json", "state.json", e) < 0 ? -1
									      : practice_state_parse(state, item, doc, e);
}

bool practice_state_peek(int dir_fd, const char *task, enum practice_phase *phase)
{
	AUTO_FREE char *path = fs_join(task, "state.json", NULL);
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root, at;
	int word;

	if (!path || json_doc_load(&doc, dir_fd, path, "state.json", NULL) < 0)
		return false;
	root = json_root(doc);
	at = json_member(&root, "phase");
	if (!json_is(&at, JSON_STRING_KIND) || json_word(&at, phase_names, &word, NULL) < 0)
		return false;
	*phase = (enum practice_phase)word;
	return true;
}
