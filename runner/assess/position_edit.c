// SPDX-License-Identifier: MIT
/*
 * Beginning, checking and changing positions. A draft's name says whose it is and which version it began from, so that
 * it needs no record beside it that could be lost.
 */
#include "assess/position_edit.h"

#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store.h"
#include "store/store_session.h"

#include <fcntl.h>
#include <string.h>

enum { BASE_DIGITS = 16, MAX_DRAFTS = 10000 };

static const char drafts[] = "work/drafts";

/* The plan that the team stage of a new position has. */
static const char team_plan[] = "team";

/* --- beginning a position --------------------------------------------------------------------------------------- */

/* A repository need not have one: then the stage is a talk that nobody marks. */
static int find_team(struct plan **plan, struct rubric **rubric, struct workspace *workspace, const char *repo,
	const char *technical, struct err *e)
{
	AUTO_FREE char *whose = NULL;
	struct err said = { 0 };

	if (strcmp(technical, team_plan) == 0)
		return 0;
	if (workspace_plan(plan, &whose, workspace, repo, team_plan, &said) < 0)
		return said.kind == ERR_NOT_FOUND ? 0 : err_set(e, said.kind, "%s", said.text);
	return workspace_rubric(rubric, workspace, whose, NULL, (*plan)->rubric, e);
}

int position_new_text(char **json, struct workspace *workspace, const char *actor, const char *id, const char *title,
	const char *plan_id, const char *repo, struct err *e)
{
	AUTO_STORE_POSITION struct store_position there = { 0 };
	AUTO_PLAN struct plan *plan = NULL, *team = NULL;
	AUTO_RUBRIC struct rubric *rubric = NULL, *team_rubric = NULL;
	AUTO_FREE char *whose = NULL;
	AUTO_JSON struct json *document = NULL;
	struct err said = { 0 };

	if (!text_is_id(id))
		return err_set(e, ERR_USAGE,
			_("'%.80s' is no id: small letters, digits and '-', as in data-engineer"), id);
	if (workspace_may(workspace, actor, DO_POSITIONS, e) < 0 || (title && workspace_check_name(title, e) < 0))
		return -1;
	if (store_position_get(&there, workspace->store, id, &said) == 0)
		return err_set(e, ERR_CONFLICT, _("position %s is there already: 'assay position edit %s' changes it"), id, id);
	if (said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	if (workspace_plan(&plan, &whose, workspace, repo, plan_id, e) < 0 ||
		workspace_rubric(&rubric, workspace, whose, NULL, plan->rubric, e) < 0 ||
		find_team(&team, &team_rubric, workspace, whose, plan_id, e) < 0)
		return -1;
	document = position_new(id, title, plan, rubric, team, team_rubric);
	return json_render(document, JSON_STYLE_PRETTY, json, e);
}

int position_check_file(struct position **out, struct workspace *workspace, const char *file, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_load(&doc, AT_FDCWD, file, file, e) < 0 || position_parse(&position, doc, e) < 0 ||
		workspace_check_position(workspace, position, e) < 0)
		return -1;
	*out = take_ptr(&position);
	return 0;
}

static char *gap_sentence(const struct requirement *r, enum gap gap, struct err *e)
{
	if (gap == GAP_NOWHERE)
		return mem_format(e, _("nothing checks %s: name a stage under \"checked\""), r->id);
	if (gap == GAP_NO_PLAN)
		return mem_format(e, _("nothing checks %s: stage %s has no plan, so nothing is marked there"), r->id, r->stage);
	return mem_format(e, _("nothing checks %s: it names none of the criteria that are marked in stage %s"), r->id, r->stage);
}

int position_warnings(struct strings *out, const struct position *position, struct err *e)
{
	for (size_t i = 0; i < position->requirement_count; i++) {
		const struct requirement *requirement = &position->requirements[i];
		enum gap gap = position_gap(position, requirement);

		if (gap != GAP_NONE && strings_take(out, gap_sentence(requirement, gap, e), e) < 0)
			return -1;
	}
	return 0;
}

/* --- drafts ----------------------------------------------------------------------------------------------------- */

/* What is locked now. */
static int find_locked(enum position_lock *locked, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_APPLICATIONS struct store_applications applications = { 0 };
	AUTO_STORE_SESSIONS struct store_sessions sessions = { 0 };

	if (store_application_list(&applications, workspace->store, NULL, id, e) < 0 ||
		store_session_list(&sessions, workspace->store, id, NULL, e) < 0)
		return -1;
	*locked = sessions.count ? LOCK_SESSIONS : applications.count ? LOCK_APPLICATIONS : LOCK_NEVER;
	return 0;
}

