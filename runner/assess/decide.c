// SPDX-License-Identifier: MIT
/*
 * Deciding, and saying whom that passes over.
 */
#include "assess/decide.h"

#include "assess/applications_inside.h"
#include "assess/panel.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store_session.h"

#include <string.h>

enum end { END_STAGE, END_REJECT, END_HIRED };

/* What is found on the way. */
struct deciding {
	struct store_change change;
	struct store_application application;
	struct position *position;
	const struct stage *stage; /* that it is in */
	const struct stage *to;    /* END_STAGE */
	enum end end;
};

static void deciding_done(struct deciding *d)
{
	store_change_done(&d->change);
	store_application_done(&d->application);
	position_free(d->position);
}

/* --- may it be decided ------------------------------------------------------------------------------------------ */

static int check_decider(struct workspace *workspace, const char *actor, const char *reason, struct err *e)
{
	if (strchr(actor, ':'))
		return err_set(e, ERR_DENIED, _("a decision has a name: --as PERSON says who you are"));
	if (workspace_may(workspace, actor, DO_DECIDE, e) < 0)
		return -1;
	if (!reason || text_characters(reason) < DECIDE_MIN_REASON)
		return err_set(e, ERR_USAGE,
			_("a decision needs --reason of at least %d characters: somebody will ask for it, in half a year, too"),
			DECIDE_MIN_REASON);
	return workspace_check_reason(reason, e);
}

static size_t index_of(const struct position *position, const struct stage *stage)
{
	return (size_t)(stage - position->stages);
}

static int find_end(struct deciding *d, const char *to, struct err *e)
{
	d->end = strcmp(to, "reject") == 0 ? END_REJECT : strcmp(to, "hired") == 0 ? END_HIRED : END_STAGE;
	d->stage = position_stage(d->position, d->application.stage);
	if (!d->stage)
		return err_set(e, ERR_CONFLICT, _("position %s has no stage %s any more"), d->position->id,
			d->application.stage);
	if (d->end == END_HIRED && index_of(d->position, d->stage) + 1 != d->position->stage_count)
		return err_set(e, ERR_CONFLICT, _("%s is in stage %s: hired comes behind the last one, %s"),
			d->application.candidate, d->stage->id, d->position->stages[d->position->stage_count - 1].id);
	if (d->end != END_STAGE)
		return 0;
	d->to = position_stage(d->position, to);
	if (!d->to)
		return err_set(e, ERR_NOT_FOUND, _("position %s has no stage %s; besides there are reject and hired"),
			d->position->id, to);
	return index_of(d->position, d->to) > index_of(d->position, d->stage)
		? 0
		: err_set(e, ERR_CONFLICT, _("%s is in stage %s, and %s doesn't come behind it"), d->application.candidate,
			  d->stage->id, d->to->id);
}

/* No stage with cards of its own is passed over. */
static int check_way(const struct deciding *d, struct err *e)
{
	if (!d->to)
		return 0;
	for (size_t i = index_of(d->position, d->stage) + 1; i < index_of(d->position, d->to); i++)
		if (d->position->stages[i].due)
			return err_set(e, ERR_CONFLICT,
				ngettext("stage %s lies between, and %d card is due there: decide for %s first",
					"stage %s lies between, and %d cards are due there: decide for %s first",
					(unsigned long)d->position->stages[i].due),
				d->position->stages[i].id, d->position->stages[i].due, d->position->stages[i].id);
	return 0;
}

