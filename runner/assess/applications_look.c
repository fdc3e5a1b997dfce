// SPDX-License-Identifier: MIT
/*
 * Looking at applications: each is loaded whole, and what the actor may not see is taken out before it is handed on, so
 * that no door can show it by mistake.
 */
#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/i18n.h"
#include "review/match.h"

#include <stdio.h>
#include <string.h>

/* --- one -------------------------------------------------------------------------------------------------------- */

static void view_done(struct application_view *view)
{
	store_application_done(&view->application);
	store_steps_done(&view->steps);
	store_screenings_done(&view->answers);
	free(view->name);
	free(view->email);
	*view = (struct application_view){ 0 };
}

static void forget(const char **text)
{
	free((char *)*text);
	*text = NULL;
}

/* The salary expectation has a rule of its own. */
static void hide(struct application_view *view)
{
	struct store_application *a = &view->application;

	if (!rights_allow(&view->rights, SEE_SALARY))
		forget(&a->salary_expectation);
	if (rights_allow(&view->rights, SEE_SCREENING))
		return;
	forget(&a->source);
	forget(&a->referrer);
	forget(&a->notice);
	forget(&a->languages);
	forget(&a->further);
}

static int load_person(struct application_view *view, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate candidate = { 0 };

	if (!rights_allow(&view->rights, SEE_NAME))
		return 0;
	if (store_candidate_get(&candidate, workspace->store, view->application.candidate, e) < 0 ||
		!(view->name = mem_copy(candidate.name, e)))
		return -1;
	if (candidate.email && !(view->email = mem_copy(candidate.email, e)))
		return -1;
	return 0;
}

static int load_whole(struct application_view *view, struct workspace *workspace, struct err *e)
{
	const struct store_application *a = &view->application;

	if (!rights_allow(&view->rights, SEE_SCREENING))
		return 0;
	if (store_step_list(&view->steps, workspace->store, a->candidate, a->position, e) < 0)
		return -1;
	return store_screening_list(&view->answers, workspace->store, a->position, a->candidate, e);
}

static int load_view(struct application_view *view, struct workspace *workspace, const char *actor,
	const struct store_application *row, bool whole, struct err *e)
{
	if (store_application_get(&view->application, workspace->store, row->candidate, row->position, e) < 0 ||
		application_rights(&view->rights, workspace, actor, row->candidate, row->position, e) < 0)
		return -1;
	hide(view);
	if (load_person(view, workspace, e) < 0)
		return -1;
	return whole ? load_whole(view, workspace, e) : 0;
}

/* --- all -------------------------------------------------------------------------------------------------------- */

/* As a telephone book has them: an umlaut stands with its letter, not behind Z. */
static int compare_names(const char *a, const char *b)
{
	AUTO_FREE char *plain_a = NULL;
	AUTO_FREE char *plain_b = NULL;
	int order = 0;

	if (match_normalise(a, &plain_a, NULL) == 0 && match_normalise(b, &plain_b, NULL) == 0)
		order = strcmp(plain_a, plain_b);
	return order ? order : strcmp(a, b);
}

/* By name where there is one; the rest, by pseudonym, behind. */
static int compare_views(const void *left, const void *right)
{
	const struct application_view *a = left, *b = right;

	if (a->name && b->name && strcmp(a->name, b->name) != 0)
		return compare_names(a->name, b->name);
	if (!a->name != !b->name)
		return a->name ? -1 : 1;
	return strcmp(a->application.candidate, b->application.candidate);
}

/* What was named must be there. */
static int check_named(struct workspace *workspace, const char *candidate, const char *position, const char *stage,
	struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate found = { 0 };
	AUTO_POSITION struct position *loaded = NULL;

	if (candidate && store_candidate_get(&found, workspace->store, candidate, e) < 0)
		return -1;
	if (position && workspace_position(&loaded, workspace, position, e) < 0)
		return -1;
	if (loaded && stage && !position_stage(loaded, stage))
		return err_set(e, ERR_NOT_FOUND, _("position %s has no stage %s"), position, stage);
	return 0;
}

int applications_look(struct application_views *out, struct workspace *workspace, const char *actor,
	const char *candidate, const char *position, const char *stage, struct err *e)
{
	AUTO_APPLICATION_VIEWS struct application_views views = { 0 };
	AUTO_STORE_APPLICATIONS struct store_applications rows = { 0 };

	if (workspace_may(workspace, actor, SEE_LISTS, e) < 0 || check_named(workspace, candidate, position, stage, e) < 0 ||
		store_application_list(&rows, workspace->store, candidate, position, e) < 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++) {
		struct application_view *view;

		if (stage && strcmp(rows.item[i].stage, stage) != 0)
			continue;
		view = mem_push(&views.item, views.count, sizeof(*view), e);
		if (!view)
			return -1;
		views.count++;
		if (load_view(view, workspace, actor, &rows.item[i], candidate != NULL, e) < 0)
			return -1;
	}
	if (views.count)
		qsort(views.item, views.count, sizeof(*views.item), compare_views);
	*out = views;
	views = (struct application_views){ 0 };
	return 0;
}

void application_views_done(struct application_views *views)
{
	for (size_t i = 0; i < views->count; i++)
		view_done(&views->item[i]);
	free(views->item);
	*views = (struct application_views){ 0 };
}

int application_session(struct application_session *out, struct workspace *workspace,
	const struct store_application *application, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions all = { 0 };
	struct application_session found = { 0 };

	if (store_session_list(&all, workspace->store, application->position, application->stage, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++) {
		if (all.item[i].state == SESSION_CANCELLED || strcmp(all.item[i].candidate, application->candidate) != 0)
			continue;
		snprintf(found.id, sizeof(found.id), "%s", all.item[i].id);
		found.state = all.item[i].state;
	}
	*out = found;
	return 0;
}

int application_position(char **position, struct workspace *workspace, const char *candidate, const char *named,
	struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate there = { 0 };
	AUTO_STORE_APPLICATIONS struct store_applications all = { 0 };

	if (store_candidate_get(&there, workspace->store, candidate, e) < 0 ||
		store_application_list(&all, workspace->store, candidate, named, e) < 0)
		return -1;
	if (all.count == 0)
		return err_set(e, ERR_NOT_FOUND, _("candidate %s doesn't apply for %s"), candidate,
			named ? named : _("any position"));
	if (all.count > 1)
		return err_set(e, ERR_USAGE, _("candidate %s applies for %zu positions: say which with --position"),
			candidate, all.count);
	*position = mem_copy(all.item[0].position, e);
	return *position ? 0 : -1;
}
