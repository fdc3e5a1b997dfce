// SPDX-License-Identifier: MIT
/*
 * Candidates and what they apply for.
 */
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/store.h"

#include <string.h>

/* --- candidates ------------------------------------------------------------------------------------------------- */

/* The position that is meant when none is named. */
static int only_position(char **id, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_POSITIONS struct store_positions positions = { 0 };

	if (store_position_list(&positions, workspace->store, e) < 0)
		return -1;
	if (positions.count == 0)
		return err_set(
			e, ERR_USAGE, _("there is no position yet: 'assay position add' adds one"));
	if (positions.count > 1)
		return err_set(e, ERR_USAGE,
			_("there are %zu positions: say which with --position"), positions.count);
	*id = mem_copy(positions.item[0].id, e);
	return *id ? 0 : -1;
}

/* Checks the stage, or chooses the first. */
static int choose_stage(char **out, struct workspace *workspace, const char *position_id,
	const char *stage, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	if (workspace_position(&position, workspace, position_id, e) < 0)
		return -1;
	if (stage && !position_stage(position, stage))
		return err_set(
			e, ERR_NOT_FOUND, _("position %s has no stage %s"), position_id, stage);
	*out = mem_copy(stage ? stage : position->stages[0].id, e);
	return *out ? 0 : -1;
}

/* A pseudonym has 20 bits: in a workspace of thousands the first one may be taken. */
static int add_under_a_new_pseudonym(char pseudonym[ID_PSEUDONYM], struct store *store,
	const char *name, int64_t now_ms, struct err *e)
{
	for (int i = 0; i < 100; i++) {
		const struct store_candidate candidate = {
			.pseudonym = pseudonym, .name = name, .added_ms = now_ms
		};
		struct err said = { 0 };

		id_pseudonym(pseudonym);
		if (store_candidate_add(store, &candidate, &said) == 0)
			return 0;
		if (said.kind != ERR_CONFLICT)
			return err_set(e, said.kind, "%s", said.text);
	}
	return err_set(e, ERR_LIMIT, _("too many candidates: no pseudonym is free"));
}

int workspace_candidate_add(char pseudonym[ID_PSEUDONYM], struct workspace *workspace,
	const char *actor, const char *name, const char *position, const char *stage, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *only = NULL;
	AUTO_FREE char *at = NULL;
	int64_t now_ms = clock_now_ms();
	struct store_application application = { .state = APPLICATION_OPEN, .since_ms = now_ms };
	char given[ID_PSEUDONYM];

	if (workspace_check_name(name, e) < 0 || workspace_may(workspace, actor, DO_TAKE_IN, e) < 0 ||
		(!position && only_position(&only, workspace, e) < 0))
		return -1;
	application.candidate = given;
	application.position = position ? position : only;
	if (choose_stage(&at, workspace, application.position, stage, e) < 0)
		return -1;
	application.stage = at;
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		add_under_a_new_pseudonym(given, workspace->store, name, now_ms, e) < 0 ||
		store_application_add(workspace->store, &application, e) < 0 ||
		workspace_log(workspace, actor, "candidate.add", given, application.position, e) <
			0 ||
		store_change_commit(&change, e) < 0)
		return -1;
	memcpy(pseudonym, given, ID_PSEUDONYM);
	return 0;
}

int workspace_candidates(struct store_candidates *out, struct workspace *workspace, struct err *e)
{
	return store_candidate_list(out, workspace->store, e);
}

int workspace_applications(struct store_applications *out, struct workspace *workspace,
	const char *candidate, const char *position, struct err *e)
{
	return store_application_list(out, workspace->store, candidate, position, e);
}
