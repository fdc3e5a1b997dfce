// SPDX-License-Identifier: MIT
/*
 * Planning: everything that a session depends on is found, checked and pinned before the session exists.
 */
#include "assess/change.h"
#include "assess/session_access.h"
#include "assess/session_date.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"
#include "task/resolve.h"

#include <fcntl.h>
#include <string.h>

/* What is found on the way. */
struct planning {
	struct store_application application;
	struct store_position stored;
	struct store_repo repo;
	struct position *position;
	const struct stage *stage;
	const struct strings *people; /* whose cards are due: those that were named, else the stage's */
	struct plan *plan;
	char *dir; /* the repository's content at its pin */
	struct resolved resolved;
	struct session_pins pins;
	char *pins_json;
};

static void planning_done(struct planning *p)
{
	store_application_done(&p->application);
	store_position_done(&p->stored);
	store_repo_done(&p->repo);
	position_free(p->position);
	plan_free(p->plan);
	free(p->dir);
	resolved_done(&p->resolved);
	session_pins_done(&p->pins);
	free(p->pins_json);
}

/* --- who and what ----------------------------------------------------------------------------------------------- */

static int find_application(struct planning *p, struct workspace *workspace,
	const struct session_order *order, struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate candidate = { 0 };
	AUTO_STORE_APPLICATIONS struct store_applications all = { 0 };

	if (store_candidate_get(&candidate, workspace->store, order->candidate, e) < 0 ||
		store_application_list(
			&all, workspace->store, order->candidate, order->position, e) < 0)
		return -1;
	if (all.count == 0)
		return err_set(e, ERR_NOT_FOUND, _("candidate %s doesn't apply for %s"),
			order->candidate, order->position ? order->position : _("any position"));
	if (all.count > 1)
		return err_set(e, ERR_USAGE,
			_("candidate %s applies for %zu positions: say which with --position"),
			order->candidate, all.count);
	if (all.item[0].state != APPLICATION_OPEN)
		return err_set(e, ERR_CONFLICT, _("the application of %s is closed: %s"),
			order->candidate, application_state_title(all.item[0].state));
	return store_application_get(
		&p->application, workspace->store, order->candidate, all.item[0].position, e);
}

/* The stage that is named, else the one the application is at if it has a plan, else the only one with a plan, else the
 * next one that has. */
static int find_stage(struct planning *p, const char *named, struct err *e)
{
	const struct stage *current = position_stage(p->position, p->application.stage);
	const struct stage *with_plan = NULL, *next = NULL;
	size_t count = 0;

	for (size_t i = 0; i < p->position->stage_count; i++) {
		const struct stage *stage = &p->position->stages[i];

		if (!stage->plan)
			continue;
		with_plan = stage;
		next = !next && current && stage > current ? stage : next;
		count++;
	}
	if (named)
		p->stage = position_stage(p->position, named);
	else
		p->stage = current && current->plan ? current : count == 1 ? with_plan : next;
	if (!p->stage && named)
		return err_set(
			e, ERR_NOT_FOUND, _("position %s has no stage %s"), p->position->id, named);
	if (!p->stage)
		return err_set(e, ERR_USAGE,
			_("%zu stages of position %s have a plan: say which with --stage"), count,
			p->position->id);
	return 0;
}

static int find_plan(struct planning *p, struct workspace *workspace,
	const struct session_order *order, struct err *e)
{
	const char *id = order->plan ? order->plan : p->stage->plan;
	AUTO_FREE char *repo = NULL;

	if (!id)
		return err_set(e, ERR_USAGE, _("stage %s has no plan: say which with --plan"),
			p->stage->id);
	if (workspace_plan(&p->plan, &repo, workspace, order->repo, id, e) < 0 ||
		store_repo_get(&p->repo, workspace->store, repo, e) < 0 ||
		workspace_checkout(&p->dir, workspace, repo, p->repo.commit, e) < 0)
		return -1;
	return resolved_load(&p->resolved, p->plan, p->dir, e);
}

static int find_people(struct planning *p, const struct strings *named, struct err *e)
{
	p->people = named->count ? named : &p->stage->people;
	if (p->people->count == 0)
		return err_set(e, ERR_USAGE, _("a session needs --interviewer PERSON, once for each card that is due"));
	return 0;
}

