// SPDX-License-Identifier: MIT
/*
 * From the store to the scorecard: everything that a session left is gathered, and room `score` sums it up.
 */
#include "assess/panel.h"

#include "assess/marking_inside.h"
#include "assess/review_round.h"
#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "base/i18n.h"

#include <string.h>

/* --- one session ------------------------------------------------------------------------------------------------ */

/* What a scorecard is made of, owned until it is made. */
struct gathered {
	struct session_view view;
	struct rubric *rubric;
	struct plan *plan;
	struct review_view review;
	bool has_review;
	struct marking_view cards;
	struct store_candidate candidate;
	struct part_evidence *evidence;
	size_t evidence_count;
	int due, sealed;
};

static void gathered_done(struct gathered *g)
{
	session_view_done(&g->view);
	rubric_free(g->rubric);
	plan_free(g->plan);
	review_view_done(&g->review);
	marking_view_done(&g->cards);
	store_candidate_done(&g->candidate);
	free(g->evidence);
}

static enum part_kind kind_of(const char *name)
{
	for (int kind = 0; kind < PART_KINDS; kind++)
		if (strcmp(part_kind_name((enum part_kind)kind), name) == 0)
			return (enum part_kind)kind;
	return PART_QUESTIONS;
}

/* The result of the last submission of a part; NULL when there is none. */
static const struct result *result_of(const struct session_view *view, int64_t part)
{
	for (size_t i = view->submissions.count; i-- > 0;)
		if (view->submissions.item[i].part == part)
			return view->results[i];
	return NULL;
}

static int gather_evidence(struct gathered *g, struct err *e)
{
	g->evidence = mem_new(g->view.parts.count, sizeof(*g->evidence), e);
	if (!g->evidence)
		return -1;
	for (size_t i = 0; i < g->view.parts.count; i++) {
		const struct store_part *part = &g->view.parts.item[i];
		bool is_review = g->has_review && g->review.part == part->number;

		if (!part->task)
			continue;
		g->evidence[g->evidence_count++] = (struct part_evidence){
			.part = kind_of(part->kind),
			.task = part->task,
			.result = result_of(&g->view, part->number),
			.findings = is_review && (g->review.answered || g->review.comments.count) ? &g->review.findings : NULL,
		};
	}
	return 0;
}

static int gather(
	struct gathered *g, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STRINGS struct strings missing = { 0 };

	if (session_view(&g->view, workspace, session, e) < 0 ||
		session_check_position(workspace, &g->view.session, e) < 0 ||
		session_load_rubric(&g->rubric, workspace, &g->view.session, e) < 0 ||
		session_load_plan(&g->plan, workspace, &g->view.session, e) < 0 ||
		review_view_load(&g->review, &g->has_review, workspace, &g->view.session, e) < 0 ||
		marking_revealed(&g->cards, workspace, session, e) < 0 ||
		marking_due(&missing, &g->due, &g->sealed, workspace, session, e) < 0 ||
		store_candidate_get(&g->candidate, workspace->store, g->view.session.candidate, e) <
			0)
		return -1;
	return gather_evidence(g, e);
}

static int make_scorecard(
	struct scorecard **out, const struct gathered *g, bool with_name, struct err *e)
{
	const struct store_session *session = &g->view.session;
	const struct scorecard_order order = {
		.session = session->id,
		.position = session->position,
		.stage = session->stage,
		.candidate = session->candidate,
		.name = with_name ? g->candidate.name : NULL,
		.held_ms = session->started_ms ? session->started_ms : session->at_ms,
		.rubric = g->rubric,
		.plan = g->plan,
		.cards = (const struct card *const *)g->cards.cards,
		.card_count = g->cards.count,
		.due = g->due,
		.sealed = g->sealed,
		.interviewers = (const char *const *)g->cards.names,
		.changes = g->cards.changes,
		.evidence = g->evidence,
		.evidence_count = g->evidence_count,
		.task_repo = session->repo,
		.task_commit = session->commit,
	};

	return scorecard_make(out, &order, e);
}

int panel_scorecard(struct scorecard **out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e)
{
	AUTO(gathered_done) struct gathered g = { 0 };
	AUTO_STORE_SESSION struct store_session there = { 0 };
	struct access access;

	if (store_session_get(&there, workspace->store, session, e) < 0 ||
		session_access(&access, workspace, actor, session, e) < 0 ||
		access_check_evidence(&access, actor, session, e) < 0 ||
		gather(&g, workspace, session, e) < 0)
		return -1;
	return make_scorecard(out, &g, access_shows_name(&access), e);
}

