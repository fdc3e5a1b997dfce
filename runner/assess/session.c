// SPDX-License-Identifier: MIT
/*
 * The clock of a session: start, from part to part, end. Each step first sees whether it can be done to its end, then
 * collects, then lays the next kit, and grades last, while the candidate works on.
 */
#include "assess/session.h"

#include "assess/kit.h"
#include "assess/session_access.h"
#include "assess/session_clock.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"

#include <limits.h>
#include <string.h>

/* --- reading ---------------------------------------------------------------------------------------------------- */

int session_lock(int *fd, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };

	/* Only sessions that there are get a lock file. */
	if (store_session_get(&session, workspace->store, id, e) < 0)
		return -1;
	return workspace_lock(fd, workspace, id, _("working on this session"), e);
}

int session_seat_of(bool *sits, bool *due, struct workspace *workspace, const char *session,
	const char *person, struct err *e)
{
	AUTO_STORE_SEATS struct store_seats seats = { 0 };

	if (store_seat_list(&seats, workspace->store, session, e) < 0)
		return -1;
	*sits = false;
	for (size_t i = 0; i < seats.count; i++) {
		if (strcmp(seats.item[i].person, person) != 0)
			continue;
		*sits = true;
		if (due)
			*due = seats.item[i].due;
	}
	return 0;
}

/* Whether a candidate works in a directory during this part. */
static bool has_kit(const struct store_part *part)
{
	static const enum part_kind kinds[] = { PART_CODING, PART_DESIGN, PART_REVIEW };

	for (size_t i = 0; part->task && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(part->kind, part_kind_name(kinds[i])) == 0)
			return true;
	return false;
}

int session_refuse(const struct store_session *session, struct err *e)
{
	const char *id = session->id;

	switch (session->state) {
	case SESSION_PLANNED:
		return err_set(e, ERR_CONFLICT, _("session %s has not started: 'assay session start %s' starts it"), id, id);
	case SESSION_RUNNING:
		return err_set(e, ERR_CONFLICT, _("session %s has started already: 'assay session status %s' tells where it stands"),
			id, id);
	case SESSION_ENDED:
		return err_set(e, ERR_CONFLICT, _("session %s is over: 'assay session status %s' tells what came of it"), id, id);
	case SESSION_CANCELLED:
		break;
	}
	return err_set(e, ERR_CONFLICT, _("session %s was cancelled: 'assay session plan %s' plans another one"), id,
		session->candidate);
}

/* A session that is being led on, locked. */
struct leading {
	struct store_session session;
	struct store_parts parts;
	struct store_part *running; /* NULL: none */
	struct store_part *next;    /* NULL: none */
	int lock, kit;              /* the running part's kit, open; -1: none */
};

#define LEADING_NONE { .lock = -1, .kit = -1 }

static void leading_done(struct leading *l)
{
	store_session_done(&l->session);
	store_parts_done(&l->parts);
	if (l->kit >= 0)
		close(l->kit);
	if (l->lock >= 0)
		close(l->lock);
}

#define AUTO_LEADING AUTO(leading_done)

static struct store_part *running_part(const struct store_parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		if (parts->item[i].started_ms && !parts->item[i].ended_ms)
			return &parts->item[i];
	return NULL;
}

/* The part in which whoever waits for the session means it to be; 0: in none. */
static int see_running(int64_t *number, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	const struct store_part *running;

	if (store_part_list(&parts, workspace->store, id, e) < 0)
		return -1;
	running = running_part(&parts);
	*number = running ? running->number : 0;
	return 0;
}

/* Two who say `next` at the same moment mean the same step. */
static int lead_check_moved(const struct leading *l, int64_t seen, struct err *e)
{
	const char *id = l->session.id;

	if ((l->running ? l->running->number : 0) == seen)
		return 0;
	return err_set(e, ERR_CONFLICT,
		_("somebody else took session %s on meanwhile: 'assay session status %s' tells where it stands"), id, id);
}

