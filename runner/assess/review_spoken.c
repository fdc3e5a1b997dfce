// SPDX-License-Identifier: MIT
/*
 * What a candidate said about the change, entered by somebody who heard it. It stands apart from what was written, goes
 * through the same matching, and wants a decision like any comment: the one who enters it proposes, and whoever confirms
 * the review confirms it.
 */
#include "assess/review_round.h"

#include "assess/review_inside.h"
#include "assess/session_access.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/store_card.h"
#include "store/store_review.h"

#include <string.h>

/* Where it was ticked without words. */
static const char no_words[] = "–";

static const char id_prefix[] = "spoken-";

/* --- reading ---------------------------------------------------------------------------------------------------- */

static int add_spoken(struct comments *out, struct workspace *workspace, const struct store_spoken *row, struct err *e)
{
	AUTO_STORE_PERSON struct store_person person = { 0 };
	AUTO(comments_done) struct comments one = { 0 };
	AUTO_FREE char *id = mem_format(e, "%s%lld", id_prefix, (long long)row->number);
	struct comment *comment;
	struct spoken *spoken;

	if (!id || review_comments_parse(&one, row->comment, e) < 0)
		return -1;
	if (one.count != 1)
		return err_set(e, ERR_INTERNAL, "%s of session %s is %zu comments", id, row->session, one.count);
	if (store_person_get(&person, workspace->store, row->person, e) < 0 ||
		!(comment = mem_push(&out->item, out->count, sizeof(*comment), e)))
		return -1;
	out->count++;
	*comment = one.item[0];
	one.count = 0;
	free(comment->id);
	comment->id = take_ptr(&id);
	comment->spoken = spoken = mem_new(1, sizeof(*spoken), e);
	if (!spoken)
		return -1;
	spoken->at_ms = row->at_ms;
	spoken->by = mem_copy(row->person, e);
	spoken->name = mem_copy(person.name, e);
	spoken->flaw = row->flaw ? mem_copy(row->flaw, e) : NULL;
	return spoken->by && spoken->name && (!row->flaw || spoken->flaw) ? 0 : -1;
}

int review_spoken_load(struct comments *out, struct workspace *workspace, const char *session, int64_t part, struct err *e)
{
	AUTO_STORE_SPOKENS struct store_spokens rows = { 0 };

	if (store_spoken_list(&rows, workspace->store, session, part, e) < 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++)
		if (add_spoken(out, workspace, &rows.item[i], e) < 0)
			return -1;
	return 0;
}

bool review_is_spoken_id(const char *id)
{
	return text_starts_with(id, id_prefix);
}

int review_comments_keep_free(struct comments *comments, struct err *e)
{
	return comments_keep_free(comments, id_prefix, e);
}

/* --- may it be entered ------------------------------------------------------------------------------------------ */

/* A review that is being spoken about, within a change of the database. */
struct talk {
	struct store_change change;
	struct store_session session;
	struct store_parts parts;
	struct store_part part;
	struct review_view view;
	struct diff diff;
};

static void talk_done(struct talk *t)
{
	store_change_done(&t->change);
	store_session_done(&t->session);
	store_parts_done(&t->parts);
	review_view_done(&t->view);
	diff_done(&t->diff);
}

static int check_who(struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	return strchr(actor, ':')
		? err_set(e, ERR_DENIED, _("what was spoken is entered by somebody: --as PERSON says who you are"))
		: session_may(workspace, actor, session, DO_CONFIRM, e);
}

static int check_open(const struct talk *t, struct workspace *workspace, struct err *e)
{
	if (!t->part.started_ms)
		return err_set(e, ERR_CONFLICT, _("the review of session %s has not begun: nothing can have been said about it"),
			t->session.id);
	if (t->view.confirmed)
		return err_set(e, ERR_CONFLICT, _("the matches of session %s are confirmed: what was spoken stands as it is"),
			t->session.id);
	return review_check_no_card_sealed(workspace, t->session.id, e);
}

static int begin(struct talk *t, struct workspace *workspace, const char *actor, const char *session, struct err *e)
{
	return store_change_begin(&t->change, workspace->store, e) < 0 ||
			       store_session_get(&t->session, workspace->store, session, e) < 0 ||
			       check_who(workspace, actor, session, e) < 0 ||
			       review_part_find(&t->part, &t->parts, workspace, session, e) < 0 ||
			       review_view_read(&t->view, &t->diff, workspace, &t->session, &t->part, e) < 0
		? -1
		: check_open(t, workspace, e);
}

/* --- what is entered -------------------------------------------------------------------------------------------- */

static int check_flaw(const struct flaws *flaws, const char *id, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };

	if (!id || flaws_find(flaws, id))
		return 0;
	for (size_t i = 0; i < flaws->count; i++)
		text_addf(&known, "%s%s", i ? ", " : "", flaws->item[i].id);
	return known.failed ? err_memory(e)
			    : err_set(e, ERR_NOT_FOUND, _("no flaw '%.64s' is planted; there are %s"), id, text_bytes(&known));
}