/* --- side by side ----------------------------------------------------------------------------------------------- */

/* The one that has a plan or, of several, the one that has sessions; *count is how many there are of those. */
static int only_stage(const char **out, size_t *count, struct workspace *workspace, const struct position *position,
	struct err *e)
{
	const char *with_plan = NULL, *with_sessions = NULL;
	size_t plans = 0, held = 0;

	for (size_t i = 0; i < position->stage_count; i++) {
		AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

		if (!position->stages[i].plan)
			continue;
		if (store_session_list(&sessions, workspace->store, position->id, position->stages[i].id, e) < 0)
			return -1;
		with_plan = position->stages[i].id;
		plans++;
		with_sessions = sessions.count ? position->stages[i].id : with_sessions;
		held += sessions.count > 0;
	}
	*out = held == 1 ? with_sessions : with_plan;
	*count = held == 1 ? 1 : plans;
	return 0;
}

static int find_stage(char **out, struct workspace *workspace, const char *position_id,
	const char *stage, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;
	const char *only = NULL;
	size_t count = 0;

	if (workspace_position(&position, workspace, position_id, e) < 0 ||
		only_stage(&only, &count, workspace, position, e) < 0)
		return -1;
	if (stage && !position_stage(position, stage))
		return err_set(
			e, ERR_NOT_FOUND, _("position %s has no stage %s"), position_id, stage);
	if (!stage && count != 1)
		return err_set(e, ERR_USAGE,
			_("%zu stages of position %s have a plan: say which with --stage"),
			count, position_id);
	*out = mem_copy(stage ? stage : only, e);
	return *out ? 0 : -1;
}

static int add_waiting(struct panel_comparison *c, struct workspace *workspace,
	const struct store_session *session, struct err *e)
{
	AUTO_STRINGS struct strings missing = { 0 };
	int due, sealed;

	if (session->state == SESSION_CANCELLED)
		return 0;
	if (session->state != SESSION_ENDED)
		return strings_take(&c->waiting,
			mem_format(e, _("%s (session %s) is not in it: the session is %s"),
				session->candidate, session->id,
				session_state_title(session->state)),
			e);
	if (marking_due(&missing, &due, &sealed, workspace, session->id, e) < 0)
		return -1;
	return strings_take(&c->waiting,
		mem_format(e,
			_("%s (session %s) is not in it: %d of %d cards are sealed, none is "
			  "revealed"),
			session->candidate, session->id, sealed, due),
		e);
}

static int add_session(struct panel_comparison *c, struct workspace *workspace, const char *actor,
	const struct store_session *session, struct err *e)
{
	struct scorecard **card;
	struct access access;

	if (session_access(&access, workspace, actor, session->id, e) < 0)
		return -1;
	if (!access.revealed)
		return add_waiting(c, workspace, session, e);
	card = mem_push(&c->cards, c->count, sizeof(*card), e);
	if (!card)
		return -1;
	c->count++;
	return panel_scorecard(card, workspace, actor, session->id, e);
}

static int nothing_to_compare(
	const struct panel_comparison *c, const char *position, const char *stage, struct err *e)
{
	if (c->waiting.count == 0)
		return err_set(e, ERR_NOT_FOUND, _("there is no session of position %s, stage %s"),
			position, stage);
	return err_set(
		e, ERR_CONFLICT, _("there is nothing to compare yet: %s"), c->waiting.item[0]);
}

int panel_compare(struct panel_comparison *out, struct workspace *workspace, const char *actor,
	const char *position, const char *stage, struct err *e)
{
	AUTO_PANEL_COMPARISON struct panel_comparison c = { 0 };
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };
	AUTO_FREE char *at = NULL;

	if (workspace_may(workspace, actor, SEE_LISTS, e) < 0 || find_stage(&at, workspace, position, stage, e) < 0 ||
		store_session_list(&sessions, workspace->store, position, at, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++)
		if (add_session(&c, workspace, actor, &sessions.item[i], e) < 0)
			return -1;
	if (c.count == 0)
		return nothing_to_compare(&c, position, at, e);
	if (comparison_make(&c.table, (const struct scorecard *const *)c.cards, c.count, e) < 0)
		return -1;
	*out = c;
	c = (struct panel_comparison){ 0 };
	return 0;
}

void panel_comparison_done(struct panel_comparison *comparison)
{
	comparison_free(comparison->table);
	for (size_t i = 0; i < comparison->count; i++)
		scorecard_free(comparison->cards[i]);
	free(comparison->cards);
	strings_done(&comparison->waiting);
	*comparison = (struct panel_comparison){ 0 };
}