static int lead_open(struct leading *l, struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	int64_t seen;

	if (see_running(&seen, workspace, id, e) < 0 || session_lock(&l->lock, workspace, id, e) < 0 || session_may(workspace, actor, id, DO_LEAD, e) < 0 ||
		store_session_get(&l->session, workspace->store, id, e) < 0 ||
		store_part_list(&l->parts, workspace->store, id, e) < 0)
		return -1;
	l->running = running_part(&l->parts);
	for (size_t i = 0; i < l->parts.count && !l->next; i++)
		if (!l->parts.item[i].started_ms)
			l->next = &l->parts.item[i];
	return lead_check_moved(l, seen, e);
}

static int lead_check(const struct leading *l, enum session_state state, struct err *e)
{
	return l->session.state == state ? 0 : session_refuse(&l->session, e);
}

/* --- steps ------------------------------------------------------------------------------------------------------ */

/* In a change of the caller's. */
static int write_session(struct workspace *workspace, const struct store_session *session,
	const struct store_part *part, const char *actor, const char *action, struct err *e)
{
	if (store_session_move(workspace->store, session, e) < 0 ||
		(part && store_part_move(workspace->store, part, e) < 0))
		return -1;
	return workspace_log(workspace, actor, action, session->id, part ? part->kind : NULL, e);
}

