// SPDX-License-Identifier: MIT
/*
 * Marking. Every step reads the card, changes it and saves it in one change of the database, so that two programs of
 * one person never lose each other's marks.
 */
#include "assess/marking_inside.h"
#include "assess/panel.h"
#include "assess/review_round.h"
#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "score/card_form.h"
#include "base/text.h"
#include "store/store_card.h"

#include <fcntl.h>
#include <string.h>

/* --- one's own card --------------------------------------------------------------------------------------------- */

int marking_parse(struct card **out, const struct store_card *row, struct err *e)
{
	static const enum card_state states[] = {
		[STORE_CARD_DRAFT] = CARD_DRAFT,
		[STORE_CARD_SEALED] = CARD_SEALED,
		[STORE_CARD_REVEALED] = CARD_REVEALED,
	};
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_parse(&doc, "card", row->json, strlen(row->json), e) < 0 ||
		card_parse(out, doc, e) < 0)
		return -1;
	(*out)->state = states[row->state];
	(*out)->sealed_ms = row->sealed_ms;
	return 0;
}

void marking_done(struct marking *m)
{
	store_change_done(&m->change);
	store_session_done(&m->session);
	rubric_free(m->rubric);
	card_free(m->card);
	free(m->before);
	free(m->was);
}

#define AUTO_MARKING AUTO(marking_done)

static int find_card(
	struct marking *m, struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_STORE_CARD struct store_card row = { 0 };
	struct err said = { 0 };

	if (store_card_get(&row, workspace->store, m->session.id, actor, &said) == 0) {
		m->saved_ms = row.saved_ms;
		return marking_parse(&m->card, &row, e) < 0 ? -1 : marking_render(&m->was, m->card, e);
	}
	if (said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	return card_new(&m->card, m->rubric, actor, e);
}

static int remember_marks(struct marking *m, struct err *e)
{
	m->before = mem_new(m->card->mark_count + 1, sizeof(*m->before), e);
	if (!m->before)
		return -1;
	for (size_t i = 0; i < m->card->mark_count; i++)
		m->before[i] = m->card->marks[i].set ? m->card->marks[i].mark : MARK_NOT_OBSERVED;
	return 0;
}

int marking_begin(struct marking *m, struct workspace *workspace, const char *actor,
	const char *session, struct err *e)
{
	struct access access;

	if (store_change_begin(&m->change, workspace->store, e) < 0 ||
		store_session_get(&m->session, workspace->store, session, e) < 0 ||
		session_access(&access, workspace, actor, session, e) < 0)
		return -1;
	if (!rights_allow(&access.rights, DO_MARK))
		return err_set(e, ERR_DENIED,
			_("%s doesn't interview in session %s: --as PERSON says who you are"),
			actor, session);
	if (!m->session.started_ms)
		return session_refuse(&m->session, e);
	if (session_load_rubric(&m->rubric, workspace, &m->session, e) < 0)
		return -1;
	return find_card(m, workspace, actor, e) < 0 ? -1 : remember_marks(m, e);
}

int marking_render(char **out, const struct card *card, struct err *e)
{
	AUTO_JSON struct json *json = card_json(card);

	return json_render(json, JSON_STYLE_COMPACT, out, e);
}

int marking_has_changed(bool *changed, const struct marking *m, struct err *e)
{
	AUTO_FREE char *json = NULL;

	if (marking_render(&json, m->card, e) < 0)
		return -1;
	*changed = !m->was || strcmp(m->was, json) != 0;
	return 0;
}

static const char shown_action[] = "card.suggestion", changed_action[] = "card.changed_after_suggestion";

static int was_shown(bool *shown, struct workspace *workspace, const char *actor, const char *session, const char *criterion,
	struct err *e)
{
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	if (store_event_list(&events, workspace->store, session, e) < 0)
		return -1;
	*shown = false;
	for (size_t i = 0; i < events.count; i++)
		if (strcmp(events.item[i].action, shown_action) == 0 && strcmp(events.item[i].actor, actor) == 0 &&
			events.item[i].detail && strcmp(events.item[i].detail, criterion) == 0)
			*shown = true;
	return 0;
}

/* Marks that were changed after their suggestion had been shown. */
int marking_log_changes(const struct marking *m, struct workspace *workspace, const char *actor, struct err *e)
{
	for (size_t i = 0; i < m->card->mark_count; i++) {
		const struct card_mark *mark = &m->card->marks[i];
		AUTO_FREE char *detail = NULL;
		bool shown;

		if (m->before[i] == MARK_NOT_OBSERVED || mark->mark == m->before[i])
			continue;
		if (was_shown(&shown, workspace, actor, m->session.id, mark->criterion, e) < 0)
			return -1;
		if (shown && (!(detail = mem_format(e, "%s %d %d", mark->criterion, m->before[i], mark->mark)) ||
				     workspace_log(workspace, actor, changed_action, m->session.id, detail, e) < 0))
			return -1;
	}
	return 0;
}

static int marking_save(struct marking *m, struct workspace *workspace, const char *actor,
	const char *detail, struct err *e)
{
	AUTO_FREE char *json = NULL;
	int64_t now_ms = clock_now_ms();
	/* A form knows by this time that it is older, whatever the clock does. */
	struct store_card row = { .session = m->session.id, .interviewer = actor,
		.saved_ms = now_ms > m->saved_ms ? now_ms : m->saved_ms + 1 };
	bool changed;

	if (marking_has_changed(&changed, m, e) < 0 || marking_render(&json, m->card, e) < 0)
		return -1;
	if (!changed)
		return 0;
	row.json = json;
	if (store_card_save(workspace->store, &row, e) < 0 ||
		workspace_log(workspace, actor, "card.mark", m->session.id, detail, e) < 0 ||
		marking_log_changes(m, workspace, actor, e) < 0)
		return -1;
	return store_change_commit(&m->change, e);
}

int marking_mark(struct workspace *workspace, const char *actor, const char *session,
	const char *criterion, int mark, const char *evidence, struct err *e)
{
	AUTO_MARKING struct marking m = { 0 };

	if (marking_begin(&m, workspace, actor, session, e) < 0)
		return -1;
	if (m.card->state == CARD_REVEALED)
		return err_set(e, ERR_CONFLICT,
			_("the card of %s for %s is revealed: a change is a second entry now, and needs --reason"), actor, session);
	if (card_set(m.card, criterion, mark, evidence, e) < 0)
		return -1;
	return marking_save(&m, workspace, actor, criterion, e);
}

int marking_take_file(struct workspace *workspace, const char *actor, const char *session,
	const char *file, struct err *e)
{
	AUTO_MARKING struct marking m = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_load(&doc, AT_FDCWD, file, file, e) < 0 ||
		marking_begin(&m, workspace, actor, session, e) < 0 ||
		card_take_file(m.card, m.rubric, doc, e) < 0)
		return -1;
	return marking_save(&m, workspace, actor, NULL, e);
}

