// SPDX-License-Identifier: MIT
/*
 * Taking in one candidate, and the plain lists.
 */
#include "assess/applications_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store.h"

#include <string.h>

/* --- where ------------------------------------------------------------------------------------------------------ */

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

int application_place(char **position_id, char **stage_id, struct workspace *workspace, const char *named,
	const char *stage, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;
	AUTO_FREE char *id = NULL;

	if (named ? !(id = mem_copy(named, e)) : only_position(&id, workspace, e) < 0)
		return -1;
	if (workspace_position(&position, workspace, id, e) < 0)
		return -1;
	if (stage && !position_stage(position, stage))
		return err_set(e, ERR_NOT_FOUND, _("position %s has no stage %s"), id, stage);
	*stage_id = mem_copy(stage ? stage : position->stages[0].id, e);
	*position_id = take_ptr(&id);
	return *stage_id ? 0 : -1;
}

/* --- who -------------------------------------------------------------------------------------------------------- */

bool email_is_plausible(const char *email)
{
	const char *at = strchr(email, '@');
	size_t length = strlen(email);

	if (!at || at == email || !at[1] || strchr(at + 1, '@') || length > APPLICATION_MAX_EMAIL ||
		!text_is_utf8(email, length))
		return false;
	for (const char *c = email; *c; c++)
		if ((unsigned char)*c <= 0x20 || *c == 0x7F || strchr("<>\"(),;:\\", *c))
			return false;
	return true;
}

/* A pseudonym has 20 bits: in a workspace of thousands the first one may be taken. */
static int add_under_a_new_pseudonym(char pseudonym[ID_PSEUDONYM], struct store *store,
	const char *name, const char *email, int64_t now_ms, struct err *e)
{
	for (int i = 0; i < 100; i++) {
		const struct store_candidate candidate = {
			.pseudonym = pseudonym, .name = name, .email = email, .added_ms = now_ms
		};
		AUTO_STORE_CANDIDATE struct store_candidate there = { 0 };
		struct err said = { 0 };

		id_pseudonym(pseudonym);
		if (store_candidate_get(&there, store, pseudonym, &said) == 0)
			continue;
		if (said.kind != ERR_NOT_FOUND)
			return err_set(e, said.kind, "%s", said.text);
		return store_candidate_add(store, &candidate, e);
	}
	return err_set(e, ERR_LIMIT, _("too many candidates: no pseudonym is free"));
}

int candidate_known(struct store_candidate *out, bool *known, struct workspace *workspace, const char *email, struct err *e)
{
	struct err said = { 0 };

	*known = email && store_candidate_of_email(out, workspace->store, email, &said) == 0;
	if (email && !*known && said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	return 0;
}

/* Whoever is known by e-mail keeps the pseudonym, unless it is somebody else's name. */
static int find_or_add(char pseudonym[ID_PSEUDONYM], bool *known, struct workspace *workspace,
	const struct new_application *new, int64_t now_ms, struct err *e)
{
	AUTO_STORE_CANDIDATE struct store_candidate there = { 0 };

	if (candidate_known(&there, known, workspace, new->email, e) < 0)
		return -1;
	if (!*known)
		return add_under_a_new_pseudonym(pseudonym, workspace->store, new->name, new->email, now_ms, e);
	if (strcmp(there.name, new->name) != 0)
		return err_set(e, ERR_CONFLICT, _("%s is the e-mail of %s, who has another name"), new->email, there.pseudonym);
	snprintf(pseudonym, ID_PSEUDONYM, "%s", there.pseudonym);
	return 0;
}

int application_keep(char pseudonym[ID_PSEUDONYM], bool *known, struct workspace *workspace, const char *actor,
	const struct new_application *new, int64_t now_ms, struct err *e)
{
	AUTO_STORE_APPLICATION struct store_application there = { 0 };
	const struct store_application application = { .candidate = pseudonym, .position = new->position,
		.stage = new->stage, .state = APPLICATION_OPEN, .since_ms = now_ms, .source = new->source,
		.referrer = new->referrer, .salary_expectation = new->salary_expectation, .notice = new->notice,
		.languages = new->languages, .further = new->further };
	const struct store_step step = { .candidate = pseudonym, .position = new->position, .stage = new->stage,
		.state = APPLICATION_OPEN, .actor = actor, .at_ms = now_ms };
	struct err said = { 0 };

	if (find_or_add(pseudonym, known, workspace, new, now_ms, e) < 0)
		return -1;
	if (*known && store_application_get(&there, workspace->store, pseudonym, new->position, &said) == 0)
		return err_set(e, ERR_CONFLICT, _("%s applies for %s already: %s"), new->email, new->position, pseudonym);
	if (store_application_add(workspace->store, &application, e) < 0 || store_step_add(workspace->store, &step, e) < 0)
		return -1;
	return workspace_log(workspace, actor, "candidate.add", pseudonym, new->position, e);
}

/* --- one by one ------------------------------------------------------------------------------------------------- */

static bool is_fair(const char *text)
{
	if (!text)
		return true;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7F)
			return false;
	return *text && strlen(text) <= APPLICATION_MAX_TEXT && text_is_utf8(text, strlen(text));
}

static int check(const struct new_application *new, struct err *e)
{
	const char *const texts[] = { new->source, new->referrer, new->salary_expectation, new->notice, new->languages };

	if (workspace_check_name(new->name, e) < 0)
		return -1;
	if (new->email && !email_is_plausible(new->email))
		return err_set(e, ERR_USAGE, _("'%.80s' is no e-mail address"), new->email);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!is_fair(texts[i]))
			return err_set(e, ERR_USAGE, _("such a text has 1 to %d bytes of UTF-8 without control characters"),
				APPLICATION_MAX_TEXT);
	return 0;
}

int application_add(char pseudonym[ID_PSEUDONYM], bool *known, struct workspace *workspace, const char *actor,
	const struct new_application *application, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *position = NULL;
	AUTO_FREE char *stage = NULL;
	struct new_application new = *application;
	char given[ID_PSEUDONYM] = "";
	bool was_known = false;

	if (check(&new, e) < 0 || workspace_may(workspace, actor, DO_TAKE_IN, e) < 0 ||
		application_place(&position, &stage, workspace, new.position, new.stage, e) < 0)
		return -1;
	new.position = position;
	new.stage = stage;
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		application_keep(given, &was_known, workspace, actor, &new, clock_now_ms(), e) < 0 ||
		store_change_commit(&change, e) < 0)
		return -1;
	memcpy(pseudonym, given, ID_PSEUDONYM);
	*known = was_known;
	return 0;
}

int workspace_candidate_add(char pseudonym[ID_PSEUDONYM], struct workspace *workspace,
	const char *actor, const char *name, const char *position, const char *stage, struct err *e)
{
	const struct new_application application = { .name = name, .position = position, .stage = stage };
	bool known;

	return application_add(pseudonym, &known, workspace, actor, &application, e);
}

int workspace_candidates(struct store_candidates *out, struct workspace *workspace, struct err *e)
{
	return store_candidate_list(out, workspace->store, e);
}

const char *application_state_title(enum application_state state)
{
	static const char *const titles[] = {
		[APPLICATION_OPEN] = N_("under way"),
		[APPLICATION_HIRED] = N_("hired"),
		[APPLICATION_REJECTED] = N_("rejected"),
		[APPLICATION_WITHDRAWN] = N_("withdrawn"),
	};

	return _(titles[state]);
}

int workspace_applications(struct store_applications *out, struct workspace *workspace,
	const char *candidate, const char *position, struct err *e)
{
	return store_application_list(out, workspace->store, candidate, position, e);
}