static int save_session(struct workspace *workspace, const struct store_session *session,
	const struct store_part *part, const char *actor, const char *action, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };

	if (store_change_begin(&change, workspace->store, e) < 0 ||
		write_session(workspace, session, part, actor, action, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int session_start(
	struct workspace *workspace, const char *actor, const char *id, const char *acknowledged, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_LEADING struct leading l = LEADING_NONE;
	struct store_part *first = NULL;

	if (lead_open(&l, workspace, actor, id, e) < 0 || lead_check(&l, SESSION_PLANNED, e) < 0)
		return -1;
	l.session.state = SESSION_RUNNING;
	l.session.started_ms = clock_now_ms();
	if (l.next && !has_kit(l.next)) {
		first = l.next;
		first->started_ms = l.session.started_ms;
	}
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		write_session(workspace, &l.session, first, actor, "session.start", e) < 0 ||
		(acknowledged && session_acknowledge(workspace, actor, id, acknowledged, e) < 0))
		return -1;
	return store_change_commit(&change, e);
}

/* Before anything is made or changed: is the kit there, and is it the one? */
static int find_kit(struct session_step *step, struct leading *l, bool lost, struct err *e)
{
	struct err said = { 0 };

	if (lost && (!l->running || !l->running->kit))
		return err_set(e, ERR_CONFLICT, _("no part with a kit is running"));
	if (lost && kit_open_again(&l->kit, &step->kit_doubt, l->running->kit, l->session.id,
			    l->running->kind, &said) == 0)
		return err_set(e, ERR_CONFLICT, _("the kit of part %s is there: leave --without-kit away"),
			l->running->kind);
	if (lost)
		return 0;
	if (!l->running || !l->running->kit)
		return 0;
	return kit_open_again(
		&l->kit, &step->kit_doubt, l->running->kit, l->session.id, l->running->kind, e);
}

/* Ends the running part; what lies in its kit is handed in first. */
static int end_running(struct session_step *step, struct leading *l, struct workspace *workspace,
	const char *actor, struct err *e)
{
	if (!l->running)
		return 0;
	if (l->running->kit)
		return session_collect(step, workspace, actor, &l->session, l->running, l->kit, e);
	l->running->ended_ms = clock_now_ms();
	return save_session(workspace, &l->session, l->running, actor, "part.end", e);
}

/* A kit that is to be laid, with all that can go wrong before anything is changed behind it. */
struct laying {
	struct task *task;
	char *dir, *base, *head;
	struct session_pins pins;
	int fd;
};

static void laying_done(struct laying *laying)
{
	task_free(laying->task);
	free(laying->dir);
	free(laying->base);
	free(laying->head);
	session_pins_done(&laying->pins);
	if (laying->fd >= 0)
		close(laying->fd);
}

/* Where this session's kits were laid so far. */
static int list_kits(struct strings *out, const struct leading *l, struct err *e)
{
	for (size_t i = 0; i < l->parts.count; i++)
		if (l->parts.item[i].kit && strings_add(out, l->parts.item[i].kit, e) < 0)
			return -1;
	return 0;
}

static int prepare_kit(struct laying *laying, const struct leading *l, struct workspace *workspace,
	const char *dir, struct err *e)
{
	AUTO_STRINGS struct strings known = { 0 };

	if (!has_kit(l->next))
		return 0;
	if (!dir)
		return err_set(e, ERR_USAGE,
			_("part %s has a kit: say where it goes with --kit DIR"), l->next->kind);
	if (session_pins(&laying->pins, &l->session, e) < 0 ||
		session_load_task(&laying->task, workspace, &l->session, l->next->task, e) < 0)
		return -1;
	if (laying->task->kind == TASK_REVIEW &&
		session_change_dirs(
			&laying->base, &laying->head, workspace, &l->session, laying->task, e) < 0)
		return -1;
	if (list_kits(&known, l, e) < 0)
		return -1;
	return kit_open(&laying->fd, &laying->dir, dir, l->session.id, &known, e);
}

static int lay_kit(const struct laying *laying, const struct leading *l, struct err *e)
{
	const struct kit_order order = {
		.session = l->session.id,
		.part = l->next->kind,
		.number = l->next->number,
		.minutes = l->next->minutes,
		.task = laying->task,
		.base = laying->base,
		.head = laying->head,
		.commit = l->session.commit,
		.allow_sampled = laying->pins.allow_sampled,
	};

	if (laying->task && kit_lay(laying->fd, &order, e) < 0)
		return err_wrap(e, _("name another directory with --kit DIR"));
	return 0;
}

/* The running part, as whoever leads the session is told of it. */
static int tell_running(struct session_step *step, const struct leading *l, const struct store_part *part, struct err *e)
{
	AUTO_FREE char *kind = mem_copy(part->kind, e);
	AUTO_FREE char *task = part->task ? mem_copy(part->task, e) : NULL;
	AUTO_FREE char *where = part->kit ? mem_copy(part->kit, e) : NULL;

	if (!kind || (part->task && !task) || (part->kit && !where))
		return -1;
	step->entered = take_ptr(&kind);
	step->task = take_ptr(&task);
	step->kit = take_ptr(&where);
	step->minutes = part->minutes;
	step->last = part->number == l->parts.item[l->parts.count - 1].number;
	return 0;
}

static int enter(struct session_step *step, struct leading *l, const char *kit,
	struct workspace *workspace, const char *actor, struct err *e)
{
	struct store_part entered = *l->next;

	entered.started_ms = clock_now_ms();
	entered.kit = kit;
	if (save_session(workspace, &l->session, &entered, actor, "part.start", e) < 0)
		return -1;
	return tell_running(step, l, &entered, e);
}

/* Hands the step out. A failure behind a hand-in, or behind the entry into a part, doesn't hide that it stands. */
static int tell(struct session_step *step, struct session_step *made, struct err *e)
{
	if (made->failed.kind && !made->collected && !made->entered)
		return err_set(e, made->failed.kind, "%s", made->failed.text);
	*step = *made;
	*made = (struct session_step){ 0 };
	return 0;
}

/* The part was entered, and nobody was told: what is missing is to grade and to tell. */
static int next_again(struct session_step *step, struct session_step *made, struct leading *l, struct workspace *workspace,
	const char *actor, struct err *e)
{
	if (tell_running(made, l, l->running, e) < 0)
		return -1;
	session_grade_after(made, workspace, actor, &l->session, &made->failed);
	return tell(step, made, e);
}

static int step_next(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, const char *kit, bool lost, struct err *e)
{
	AUTO_LEADING struct leading l = LEADING_NONE;
	AUTO(laying_done) struct laying laying = { .fd = -1 };
	AUTO(session_step_untold) struct session_step made = { 0 };
	struct err grading = { 0 };

	if (lead_open(&l, workspace, actor, id, e) < 0 || lead_check(&l, SESSION_RUNNING, e) < 0 ||
		session_check_not_paused(workspace, id, e) < 0 ||
		(l.running && session_mark_find(&made.again, &made, workspace, id, l.running->number, e) < 0))
		return -1;
	if (made.again)
		return next_again(step, &made, &l, workspace, actor, e);
	if (!l.next)
		return err_set(e, ERR_CONFLICT,
			_("session %s is in its last part: 'assay session end %s' ends it"), id,
			id);
	if (find_kit(&made, &l, lost, e) < 0 || prepare_kit(&laying, &l, workspace, kit, e) < 0 ||
		session_mark(&made, workspace, id, l.next->number, e) < 0 || end_running(&made, &l, workspace, actor, e) < 0)
		return -1;
	if (lay_kit(&laying, &l, &made.failed) == 0)
		enter(&made, &l, laying.dir, workspace, actor, &made.failed);
	/* What was handed in is graded, even where the next part wasn't reached. */
	if (session_grade_after(&made, workspace, actor, &l.session, &grading) < 0 &&
		!made.failed.kind)
		made.failed = grading;
	return tell(step, &made, e);
}

int session_next(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, const char *kit, struct err *e)
{
	return step_next(step, workspace, actor, id, kit, false, e);
}

int session_next_without_kit(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, const char *kit, struct err *e)
{
	return step_next(step, workspace, actor, id, kit, true, e);
}

static int name_never_held(struct session_step *made, const struct leading *l, struct err *e)
{
	for (size_t i = 0; i < l->parts.count; i++)
		if (!l->parts.item[i].started_ms && strings_add(&made->never_held, l->parts.item[i].kind, e) < 0)
			return -1;
	return 0;
}

static int step_end(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, bool lost, struct err *e)
{
	AUTO_LEADING struct leading l = LEADING_NONE;
	AUTO(session_step_untold) struct session_step made = { .last = true };

	if (lead_open(&l, workspace, actor, id, e) < 0 ||
		(l.session.state == SESSION_ENDED &&
			session_mark_find(&made.again, &made, workspace, id, SESSION_MARK_END, e) < 0) ||
		name_never_held(&made, &l, e) < 0)
		return -1;
	if (made.again) {
		session_grade_after(&made, workspace, actor, &l.session, &made.failed);
		return tell(step, &made, e);
	}
	if (lead_check(&l, SESSION_RUNNING, e) < 0 || session_check_not_paused(workspace, id, e) < 0 ||
		find_kit(&made, &l, lost, e) < 0 || session_mark(&made, workspace, id, SESSION_MARK_END, e) < 0 ||
		end_running(&made, &l, workspace, actor, e) < 0)
		return -1;
	l.session.state = SESSION_ENDED;
	l.session.ended_ms = clock_now_ms();
	if (save_session(workspace, &l.session, NULL, actor, "session.end", &made.failed) == 0)
		session_grade_after(&made, workspace, actor, &l.session, &made.failed);
	return tell(step, &made, e);
}

int session_end(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, struct err *e)
{
	return step_end(step, workspace, actor, id, false, e);
}

int session_end_without_kit(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, struct err *e)
{
	return step_end(step, workspace, actor, id, true, e);
}

/* --- grading ---------------------------------------------------------------------------------------------------- */

static int grade_session(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, bool again, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };

	/* Whoever leads the session on needn't wait: a grade reads commits, and what it writes is a change of its own. */
	if (store_session_get(&session, workspace->store, id, e) < 0 || session_may(workspace, actor, id, DO_LEAD, e) < 0)
		return -1;
	return session_grade_due(step, workspace, actor, &session, again, workspace->wait_for_grades, e);
}