int marking_form(char **out, struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	AUTO_MARKING struct marking m = { 0 };
	AUTO_SCORECARD struct scorecard *known = NULL;
	AUTO_FREE char *heading = NULL;
	struct card_form form = { 0 };

	if (panel_scorecard(&known, workspace, actor, session, e) < 0 || marking_begin(&m, workspace, actor, session, e) < 0)
		return -1;
	heading = mem_format(e, _("Card of %s for session %s: %s, %s"), actor, session, m.session.candidate, m.session.position);
	if (!heading)
		return -1;
	form = (struct card_form){ m.card, m.rubric, heading, known, m.saved_ms };
	return card_form_render(out, &form, i18n_language(), e);
}

/* --- suggestions ------------------------------------------------------------------------------------------------ */

static int add_suggestion(struct marking_suggestions *out, const struct card_mark *mark, int suggested, struct err *e)
{
	struct marking_suggestion *added = mem_push(&out->item, out->count, sizeof(*added), e);

	if (!added)
		return -1;
	out->count++;
	*added = (struct marking_suggestion){ mem_copy(mark->criterion, e), mark->mark, suggested };
	return added->criterion ? 0 : -1;
}

int marking_suggest(struct marking_suggestions *out, struct workspace *workspace, const char *actor, const char *session,
	struct err *e)
{
	AUTO_SCORECARD struct scorecard *known = NULL;
	AUTO_MARKING_SUGGESTIONS struct marking_suggestions list = { 0 };
	AUTO_MARKING struct marking m = { 0 };

	if (panel_scorecard(&known, workspace, actor, session, e) < 0 || marking_begin(&m, workspace, actor, session, e) < 0)
		return -1;
	for (size_t i = 0; i < known->criterion_count; i++) {
		const struct card_mark *mark = card_mark_of(m.card, known->criteria[i].id);
		bool shown;

		if (!mark || !mark->set || mark->mark == MARK_NOT_OBSERVED || !known->criteria[i].suggested)
			continue;
		if (add_suggestion(&list, mark, known->criteria[i].suggested, e) < 0 ||
			was_shown(&shown, workspace, actor, session, mark->criterion, e) < 0 ||
			(!shown && workspace_log(workspace, actor, shown_action, session, mark->criterion, e) < 0))
			return -1;
	}
	if (store_change_commit(&m.change, e) < 0)
		return -1;
	*out = list;
	list = (struct marking_suggestions){ 0 };
	return 0;
}

void marking_suggestions_done(struct marking_suggestions *suggestions)
{
	for (size_t i = 0; i < suggestions->count; i++)
		free(suggestions->item[i].criterion);
	free(suggestions->item);
	*suggestions = (struct marking_suggestions){ 0 };
}

