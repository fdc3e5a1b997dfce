// SPDX-License-Identifier: MIT
/*
 * What every kind of task must show, in the order in which a mistake is cheapest to find. (That its files are well
 * formed was the loader's work.)
 */
#include "assess/verify.h"

#include "base/i18n.h"
#include "score/telling.h"
#include "task/expect.h"

#include <stdio.h>
#include <string.h>

struct verify_row *verify_add_row(struct verification *out, struct err *e)
{
	struct verify_row *row = mem_push(&out->rows, out->count, sizeof(*row), e);

	if (row)
		out->count++;
	return row;
}

static bool all_hold(const struct verification *v)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->rows[i].why)
			return false;
	return v->problems.count == 0;
}

int verify_task(struct verification *out, const struct verify_order *order, struct err *e)
{
	AUTO_VERIFICATION struct verification made = { 0 };

	if (verify_hidden(&made, order->task, e) < 0 || verify_statement(&made, order->task, e) < 0 ||
		verify_rubric(&made, order->task, e) < 0)
		return -1;
	if (order->task->kind == TASK_CODING && verify_coding(&made, order, e) < 0)
		return -1;
	if (order->task->kind == TASK_REVIEW && verify_review(&made, order->task, e) < 0)
		return -1;
	made.holds = all_hold(&made);
	*out = made;
	made = (struct verification){ 0 };
	return 0;
}

void verification_done(struct verification *v)
{
	for (size_t i = 0; i < v->count; i++) {
		free(v->rows[i].what);
		free(v->rows[i].name);
		free(v->rows[i].expected);
		free(v->rows[i].got);
		free(v->rows[i].why);
		free(v->rows[i].log);
	}
	free(v->rows);
	strings_done(&v->problems);
	strings_done(&v->warnings);
	*v = (struct verification){ 0 };
}

/* --- showing ---------------------------------------------------------------------------------------------------- */

/* {"limit": "cpu_ms", "used_ms": 412, "allowed_ms": 2000}, or null. */
static struct json *closest_json(const struct closest *closest)
{
	if (!closest->limit)
		return json_clean(NULL, 0);
	return json_pack_new("{s:s, s:I, s:I}", "limit", closest->limit, "used_ms", (long long)closest->used_ms,
		"allowed_ms", (long long)closest->allowed_ms);
}

struct json *verification_json(const struct verification *v, const struct task *task)
{
	struct json *rows = json_new_array();

	for (size_t i = 0; i < v->count; i++) {
		const struct verify_row *row = &v->rows[i];

		json_append_take(&rows,
			json_pack_new("{s:s, s:s, s:b, s:s, s:s, s:s?, s:o, s:i, s:I, s:I, s:o}", "class", row->what, "name",
				row->name, "holds", !row->why, "expected", row->expected, "got", row->got, "why",
				row->why, "log", json_clean(row->log, row->log ? strlen(row->log) : 0), "rounds", row->rounds,
				"fastest_ms", (long long)row->fastest_ms, "wall_ms", (long long)row->slowest_ms, "closest",
				closest_json(&row->closest)));
	}
	return json_pack_new("{s:i, s:s, s:s, s:b, s:o, s:o, s:o}", "format", 1, "task", task->id, "kind",
		task_kind_name(task->kind), "holds", v->holds, "tried", rows, "problems",
		json_from_strings(&v->problems), "warnings", json_from_strings(&v->warnings));
}

static size_t widest(const struct verification *v, char *text_of(const struct verify_row *))
{
	size_t most = 0;

	for (size_t i = 0; i < v->count; i++) {
		size_t columns = text_columns(text_of(&v->rows[i]));

		most = columns > most ? columns : most;
	}
	return most;
}

static char *what_of(const struct verify_row *row)
{
	return row->what;
}

static char *name_of(const struct verify_row *row)
{
	return row->name;
}

static void add_lines(struct text *t, const char *title, const struct strings *lines, size_t columns)
{
	for (size_t i = 0; i < lines->count; i++) {
		AUTO_TEXT struct text line = { 0 };

		text_addf(&line, "%s: ", title);
		text_add_visible(&line, lines->item[i], true);
		text_add_wrapped(t, text_bytes(&line), columns, "  ");
		text_add(t, "\n");
	}
}

/* "  0.2 to 1.7 s": of one round, and where all took as long as that, one number. */
static void add_seconds(struct text *t, const struct verify_row *row)
{
	char fastest[32], slowest[32];

	snprintf(fastest, sizeof(fastest), "%.1f", (double)row->fastest_ms / 1000);
	snprintf(slowest, sizeof(slowest), "%.1f", (double)row->slowest_ms / 1000);
	if (strcmp(fastest, slowest) == 0)
		text_addf(t, "  %s s\n", slowest);
	else
		text_addf(t, _("  %s to %s s\n"), fastest, slowest);
}

static void add_row(struct text *t, const struct verify_row *row, size_t what, size_t name, size_t columns)
{
	AUTO_TEXT struct text why = { 0 };

	text_add(t, row->why ? _("NO   ") : _("ok   "));
	text_add_padded(t, row->what, what + 2);
	text_add_padded(t, row->name, name + 2);
	text_addf(t, "%s", row->got);
	if (row->rounds > 1)
		text_addf(t, _(", %d times"), row->rounds);
	add_seconds(t, row);
	if (!row->why)
		return;
	text_addf(&why, _("expected %s: "), row->expected);
	text_add_visible(&why, row->why, true);
	text_add(t, "     ");
	text_add_wrapped(t, text_bytes(&why), columns, "     ");
	text_add(t, "\n");
	if (row->log)
		telling_add_lines(t, row->log, columns, "       ");
}

/* "time limits: accepted/plain comes closest, with 412 of 2000 ms (cpu_ms)". */
static void add_closest(struct text *t, const struct verification *v, size_t columns)
{
	const struct verify_row *nearest = NULL;
	AUTO_TEXT struct text line = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (strcmp(v->rows[i].what, solution_class_name(SOLUTION_ACCEPTED)) == 0 &&
			(!nearest || closest_is_nearer(&v->rows[i].closest, &nearest->closest)))
			nearest = &v->rows[i];
	if (!nearest || !nearest->closest.limit)
		return;
	text_addf(&line, _("time limits: %s/%s comes closest to one, with %lld of %lld ms (%s)"), nearest->what,
		nearest->name, (long long)nearest->closest.used_ms, (long long)nearest->closest.allowed_ms,
		nearest->closest.limit);
	text_add_wrapped(t, text_bytes(&line), columns, "  ");
	text_add(t, "\n");
}

void verification_text(struct text *t, const struct verification *v, const struct task *task, size_t columns)
{
	size_t what = widest(v, what_of), name = widest(v, name_of), held = 0;

	for (size_t i = 0; i < v->count; i++) {
		add_row(t, &v->rows[i], what, name, columns);
		held += !v->rows[i].why;
	}
	add_closest(t, v, columns);
	add_lines(t, _("problem"), &v->problems, columns);
	add_lines(t, _("warning"), &v->warnings, columns);
	if (v->holds && v->count == 0)
		text_addf(t, _("%s holds: its files are well formed\n"), task->id);
	else if (v->holds)
		text_addf(t, _("%s holds: %zu of %zu as expected\n"), task->id, held, v->count);
	else if (held == v->count)
		text_addf(t, _("%s does not hold, because of what is said above\n"), task->id);
	else
		text_addf(t, _("%s does not hold: %zu of %zu as expected\n"), task->id, held, v->count);
}