/* The draft that was left by this actor: its name, or NULL. */
static int find_draft(char **name, struct workspace *workspace, const char *prefix, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (workspace_make_dir(workspace, drafts, e) < 0 || fs_list(&names, workspace->dir_fd, drafts, MAX_DRAFTS, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count && !*name; i++)
		if (text_starts_with(names.item[i], prefix) &&
			strlen(names.item[i]) == strlen(prefix) + BASE_DIGITS + strlen(".json") &&
			!(*name = mem_copy(names.item[i], e)))
			return -1;
	return 0;
}

/* A draft whose content became the position, and whose program was killed before it removed it. */
static int is_taken(bool *taken, const char *path, const struct store_position *position, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err mistake = { 0 };
	char digest[65];

	*taken = false;
	if (json_doc_load(&doc, AT_FDCWD, path, path, &mistake) < 0)
		return mistake.kind == ERR_SYSTEM ? err_set(e, mistake.kind, "%s", mistake.text) : 0;
	if (workspace_digest_json(digest, doc, e) < 0)
		return -1;
	*taken = strcmp(digest, position->digest) == 0;
	return 0;
}

/* The draft that is to be gone on with: its name, or NULL. */
static int find_open_draft(char **name, struct workspace *workspace, const char *prefix, const char *wanted,
	const struct store_position *position, struct err *e)
{
	AUTO_FREE char *found = NULL;
	AUTO_FREE char *path = NULL;
	bool taken = false;

	if (find_draft(&found, workspace, prefix, e) < 0)
		return -1;
	if (found && strcmp(found, wanted) != 0 &&
		(!(path = workspace_path(workspace, e, "%s/%s", drafts, found)) || is_taken(&taken, path, position, e) < 0))
		return -1;
	if (taken && unlink(path) < 0)
		return err_errno(e, "%s", path);
	*name = taken ? NULL : take_ptr(&found);
	return 0;
}

static int lay_draft(struct position_draft *draft, struct workspace *workspace, const char *prefix,
	const struct store_position *position, struct err *e)
{
	AUTO_FREE char *name = NULL;
	AUTO_FREE char *wanted = mem_format(e, "%s%.*s.json", prefix, BASE_DIGITS, position->digest);
	AUTO_FREE char *inside = NULL;

	if (!wanted || find_open_draft(&name, workspace, prefix, wanted, position, e) < 0 ||
		!(draft->path = workspace_path(workspace, e, "%s/%s", drafts, name ? name : wanted)) ||
		!(draft->base = mem_copy(position->digest, e)))
		return -1;
	draft->resumed = name != NULL;
	if (name && strcmp(name, wanted) != 0)
		return err_set(e, ERR_CONFLICT,
			_("position %s was changed since you began the draft %s: take it with --file, or remove it"),
			position->id, draft->path);
	if (name)
		return 0;
	inside = mem_format(e, "%s/%s", drafts, wanted);
	return inside ? fs_write(workspace->dir_fd, inside, position->json, strlen(position->json), 0600, e) : -1;
}

int position_draft_begin(
	struct position_draft *out, struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	AUTO_POSITION_DRAFT struct position_draft draft = { 0 };
	AUTO_STORE_POSITION struct store_position position = { 0 };
	AUTO_FREE char *prefix = mem_format(e, "position-%s.%s.", id, actor);

	if (!prefix || workspace_may(workspace, actor, DO_POSITIONS, e) < 0 ||
		store_position_get(&position, workspace->store, id, e) < 0 ||
		find_locked(&draft.locked, workspace, id, e) < 0 || lay_draft(&draft, workspace, prefix, &position, e) < 0)
		return -1;
	*out = draft;
	draft = (struct position_draft){ 0 };
	return 0;
}

int position_draft_end(const struct position_draft *draft, struct err *e)
{
	return unlink(draft->path) < 0 ? err_errno(e, "%s", draft->path) : 0;
}

void position_draft_done(struct position_draft *draft)
{
	free(draft->path);
	free(draft->base);
	*draft = (struct position_draft){ 0 };
}

/* --- taking ----------------------------------------------------------------------------------------------------- */

/* A position on its way to another version. */
struct taking {
	struct store_position stored;
	struct json_doc *before, *after;
	struct position *position;
	char *json;
	char digest[65];
};

static void taking_done(struct taking *t)
{
	store_position_done(&t->stored);
	json_doc_free(t->before);
	json_doc_free(t->after);
	position_free(t->position);
	free(t->json);
}

static int load_before(struct taking *t, struct workspace *workspace, const char *id, struct err *e)
{
	if (store_position_get(&t->stored, workspace->store, id, e) < 0)
		return -1;
	return json_doc_parse(&t->before, id, t->stored.json, strlen(t->stored.json), e);
}

static int load_after(struct taking *t, struct workspace *workspace, const char *file, struct err *e)
{
	size_t size;

	if (fs_read(&t->json, &size, AT_FDCWD, file, POSITION_MAX_BYTES, e) < 0 ||
		json_doc_parse(&t->after, file, t->json, size, e) < 0 || position_parse(&t->position, t->after, e) < 0 ||
		workspace_digest_json(t->digest, t->after, e) < 0)
		return -1;
	return workspace_check_position(workspace, t->position, e);
}

static const char *since(enum position_lock lock)
{
	return lock == LOCK_ALWAYS       ? _("never changes")
	       : lock == LOCK_SESSIONS ? _("is locked since a session was planned")
				       : _("is locked since there are applications");
}

/* All locked places that were changed, in one sentence. */
static int check_locks(const struct position_changes *changes, enum position_lock locked, const char *id, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < changes->count; i++) {
		enum position_lock lock = changes->item[i].lock;

		if (lock == LOCK_NEVER || (lock != LOCK_ALWAYS && lock > locked))
			continue;
		text_addf(&t, "%s%s %s", t.length ? "; " : "", changes->item[i].place, since(lock));
	}
	if (t.failed)
		return err_memory(e);
	return t.length ? err_set(e, ERR_CONFLICT, _("position %s: %s"), id, text_bytes(&t)) : 0;
}

