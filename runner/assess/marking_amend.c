// SPDX-License-Identifier: MIT
/*
 * Second entries: what somebody changes on the own card once everybody has seen it. The first entry stays, the change is
 * dated and has a reason, and both are shown wherever the mark is.
 *
 * Behind the decision nothing is changed any more. Somebody will ask what it rested on, and that must be what whoever
 * decided had before them; a mark that came later would explain a decision that it didn't lead to.
 */
#include "assess/marking_inside.h"

#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "score/card_change.h"
#include "store/store_candidate.h"

#include <string.h>

static int check_reason(const char *reason, struct err *e)
{
	if (!reason || text_characters(reason) < MARKING_MIN_REASON)
		return err_set(e, ERR_USAGE,
			_("after the reveal a change needs --reason of at least %d characters: it is a second entry, beside the first"),
			MARKING_MIN_REASON);
	return workspace_check_reason(reason, e);
}

/* Still open, and still in the stage that the session was of. */
static int check_undecided(struct workspace *workspace, const struct store_session *session, struct err *e)
{
	AUTO_STORE_APPLICATION struct store_application application = { 0 };

	if (store_application_get(&application, workspace->store, session->candidate, session->position, e) < 0)
		return -1;
	if (application.state == APPLICATION_OPEN && strcmp(application.stage, session->stage) == 0)
		return 0;
	return err_set(e, ERR_CONFLICT,
		_("what becomes of %s behind stage %s is decided: the cards of session %s stand as they were then"),
		session->candidate, session->stage, session->id);
}

static int begin(struct marking *m, struct workspace *workspace, const char *actor, const char *session, const char *reason,
	struct err *e)
{
	if (marking_begin(m, workspace, actor, session, e) < 0)
		return -1;
	if (m->card->state == CARD_DRAFT)
		return err_set(e, ERR_USAGE, _("the card of %s for %s is a draft: it is marked without --reason"), actor, session);
	if (m->card->state == CARD_SEALED)
		return err_set(e, ERR_CONFLICT,
			_("the card of %s for %s is sealed: until 'assay card reveal %s' nothing of it changes"), actor, session,
			session);
	return check_reason(reason, e) < 0 ? -1 : check_undecided(workspace, &m->session, e);
}

/* Says what changed, and that something did. */
static int describe(char **detail, const struct card *before, const struct card *after, const char *reason, struct err *e)
{
	AUTO_CARD_CHANGES struct card_changes changes = { 0 };
	const struct card_change *change;

	if (card_changes_add(&changes, before, after, reason, 0, e) < 0)
		return -1;
	if (!changes.count)
		return err_set(e, ERR_CONFLICT, _("this is what the card of %s says already"), after->interviewer);
	change = &changes.item[0];
	*detail = mem_format(e, "%s %d %d", change->criterion ? change->criterion : "recommendation", change->from, change->to);
	return *detail ? 0 : -1;
}

static int save(struct marking *m, struct workspace *workspace, const char *actor, const struct card *before,
	const char *reason, struct err *e)
{
	AUTO_FREE char *detail = NULL;
	AUTO_FREE char *json = NULL;
	struct store_card row = { .session = m->session.id, .interviewer = actor, .saved_ms = clock_now_ms() };

	/* An evidence for marks 1 and 4 is due here, too. */
	if (describe(&detail, before, m->card, reason, e) < 0 || card_check_complete(m->card, m->rubric, e) < 0 ||
		marking_render(&json, m->card, e) < 0)
		return -1;
	row.json = json;
	if (store_card_amend(workspace->store, &row, reason, e) < 0 ||
		workspace_log(workspace, actor, "card.amend", m->session.id, detail, e) < 0 ||
		marking_log_changes(m, workspace, actor, e) < 0)
		return -1;
	return store_change_commit(&m->change, e);
}

/* The card as it stands in the store, to lay beside the changed one. */
static int find_before(struct card **out, struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	AUTO_STORE_CARD struct store_card row = { 0 };

	return store_card_get(&row, workspace->store, session, actor, e) < 0 ? -1 : marking_parse(out, &row, e);
}

int marking_amend(struct workspace *workspace, const char *actor, const char *session, const char *criterion, int mark,
	const char *evidence, const char *reason, struct err *e)
{
	AUTO(marking_done) struct marking m = { 0 };
	AUTO_CARD struct card *before = NULL;

	if (begin(&m, workspace, actor, session, reason, e) < 0 || find_before(&before, workspace, actor, session, e) < 0 ||
		card_amend(m.card, criterion, mark, evidence, e) < 0)
		return -1;
	return save(&m, workspace, actor, before, reason, e);
}

int marking_recommend(struct workspace *workspace, const char *actor, const char *session, int recommendation,
	const char *reason, struct err *e)
{
	AUTO(marking_done) struct marking m = { 0 };
	AUTO_CARD struct card *before = NULL;

	if (begin(&m, workspace, actor, session, reason, e) < 0 || find_before(&before, workspace, actor, session, e) < 0 ||
		card_amend_recommendation(m.card, recommendation, e) < 0)
		return -1;
	return save(&m, workspace, actor, before, reason, e);
}

int marking_changes(struct card_changes *out, struct workspace *workspace, const char *session, const char *interviewer,
	struct err *e)
{
	AUTO_STORE_ENTRIES struct store_entries entries = { 0 };
	AUTO_CARD struct card *before = NULL;

	if (store_entry_list(&entries, workspace->store, session, interviewer, e) < 0)
		return -1;
	for (size_t i = 0; i < entries.count; i++) {
		const struct store_entry *entry = &entries.item[i];
		const struct store_card row = { .json = entry->json, .state = STORE_CARD_REVEALED, .sealed_ms = entry->at_ms };
		AUTO_CARD struct card *card = NULL;

		if (marking_parse(&card, &row, e) < 0 ||
			(before && card_changes_add(out, before, card, entry->reason, entry->at_ms, e) < 0))
			return -1;
		card_free(before);
		before = take_ptr(&card);
	}
	return 0;
}
