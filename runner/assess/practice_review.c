// SPDX-License-Identifier: MIT
/*
 * Practising a review: remarks go into the kit's comments.json, from here or from an editor; afterwards each planted flaw
 * is shown with the remark that seems to have found it, and whoever practises says whether it did. A match earns nothing
 * before a person confirmed it, as in an interview.
 */
#include "assess/practice_inside.h"

#include "assess/kit.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"
#include "review/comment.h"
#include "review/match.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* --- what there is ---------------------------------------------------------------------------------------------- */

int practising_load_review(struct practising *p, struct err *e)
{
	const struct task *task = p->item.task;
	AUTO_FREE char *base = fs_join(task->dir, "review/base", e);
	AUTO_FREE char *head = fs_join(task->dir, "review/head", e);
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (!base || !head || repo_start(e) < 0)
		return -1;
	/* Until the end: the kit is laid with a diff as well. */
	p->git_started = true;
	if (diff_dirs(&p->change, base, head, e) < 0 || json_doc_load(&doc, task->dir_fd, "review/flaws.json", "review/flaws.json", e) < 0)
		return -1;
	return flaws_parse(&p->flaws, doc, &p->change, e);
}

static int open_kit(struct practising *p, int *fd, struct err *e)
{
	return fs_open_dir(fd, p->place.task_fd, "kit", e);
}

int practising_comments(struct practising *p, struct comments *out, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_CLOSE int fd = -1;
	size_t size;

	if (open_kit(p, &fd, e) < 0 || fs_read(&bytes, &size, fd, "comments.json", KIT_MAX_COMMENTS, e) < 0 ||
		json_doc_parse(&doc, "comments.json", bytes, size, e) < 0)
		return -1;
	return comments_parse(out, doc, e);
}

/* --- remarks ---------------------------------------------------------------------------------------------------- */

/* The file as it is now, to be changed: checked before and after, so that a remark never damages what was there. */
static int store(struct practising *p, struct json *value, struct err *e)
{
	AUTO_FREE char *text = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO(comments_done) struct comments checked = { 0 };
	AUTO_CLOSE int fd = -1;

	if (json_render(value, JSON_STYLE_PRETTY, &text, e) < 0 ||
		json_doc_parse(&doc, "comments.json", text, strlen(text), e) < 0 || comments_parse(&checked, doc, e) < 0 ||
		open_kit(p, &fd, e) < 0)
		return -1;
	return fs_write(fd, "comments.json", text, strlen(text), 0644, e);
}

static struct json *with_comments(struct json *list)
{
	return json_pack_new("{s:i, s:o}", "format", 1, "comments", list);
}

static struct json *list_of(const struct comments *comments, const char *without)
{
	AUTO_JSON struct json *whole = comments_json(comments);
	struct json_at root = json_value_root(whole), list = json_member(&root, "comments");
	struct json *out = json_new_array();

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);

		if (!without || strcmp(json_get_string(&at, "id", ""), without) != 0)
			json_append_take(&out, json_copy_value(&at));
	}
	return out;
}

static bool has_id(const struct comments *comments, const char *id)
{
	for (size_t i = 0; i < comments->count; i++)
		if (strcmp(comments->item[i].id, id) == 0)
			return true;
	return false;
}

/* "12" or "12-15" behind the last ':' of the place. Nothing there: no line. */
static int parse_lines(const char *s, long long *first, long long *last, struct err *e)
{
	char number[16];
	size_t length = strcspn(s, "-");

	*first = *last = 0;
	if (!*s)
		return 0;
	snprintf(number, sizeof(number), "%.*s", (int)length, s);
	if (length >= sizeof(number) || !text_to_integer(number, 1, 10000000, first) ||
		(s[length] && !text_to_integer(s + length + 1, *first, 10000000, last)))
		return err_set(e, ERR_USAGE, _("'%.40s' is no line or range of lines: write FILE:12 TEXT or FILE:12-15 TEXT"), s);
	if (!*last)
		*last = *first;
	return 0;
}

static struct json *new_comment(const struct comments *comments, const char *file, long long first, long long last,
	const char *text)
{
	struct json *comment;
	char id[24];
	size_t n = comments->count + 1;

	do
		snprintf(id, sizeof(id), "c%zu", n++);
	while (has_id(comments, id));
	comment = json_pack_new("{s:s, s:s}", "id", id, "text", text);
	if (*file)
		json_put_take(&comment, "file", json_new_string(file));
	if (*file && first) {
		json_put_take(&comment, "line", json_pack_new("I", first));
		json_put_take(&comment, "end_line", json_pack_new("I", last));
	}
	return comment;
}

int practising_add_comment(struct practising *p, const char *line, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	AUTO_JSON struct json *value = NULL;
	AUTO_FREE char *place = NULL;
	AUTO_FREE char *text = NULL;
	size_t length = strcspn(line, " \t"), end = strlen(line);
	long long first, last;
	struct json *list;
	char *colon;

	while (end > length && strchr(" \t\r", line[end - 1]))
		end--;
	place = mem_format(e, "%.*s", (int)length, line);
	text = place ? mem_format(e, "%.*s", (int)(end - length), line + length) : NULL;
	if (!text || practising_comments(p, &comments, e) < 0)
		return -1;
	if (!text[strspn(text, " \t")])
		return err_set(e, ERR_USAGE, _("a remark needs a text: FILE:LINE TEXT"));
	colon = strrchr(place, ':');
	*colon = '\0';
	if (parse_lines(colon + 1, &first, &last, e) < 0)
		return -1;
	list = list_of(&comments, NULL);
	json_append_take(&list, new_comment(&comments, place, first, last, text + strspn(text, " \t")));
	value = with_comments(list);
	return value ? store(p, value, e) : err_memory(e);
}