/* --- sealing ---------------------------------------------------------------------------------------------------- */

/* Marks rest on the evidence: the session is over and its matches are confirmed, if there is anything to confirm. */
static int check_order(
	struct workspace *workspace, const struct store_session *session, struct err *e)
{
	AUTO_REVIEW_VIEW struct review_view review = { 0 };
	bool found = false;

	if (session->state != SESSION_ENDED)
		return err_set(e, ERR_CONFLICT,
			_("session %s has not ended: 'assay session end %s' ends it"), session->id,
			session->id);
	if (review_view_load(&review, &found, workspace, session, e) < 0)
		return -1;
	if (found && review.comments.count > 0 && !review.confirmed)
		return err_set(e, ERR_CONFLICT,
			_("the matches of session %s are not confirmed: 'assay review confirm %s' "
			  "comes before sealing"),
			session->id, session->id);
	return 0;
}

/* Ends the change. */
static int seal(struct marking *m, struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_FREE char *json = NULL;
	int64_t now_ms = clock_now_ms();
	struct store_card row = {
		.session = m->session.id, .interviewer = actor, .saved_ms = now_ms, .sealed_ms = now_ms
	};

	if (m->card->state != CARD_DRAFT)
		return err_set(e, ERR_CONFLICT, _("the card of %s for %s is sealed already"), actor, m->session.id);
	if (check_order(workspace, &m->session, e) < 0 || card_check_complete(m->card, m->rubric, e) < 0)
		return -1;
	m->card->state = CARD_SEALED;
	m->card->sealed_ms = now_ms;
	if (marking_render(&json, m->card, e) < 0)
		return -1;
	row.json = json;
	if (store_card_seal(workspace->store, &row, e) < 0 ||
		workspace_log(workspace, actor, "card.seal", m->session.id, NULL, e) < 0)
		return -1;
	return store_change_commit(&m->change, e);
}

int marking_seal(struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	AUTO_MARKING struct marking m = { 0 };

	return marking_begin(&m, workspace, actor, session, e) < 0 ? -1 : seal(&m, workspace, actor, e);
}

int marking_take_form(struct workspace *workspace, const char *actor, const char *session, const char *name,
	const char *bytes, size_t size, bool to_seal, struct err *e)
{
	AUTO_MARKING struct marking m = { 0 };
	long long saved_ms = 0;
	bool changed;

	if (marking_begin(&m, workspace, actor, session, e) < 0 ||
		card_form_take(m.card, &saved_ms, m.rubric, name, bytes, size, e) < 0 || marking_has_changed(&changed, &m, e) < 0)
		return -1;
	if (saved_ms != m.saved_ms && changed)
		return err_set(e, ERR_CONFLICT,
			_("%s: the card was changed since this form was made: 'assay card form %s' makes a new one to copy into, "
			  "'assay card edit %s --fresh' begins anew from the card"), name,
			session, session);
	return to_seal ? seal(&m, workspace, actor, e) : marking_save(&m, workspace, actor, "form", e);
}

/* --- revealing -------------------------------------------------------------------------------------------------- */

int marking_due(struct strings *missing, int *due, int *sealed, struct workspace *workspace,
	const char *session, struct err *e)
{
	AUTO_STORE_SEATS struct store_seats seats = { 0 };
	AUTO_STORE_CARDS struct store_cards cards = { 0 };

	if (store_seat_list(&seats, workspace->store, session, e) < 0 ||
		store_card_list(&cards, workspace->store, session, e) < 0)
		return -1;
	*due = *sealed = 0;
	for (size_t i = 0; i < seats.count; i++) {
		bool is_sealed = false;

		if (!seats.item[i].due)
			continue;
		for (size_t k = 0; k < cards.count; k++)
			if (strcmp(cards.item[k].interviewer, seats.item[i].person) == 0)
				is_sealed = cards.item[k].state != STORE_CARD_DRAFT;
		*due += 1;
		*sealed += is_sealed;
		if (!is_sealed && strings_add(missing, seats.item[i].person, e) < 0)
			return -1;
	}
	return 0;
}

static int join(char **out, const struct strings *list, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < list->count; i++)
		text_addf(&t, "%s%s", i ? ", " : "", list->item[i]);
	return text_take(&t, out, e);
}

