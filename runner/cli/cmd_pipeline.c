// SPDX-License-Identifier: MIT
/*
 * `assay pipeline`: the stages of a position as columns, with who is in each.
 *
 * Every column has the same width, so that the page is calm and nobody stands out by a long name. Where the terminal is
 * too narrow for that, the stages stand below each other.
 */
#include "assess/applications.h"
#include "assess/session_access.h"
#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/visit.h"
#include "cli/words.h"

#include <string.h>

enum { NARROWEST = 16, GAP = 2 };

/* A position with its applications. */
struct pipeline {
	struct position *position;
	struct application_views views;
};

static void pipeline_done(struct pipeline *p)
{
	position_free(p->position);
	application_views_done(&p->views);
}

static bool stands_in(const struct application_view *view, const char *stage)
{
	return view->application.state == APPLICATION_OPEN && strcmp(view->application.stage, stage) == 0;
}

static size_t count_in(const struct pipeline *p, const char *stage)
{
	size_t count = 0;

	for (size_t i = 0; i < p->views.count; i++)
		count += stands_in(&p->views.item[i], stage);
	return count;
}

static size_t count_state(const struct pipeline *p, enum application_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < p->views.count; i++)
		count += p->views.item[i].application.state == state;
	return count;
}

/* The index-th who stands there, or NULL. */
static const struct application_view *find_in(const struct pipeline *p, const char *stage, size_t index)
{
	for (size_t i = 0; i < p->views.count; i++)
		if (stands_in(&p->views.item[i], stage) && index-- == 0)
			return &p->views.item[i];
	return NULL;
}

static void add_who(struct text *t, const struct application_view *view)
{
	text_add(t, view->application.candidate);
	if (view->name) {
		text_add(t, " ");
		text_add_visible(t, view->name, true);
	}
}

/* The title, cut where there is no room, and how many are there. */
static void add_heading(struct text *t, const struct pipeline *p, const struct stage *stage, size_t width)
{
	AUTO_TEXT struct text title = { 0 };
	char count[32];
	size_t room;

	snprintf(count, sizeof(count), " (%zu)", count_in(p, stage->id));
	room = width - strlen(count);
	text_add_visible(&title, localised_text(&stage->title, i18n_language()), true);
	t->failed |= title.failed;
	if (text_columns(text_bytes(&title)) <= room)
		text_add(t, text_bytes(&title));
	else
		text_add_padded(t, text_bytes(&title), room);
	text_add(t, count);
}

/* One cell, cut and padded, with the spaces that are due before it; an empty one only makes more of them due. */
static void add_cell(struct text *t, struct text *cell, size_t width, size_t *due)
{
	size_t columns = text_columns(text_bytes(cell));

	t->failed |= cell->failed;
	if (columns) {
		text_add_times(t, " ", *due);
		if (columns > width)
			text_add_padded(t, text_bytes(cell), width);
		else
			text_add(t, text_bytes(cell));
		*due = (columns > width ? 0 : width - columns) + GAP;
	} else {
		*due += width + GAP;
	}
	text_done(cell);
}

static void add_columns(struct text *t, const struct pipeline *p, size_t width)
{
	size_t stages = p->position->stage_count, longest = 0, due = 0;

	for (size_t s = 0; s < stages; s++) {
		struct text cell = { 0 };
		size_t count = count_in(p, p->position->stages[s].id);

		longest = count > longest ? count : longest;
		add_heading(&cell, p, &p->position->stages[s], width);
		add_cell(t, &cell, width, &due);
	}
	text_add(t, "\n");
	for (size_t row = 0; row < longest; row++) {
		due = 0;
		for (size_t s = 0; s < stages; s++) {
			const struct application_view *view = find_in(p, p->position->stages[s].id, row);
			struct text cell = { 0 };

			if (view)
				add_who(&cell, view);
			add_cell(t, &cell, width, &due);
		}
		text_add(t, "\n");
	}
}

static void add_stacked(struct text *t, const struct pipeline *p)
{
	for (size_t s = 0; s < p->position->stage_count; s++) {
		const struct application_view *view;

		add_heading(t, p, &p->position->stages[s], cli_columns());
		text_add(t, "\n");
		for (size_t i = 0; (view = find_in(p, p->position->stages[s].id, i)); i++) {
			text_add(t, "  ");
			add_who(t, view);
			text_add(t, "\n");
		}
	}
}

