// SPDX-License-Identifier: MIT
/*
 * Decisions on their way lie in a file of the workspace, in the form that `review confirm --file` takes.
 */
#include "assess/review_round.h"

#include "assess/review_inside.h"
#include "assess/workspace_inside.h"
#include "base/fs.h"
#include "base/i18n.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* Of one answer: comments of another may be called the same. */
static char *draft_path(struct workspace *workspace, const struct review_view *view, const char *person,
	const char *session, struct err *e)
{
	if (workspace_make_dir(workspace, "work/decisions", e) < 0)
		return NULL;
	return workspace_path(workspace, e, "work/decisions/%s-%s-%lld.json", session, person,
		(long long)view->answer);
}

/* Whoever confirms is a person; an account that is none has nothing to be named by. */
static int check_person(const char *actor, struct err *e)
{
	return strchr(actor, ':') ? err_set(e, ERR_DENIED, _("decisions need a name: --as PERSON says who you are")) : 0;
}

static const struct comment *comment_of(const struct review_view *view, const char *id)
{
	for (size_t i = 0; i < view->comments.count; i++)
		if (strcmp(view->comments.item[i].id, id) == 0)
			return &view->comments.item[i];
	return NULL;
}

/* Of a spoken comment that was taken back nothing is left to decide; the rest of the draft stands. */
static void drop_taken_back(struct decisions *draft, const struct review_view *view)
{
	size_t kept = 0;

	for (size_t i = 0; i < draft->count; i++) {
		struct decision *decision = &draft->item[i];

		if (!review_is_spoken_id(decision->comment) || comment_of(view, decision->comment)) {
			draft->item[kept++] = *decision;
			continue;
		}
		free(decision->comment);
		free(decision->flaw);
		free(decision->reason);
	}
	draft->count = kept;
}

/* Somebody may have changed the file. */
static bool is_about(const struct decisions *draft, const struct review_view *view)
{
	for (size_t i = 0; i < draft->count; i++)
		if (!comment_of(view, draft->item[i].comment) ||
			(draft->item[i].flaw && !flaws_find(&view->flaws, draft->item[i].flaw)))
			return false;
	return true;
}

int review_draft_load(struct decisions *out, struct workspace *workspace, const struct review_view *view,
	const char *actor, const char *session, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *path = NULL;
	struct decisions draft = { 0 };
	struct err said = { 0 };

	if (check_person(actor, e) < 0 || !(path = draft_path(workspace, view, actor, session, e)))
		return -1;
	if (json_doc_load(&doc, AT_FDCWD, path, path, &said) < 0 && said.kind != ERR_NOT_FOUND)
		return err_set(e, said.kind, "%s", said.text);
	if (doc && decisions_parse(&draft, doc, NULL, NULL, &said) == 0) {
		drop_taken_back(&draft, view);
		if (is_about(&draft, view)) {
			*out = draft;
			return 0;
		}
		decisions_done(&draft);
	}
	draft.by = mem_copy(actor, e);
	if (!draft.by)
		return -1;
	*out = draft;
	return 0;
}

int review_draft_save(struct workspace *workspace, const struct review_view *view, const struct decisions *draft,
	const char *session, struct err *e)
{
	AUTO_JSON struct json *json = decisions_json(draft);
	AUTO_FREE char *path = draft_path(workspace, view, draft->by, session, e);
	AUTO_FREE char *text = NULL;

	if (!path || json_render(json, JSON_STYLE_PRETTY, &text, e) < 0)
		return -1;
	return fs_write(AT_FDCWD, path, text, strlen(text), 0600, e);
}

int review_draft_order(size_t **comments_to_decide, size_t *count, const struct review_view *view, struct err *e)
{
	size_t *order = mem_new(view->comments.count + 1, sizeof(*order), e);

	if (!order)
		return -1;
	*count = 0;
	for (int spoken = 0; spoken <= 1; spoken++) /* what was written comes first */
		for (size_t i = 0; i < view->comments.count; i++)
			if ((view->comments.item[i].spoken != NULL) == spoken && view->matching.rest[i] != REST_OVER_LIMIT &&
				view->matching.rest[i] != REST_REPEATED)
				order[(*count)++] = i;
	*comments_to_decide = order;
	return 0;
}

int review_draft_confirm(struct workspace *workspace, const struct review_view *view, const char *actor,
	const char *session, struct err *e)
{
	AUTO_FREE char *path = NULL;

	if (check_person(actor, e) < 0 || !(path = draft_path(workspace, view, actor, session, e)) ||
		review_confirm_answer(workspace, actor, session, path, &view->answer, e) < 0)
		return -1;
	return fs_remove_tree(AT_FDCWD, path, e);
}