/* The session of the stage, and whether its cards are revealed. */
static int check_cards(const struct deciding *d, struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

	if (!d->stage->due)
		return d->end == END_HIRED
			? 0
			: err_set(e, ERR_CONFLICT,
				  _("in stage %s no cards are due: 'assay candidate move' and 'reject' serve there"), d->stage->id);
	if (store_session_list(&sessions, workspace->store, d->position->id, d->stage->id, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++) {
		const struct store_session *session = &sessions.item[i];
		struct access access;

		if (strcmp(session->candidate, d->application.candidate) != 0 || session->state == SESSION_CANCELLED)
			continue;
		if (session_access(&access, workspace, actor, session->id, e) < 0)
			return -1;
		return access.revealed
			? 0
			: err_set(e, ERR_CONFLICT,
				  _("the cards of session %s are not revealed: 'assay card reveal %s' comes before a decision"),
				  session->id, session->id);
	}
	return err_set(e, ERR_CONFLICT, _("%s had no session of stage %s: 'assay session plan %s' comes first"),
		d->application.candidate, d->stage->id, d->application.candidate);
}

/* --- whom it passes over ---------------------------------------------------------------------------------------- */

static const struct scorecard *card_of(const struct panel_comparison *comparison, const char *candidate)
{
	for (size_t i = 0; i < comparison->count; i++)
		if (strcmp(comparison->cards[i]->candidate, candidate) == 0)
			return comparison->cards[i];
	return NULL;
}

/* Whether the other one has come further than this stage. */
static bool is_ahead(const struct deciding *d, const struct store_application *other)
{
	const struct stage *stage = position_stage(d->position, other->stage);

	return other->state == APPLICATION_HIRED ||
		(other->state == APPLICATION_OPEN && stage && index_of(d->position, stage) > index_of(d->position, d->stage));
}

static int add_against(struct decided *out, const struct deciding *d, const struct scorecard *own,
	const struct scorecard *other, const struct store_application *application, struct err *e)
{
	bool waits = application->state == APPLICATION_OPEN && !is_ahead(d, application);

	if (d->end == END_REJECT && is_ahead(d, application) && other->mean < own->mean)
		return strings_take(&out->against, mem_format(e, _("%s went on with a mean of %.2f; %s has %.2f"), other->candidate,
							       other->mean, own->candidate, own->mean), e);
	if (d->end != END_REJECT && (waits || application->state == APPLICATION_REJECTED) && other->mean > own->mean)
		return strings_take(&out->against,
			mem_format(e, waits ? _("%s waits with a mean of %.2f; %s has %.2f")
					    : _("%s was rejected with a mean of %.2f; %s has %.2f"),
				other->candidate, other->mean, own->candidate, own->mean),
			e);
	return 0;
}

/* By means alone, which are no more than a hint. A comparison that can't be had says nothing. */
static int find_against(struct decided *out, const struct deciding *d, struct workspace *workspace, const char *actor,
	struct err *e)
{
	AUTO_PANEL_COMPARISON struct panel_comparison comparison = { 0 };
	const struct scorecard *own;
	struct err ignored = { 0 };

	if (panel_compare(&comparison, workspace, actor, d->position->id, d->stage->id, &ignored) < 0 ||
		!(own = card_of(&comparison, d->application.candidate)) || own->mean < 0)
		return 0;
	for (size_t i = 0; i < comparison.count; i++) {
		AUTO_STORE_APPLICATION struct store_application other = { 0 };

		if (comparison.cards[i] == own || comparison.cards[i]->mean < 0)
			continue;
		if (store_application_get(&other, workspace->store, comparison.cards[i]->candidate, d->position->id, e) < 0 ||
			add_against(out, d, own, comparison.cards[i], &other, e) < 0)
			return -1;
	}
	return 0;
}

/* --- deciding --------------------------------------------------------------------------------------------------- */

static int save(const struct deciding *d, struct workspace *workspace, const char *actor, const char *reason, struct err *e)
{
	const struct store_step step = {
		.candidate = d->application.candidate,
		.position = d->position->id,
		.stage = d->to ? d->to->id : d->stage->id,
		.state = d->end == END_REJECT ? APPLICATION_REJECTED : d->end == END_HIRED ? APPLICATION_HIRED : APPLICATION_OPEN,
		.reason = reason,
		.actor = actor,
		.at_ms = clock_now_ms(),
	};

	return application_save_step(workspace, actor, "candidate.decide", &step, e);
}

static int log_against(
	const struct decided *decided, struct workspace *workspace, const char *actor, const char *candidate, struct err *e)
{
	for (size_t i = 0; i < decided->against.count; i++)
		if (workspace_log(workspace, actor, "candidate.decide.against", candidate, decided->against.item[i], e) < 0)
			return -1;
	return 0;
}

int decide(struct decided *out, struct workspace *workspace, const char *actor, const struct decide_order *order,
	struct err *e)
{
	AUTO(deciding_done) struct deciding d = { 0 };
	AUTO_DECIDED struct decided decided = { 0 };
	AUTO_FREE char *position = NULL;

	if (check_decider(workspace, actor, order->reason, e) < 0 ||
		store_change_begin(&d.change, workspace->store, e) < 0 ||
		application_position(&position, workspace, order->candidate, order->position, e) < 0 ||
		application_load_open(&d.application, workspace, order->candidate, position, e) < 0 ||
		workspace_position(&d.position, workspace, position, e) < 0 || find_end(&d, order->to, e) < 0 ||
		check_way(&d, e) < 0 || check_cards(&d, workspace, actor, e) < 0 ||
		find_against(&decided, &d, workspace, actor, e) < 0 || save(&d, workspace, actor, order->reason, e) < 0 ||
		log_against(&decided, workspace, actor, order->candidate, e) < 0 || !(decided.stage = mem_copy(d.stage->id, e)) ||
		store_change_commit(&d.change, e) < 0)
		return -1;
	decided.position = take_ptr(&position);
	decided.goes_on = d.to;
	decided.sits = d.to && d.to->plan;
	*out = decided;
	decided = (struct decided){ 0 };
	return 0;
}

void decided_done(struct decided *decided)
{
	free(decided->position);
	free(decided->stage);
	strings_done(&decided->against);
	*decided = (struct decided){ 0 };
}
