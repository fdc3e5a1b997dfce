// SPDX-License-Identifier: MIT
/*
 * The review round. The matches are computed anew whenever they are looked at, from the pinned flaws and the kept
 * comments; what a person decided is kept together with the matches as they were at that moment.
 */
#include "assess/review_round.h"

#include "assess/review_inside.h"
#include "assess/session_access.h"
#include "assess/session_inside.h"
#include "assess/workspace_inside.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/diff.h"
#include "review/annotation.h"
#include "store/store_card.h"
#include "store/store_review.h"

#include <fcntl.h>
#include <string.h>

enum { ANSWER_MAX_BYTES = 8 << 20 };

/* --- answers ---------------------------------------------------------------------------------------------------- */

static int take_json(struct comments *out, const char *name, const char *bytes, size_t size, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_parse(&doc, name, bytes, size, e) < 0 ? -1 : comments_parse(out, doc, e);
}

int review_comments_render(char **json, const struct comments *comments, struct err *e)
{
	AUTO_JSON struct json *canonical = comments_json(comments);

	return json_render(canonical, JSON_STYLE_COMPACT, json, e);
}

int review_answer_parse(
	char **json, const char *name, const char *bytes, size_t size, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	bool is_change = size && bytes[strspn(bytes, " \t\r\n")] != '{' && annotation_has_any(bytes, size);

	if ((is_change ? annotation_take : take_json)(&comments, name, bytes, size, e) < 0)
		return -1;
	return review_comments_keep_free(&comments, e) < 0 ? -1 : review_comments_render(json, &comments, e);
}

int review_answer_join(char **json, const char *comments_bytes, size_t comments_size, const char *change,
	size_t change_size, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };

	if (take_json(&comments, "comments.json", comments_bytes, comments_size, e) < 0 ||
		annotation_take(&comments, "change.diff", change, change_size, e) < 0)
		return -1;
	return review_comments_keep_free(&comments, e) < 0 ? -1 : review_comments_render(json, &comments, e);
}

int review_comments_parse(struct comments *out, const char *json, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_parse(&doc, "comments.json", json, strlen(json), e) < 0)
		return -1;
	return comments_parse(out, doc, e);
}

static int is_empty_answer(bool *empty, const char *json, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };

	if (review_comments_parse(&comments, json, e) < 0)
		return -1;
	*empty = comments.count == 0;
	return 0;
}

/* The newest answer and decision; *found says whether there is one. Other failures are failures. */
static int find_answer(struct store_answer *out, bool *found, struct workspace *workspace,
	const char *session, int64_t part, struct err *e)
{
	struct err said = { 0 };

	*found = store_answer_get(out, workspace->store, session, part, &said) == 0;
	return *found || said.kind == ERR_NOT_FOUND ? 0 : err_set(e, said.kind, "%s", said.text);
}

static int find_decision(struct store_decision *out, bool *found, struct workspace *workspace,
	int64_t answer, struct err *e)
{
	struct err said = { 0 };

	*found = store_decision_get(out, workspace->store, answer, &said) == 0;
	return *found || said.kind == ERR_NOT_FOUND ? 0 : err_set(e, said.kind, "%s", said.text);
}

int review_answer_keep(struct workspace *workspace, const char *actor, const char *session,
	int64_t part, const char *json, bool unless_empty, struct err *e)
{
	AUTO_STORE_ANSWER struct store_answer earlier = { 0 };
	AUTO_STORE_DECISION struct store_decision decision = { 0 };
	struct store_answer answer = {
		.session = session, .part = part, .comments = json, .actor = actor
	};
	bool answered = false, confirmed = false, empty = false;
	int64_t id;

	if (find_answer(&earlier, &answered, workspace, session, part, e) < 0 ||
		(answered && find_decision(&decision, &confirmed, workspace, earlier.id, e) < 0) ||
		is_empty_answer(&empty, json, e) < 0)
		return -1;
	if (answered && ((unless_empty && empty) || strcmp(earlier.comments, json) == 0))
		return 0;
	if (confirmed)
		return err_set(e, ERR_CONFLICT,
			_("%s has confirmed the matches of session %s: its answer stands"),
			decision.person, session);
	answer.at_ms = clock_now_ms();
	if (store_answer_add(&id, workspace->store, &answer, e) < 0)
		return -1;
	return workspace_log(workspace, actor, "review.answer", session, NULL, e);
}

