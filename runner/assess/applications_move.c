// SPDX-License-Identifier: MIT
/*
 * Moving applications on. Several are moved in one change: what can't be done for one is done for none. Where cards are
 * due, marks decide together with a person's reason, so a mere move may neither leave such a stage nor pass over one.
 */
#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store.h"

#include <string.h>

/* What all of them have in common. */
struct moving {
	struct store_change change;
	char *position_id;
	struct position *position;
	int64_t now_ms;
};

static void moving_done(struct moving *m)
{
	store_change_done(&m->change);
	free(m->position_id);
	position_free(m->position);
}

#define AUTO_MOVING AUTO(moving_done)

static int moving_begin(struct moving *m, struct workspace *workspace, const char *actor,
	const struct application_move *move, struct err *e)
{
	if (workspace_may(workspace, actor, DO_MOVE, e) < 0 ||
		(move->reason && workspace_check_reason(move->reason, e) < 0))
		return -1;
	for (size_t i = 0; i < move->candidates->count; i++)
		if (strings_find(move->candidates, move->candidates->item[i]) != (long)i)
			return err_set(e, ERR_USAGE, _("%s is named twice"), move->candidates->item[i]);
	m->now_ms = clock_now_ms();
	if (store_change_begin(&m->change, workspace->store, e) < 0 ||
		application_position(&m->position_id, workspace, move->candidates->item[0], move->position, e) < 0)
		return -1;
	return workspace_position(&m->position, workspace, m->position_id, e);
}

int application_load_open(struct store_application *out, struct workspace *workspace, const char *candidate,
	const char *position, struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate there = { 0 };
	struct err said = { 0 };

	if (store_candidate_get(&there, workspace->store, candidate, e) < 0)
		return -1;
	if (store_application_get(out, workspace->store, candidate, position, &said) < 0)
		return said.kind == ERR_NOT_FOUND
			? err_set(e, ERR_NOT_FOUND, _("candidate %s doesn't apply for %s"), candidate, position)
			: err_set(e, said.kind, "%s", said.text);
	if (out->state != APPLICATION_OPEN)
		return err_set(e, ERR_CONFLICT, _("the application of %s is closed: %s"), candidate,
			application_state_title(out->state));
	return 0;
}

int application_save_step(struct workspace *workspace, const char *actor, const char *action,
	const struct store_step *step, struct err *e)
{
	const struct store_application moved = { .candidate = step->candidate, .position = step->position,
		.stage = step->stage, .state = step->state, .since_ms = step->at_ms };

	if (store_application_move(workspace->store, &moved, e) < 0 || store_step_add(workspace->store, step, e) < 0)
		return -1;
	return workspace_log(workspace, actor, action, step->candidate, step->position, e);
}

/* --- where cards are due ---------------------------------------------------------------------------------------- */

static int must_decide(const struct stage *stage, const char *candidate, const char *what, struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		ngettext("%s: in stage %s %d card is due, so that is a decision: 'assay decide %s %s --reason …'",
			"%s: in stage %s %d cards are due, so that is a decision: 'assay decide %s %s --reason …'",
			(unsigned long)stage->due),
		candidate,
		stage->id, stage->due, candidate, what);
}

static size_t index_of(const struct position *position, const char *stage)
{
	size_t i = 0;

	while (i < position->stage_count && strcmp(position->stages[i].id, stage) != 0)
		i++;
	return i;
}

/* From the present stage up to, not with, the one it goes to. */
static int check_way(const struct moving *m, const struct store_application *application, const char *to, struct err *e)
{
	size_t from = index_of(m->position, application->stage), goal = index_of(m->position, to);

	if (from < m->position->stage_count && m->position->stages[from].due)
		return must_decide(&m->position->stages[from], application->candidate, to, e);
	for (size_t i = from + 1; i < goal; i++)
		if (m->position->stages[i].due)
			return err_set(e, ERR_CONFLICT,
				ngettext("%s: stage %s lies between, and %d card is due there: move to %s first",
					"%s: stage %s lies between, and %d cards are due there: move to %s first",
					(unsigned long)m->position->stages[i].due),
				application->candidate, m->position->stages[i].id, m->position->stages[i].due,
				m->position->stages[i].id);
	return 0;
}

/* --- moving ----------------------------------------------------------------------------------------------------- */

static int move_one(const struct moving *m, struct workspace *workspace, const char *actor, const char *candidate,
	const char *stage, const char *reason, struct err *e)
{
	AUTO_STORE_APPLICATION struct store_application application = { 0 };
	const struct store_step step = { .candidate = candidate, .position = m->position_id, .stage = stage,
		.state = APPLICATION_OPEN, .reason = reason, .actor = actor, .at_ms = m->now_ms };

	if (application_load_open(&application, workspace, candidate, m->position_id, e) < 0)
		return -1;
	if (strcmp(application.stage, stage) == 0)
		return err_set(e, ERR_CONFLICT, _("%s is in stage %s already"), candidate, stage);
	if (check_way(m, &application, stage, e) < 0)
		return -1;
	return application_save_step(workspace, actor, "candidate.move", &step, e);
}