int practising_drop_comment(struct practising *p, const char *id, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	AUTO_JSON struct json *value = NULL;
	AUTO_FREE char *word = mem_format(e, "%.*s", (int)strcspn(id, " \t\r"), id);

	if (!word || practising_comments(p, &comments, e) < 0)
		return -1;
	if (!has_id(&comments, word))
		return err_set(e, ERR_USAGE, _("there is no remark '%.40s': list shows them"), word);
	value = with_comments(list_of(&comments, word));
	return value ? store(p, value, e) : err_memory(e);
}

/* --- findings --------------------------------------------------------------------------------------------------- */

static const struct match *match_of(const struct matching *matching, size_t flaw)
{
	for (size_t i = 0; i < matching->count; i++)
		if (matching->item[i].flaw == flaw && matching->item[i].band != BAND_NONE)
			return &matching->item[i];
	return NULL;
}

static int ask_found(struct practising *p, size_t flaw, struct err *e)
{
	for (;;) {
		AUTO_FREE char *line = NULL;
		int step = practising_line(p, &line, _("Did your remark find it, the place and what follows from it? (y/n) "),
			PRACTICE_SHORT_MAX, e);

		if (step != STEP_GO_ON)
			return step;
		/* j: German keyboards; both are understood in both languages. */
		if (strcmp(line, "y") == 0 || strcmp(line, "j") == 0)
			p->state.flaw[flaw] = FLAW_FOUND;
		else if (strcmp(line, "n") == 0)
			p->state.flaw[flaw] = FLAW_MISSED;
		else if (practising_sentence(p, _("Type y or n."), e) < 0)
			return -1;
		else
			continue;
		return practising_save(p, e);
	}
}

static int show_flaw(struct practising *p, size_t flaw, const struct match *match, const struct comments *comments,
	struct err *e)
{
	struct text t = { 0 };

	report_practice_flaw(&t, &p->flaws.item[flaw], &p->style);
	if (match) {
		text_addf(&t, "\n   %s\n",
			match->band == BAND_PROPOSED ? _("This remark of yours seems to have found it:")
						     : _("This remark of yours may have found it, look closely:"));
		report_practice_comment(&t, &comments->item[match->comment], &p->style);
	} else {
		text_addf(&t, "\n   %s\n", _("No remark of yours comes near it."));
	}
	return practising_say(p, &t, e);
}

/* Remarks that stand on nothing planted: they may be right all the same. */
static int show_rest(struct practising *p, const struct matching *matching, const struct comments *comments, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0, shown = 0; i < comments->count; i++) {
		if (matching->rest[i] == REST_MATCHED)
			continue;
		if (shown++ == 0 &&
			practising_sentence(p, _("Your other remarks, which match nothing that was planted (they may be right "
						 "all the same: would you defend them?)"),
				e) < 0)
			return -1;
		report_practice_comment(&t, &comments->item[i], &p->style);
	}
	for (size_t i = 0; i < p->flaws.decoy_count; i++) {
		const struct decoy *decoy = &p->flaws.decoys[i];

		text_addf(&t, _("\nFine as it is: %s:%d\n"), decoy->place.file, decoy->place.start);
		text_add(&t, "   ");
		text_add_wrapped(&t, localised_text(&decoy->fine, p->style.language), p->style.columns, "   ");
		text_add(&t, "\n");
	}
	return practising_say(p, &t, e);
}

static void keep_shares(struct practising *p)
{
	int found = 0, all = 0;

	for (size_t i = 0; i < p->flaws.count; i++) {
		all += flaw_weight(&p->flaws.item[i]);
		found += p->state.flaw[i] == FLAW_FOUND ? flaw_weight(&p->flaws.item[i]) : 0;
	}
	for (size_t i = 0; i < p->item.rubric->criterion_count; i++)
		if (p->item.rubric->criteria[i].suggest == SUGGEST_FINDINGS && p->item.rubric->criteria[i].part == p->item.part)
			p->state.shares[i] = all ? found * 1000 / all : -1;
}

int practise_findings(struct practising *p, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	AUTO(matching_done) struct matching matching = { 0 };

	if (practising_comments(p, &comments, e) < 0 ||
		match_comments(&matching, &comments, &p->flaws, &p->change, e) < 0)
		return -1;
	for (size_t i = 0; i < p->flaws.count; i++) {
		const struct match *match = match_of(&matching, i);
		int step = STEP_GO_ON;

		if (p->state.flaw[i] != FLAW_OPEN)
			continue;
		if (show_flaw(p, i, match, &comments, e) < 0)
			return -1;
		if (match)
			step = ask_found(p, i, e);
		else
			p->state.flaw[i] = FLAW_MISSED;
		if (step != STEP_GO_ON)
			return step;
	}
	keep_shares(p);
	return show_rest(p, &matching, &comments, e);
}
