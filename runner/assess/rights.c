// SPDX-License-Identifier: MIT
/*
 * The table, and the sentences for what it refuses. A lead sees what interviewers see. Marks before the reveal are
 * nobody's; what somebody would like to earn is for hr alone; what somebody earns now is nowhere.
 */
#include "assess/rights.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define NEVER    FROM_NEVER
#define ALWAYS   FROM_ALWAYS
#define SEALED   FROM_SEALED
#define REVEALED FROM_REVEALED
#define REQUEST  FROM_REQUEST

static const struct {
	const char *name, *words;
	enum from from[ROLES]; /* operator, interviewer, sits, lead, panel, hr */
} table[THINGS] = {
	[SEE_EVIDENCE] = { "see_evidence", N_("see results, flaws and hidden tests"),
		{ NEVER, NEVER, ALWAYS, ALWAYS, REVEALED, NEVER } },
	[SEE_STANDING] = { "see_standing", N_("see where a session stands"),
		{ NEVER, NEVER, ALWAYS, ALWAYS, REVEALED, REVEALED } },
	[SEE_NOTES] = { "see_notes", N_("see what others noted in a session"),
		{ NEVER, NEVER, SEALED, SEALED, REVEALED, REQUEST } },
	[SEE_MARKS] = { "see_marks", N_("see others' marks"), { NEVER, NEVER, REVEALED, REVEALED, REVEALED, NEVER } },
	[SEE_NAME] = { "see_name", N_("see a candidate's name"), { ALWAYS, NEVER, ALWAYS, ALWAYS, REVEALED, ALWAYS } },
	[SEE_SCREENING] = { "see_screening", N_("see an application and its screening"),
		{ NEVER, NEVER, SEALED, SEALED, REVEALED, ALWAYS } },
	[SEE_SALARY] = { "see_salary", N_("see a salary expectation"), { NEVER, NEVER, NEVER, NEVER, NEVER, ALWAYS } },
	[SEE_LISTS] = { "see_lists", N_("see positions and applications"),
		{ ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS } },
	[SEE_TASKS] = { "see_tasks", N_("look into the tasks"), { ALWAYS, ALWAYS, ALWAYS, ALWAYS, NEVER, NEVER } },
	[DO_PEOPLE] = { "people", N_("take people in"), { ALWAYS, NEVER, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_GIVE_HR] = { "give_hr", N_("give the role hr"), { ALWAYS, NEVER, NEVER, NEVER, NEVER, ALWAYS } },
	[DO_REPOS] = { "repos", N_("add and update repositories"), { ALWAYS, ALWAYS, NEVER, ALWAYS, NEVER, NEVER } },
	[DO_POSITIONS] = { "positions", N_("open and change positions"), { ALWAYS, NEVER, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_TAKE_IN] = { "take_in", N_("take candidates in"), { ALWAYS, NEVER, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_SCREEN] = { "screen", N_("screen applications"), { NEVER, NEVER, NEVER, NEVER, NEVER, ALWAYS } },
	[DO_MOVE] = { "move", N_("move or reject applications"), { NEVER, NEVER, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_PLAN] = { "plan", N_("plan sessions"), { ALWAYS, ALWAYS, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_LEAD] = { "lead", N_("lead a session"), { ALWAYS, NEVER, ALWAYS, ALWAYS, NEVER, NEVER } },
	[DO_CONFIRM] = { "confirm", N_("confirm what a review found"), { NEVER, NEVER, ALWAYS, ALWAYS, NEVER, NEVER } },
	[DO_REVEAL] = { "reveal", N_("reveal cards"), { NEVER, NEVER, ALWAYS, ALWAYS, ALWAYS, NEVER } },
	[DO_WRITE] = { "write", N_("write to candidates"), { NEVER, NEVER, NEVER, ALWAYS, NEVER, ALWAYS } },
	[DO_DECIDE] = { "decide", N_("decide about an application"), { NEVER, NEVER, NEVER, ALWAYS, ALWAYS, ALWAYS } },
	[DO_MARK] = { "mark", N_("mark"), { NEVER, NEVER, ALWAYS, NEVER, NEVER, NEVER } },
};

static const char *const role_names[ROLES] = { "operator", "interviewer", "sits", "lead", "panel", "hr" };

enum from rights_from(enum thing thing, enum role role)
{
	return table[thing].from[role];
}

const char *thing_words(enum thing thing)
{
	return _(table[thing].words);
}

const char *thing_name(enum thing thing)
{
	return table[thing].name;
}

const char *role_name(enum role role)
{
	return role_names[role];
}

static bool reaches(enum standing standing, enum from from)
{
	switch (from) {
	case FROM_ALWAYS:
		return standing >= STANDING_OPEN;
	case FROM_SEALED:
		return standing >= STANDING_SEALED;
	case FROM_REVEALED:
		return standing >= STANDING_REVEALED;
	case FROM_NEVER:
	case FROM_REQUEST:
		break;
	}
	return false;
}

bool rights_allow(const struct rights *rights, enum thing thing)
{
	for (int role = 0; role < ROLES; role++)
		if (reaches(rights->as[role], table[thing].from[role]))
			return true;
	return false;
}

enum from rights_best(const struct rights *roles, enum thing thing)
{
	static const enum from order[] = { FROM_ALWAYS, FROM_SEALED, FROM_REVEALED, FROM_REQUEST };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		for (int role = 0; role < ROLES; role++)
			if (roles->as[role] != STANDING_NONE && table[thing].from[role] == order[i])
				return order[i];
	return FROM_NEVER;
}

const char *from_words(enum from from)
{
	static const char *const words[] = {
		[FROM_NEVER] = N_("never"),
		[FROM_ALWAYS] = N_("at once"),
		[FROM_SEALED] = N_("once the own card is sealed"),
		[FROM_REVEALED] = N_("once the cards are revealed"),
		[FROM_REQUEST] = N_("when the candidate asks for it"),
	};

	return _(words[from]);
}

const char *from_name(enum from from)
{
	static const char *const names[] = { "never", "always", "sealed", "revealed", "request" };

	return names[from];
}

/* --- refusing --------------------------------------------------------------------------------------------------- */

/* "hr or lead": the roles that always may, but for the operator, which nobody is given. */
static void add_roles(struct text *t, enum thing thing)
{
	static const enum role given[] = { ROLE_HR, ROLE_LEAD, ROLE_PANEL, ROLE_INTERVIEWER };
	size_t added = 0;

	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		if (table[thing].from[given[i]] == FROM_ALWAYS)
			text_addf(t, "%s%s", added++ ? _(" or ") : "", role_names[given[i]]);
}

static bool is_nobody(const struct rights *rights)
{
	for (int role = 0; role < ROLES; role++)
		if (rights->as[role] != STANDING_NONE)
			return false;
	return true;
}

int rights_check(const struct rights *rights, enum thing thing, const char *actor, struct err *e)
{
	AUTO_TEXT struct text roles = { 0 };
	enum from best = rights_best(rights, thing);

	if (rights_allow(rights, thing))
		return 0;
	add_roles(&roles, thing);
	if (roles.failed)
		return err_memory(e);
	if (best == FROM_SEALED || best == FROM_REVEALED || best == FROM_REQUEST)
		return err_set(e, ERR_DENIED, _("%s may not %s now, but %s"), actor, thing_words(thing), from_words(best));
	if (is_nobody(rights))
		return err_set(e, ERR_DENIED, _("%s is no person here: --as PERSON says who you are"), actor);
	if (table[thing].from[ROLE_SITS] == FROM_ALWAYS)
		return err_set(e, ERR_DENIED, _("%s may not %s: that is for who interviews in it%s%s: --as PERSON says who you are"),
			actor, thing_words(thing), roles.length ? _(" or ") : "", text_bytes(&roles));
	return err_set(e, ERR_DENIED, _("%s may not %s: that needs the role %s: --as PERSON says who you are"), actor,
		thing_words(thing), text_bytes(&roles));
}