/* The number and task of the session's review. ERR_NOT_FOUND when it has none. */
int review_part_find(struct store_part *out, struct store_parts *parts, struct workspace *workspace,
	const char *session, struct err *e)
{
	if (store_part_list(parts, workspace->store, session, e) < 0)
		return -1;
	for (size_t i = 0; i < parts->count; i++) {
		if (strcmp(parts->item[i].kind, part_kind_name(PART_REVIEW)) != 0 ||
			!parts->item[i].task)
			continue;
		*out = parts->item[i];
		return 0;
	}
	return err_set(e, ERR_NOT_FOUND, _("the plan of session %s has no review"), session);
}

int review_change(char **out, struct workspace *workspace, const char *session_id, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO(diff_done) struct diff diff = { 0 };
	AUTO_FREE char *base = NULL;
	AUTO_FREE char *head = NULL;
	struct store_part part;

	if (store_session_get(&session, workspace->store, session_id, e) < 0 ||
		review_part_find(&part, &parts, workspace, session_id, e) < 0 ||
		session_load_task(&task, workspace, &session, part.task, e) < 0 ||
		session_change_dirs(&base, &head, workspace, &session, task, e) < 0 ||
		diff_dirs(&diff, base, head, e) < 0)
		return -1;
	return annotation_render(out, &diff, e);
}