static int grade_all(struct session_step *step, struct workspace *workspace, const char *actor,
	bool again, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

	if (store_session_list(&sessions, workspace->store, NULL, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++) {
		struct err said = { 0 };

		/* Whoever works on it grades it; those of others are theirs. */
		if (grade_session(step, workspace, actor, sessions.item[i].id, again, &said) < 0 &&
			said.kind != ERR_CONFLICT && said.kind != ERR_DENIED)
			return err_set(e, said.kind, "%s", said.text);
	}
	return 0;
}

int session_grade(struct session_step *step, struct workspace *workspace, const char *actor,
	const char *id, bool again, struct err *e)
{
	AUTO_SESSION_STEP struct session_step made = { 0 };

	if ((id ? grade_session(&made, workspace, actor, id, again, e)
		: grade_all(&made, workspace, actor, again, e)) < 0)
		return -1;
	*step = made;
	made = (struct session_step){ 0 };
	return 0;
}

void session_step_untold(struct session_step *step)
{
	free(step->mark);
	step->mark = NULL;
	session_step_done(step);
}

void session_step_done(struct session_step *step)
{
	for (size_t i = 0; i < step->graded_count; i++) {
		free(step->graded[i].task);
		free(step->graded[i].reason);
		free(step->graded[i].problem);
	}
	free(step->graded);
	free(step->collected);
	free(step->commit);
	strings_done(&step->dropped);
	strings_done(&step->never_held);
	free(step->answer_problem);
	free(step->kit_doubt);
	free(step->entered);
	free(step->task);
	free(step->kit);
	session_mark_clear(step);
	*step = (struct session_step){ 0 };
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

int session_result(
	struct result **out, struct workspace *workspace, int64_t submission, struct err *e)
{
	AUTO_STORE_RESULT struct store_result row = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (store_result_get(&row, workspace->store, submission, e) < 0 ||
		json_doc_parse(&doc, "result", row.json, strlen(row.json), e) < 0)
		return -1;
	return result_parse(out, doc, e);
}

static int read_results(struct session_view *view, struct workspace *workspace, struct err *e)
{
	view->results = mem_new(view->submissions.count, sizeof(*view->results), e);
	if (!view->results)
		return -1;
	for (size_t i = 0; i < view->submissions.count; i++)
		if (view->submissions.item[i].grade == GRADE_DONE &&
			session_result(
				&view->results[i], workspace, view->submissions.item[i].id, e) < 0)
			return -1;
	return 0;
}

int session_view(
	struct session_view *out, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	if (store_session_get(&view.session, workspace->store, id, e) < 0 ||
		store_seat_list(&view.seats, workspace->store, id, e) < 0 ||
		store_part_list(&view.parts, workspace->store, id, e) < 0 ||
		store_submission_list(&view.submissions, workspace->store, id, e) < 0 ||
		read_results(&view, workspace, e) < 0)
		return -1;
	*out = view;
	view = (struct session_view){ 0 };
	return 0;
}

int session_look(struct session_view *out, struct workspace *workspace, const char *actor,
	const char *id, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	struct access access;
	/* Asked first: what is done by now is seen below, and nothing that was done meanwhile is called undone. */
	bool grading = session_is_graded_now(workspace, id);

	if (session_view(&view, workspace, id, e) < 0 ||
		session_access(&access, workspace, actor, id, e) < 0 ||
		access_check_standing(&access, actor, id, e) < 0)
		return -1;
	view.grading = grading;
	*out = view;
	view = (struct session_view){ 0 };
	return 0;
}

void session_view_done(struct session_view *view)
{
	for (size_t i = 0; view->results && i < view->submissions.count; i++)
		result_free(view->results[i]);
	free(view->results);
	store_session_done(&view->session);
	store_seats_done(&view->seats);
	store_parts_done(&view->parts);
	store_submissions_done(&view->submissions);
	*view = (struct session_view){ 0 };
}

const char *session_state_title(enum session_state state)
{
	static const char *const titles[] = { N_("planned"), N_("running"), N_("ended"), N_("cancelled") };

	return _(titles[state]);
}