int marking_reveal(
	struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session found = { 0 };
	AUTO_STRINGS struct strings missing = { 0 };
	AUTO_FREE char *names = NULL;
	struct access access;
	int due, sealed;

	if (store_change_begin(&change, workspace->store, e) < 0 ||
		store_session_get(&found, workspace->store, session, e) < 0 ||
		session_access(&access, workspace, actor, session, e) < 0 ||
		marking_due(&missing, &due, &sealed, workspace, session, e) < 0 ||
		join(&names, &missing, e) < 0)
		return -1;
	if (!rights_allow(&access.rights, DO_REVEAL))
		return err_set(e, ERR_DENIED,
			_("%s neither interviews in session %s nor is lead or panel: --as PERSON "
			  "says who you are"),
			actor, session);
	if (access.revealed)
		return err_set(e, ERR_CONFLICT, _("the cards of session %s are revealed already"),
			session);
	if (missing.count > 0)
		return err_set(e, ERR_CONFLICT,
			_("%d of %d cards of session %s are sealed; still due: %s"), sealed, due,
			session, names);
	if (store_card_reveal(workspace->store, session, e) < 0 ||
		workspace_log(workspace, actor, "card.reveal", session, NULL, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static int name_of(char **out, struct workspace *workspace, const char *person, struct err *e)
{
	AUTO_STORE_PERSON struct store_person row = { 0 };

	if (store_person_get(&row, workspace->store, person, e) < 0)
		return -1;
	*out = mem_copy(row.name, e);
	return *out ? 0 : -1;
}

static int add_card(struct marking_view *view, struct workspace *workspace,
	const struct store_card *row, struct err *e)
{
	struct card **card = mem_push(&view->cards, view->count, sizeof(*card), e);
	char **name = card ? mem_push(&view->names, view->count, sizeof(*name), e) : NULL;
	struct card_changes *changes = name ? mem_push(&view->changes, view->count, sizeof(*changes), e) : NULL;

	if (!changes)
		return -1;
	view->count++;
	return marking_parse(card, row, e) < 0 || name_of(name, workspace, row->interviewer, e) < 0 ||
			       marking_changes(changes, workspace, row->session, row->interviewer, e) < 0
		? -1
		: 0;
}

/* Every card that the actor may see and asked for. */
static int add_cards(struct marking_view *view, struct workspace *workspace,
	const struct access *access, const char *actor, const char *session,
	const char *interviewer, struct err *e)
{
	AUTO_STORE_CARDS struct store_cards cards = { 0 };

	if (store_card_list(&cards, workspace->store, session, e) < 0)
		return -1;
	for (size_t i = 0; i < cards.count; i++) {
		const struct store_card *row = &cards.item[i];
		bool own = strcmp(row->interviewer, actor) == 0;

		if (interviewer && strcmp(row->interviewer, interviewer) != 0)
			continue;
		if (!own && (!access->revealed || row->state != STORE_CARD_REVEALED))
			continue;
		if (add_card(view, workspace, row, e) < 0)
			return -1;
	}
	return 0;
}

int marking_revealed(
	struct marking_view *out, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	const struct access everything = { .revealed = true };

	if (add_cards(&view, workspace, &everything, "", session, NULL, e) < 0)
		return -1;
	*out = view;
	view = (struct marking_view){ 0 };
	return 0;
}

static int check_may_look(const struct access *access, const char *actor, const char *session,
	const char *interviewer, struct err *e)
{
	bool own = access->sits && (!interviewer || strcmp(interviewer, actor) == 0);

	if (own || rights_allow(&access->rights, SEE_MARKS))
		return 0;
	if (!access->sits && !access->lead && !access->panel)
		return err_set(e, ERR_DENIED,
			_("%s neither interviews in session %s nor is lead or panel: --as PERSON "
			  "says who you are"),
			actor, session);
	return err_set(e, ERR_DENIED,
		_("the cards of session %s are not revealed: until then everybody sees only their "
		  "own"),
		session);
}

int marking_view(struct marking_view *out, struct workspace *workspace, const char *actor,
	const char *session_id, const char *interviewer, struct err *e)
{
	AUTO_MARKING_VIEW struct marking_view view = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	struct access access;
	int due, sealed;

	if (store_session_get(&session, workspace->store, session_id, e) < 0 ||
		session_access(&access, workspace, actor, session_id, e) < 0 ||
		check_may_look(&access, actor, session_id, interviewer, e) < 0 ||
		session_load_rubric(&view.rubric, workspace, &session, e) < 0 ||
		add_cards(&view, workspace, &access, actor, session_id, interviewer, e) < 0 ||
		marking_due(&view.due, &due, &sealed, workspace, session_id, e) < 0)
		return -1;
	if (interviewer && view.count == 0)
		return err_set(e, ERR_NOT_FOUND, _("%s has no card for session %s"), interviewer,
			session_id);
	*out = view;
	view = (struct marking_view){ 0 };
	return 0;
}

void marking_view_done(struct marking_view *view)
{
	for (size_t i = 0; i < view->count; i++) {
		card_free(view->cards[i]);
		free(view->names[i]);
		card_changes_done(&view->changes[i]);
	}
	free(view->changes);
	free(view->cards);
	free(view->names);
	strings_done(&view->due);
	rubric_free(view->rubric);
	*view = (struct marking_view){ 0 };
}
