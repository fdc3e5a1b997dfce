// SPDX-License-Identifier: MIT
/*
 * Keeping lines, and who may read them.
 */
#include "assess/notes.h"

#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

int notes_check(struct workspace *workspace, const char *actor, const char *id, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	bool sits;

	if (store_session_get(&session, workspace->store, id, e) < 0 ||
		session_seat_of(&sits, NULL, workspace, id, actor, e) < 0)
		return -1;
	if (!sits)
		return err_set(e, ERR_DENIED, _("%s doesn't interview in session %s: --as PERSON says who you are"), actor, id);
	if (!session.started_ms)
		return session_refuse(&session, e);
	return 0;
}

/* The line as it is kept. */
static int clean(char **out, const char *line, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	size_t length = strlen(line);

	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	while (length && strchr(" \t", *line))
		line++, length--;
	if (!length)
		return err_set(e, ERR_USAGE, _("a note is empty"));
	if (length > NOTE_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("a note has at most %d bytes, this line has %zu: it was not kept"), NOTE_MAX_BYTES,
			length);
	text_add_clean(&t, line, length);
	return text_take(&t, out, e);
}

static int running_part(int64_t *number, char **kind, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_PARTS struct store_parts parts = { 0 };

	if (store_part_list(&parts, workspace->store, session, e) < 0)
		return -1;
	*number = 0;
	for (size_t i = 0; i < parts.count; i++) {
		if (!parts.item[i].started_ms || parts.item[i].ended_ms)
			continue;
		*number = parts.item[i].number;
		return kind && !(*kind = mem_copy(parts.item[i].kind, e)) ? -1 : 0;
	}
	return 0;
}

int notes_add(int64_t *id, char **part, struct workspace *workspace, const char *actor, const char *session,
	const char *line, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *text = NULL;
	AUTO_FREE char *kind = NULL;
	struct store_note note = { .session = session, .person = actor, .at_ms = clock_now_ms() };

	if (clean(&text, line, e) < 0 || store_change_begin(&change, workspace->store, e) < 0 ||
		notes_check(workspace, actor, session, e) < 0 ||
		running_part(&note.part, &kind, workspace, session, e) < 0)
		return -1;
	note.text = text;
	if (store_note_add(id, workspace->store, &note, e) < 0 || store_change_commit(&change, e) < 0)
		return -1;
	if (part)
		*part = take_ptr(&kind);
	return 0;
}

int notes_list(struct store_notes *out, size_t *hidden, struct workspace *workspace, const char *actor,
	const char *session, struct err *e)
{
	AUTO_STORE_SESSION struct store_session found = { 0 };
	AUTO_STORE_NOTES struct store_notes all = { 0 };
	struct access access;

	if (store_session_get(&found, workspace->store, session, e) < 0 ||
		session_access(&access, workspace, actor, session, e) < 0)
		return -1;
	*hidden = 0;
	if (rights_allow(&access.rights, SEE_NOTES))
		return store_note_list(out, workspace->store, session, NULL, e);
	if (!access.sits)
		return rights_check(&access.rights, SEE_NOTES, actor, e);
	if (store_note_list(&all, workspace->store, session, NULL, e) < 0 ||
		store_note_list(out, workspace->store, session, actor, e) < 0)
		return -1;
	*hidden = all.count - out->count;
	return 0;
}