int applications_move(struct workspace *workspace, const char *actor, const struct application_move *move,
	const char *stage, struct err *e)
{
	AUTO_MOVING struct moving m = { 0 };

	if (moving_begin(&m, workspace, actor, move, e) < 0)
		return -1;
	if (!position_stage(m.position, stage))
		return err_set(e, ERR_NOT_FOUND, _("position %s has no stage %s"), m.position_id, stage);
	for (size_t i = 0; i < move->candidates->count; i++)
		if (move_one(&m, workspace, actor, move->candidates->item[i], stage, move->reason, e) < 0)
			return -1;
	return store_change_commit(&m.change, e);
}

/* --- rejecting -------------------------------------------------------------------------------------------------- */

static int check_unmet(const struct moving *m, const struct strings *unmet, struct err *e)
{
	for (size_t i = 0; i < unmet->count; i++)
		if (!position_requirement(m->position, unmet->item[i]))
			return err_set(e, ERR_NOT_FOUND,
				_("position %s has no requirement %.80s: 'assay position show %s' lists them"), m->position_id,
				unmet->item[i], m->position_id);
	return 0;
}

/* The requirements to which the screening says no: "python, sql". */
static int screened_out(char **out, const struct store_screenings *answers, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < answers->count; i++)
		if (answers->item[i].answer == SCREENING_NO)
			text_addf(&t, "%s%s", t.length ? ", " : "", answers->item[i].requirement);
	return text_take(&t, out, e);
}

static int check_said(const struct store_screenings *answers, const char *candidate, const struct strings *unmet,
	bool meets_all, struct err *e)
{
	AUTO_FREE char *out = NULL;

	if (screened_out(&out, answers, e) < 0)
		return -1;
	if (unmet->count == 0 && !meets_all && *out)
		return err_set(e, ERR_USAGE,
			_("%s: say which requirement is not met, with --requirement ID; the screening says no to %s"), candidate,
			out);
	if (unmet->count == 0 && !meets_all)
		return err_set(e, ERR_USAGE,
			_("%s: say which requirement is not met, with --requirement ID, or --meets-all when all are"), candidate);
	if (meets_all && *out)
		return err_set(e, ERR_CONFLICT, _("%s doesn't meet all: the screening says no to %s"), candidate, out);
	for (size_t i = 0; i < answers->count; i++)
		if (answers->item[i].answer == SCREENING_YES && strings_find(unmet, answers->item[i].requirement) >= 0)
			return err_set(e, ERR_CONFLICT, _("%s meets %s, as the screening says: mend one or the other"), candidate,
				answers->item[i].requirement);
	return 0;
}

static int reject_one(const struct moving *m, struct workspace *workspace, const char *actor, const char *candidate,
	const struct strings *unmet, bool meets_all, const char *reason, struct err *e)
{
	AUTO_STORE_APPLICATION struct store_application application = { 0 };
	AUTO_STORE_SCREENINGS struct store_screenings answers = { 0 };
	AUTO_TEXT struct text ids = { 0 };
	struct store_step step = { .candidate = candidate, .position = m->position_id, .state = APPLICATION_REJECTED,
		.reason = reason, .actor = actor, .at_ms = m->now_ms };
	const struct stage *stage;

	if (application_load_open(&application, workspace, candidate, m->position_id, e) < 0 ||
		store_screening_list(&answers, workspace->store, m->position_id, candidate, e) < 0)
		return -1;
	stage = position_stage(m->position, application.stage);
	if (stage && stage->due)
		return must_decide(stage, candidate, "reject", e);
	if (check_said(&answers, candidate, unmet, meets_all, e) < 0)
		return -1;
	for (size_t i = 0; i < unmet->count; i++)
		text_addf(&ids, "%s%s", i ? " " : "", unmet->item[i]);
	if (ids.failed)
		return err_memory(e);
	step.stage = application.stage;
	step.requirements = unmet->count ? text_bytes(&ids) : NULL;
	return application_save_step(workspace, actor, "candidate.reject", &step, e);
}

int applications_reject(struct workspace *workspace, const char *actor, const struct application_move *move,
	const struct strings *unmet, bool meets_all, struct err *e)
{
	AUTO_MOVING struct moving m = { 0 };

	if (unmet->count && meets_all)
		return err_set(e, ERR_USAGE, _("either --requirement or --meets-all"));
	if (moving_begin(&m, workspace, actor, move, e) < 0 || check_unmet(&m, unmet, e) < 0)
		return -1;
	for (size_t i = 0; i < move->candidates->count; i++)
		if (reject_one(&m, workspace, actor, move->candidates->item[i], unmet, meets_all, move->reason, e) < 0)
			return -1;
	return store_change_commit(&m.change, e);
}

/* --- withdrawing ------------------------------------------------------------------------------------------------ */

int applications_withdraw(
	struct workspace *workspace, const char *actor, const struct application_move *move, struct err *e)
{
	AUTO_MOVING struct moving m = { 0 };

	if (moving_begin(&m, workspace, actor, move, e) < 0)
		return -1;
	for (size_t i = 0; i < move->candidates->count; i++) {
		AUTO_STORE_APPLICATION struct store_application application = { 0 };
		struct store_step step = { .candidate = move->candidates->item[i], .position = m.position_id,
			.state = APPLICATION_WITHDRAWN, .reason = move->reason, .actor = actor, .at_ms = m.now_ms };

		if (application_load_open(&application, workspace, move->candidates->item[i], m.position_id, e) < 0)
			return -1;
		step.stage = application.stage;
		if (application_save_step(workspace, actor, "candidate.withdraw", &step, e) < 0)
			return -1;
	}
	return store_change_commit(&m.change, e);
}
