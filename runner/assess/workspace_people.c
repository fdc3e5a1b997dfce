// SPDX-License-Identifier: MIT
/*
 * The people of a workspace, and which of them somebody is. A person may be bound to a Unix account: then nobody else
 * acts in that name, and on that account --as isn't needed. Several people may share an account, and then say who.
 */
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

/* --- people ----------------------------------------------------------------------------------------------------- */

static const char *const roles_there_are[] = { "hr", "interviewer", "lead", "panel" };

/* The account's name; "uid-N" for one that the machine doesn't know. */
static char *account_name(struct err *e)
{
	char buffer[4096];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found)
		return mem_copy(entry.pw_name, e);
	return mem_format(e, "uid-%u", (unsigned)geteuid());
}

/* Who is bound to an account; a person without one whose id is the account's name is, too. */
static bool is_of(const struct store_person *person, const char *account)
{
	return strcmp(person->account ? person->account : person->id, account) == 0;
}

static int named_actor(char **actor, struct workspace *workspace, const char *as, const char *account, struct err *e)
{
	AUTO_STORE_PERSON struct store_person person = { 0 };
	struct err said = { 0 };

	if (store_person_get(&person, workspace->store, as, &said) < 0)
		return said.kind == ERR_NOT_FOUND
			? err_set(e, ERR_NOT_FOUND,
				  _("there is no person %s: 'assay person list' shows "
				    "them, 'assay person add' adds one"),
				  as)
			: err_set(e, said.kind, "%s", said.text);
	if (person.account && strcmp(person.account, account) != 0)
		return err_set(e, ERR_DENIED, _("%s is bound to the account %s, and this is %s"), as, person.account, account);
	*actor = mem_copy(as, e);
	return *actor ? 0 : -1;
}

static int account_actor(char **actor, struct workspace *workspace, const char *account, struct err *e)
{
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };
	const char *found = NULL;

	if (store_person_list(&persons, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < persons.count; i++) {
		if (!is_of(&persons.item[i], account))
			continue;
		if (found)
			return err_set(e, ERR_USAGE, _("%s and %s share the account %s: --as PERSON says who you are"), found,
				persons.item[i].id, account);
		found = persons.item[i].id;
	}
	*actor = found ? mem_copy(found, e) : mem_format(e, "account:%s", account);
	return *actor ? 0 : -1;
}

int workspace_actor(char **actor, struct workspace *workspace, const char *as, struct err *e)
{
	AUTO_FREE char *account = account_name(e);

	if (!account)
		return -1;
	return as ? named_actor(actor, workspace, as, account, e) : account_actor(actor, workspace, account, e);
}

/* The roles as they are kept: each once, in alphabetical order. */
static int join_roles(char **out, const struct strings *roles, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < roles->count; i++) {
		bool known = false;

		for (size_t k = 0; k < sizeof(roles_there_are) / sizeof(*roles_there_are); k++)
			known = known || strcmp(roles->item[i], roles_there_are[k]) == 0;
		if (!known)
			return err_set(e, ERR_USAGE,
				_("'%.40s' is no role: there are interviewer, lead, panel and hr"),
				roles->item[i]);
	}
	for (size_t k = 0; k < sizeof(roles_there_are) / sizeof(*roles_there_are); k++)
		if (strings_find(roles, roles_there_are[k]) >= 0)
			text_addf(&t, "%s%s", t.length ? " " : "", roles_there_are[k]);
	return text_take(&t, out, e);
}

int workspace_has_role(bool *has, struct workspace *workspace, const char *person,
	const char *roles, struct err *e)
{
	AUTO_STORE_PERSON struct store_person found = { 0 };

	if (store_person_get(&found, workspace->store, person, e) < 0)
		return -1;
	*has = false;
	/* No role's name is part of another's. */
	for (size_t k = 0; k < sizeof(roles_there_are) / sizeof(*roles_there_are); k++)
		if (strstr(found.roles, roles_there_are[k]) && strstr(roles, roles_there_are[k]))
			*has = true;
	return 0;
}

static bool is_fair_text(const char *s, size_t max)
{
	size_t length = strlen(s);

	for (size_t i = 0; i < length; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F)
			return false;
	return length > 0 && length <= max && text_is_utf8(s, length);
}

int workspace_check_reason(const char *reason, struct err *e)
{
	if (!is_fair_text(reason, 1000) || strspn(reason, " ") == strlen(reason))
		return err_set(e, ERR_USAGE, _("a reason has 1 to 1000 bytes of UTF-8 without control characters"));
	return 0;
}

int workspace_check_name(const char *name, struct err *e)
{
	if (!is_fair_text(name, 200))
		return err_set(e, ERR_USAGE,
			_("a name has 1 to 200 bytes of UTF-8 without control characters"));
	return 0;
}

/* What only hr sees would be anybody's who may take people in. The first one has to come from somewhere, though. */
static int check_giving_hr(struct workspace *workspace, const char *actor, struct err *e)
{
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };

	if (store_person_list(&persons, workspace->store, e) < 0)
		return -1;
	for (size_t i = 0; i < persons.count; i++)
		if (strstr(persons.item[i].roles, "hr"))
			return workspace_may(workspace, actor, DO_GIVE_HR, e);
	return 0;
}

/* An account that is a slip of the keyboard would lock its person out. */
static int check_account(const char *account, struct err *e)
{
	char buffer[4096];
	struct passwd entry, *found = NULL;

	if (account && (getpwnam_r(account, &entry, buffer, sizeof(buffer), &found) != 0 || !found))
		return err_set(e, ERR_NOT_FOUND, _("this machine has no account %.80s"), account);
	return 0;
}

int workspace_person_add(struct workspace *workspace, const char *actor, const char *id,
	const char *name, const struct strings *roles, const char *account, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *joined = NULL;
	struct store_person person = { .id = id, .name = name, .account = account, .added_ms = clock_now_ms() };

	if (!text_is_id(id))
		return err_set(e, ERR_USAGE,
			_("'%.80s' is no id: small letters, digits and '-', as in anna or ben-k"),
			id);
	if (workspace_check_name(name, e) < 0 || join_roles(&joined, roles, e) < 0 || check_account(account, e) < 0 ||
		workspace_may(workspace, actor, DO_PEOPLE, e) < 0)
		return -1;
	if (strings_find(roles, "hr") >= 0 && check_giving_hr(workspace, actor, e) < 0)
		return -1;
	person.roles = joined;
	if (store_change_begin(&change, workspace->store, e) < 0 ||
		store_person_add(workspace->store, &person, e) < 0 ||
		workspace_log(workspace, actor, "person.add", id, joined, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

int workspace_persons(struct store_persons *out, struct workspace *workspace, struct err *e)
{
	return store_person_list(out, workspace->store, e);
}

int workspace_person(struct store_person *out, struct workspace *workspace, const char *actor, struct err *e)
{
	return store_person_get(out, workspace->store, actor, e);
}