static int check_interviewers(const struct planning *p, struct workspace *workspace,
	const struct strings *persons, struct err *e)
{
	int needed = p->stage->due > 0 ? p->stage->due : 1;

	for (size_t i = 0; i < persons->count; i++) {
		bool may = false;

		if (workspace_has_role(&may, workspace, persons->item[i], "interviewer lead", e) <
			0)
			return -1;
		if (!may)
			return err_set(e, ERR_DENIED, _("%s is neither interviewer nor lead"),
				persons->item[i]);
		if (strings_find(persons, persons->item[i]) != (long)i)
			return err_set(e, ERR_USAGE, _("%s is named twice"), persons->item[i]);
	}
	if ((int)persons->count < needed)
		return err_set(e, ERR_CONFLICT,
			ngettext("stage %s wants %d card: name as many interviewers, not %zu",
				"stage %s wants %d cards: name as many interviewers, not %zu", (unsigned long)needed),
			p->stage->id, needed, persons->count);
	return 0;
}

static int check_first(const struct planning *p, struct workspace *workspace, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

	if (store_session_list(&sessions, workspace->store, p->position->id, p->stage->id, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++)
		if (sessions.item[i].state != SESSION_CANCELLED &&
			strcmp(sessions.item[i].candidate, p->application.candidate) == 0)
			return err_set(e, ERR_CONFLICT,
				_("candidate %s has a session of stage %s already: %s"),
				p->application.candidate, p->stage->id, sessions.item[i].id);
	return 0;
}

/* --- pins ------------------------------------------------------------------------------------------------------- */

/* A ref such as refs/pull/7/head moves: what it means now is what the session sees. */
static int pin_change(struct session_pin_task *pin, struct workspace *workspace, const char *repo,
	const struct task *task, struct err *e)
{
	AUTO_FREE char *git = NULL;
	char base[REPO_COMMIT], head[REPO_COMMIT];

	if (!task->change.base || !task->change.head)
		return 0;
	git = workspace_path(workspace, e, "repos/%s.git", repo);
	if (!git || repo_resolve(git, task->change.base, base, e) < 0 ||
		repo_resolve(git, task->change.head, head, e) < 0)
		return -1;
	if (change_check_commit(git, base, e) < 0 || change_check_commit(git, head, e) < 0)
		return err_wrap(e, _("task %s"), task->id);
	pin->base = mem_copy(base, e);
	pin->head = mem_copy(head, e);
	return pin->base && pin->head ? 0 : -1;
}

static int pin_task(
	struct planning *p, struct workspace *workspace, const struct task *task, struct err *e)
{
	struct session_pin_task *pin =
		mem_push(&p->pins.tasks, p->pins.task_count, sizeof(*pin), e);
	size_t skip = strlen(p->dir);
	char digest[DIGEST_HEX];

	if (!pin)
		return -1;
	p->pins.task_count++;
	if (digest_of_tree(AT_FDCWD, task->dir, digest, e) < 0)
		return -1;
	pin->task = mem_copy(task->id, e);
	pin->path = mem_copy(task->dir[skip] == '/' ? task->dir + skip + 1 : task->dir + skip, e);
	pin->digest = mem_copy(digest, e);
	if (!pin->task || !pin->path || !pin->digest)
		return -1;
	return pin_change(pin, workspace, p->repo.name, task, e);
}

static int fix_pins(struct planning *p, struct workspace *workspace, struct err *e)
{
	char digest[65];

	if (session_digest_plan(digest, p->dir, p->plan->id, e) < 0)
		return -1;
	p->pins.plan_digest = mem_copy(digest, e);
	p->pins.position_digest = mem_copy(p->stored.digest, e);
	p->pins.rubric = mem_copy(p->resolved.rubric->id, e);
	p->pins.rubric_digest = mem_copy(p->resolved.rubric->digest, e);
	p->pins.rubric_version = p->resolved.rubric->version;
	p->pins.allow_sampled = workspace->allow_sampled;
	if (!p->pins.plan_digest || !p->pins.position_digest || !p->pins.rubric ||
		!p->pins.rubric_digest)
		return -1;
	for (size_t i = 0; i < p->resolved.task_count; i++)
		if (p->resolved.tasks[i] && pin_task(p, workspace, p->resolved.tasks[i], e) < 0)
			return -1;
	return session_pins_render(&p->pins, &p->pins_json, e);
}

/* --- saving ----------------------------------------------------------------------------------------------------- */

static int add_session(char id[ID_PSEUDONYM], struct workspace *workspace,
	struct store_session *session, struct err *e)
{
	for (int i = 0; i < 100; i++) {
		struct err said = { 0 };

		id_session(id);
		session->id = id;
		if (store_session_add(workspace->store, session, &said) == 0)
			return 0;
		if (said.kind != ERR_CONFLICT)
			return err_set(e, said.kind, "%s", said.text);
	}
	return err_set(e, ERR_LIMIT, _("too many sessions: no id is free"));
}

static int add_parts(
	struct workspace *workspace, const char *id, const struct plan *plan, struct err *e)
{
	for (size_t i = 0; i < plan->part_count; i++) {
		const struct store_part part = {
			.session = id,
			.number = (int64_t)i + 1,
			.kind = part_kind_name(plan->parts[i].part),
			.task = plan->parts[i].task,
			.minutes = plan->parts[i].minutes,
		};

		if (store_part_add(workspace->store, &part, e) < 0)
			return -1;
	}
	return 0;
}

static int add_seats(
	struct workspace *workspace, const char *id, const struct strings *persons, struct err *e)
{
	for (size_t i = 0; i < persons->count; i++) {
		const struct store_seat seat = {
			.session = id, .person = persons->item[i], .due = true
		};

		if (store_seat_add(workspace->store, &seat, e) < 0)
			return -1;
	}
	return 0;
}

static int save(char id[ID_PSEUDONYM], const struct planning *p, struct workspace *workspace,
	const char *actor, const struct session_order *order, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	char given[ID_PSEUDONYM];
	struct store_session session = {
		.candidate = p->application.candidate,
		.position = p->position->id,
		.stage = p->stage->id,
		.plan = p->plan->id,
		.repo = p->repo.name,
		.commit = p->repo.commit,
		.pins = p->pins_json,
		.planned_ms = clock_now_ms(),
		.at_ms = order->at_ms,
	};

	const struct session_slot slot = { order->at_ms,
		order->minutes ? order->minutes : p->plan->slot_minutes, order->place };

	/* Asked again in here, where nobody else can plan in between. */
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		check_first(p, workspace, e) < 0 || session_slot_check(&slot, e) < 0 ||
		session_slot_is_free(workspace, NULL, p->application.candidate, p->people, &slot,
			e) < 0 ||
		add_session(given, workspace, &session, e) < 0 ||
		add_parts(workspace, given, p->plan, e) < 0 ||
		add_seats(workspace, given, p->people, e) < 0 ||
		session_slot_say(workspace, actor, given, &slot, 1, false, NULL, e) < 0 ||
		workspace_log(
			workspace, actor, "session.plan", given, p->application.candidate, e) < 0 ||
		store_change_commit(&change, e) < 0)
		return -1;
	memcpy(id, given, ID_PSEUDONYM);
	return 0;
}

int session_plan(char id[ID_PSEUDONYM], struct workspace *workspace, const char *actor,
	const struct session_order *order, struct err *e)
{
	AUTO(planning_done) struct planning p = { 0 };

	if (workspace_may(workspace, actor, DO_PLAN, e) < 0 || find_application(&p, workspace, order, e) < 0 ||
		store_position_get(&p.stored, workspace->store, p.application.position, e) < 0 ||
		workspace_position(&p.position, workspace, p.application.position, e) < 0 ||
		find_stage(&p, order->stage, e) < 0 || check_first(&p, workspace, e) < 0 ||
		find_people(&p, order->interviewers, e) < 0 ||
		check_interviewers(&p, workspace, p.people, e) < 0 ||
		find_plan(&p, workspace, order, e) < 0 || fix_pins(&p, workspace, e) < 0)
		return -1;
	return save(id, &p, workspace, actor, order, e);
}