static int who_changed(char **who, struct workspace *workspace, const char *id, struct err *e)
{
	AUTO_STORE_VERSIONS struct store_versions versions = { 0 };

	if (store_version_list(&versions, workspace->store, id, e) < 0)
		return -1;
	*who = mem_copy(versions.count ? versions.item[versions.count - 1].actor : "", e);
	return *who ? 0 : -1;
}

static int check_base(struct workspace *workspace, const struct store_position *now, const char *base, const char *file,
	struct err *e)
{
	AUTO_FREE char *who = NULL;

	if (!base || strcmp(now->digest, base) == 0)
		return 0;
	if (who_changed(&who, workspace, now->id, e) < 0)
		return -1;
	return err_set(e, ERR_CONFLICT, _("position %s was changed meanwhile by %s: what you typed is in %s"), now->id, who,
		file);
}

static int save(struct workspace *workspace, const struct taking *t, const char *actor, const char *reason, struct err *e)
{
	const struct store_version version = { .position = t->stored.id, .json = t->json, .digest = t->digest,
		.reason = reason, .actor = actor, .at_ms = clock_now_ms() };

	if (store_position_change(workspace->store, &version, e) < 0)
		return -1;
	return workspace_log(workspace, actor, "position.edit", t->stored.id, t->digest, e);
}

int position_edit_take(struct position_changes *changes, struct workspace *workspace, const char *actor,
	const char *id, const char *file, const char *base, const char *reason, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO(taking_done) struct taking t = { 0 };
	AUTO_POSITION_CHANGES struct position_changes made = { 0 };
	struct json_at before, after;
	enum position_lock locked;

	if (workspace_may(workspace, actor, DO_POSITIONS, e) < 0 || workspace_check_reason(reason, e) < 0 ||
		load_after(&t, workspace, file, e) < 0)
		return -1;
	/* In one change with what is asked: nobody applies between the question and the answer. */
	if (store_change_begin(&change, workspace->store, e) < 0 || load_before(&t, workspace, id, e) < 0 ||
		check_base(workspace, &t.stored, base, file, e) < 0)
		return -1;
	before = json_root(t.before);
	after = json_root(t.after);
	if (position_compare(&made, &before, &after, e) < 0 || find_locked(&locked, workspace, id, e) < 0 ||
		check_locks(&made, locked, id, e) < 0)
		return -1;
	if (made.count && (save(workspace, &t, actor, reason, e) < 0 || store_change_commit(&change, e) < 0))
		return -1;
	*changes = made;
	made = (struct position_changes){ 0 };
	return 0;
}

/* --- history ---------------------------------------------------------------------------------------------------- */

static int add_step(struct position_history *history, const struct store_version *version,
	const struct store_version *before, struct err *e)
{
	struct position_step *step = mem_push(&history->item, history->count, sizeof(*step), e);
	AUTO_JSON_DOC struct json_doc *was = NULL;
	AUTO_JSON_DOC struct json_doc *is = NULL;
	struct json_at was_at, is_at;

	if (!step)
		return -1;
	history->count++;
	step->number = version->number;
	step->at_ms = version->at_ms;
	if (!(step->actor = mem_copy(version->actor, e)) || (version->reason && !(step->reason = mem_copy(version->reason, e))))
		return -1;
	if (!before)
		return 0;
	if (json_doc_parse(&was, before->position, before->json, strlen(before->json), e) < 0 ||
		json_doc_parse(&is, version->position, version->json, strlen(version->json), e) < 0)
		return -1;
	was_at = json_root(was);
	is_at = json_root(is);
	return position_compare(&step->changes, &was_at, &is_at, e);
}

int position_history(struct position_history *out, struct workspace *workspace, const char *actor, const char *id,
	struct err *e)
{
	AUTO_POSITION_HISTORY struct position_history history = { 0 };
	AUTO_STORE_POSITION struct store_position there = { 0 };
	AUTO_STORE_VERSIONS struct store_versions versions = { 0 };

	if (workspace_may(workspace, actor, SEE_LISTS, e) < 0 || store_position_get(&there, workspace->store, id, e) < 0 ||
		store_version_list(&versions, workspace->store, id, e) < 0)
		return -1;
	for (size_t i = 0; i < versions.count; i++)
		if (add_step(&history, &versions.item[i], i ? &versions.item[i - 1] : NULL, e) < 0)
			return -1;
	*out = history;
	history = (struct position_history){ 0 };
	return 0;
}

void position_history_done(struct position_history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		free(history->item[i].actor);
		free(history->item[i].reason);
		position_changes_done(&history->item[i].changes);
	}
	free(history->item);
	*history = (struct position_history){ 0 };
}
