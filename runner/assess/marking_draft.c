// SPDX-License-Identifier: MIT
/*
 * A form while it is being filled in. Editors crash, disks fill up, and fingers slip: beside the draft lies a copy from
 * before the editor had it. Where the editor leaves no whole form, the copy is put back, and what was left lies aside
 * for whoever typed it. A mistake in a whole form is another thing: that stays as it was typed.
 */
#include "assess/marking_inside.h"
#include "assess/workspace_inside.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "score/card_form.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

struct draft {
	char *path;
	char *before; /* the copy */
	char *left;   /* what an editor left instead of a form */
};

static void draft_done(struct draft *draft)
{
	free(draft->path);
	free(draft->before);
	free(draft->left);
}

static int draft_init(struct draft *draft, struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	if (workspace_make_dir(workspace, "work/cards", e) < 0)
		return -1;
	draft->path = workspace_path(workspace, e, "work/cards/%s-%s.txt", session, actor);
	draft->before = workspace_path(workspace, e, "work/cards/%s-%s.before", session, actor);
	draft->left = workspace_path(workspace, e, "work/cards/%s-%s.left", session, actor);
	return draft->path && draft->before && draft->left ? 0 : -1;
}

/* Why it is no whole form: translated; NULL when it is one. */
static int find_fault(const char **fault, enum err_kind *kind, const char *path, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	struct err said = { 0 };
	size_t size;

	*fault = NULL;
	*kind = ERR_INVALID;
	if (!fs_exists(AT_FDCWD, path))
		*fault = _("it is gone");
	else if (!fs_is_file(AT_FDCWD, path))
		*fault = _("it is no file any more");
	else if (fs_read(&bytes, &size, AT_FDCWD, path, CARD_FORM_MAX_BYTES, &said) < 0) {
		if (said.kind != ERR_LIMIT)
			return err_set(e, said.kind, "%s", said.text);
		*fault = _("it is larger than 1 MiB");
		*kind = ERR_LIMIT;
	} else if (bytes[strspn(bytes, " \t\r\n")] == '\0')
		*fault = _("it is empty");
	else if (!card_form_is_whole(bytes, size))
		*fault = _("its last line is missing");
	return 0;
}

static int copy_file(const char *from, const char *to, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	return fs_read(&bytes, &size, AT_FDCWD, from, CARD_FORM_MAX_BYTES, e) < 0 ||
			       fs_write(AT_FDCWD, to, bytes, size, 0600, e) < 0
		? -1
		: 0;
}

/* Puts the copy in the draft's place if there is one; *kept says whether something was left that lies aside now. */
static int put_back(bool *kept, const struct draft *draft, struct err *e)
{
	*kept = fs_is_file(AT_FDCWD, draft->path) || fs_is_dir(AT_FDCWD, draft->path);
	if (*kept) {
		if (fs_remove_tree(AT_FDCWD, draft->left, e) < 0)
			return -1;
		if (rename(draft->path, draft->left) < 0)
			return err_errno(e, _("cannot lay %s aside"), draft->path);
	}
	if (fs_remove_tree(AT_FDCWD, draft->path, e) < 0)
		return -1;
	return fs_is_file(AT_FDCWD, draft->before) ? copy_file(draft->before, draft->path, e) : 0;
}

static int draft_remove(const struct draft *draft, struct err *e)
{
	return fs_remove_tree(AT_FDCWD, draft->path, e) < 0 || fs_remove_tree(AT_FDCWD, draft->before, e) < 0 ||
			       fs_remove_tree(AT_FDCWD, draft->left, e) < 0
		? -1
		: 0;
}

/* Whether a draft, a whole form, says what the card says since: then it was taken, by a program that was killed before it was removed. */
static int was_taken(bool *taken, struct workspace *workspace, const char *actor, const char *session, const char *path,
	struct err *e)
{
	AUTO(marking_done) struct marking m = { 0 };
	AUTO_FREE char *bytes = NULL;
	struct err said = { 0 };
	long long saved_ms = 0;
	size_t size;
	bool changed;

	*taken = false;
	if (!fs_is_file(AT_FDCWD, path) || fs_read(&bytes, &size, AT_FDCWD, path, CARD_FORM_MAX_BYTES, &said) < 0)
		return 0;
	if (marking_begin(&m, workspace, actor, session, e) < 0)
		return -1;
	if (card_form_take(m.card, &saved_ms, m.rubric, path, bytes, size, &said) < 0 || saved_ms == m.saved_ms)
		return 0;
	if (marking_has_changed(&changed, &m, e) < 0)
		return -1;
	*taken = !changed;
	return 0;
}

int marking_draft(char **path, struct workspace *workspace, const char *actor, const char *session, bool fresh,
	struct err *e)
{
	AUTO(draft_done) struct draft draft = { 0 };
	AUTO_FREE char *form = NULL;
	enum err_kind kind;
	const char *fault;
	bool kept, taken = false;

	/* Who may not mark gets no file either. */
	if (marking_form(&form, workspace, actor, session, e) < 0 || draft_init(&draft, workspace, actor, session, e) < 0 ||
		(fresh && draft_remove(&draft, e) < 0) || find_fault(&fault, &kind, draft.path, e) < 0 ||
		(fault && put_back(&kept, &draft, e) < 0) ||
		was_taken(&taken, workspace, actor, session, draft.path, e) < 0 || (taken && draft_remove(&draft, e) < 0) ||
		(!fs_exists(AT_FDCWD, draft.path) && fs_write(AT_FDCWD, draft.path, form, strlen(form), 0600, e) < 0) ||
		copy_file(draft.path, draft.before, e) < 0)
		return -1;
	*path = take_ptr(&draft.path);
	return 0;
}

static int refuse(const struct draft *draft, const char *fault, enum err_kind kind, struct err *e)
{
	bool kept;

	if (put_back(&kept, draft, e) < 0)
		return -1;
	return kept ? err_set(e, kind, _("%s: the editor left no form, %s; what it left lies in %s"), draft->path, fault, draft->left)
		    : err_set(e, kind, _("%s: the editor left no form, %s"), draft->path, fault);
}

int marking_draft_take(struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	AUTO(draft_done) struct draft draft = { 0 };
	AUTO_FREE char *bytes = NULL;
	enum err_kind kind;
	const char *fault;
	size_t size;

	if (draft_init(&draft, workspace, actor, session, e) < 0 || find_fault(&fault, &kind, draft.path, e) < 0)
		return -1;
	if (fault)
		return refuse(&draft, fault, kind, e);
	if (fs_read(&bytes, &size, AT_FDCWD, draft.path, CARD_FORM_MAX_BYTES, e) < 0 ||
		marking_take_form(workspace, actor, session, draft.path, bytes, size, false, e) < 0)
		return -1;
	return fs_remove_tree(AT_FDCWD, draft.path, e) < 0 ? -1 : fs_remove_tree(AT_FDCWD, draft.before, e);
}
