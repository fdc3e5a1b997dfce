// SPDX-License-Identifier: MIT
/*
 * Roles, seats and cards become standings. Who sits in a session and has not sealed yet stands at its beginning in
 * every role: being lead or panel as well must not show what an interviewer isn't to see before marking.
 */
#include "assess/session_access.h"

#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/i18n.h"
#include "store/store_card.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- roles ------------------------------------------------------------------------------------------------------ */

static int find_operator(struct rights *rights, struct workspace *workspace, struct err *e)
{
	struct stat st;

	if (fstat(workspace->dir_fd, &st) < 0)
		return err_errno(e, "cannot look at the workspace");
	if (st.st_uid == geteuid())
		rights->as[ROLE_OPERATOR] = STANDING_OPEN;
	return 0;
}

int workspace_rights(struct rights *out, struct workspace *workspace, const char *actor, struct err *e)
{
	static const enum role given[] = { ROLE_INTERVIEWER, ROLE_LEAD, ROLE_PANEL, ROLE_HR };
	struct rights rights = { { STANDING_NONE } };

	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++) {
		struct err said = { 0 };
		bool has = false;

		if (workspace_has_role(&has, workspace, actor, role_name(given[i]), &said) == 0) {
			rights.as[given[i]] = has ? STANDING_OPEN : STANDING_NONE;
			continue;
		}
		if (said.kind != ERR_NOT_FOUND)
			return err_set(e, said.kind, "%s", said.text);
		if (find_operator(&rights, workspace, e) < 0)
			return -1;
		break;
	}
	*out = rights;
	return 0;
}

int workspace_may(struct workspace *workspace, const char *actor, enum thing thing, struct err *e)
{
	struct rights rights;

	if (workspace_rights(&rights, workspace, actor, e) < 0)
		return -1;
	return rights_check(&rights, thing, actor, e);
}

/* --- one session ------------------------------------------------------------------------------------------------ */

/* What the cards of a session tell. */
struct cards_state {
	bool revealed, own_sealed, all_sealed;
};

static int find_cards(struct cards_state *state, struct workspace *workspace, const char *session,
	const char *actor, struct err *e)
{
	AUTO_STORE_SEATS struct store_seats seats = { 0 };
	AUTO_STORE_CARDS struct store_cards cards = { 0 };
	size_t due = 0, sealed = 0;

	if (store_seat_list(&seats, workspace->store, session, e) < 0 ||
		store_card_list(&cards, workspace->store, session, e) < 0)
		return -1;
	*state = (struct cards_state){ 0 };
	for (size_t i = 0; i < seats.count; i++)
		due += seats.item[i].due;
	for (size_t i = 0; i < cards.count; i++) {
		bool is_sealed = cards.item[i].state != STORE_CARD_DRAFT;

		sealed += is_sealed;
		if (cards.item[i].state == STORE_CARD_REVEALED)
			state->revealed = true;
		if (is_sealed && strcmp(cards.item[i].interviewer, actor) == 0)
			state->own_sealed = true;
	}
	state->all_sealed = due > 0 && sealed >= due;
	return 0;
}

/* For whoever has the role: who sits there stands where the own card does. */
static enum standing standing_of(const struct cards_state *state, bool sits)
{
	if (state->revealed)
		return STANDING_REVEALED;
	return (sits ? state->own_sealed : state->all_sealed) ? STANDING_SEALED : STANDING_OPEN;
}

int session_access(struct access *out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e)
{
	struct access access = { 0 };
	struct cards_state cards;
	enum standing standing;

	if (session_seat_of(&access.sits, NULL, workspace, session, actor, e) < 0 ||
		workspace_rights(&access.rights, workspace, actor, e) < 0 ||
		find_cards(&cards, workspace, session, actor, e) < 0)
		return -1;
	standing = standing_of(&cards, access.sits);
	for (int role = ROLE_LEAD; role < ROLES; role++)
		if (access.rights.as[role] != STANDING_NONE)
			access.rights.as[role] = standing;
	if (access.sits)
		access.rights.as[ROLE_SITS] = standing;
	access.lead = access.rights.as[ROLE_LEAD] != STANDING_NONE;
	access.panel = access.rights.as[ROLE_PANEL] != STANDING_NONE;
	access.hr = access.rights.as[ROLE_HR] != STANDING_NONE;
	access.revealed = cards.revealed;
	*out = access;
	return 0;
}

int session_may(struct workspace *workspace, const char *actor, const char *session, enum thing thing, struct err *e)
{
	struct access access;

	if (session_access(&access, workspace, actor, session, e) < 0)
		return -1;
	return rights_check(&access.rights, thing, actor, e);
}

int access_check_evidence(
	const struct access *access, const char *actor, const char *session, struct err *e)
{
	if (rights_allow(&access->rights, SEE_EVIDENCE))
		return 0;
	if (access->panel)
		return err_set(e, ERR_DENIED,
			_("the cards of session %s are not revealed yet: until then it is closed "
			  "to the panel"),
			session);
	return err_set(e, ERR_DENIED,
		_("%s neither interviews in session %s nor is lead or panel: --as PERSON says who "
		  "you are"),
		actor, session);
}

int access_check_standing(
	const struct access *access, const char *actor, const char *session, struct err *e)
{
	if (rights_allow(&access->rights, SEE_STANDING))
		return 0;
	return access_check_evidence(access, actor, session, e);
}

/* Who may read at all once the cards are revealed reads the name. */
bool access_shows_name(const struct access *access)
{
	return access->revealed || rights_allow(&access->rights, SEE_NAME);
}

/* --- one application -------------------------------------------------------------------------------------------- */

/* Sums the sessions up: the least of those one sits in, else the furthest. */
static void add_session(struct rights *sum, bool *sits, const struct access *access)
{
	for (int role = ROLE_SITS; role < ROLES; role++) {
		enum standing here = access->rights.as[role];

		if (here == STANDING_NONE)
			continue;
		if (access->sits != *sits ? access->sits : access->sits ? here < sum->as[role] : here > sum->as[role])
			sum->as[role] = here;
	}
	*sits = *sits || access->sits;
}

int application_rights(struct rights *out, struct workspace *workspace, const char *actor, const char *candidate,
	const char *position, struct err *e)
{
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };
	struct rights sum;
	bool sits = false;

	if (workspace_rights(&sum, workspace, actor, e) < 0 ||
		store_session_list(&sessions, workspace->store, position, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < sessions.count; i++) {
		struct access access;

		if (strcmp(sessions.item[i].candidate, candidate) != 0)
			continue;
		if (session_access(&access, workspace, actor, sessions.item[i].id, e) < 0)
			return -1;
		add_session(&sum, &sits, &access);
	}
	*out = sum;
	return 0;
}