static int print_pipeline(const struct pipeline *p, struct err *e)
{
	size_t stages = p->position->stage_count;
	size_t width = (cli_columns() - (stages - 1) * GAP) / stages;
	AUTO_TEXT struct text t = { 0 };

	text_add_visible(&t, localised_text(&p->position->title, i18n_language()), true);
	text_addf(&t, " (%s)\n\n", p->position->id);
	if (width >= NARROWEST && (stages - 1) * GAP < cli_columns())
		add_columns(&t, p, width);
	else
		add_stacked(&t, p);
	text_add(&t, "\n");
	for (int state = APPLICATION_HIRED; state <= APPLICATION_WITHDRAWN; state++)
		if (count_state(p, (enum application_state)state))
			text_addf(&t, "%s: %zu\n", application_state_title((enum application_state)state),
				count_state(p, (enum application_state)state));
	return t.failed ? err_memory(e) : cli_print(text_bytes(&t), e);
}

static struct json *pipeline_json(const struct pipeline *p)
{
	struct json *stages = json_new_array();

	for (size_t s = 0; s < p->position->stage_count; s++) {
		struct json *people = json_new_array();
		const struct application_view *view;

		for (size_t i = 0; (view = find_in(p, p->position->stages[s].id, i)); i++)
			json_append_take(&people, json_pack_new("{s:s, s:s?, s:I}", "candidate", view->application.candidate,
				"name", view->name, "since_ms", (long long)view->application.since_ms));
		json_append_take(&stages, json_pack_new("{s:s, s:o}", "stage", p->position->stages[s].id, "candidates", people));
	}
	return json_pack_new("{s:s, s:o, s:i, s:i, s:i}", "position", p->position->id, "stages", stages, "hired",
		(int)count_state(p, APPLICATION_HIRED), "rejected", (int)count_state(p, APPLICATION_REJECTED), "withdrawn",
		(int)count_state(p, APPLICATION_WITHDRAWN));
}

/* What somebody at the furthest stage that is not empty waits for. */
static int print_next(const struct cli *cli, const struct pipeline *p, const struct visit *visit, struct err *e)
{
	const struct stage *screening = position_screening(p->position);

	for (size_t s = p->position->stage_count; s-- > 0;) {
		const struct stage *stage = &p->position->stages[s];
		const struct application_view *view = find_in(p, stage->id, 0);
		struct application_session session;
		struct err said = { 0 };

		if (!view)
			continue;
		if (application_session(&session, visit->workspace, &view->application, e) < 0)
			return -1;
		if (*session.id)
			return cli_next(cli, e,
				session.state == SESSION_PLANNED ? "assay session start %s" : "assay session status %s",
				session.id);
		if (stage == screening)
			return cli_next(cli, e, "assay screening sheet %s -o screening.csv", p->position->id);
		return stage->plan && workspace_may(visit->workspace, visit->actor, DO_PLAN, &said) == 0
				   ? cli_next(cli, e, "assay session plan %s", view->application.candidate)
				   : cli_next(cli, e, "assay candidate show %s", view->application.candidate);
	}
	return cli_next(cli, e, "assay candidate import FILE.csv --position %s", p->position->id);
}

static int only_position(const char **id, const struct store_positions *positions, struct err *e)
{
	if (positions->count == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no position yet: 'assay position add' adds one"));
	if (positions->count > 1)
		return err_set(e, ERR_USAGE, _("there are %zu positions: say which"), positions->count);
	*id = positions->item[0].id;
	return 0;
}

static int run_pipeline(struct cli *cli, struct err *e)
{
	AUTO_VISIT struct visit visit = { 0 };
	AUTO(pipeline_done) struct pipeline p = { 0 };
	AUTO_STORE_POSITIONS struct store_positions positions = { 0 };
	const char *id = cli->words.count ? cli->words.item[0] : NULL;

	if (visit_open(&visit, cli, e) < 0 || workspace_positions(&positions, visit.workspace, e) < 0 ||
		(!id && only_position(&id, &positions, e) < 0) ||
		applications_look(&p.views, visit.workspace, visit.actor, NULL, id, NULL, e) < 0 ||
		workspace_position(&p.position, visit.workspace, id, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(pipeline_json(&p), e);
	if (print_pipeline(&p, e) < 0)
		return -1;
	return print_next(cli, &p, &visit, e);
}

const struct command commands_pipeline[] = {
	{
		.noun = "pipeline",
		.words = "[POSITION]",
		.max_words = 1,
		.summary = N_("show who is at which stage"),
		.example = "assay pipeline senior-backend-engineer",
		.run = run_pipeline,
	},
	{ 0 },
};