/* A slip of the finger would cost the candidate the match. */
static int check_place(const struct diff *diff, const struct review_said *said, struct err *e)
{
	for (size_t i = 0; i < diff->file_count && said->file; i++) {
		const struct diff_file *file = &diff->files[i];

		if (!file->new_path || strcmp(file->new_path, said->file) != 0)
			continue;
		if (file->new_total_lines && said->end_line > file->new_total_lines)
			return err_set(e, ERR_INVALID, _("%s has %d lines after the change, and no line %d"), said->file,
				file->new_total_lines, said->end_line);
		return 0;
	}
	return said->file ? err_set(e, ERR_NOT_FOUND, _("the change has no file %.200s"), said->file) : 0;
}

static int check_said(const struct review_said *said, struct err *e)
{
	if (!said->text && !said->flaw)
		return err_set(e, ERR_USAGE, _("say what was spoken with --spoken, or with --flaw which flaw it is"));
	if (said->text && (text_characters(said->text) == strspn(said->text, " ") || !text_is_utf8(said->text, strlen(said->text))))
		return err_set(e, ERR_USAGE, _("what was spoken is UTF-8 text that isn't blank"));
	if (said->text && strlen(said->text) > COMMENT_MAX_TEXT)
		return err_set(e, ERR_LIMIT, _("what was spoken has at most %d bytes, this has %zu"), COMMENT_MAX_TEXT,
			strlen(said->text));
	if (said->line && !said->file)
		return err_set(e, ERR_USAGE, _("a line needs its file: --file FILE --line N"));
	return 0;
}

/* One comment as comments.json has them. */
static int render(char **out, const struct review_said *said, struct err *e)
{
	struct comment comment = { .id = (char *)(uintptr_t)"spoken", .file = (char *)(uintptr_t)said->file, .line = said->line,
		.end_line = said->end_line, .severity = said->severity, .category = said->category,
		.text = (char *)(uintptr_t)(said->text ? said->text : no_words) };
	const struct comments one = { &comment, 1 };

	return review_comments_render(out, &one, e);
}

static size_t count_spoken(const struct comments *comments)
{
	size_t count = 0;

	for (size_t i = 0; i < comments->count; i++)
		count += comments->item[i].spoken != NULL;
	return count;
}

/* The number that the store gave it. */
static int find_id(char **out, struct workspace *workspace, const struct talk *t, int64_t row, struct err *e)
{
	AUTO_STORE_SPOKENS struct store_spokens rows = { 0 };

	if (store_spoken_list(&rows, workspace->store, t->session.id, t->part.number, e) < 0)
		return -1;
	for (size_t i = 0; i < rows.count; i++)
		if (rows.item[i].id == row) {
			*out = mem_format(e, "%s%lld", id_prefix, (long long)rows.item[i].number);
			return *out ? 0 : -1;
		}
	return err_set(e, ERR_INTERNAL, "what was just entered is not there");
}

int review_tick(char **id, struct workspace *workspace, const char *actor, const char *session,
	const struct review_said *said, struct err *e)
{
	AUTO(talk_done) struct talk t = { 0 };
	AUTO_FREE char *json = NULL;
	AUTO_FREE char *given = NULL;
	struct store_spoken row = { .flaw = said->flaw, .person = actor, .at_ms = clock_now_ms() };
	int64_t number;

	if (check_said(said, e) < 0 || begin(&t, workspace, actor, session, e) < 0 ||
		check_flaw(&t.view.flaws, said->flaw, e) < 0 || check_place(&t.diff, said, e) < 0)
		return -1;
	if (count_spoken(&t.view.comments) >= REVIEW_MAX_SPOKEN)
		return err_set(e, ERR_LIMIT, _("at most %d spoken comments are entered for a review"), REVIEW_MAX_SPOKEN);
	if (render(&json, said, e) < 0)
		return -1;
	row.session = session;
	row.part = t.part.number;
	row.comment = json;
	if (store_spoken_add(&number, workspace->store, &row, e) < 0 || find_id(&given, workspace, &t, number, e) < 0 ||
		workspace_log(workspace, actor, "review.tick", session, given, e) < 0 || store_change_commit(&t.change, e) < 0)
		return -1;
	*id = take_ptr(&given);
	return 0;
}

int review_take_back(struct workspace *workspace, const char *actor, const char *session, const char *id, struct err *e)
{
	AUTO(talk_done) struct talk t = { 0 };
	AUTO_STORE_SPOKENS struct store_spokens rows = { 0 };
	long long number = 0;

	if (begin(&t, workspace, actor, session, e) < 0 ||
		store_spoken_list(&rows, workspace->store, session, t.part.number, e) < 0)
		return -1;
	if (text_starts_with(id, id_prefix) && !text_to_integer(id + strlen(id_prefix), 1, 1 << 30, &number))
		number = 0;
	for (size_t i = 0; i < rows.count; i++) {
		if (rows.item[i].number != number)
			continue;
		if (store_spoken_take_back(workspace->store, &rows.item[i], actor, clock_now_ms(), e) < 0 ||
			workspace_log(workspace, actor, "review.take_back", session, id, e) < 0)
			return -1;
		return store_change_commit(&t.change, e);
	}
	return err_set(e, ERR_NOT_FOUND, _("session %s has no spoken comment %.64s: 'assay review show %s' lists them"), session, id,
		session);
}
