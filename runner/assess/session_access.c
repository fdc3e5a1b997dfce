// SPDX-License-Identifier: MIT
/*
 * Roles and seats become rights.
 */
#include "assess/session_access.h"

#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/i18n.h"
#include "store/store_card.h"

static int find_roles(
	struct access *access, struct workspace *workspace, const char *actor, struct err *e)
{
	struct {
		const char *role;
		bool *has;
	} roles[] = {
		{ "lead", &access->lead },
		{ "panel", &access->panel },
		{ "hr", &access->hr },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		struct err said = { 0 };

		if (workspace_has_role(roles[i].has, workspace, actor, roles[i].role, &said) < 0 &&
			said.kind != ERR_NOT_FOUND)
			return err_set(e, said.kind, "%s", said.text);
	}
	return 0;
}

static int find_revealed(
	bool *revealed, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_CARDS struct store_cards cards = { 0 };

	if (store_card_list(&cards, workspace->store, session, e) < 0)
		return -1;
	*revealed = false;
	for (size_t i = 0; i < cards.count; i++)
		if (cards.item[i].state == STORE_CARD_REVEALED)
			*revealed = true;
	return 0;
}

int session_access(struct access *out, struct workspace *workspace, const char *actor,
	const char *session, struct err *e)
{
	struct access access = { 0 };

	if (session_seat_of(&access.sits, NULL, workspace, session, actor, e) < 0 ||
		find_roles(&access, workspace, actor, e) < 0 ||
		find_revealed(&access.revealed, workspace, session, e) < 0)
		return -1;
	*out = access;
	return 0;
}

int access_check_evidence(
	const struct access *access, const char *actor, const char *session, struct err *e)
{
	if (access->sits || access->lead || (access->panel && access->revealed))
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
	if (access->hr && access->revealed)
		return 0;
	return access_check_evidence(access, actor, session, e);
}

bool access_shows_name(const struct access *access)
{
	return access->sits || access->lead || access->hr || access->revealed;
}