int review_answer(struct workspace *workspace, const char *actor, const char *session_id,
	const char *file, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	AUTO_FREE char *bytes = NULL;
	AUTO_FREE char *json = NULL;
	struct store_part part;
	size_t size;

	if (fs_read(&bytes, &size, AT_FDCWD, file, ANSWER_MAX_BYTES, e) < 0 ||
		review_answer_parse(&json, file, bytes, size, e) < 0 ||
		store_change_begin(&change, workspace->store, e) < 0 ||
		store_session_get(&session, workspace->store, session_id, e) < 0 ||
		session_may(workspace, actor, session_id, DO_LEAD, e) < 0 ||
		review_part_find(&part, &parts, workspace, session_id, e) < 0)
		return -1;
	if (!session.started_ms)
		return session_refuse(&session, e);
	if (review_answer_keep(workspace, actor, session_id, part.number, json, false, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static int load_change(struct review_view *view, struct diff *diff, struct workspace *workspace,
	const struct store_session *session, const char *task_id, struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *base = NULL;
	AUTO_FREE char *head = NULL;

	if (session_load_task(&task, workspace, session, task_id, e) < 0 ||
		session_change_dirs(&base, &head, workspace, session, task, e) < 0 ||
		diff_dirs(diff, base, head, e) < 0 ||
		json_doc_load(&doc, task->dir_fd, "review/flaws.json", "review/flaws.json", e) < 0)
		return -1;
	return flaws_parse(&view->flaws, doc, diff, e);
}

static int load_decisions(
	struct review_view *view, struct workspace *workspace, int64_t answer, struct err *e)
{
	AUTO_STORE_DECISION struct store_decision row = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (find_decision(&row, &view->confirmed, workspace, answer, e) < 0)
		return -1;
	if (!view->confirmed)
		return 0;
	view->confirmed_ms = row.at_ms;
	if (json_doc_parse(&doc, "decisions", row.decided, strlen(row.decided), e) < 0)
		return -1;
	return decisions_parse(&view->decisions, doc, &view->comments, &view->flaws, e);
}

/* What was spoken stands before what was written. */
static int load_comments(struct review_view *view, struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_ANSWER struct store_answer row = { 0 };
	AUTO(comments_done) struct comments written = { 0 };

	if (review_spoken_load(&view->comments, workspace, session, view->part, e) < 0 ||
		find_answer(&row, &view->answered, workspace, session, view->part, e) < 0)
		return -1;
	if (!view->answered)
		return 0;
	view->answer = row.id;
	if (review_comments_parse(&written, row.comments, e) < 0 || review_comments_keep_free(&written, e) < 0)
		return -1;
	for (size_t i = 0; i < written.count; i++) {
		struct comment *comment = mem_push(&view->comments.item, view->comments.count, sizeof(*comment), e);

		if (!comment)
			return -1;
		view->comments.count++;
		*comment = written.item[i];
		written.item[i] = (struct comment){ 0 };
	}
	return 0;
}

int review_view_read(struct review_view *view, struct diff *diff, struct workspace *workspace,
	const struct store_session *session, const struct store_part *part, struct err *e)
{
	view->part = part->number;
	view->task = mem_copy(part->task, e);
	if (!view->task || load_change(view, diff, workspace, session, part->task, e) < 0 ||
		load_comments(view, workspace, session->id, e) < 0 ||
		match_comments(&view->matching, &view->comments, &view->flaws, diff, e) < 0 ||
		(view->answered && load_decisions(view, workspace, view->answer, e) < 0) ||
		findings_count(&view->findings, &view->flaws, &view->matching, view->confirmed ? &view->decisions : NULL, e) < 0)
		return -1;
	return view->confirmed ? findings_add_spoken(&view->findings, &view->comments, &view->flaws, &view->decisions, e) : 0;
}

int review_view_load(struct review_view *out, bool *found, struct workspace *workspace,
	const struct store_session *session, struct err *e)
{
	AUTO_REVIEW_VIEW struct review_view view = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	AUTO(diff_done) struct diff diff = { 0 };
	struct err said = { 0 };
	struct store_part part;

	if (review_part_find(&part, &parts, workspace, session->id, &said) < 0) {
		*found = false;
		return said.kind == ERR_NOT_FOUND ? 0 : err_set(e, said.kind, "%s", said.text);
	}
	if (review_view_read(&view, &diff, workspace, session, &part, e) < 0)
		return err_wrap(e, _("review of session %s"), session->id);
	*found = true;
	*out = view;
	view = (struct review_view){ 0 };
	return 0;
}

int review_view(struct review_view *out, struct workspace *workspace, const char *actor,
	const char *session_id, struct err *e)
{
	AUTO_STORE_SESSION struct store_session session = { 0 };
	struct access access;
	bool found = false;

	if (store_session_get(&session, workspace->store, session_id, e) < 0 ||
		session_access(&access, workspace, actor, session_id, e) < 0 ||
		access_check_evidence(&access, actor, session_id, e) < 0 ||
		review_view_load(out, &found, workspace, &session, e) < 0)
		return -1;
	return found
		? 0
		: err_set(e, ERR_NOT_FOUND, _("the plan of session %s has no review"), session_id);
}

void review_view_done(struct review_view *view)
{
	free(view->task);
	comments_done(&view->comments);
	flaws_done(&view->flaws);
	matching_done(&view->matching);
	decisions_done(&view->decisions);
	findings_done(&view->findings);
	*view = (struct review_view){ 0 };
}

/* --- confirming ------------------------------------------------------------------------------------------------- */

/* Who confirms is named in the file; somebody else may bring the file only under no name of their own. */
static int check_who(struct workspace *workspace, const char *actor, const char *by,
	const char *session, struct err *e)
{
	AUTO_STORE_PERSON struct store_person person = { 0 };
	struct access access;

	if (store_person_get(&person, workspace->store, by, e) < 0 ||
		session_access(&access, workspace, by, session, e) < 0)
		return -1;
	if (!rights_allow(&access.rights, DO_CONFIRM))
		return err_set(e, ERR_DENIED, _("%s neither interviews in session %s nor is lead"),
			by, session);
	if (strncmp(actor, "account:", 8) != 0 && strcmp(actor, by) != 0)
		return err_set(e, ERR_DENIED,
			_("these are the decisions of %s: %s can't confirm them"), by, actor);
	return 0;
}

static int check_all_decided(
	const struct review_view *view, const struct decisions *decisions, struct err *e)
{
	for (size_t i = 0; i < view->comments.count; i++) {
		enum match_rest rest = view->matching.rest[i];
		/* What doesn't count needs no decision. */
		bool decided = rest == REST_OVER_LIMIT || rest == REST_REPEATED;

		for (size_t k = 0; k < decisions->count; k++)
			decided = decided ||
				strcmp(decisions->item[k].comment, view->comments.item[i].id) == 0;
		if (!decided)
			return err_set(e, ERR_INVALID, _("nothing is decided about comment %s"),
				view->comments.item[i].id);
	}
	return 0;
}

/* After a card was sealed, its marks rest on what was confirmed. */
int review_check_no_card_sealed(struct workspace *workspace, const char *session, struct err *e)
{
	AUTO_STORE_CARDS struct store_cards cards = { 0 };

	if (store_card_list(&cards, workspace->store, session, e) < 0)
		return -1;
	for (size_t i = 0; i < cards.count; i++)
		if (cards.item[i].state != STORE_CARD_DRAFT)
			return err_set(e, ERR_CONFLICT,
				_("the card of %s is sealed: the matches can't change under it"),
				cards.item[i].interviewer);
	return 0;
}

static struct json *proposed_json(const struct review_view *view)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < view->matching.count; i++) {
		const struct match *m = &view->matching.item[i];

		json_append_take(&list,
			json_pack_new("{s:s, s:s, s:i, s:i, s:i, s:i, s:s}", "comment",
				view->comments.item[m->comment].id, "flaw",
				view->flaws.item[m->flaw].id, "total", m->total, "place",
				m->score.place, "words", m->score.words, "category",
				m->score.category, "band", match_band_name(m->band)));
	}
	return list;
}

static int keep_decisions(struct workspace *workspace, int64_t answer,
	const struct review_view *view, const struct decisions *decisions, const char *session,
	struct err *e)
{
	AUTO_JSON struct json *proposed = proposed_json(view);
	AUTO_JSON struct json *decided = decisions_json(decisions);
	AUTO_FREE char *proposed_text = NULL;
	AUTO_FREE char *decided_text = NULL;
	AUTO_STORE_DECISION struct store_decision before = { 0 };
	bool found;
	struct store_decision row = {
		.answer = answer, .person = decisions->by, .at_ms = clock_now_ms()
	};

	if (json_render(proposed, JSON_STYLE_COMPACT, &proposed_text, e) < 0 ||
		json_render(decided, JSON_STYLE_COMPACT, &decided_text, e) < 0)
		return -1;
	/* What is said twice is kept once. */
	if (find_decision(&before, &found, workspace, answer, e) < 0)
		return -1;
	if (found && strcmp(before.person, decisions->by) == 0 && strcmp(before.decided, decided_text) == 0)
		return 0;
	row.proposed = proposed_text;
	row.decided = decided_text;
	if (store_decision_add(workspace->store, &row, e) < 0)
		return -1;
	return workspace_log(workspace, decisions->by, "review.confirm", session, NULL, e);
}

/* Decisions are about an answer. Where nothing was handed in and something was spoken, that is one without comments, in
 * the name of whoever confirms. */
static int add_empty_answer(int64_t *id, struct workspace *workspace, const struct store_session *session,
	const struct store_part *part, const char *person, struct err *e)
{
	const struct comments none = { 0 };
	AUTO_FREE char *json = NULL;
	struct store_answer answer = { .session = session->id, .part = part->number, .actor = person, .at_ms = clock_now_ms() };

	if (review_comments_render(&json, &none, e) < 0)
		return -1;
	answer.comments = json;
	return store_answer_add(id, workspace->store, &answer, e);
}

int review_confirm(struct workspace *workspace, const char *actor, const char *session, const char *file, struct err *e)
{
	return review_confirm_answer(workspace, actor, session, file, NULL, e);
}

int review_confirm_answer(struct workspace *workspace, const char *actor, const char *session_id,
	const char *file, const int64_t *answer, struct err *e)
{
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_STORE_PARTS struct store_parts parts = { 0 };
	AUTO_REVIEW_VIEW struct review_view view = { 0 };
	AUTO(decisions_done) struct decisions decisions = { 0 };
	AUTO(diff_done) struct diff diff = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct store_part part;

	if (json_doc_load(&doc, AT_FDCWD, file, file, e) < 0 ||
		store_change_begin(&change, workspace->store, e) < 0 ||
		store_session_get(&session, workspace->store, session_id, e) < 0 ||
		review_part_find(&part, &parts, workspace, session_id, e) < 0 ||
		review_view_read(&view, &diff, workspace, &session, &part, e) < 0)
		return -1;
	if (!view.answered && !view.comments.count)
		return err_set(e, ERR_CONFLICT,
			_("there is no answer to confirm: 'assay review answer %s' takes one"),
			session_id);
	if (answer && *answer != view.answer)
		return err_set(e, ERR_CONFLICT,
			_("another answer came in meanwhile: 'assay review confirm %s' asks for its comments"), session_id);
	if (decisions_parse(&decisions, doc, &view.comments, &view.flaws, e) < 0 ||
		check_who(workspace, actor, decisions.by, session_id, e) < 0 ||
		check_all_decided(&view, &decisions, e) < 0 ||
		review_check_no_card_sealed(workspace, session_id, e) < 0 ||
		(!view.answered && add_empty_answer(&view.answer, workspace, &session, &part, decisions.by, e) < 0) ||
		keep_decisions(workspace, view.answer, &view, &decisions, session_id, e) < 0)
		return -1;
	return store_change_commit(&change, e);
}
