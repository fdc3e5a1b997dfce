// SPDX-License-Identifier: MIT
/*
 * Sample reviews replayed: each finds exactly the flaws that its expect.json lists, band by band. So an author sees
 * whether the words of a flaw catch what people write, and nothing that they don't.
 */
#include "assess/change.h"
#include "assess/verify.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "repo/clone.h"
#include "repo/diff.h"
#include "review/comment.h"
#include "review/flaw.h"
#include "review/match.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ANSWERS = 100 };

struct review {
	const struct task *task;
	struct diff change;
	struct flaws flaws;
};

static void review_done(struct review *review)
{
	diff_done(&review->change);
	flaws_done(&review->flaws);
}

static int load_change(struct diff *change, const struct task *task, struct err *e)
{
	AUTO_FREE char *base = fs_join(task->dir, "review/base", e);
	AUTO_FREE char *head = fs_join(task->dir, "review/head", e);
	int status;

	if (!base || !head || repo_start(e) < 0)
		return -1;
	status = diff_dirs(change, base, head, e);
	repo_stop();
	return status;
}

static int load_review(struct review *review, const struct task *task, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (load_change(&review->change, task, e) < 0 ||
		json_doc_load(&doc, task->dir_fd, "review/flaws.json", "review/flaws.json", e) < 0)
		return -1;
	return flaws_parse(&review->flaws, doc, &review->change, e);
}

/* --- what is expected ------------------------------------------------------------------------------------------- */

static const struct json_key expect_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "proposed", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "please_check", .kind = JSON_ARRAY_KIND, .required = true },
};

struct bands {
	struct strings proposed, please_check; /* ids of flaws, sorted */
};

static void bands_done(struct bands *bands)
{
	strings_done(&bands->proposed);
	strings_done(&bands->please_check);
}

static int check_ids(const struct json_at *root, const char *key, const struct flaws *flaws, struct err *e)
{
	struct json_at list = json_member(root, key);

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at id = json_element(&list, i);

		if (!flaws_find(flaws, json_as_string(&id)))
			return json_fail(&id, e, "names a flaw that isn't planted");
	}
	return 0;
}

static int load_expected(struct bands *bands, const struct review *review, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root;

	if (json_doc_load(&doc, review->task->dir_fd, path, path, e) < 0)
		return -1;
	root = json_root(doc);
	if (json_check(&root, expect_keys, sizeof(expect_keys) / sizeof(expect_keys[0]), e) < 0 ||
		json_copy_strings(&root, "proposed", &bands->proposed, e) < 0 ||
		json_copy_strings(&root, "please_check", &bands->please_check, e) < 0 ||
		check_ids(&root, "proposed", &review->flaws, e) < 0 ||
		check_ids(&root, "please_check", &review->flaws, e) < 0)
		return -1;
	strings_sort(&bands->proposed);
	strings_sort(&bands->please_check);
	return 0;
}

/* --- what is found ---------------------------------------------------------------------------------------------- */

static int find(struct bands *bands, const struct review *review, const char *path, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };
	AUTO(matching_done) struct matching matching = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (json_doc_load(&doc, review->task->dir_fd, path, path, e) < 0 || comments_parse(&comments, doc, e) < 0 ||
		match_comments(&matching, &comments, &review->flaws, &review->change, e) < 0)
		return -1;
	for (size_t i = 0; i < matching.count; i++) {
		const struct match *match = &matching.item[i];

		if (match->band != BAND_NONE &&
			strings_add(match->band == BAND_PROPOSED ? &bands->proposed : &bands->please_check,
				review->flaws.item[match->flaw].id, e) < 0)
			return -1;
	}
	strings_sort(&bands->proposed);
	strings_sort(&bands->please_check);
	return 0;
}

/* Adds "  missing in proposed: a, b" for those of a list that the other hasn't got. */
static void add_difference(struct text *t, const char *what, const struct strings *list, const struct strings *other)
{
	bool first = true;

	for (size_t i = 0; i < list->count; i++) {
		if (strings_find(other, list->item[i]) >= 0)
			continue;
		text_addf(t, "%s%s", first ? t->length ? "; " : "" : ", ", first ? what : "");
		text_addf(t, "%s%s", first ? ": " : "", list->item[i]);
		first = false;
	}
}

static char *difference(const struct bands *expected, const struct bands *found, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	char *out = NULL;

	add_difference(&t, _("not proposed"), &expected->proposed, &found->proposed);
	add_difference(&t, _("proposed all the same"), &found->proposed, &expected->proposed);
	add_difference(&t, _("not to check"), &expected->please_check, &found->please_check);
	add_difference(&t, _("to check all the same"), &found->please_check, &expected->please_check);
	return text_take(&t, &out, e) < 0 ? NULL : out;
}

static char *in_words(const struct bands *bands, struct err *e)
{
	return mem_format(e, _("%zu proposed, %zu to check"), bands->proposed.count, bands->please_check.count);
}

static int replay(struct verification *out, const struct review *review, const char *name, struct err *e)
{
	AUTO_FREE char *comments = mem_format(e, "review/answers/%s/comments.json", name);
	AUTO_FREE char *expect = mem_format(e, "review/answers/%s/expect.json", name);
	AUTO_FREE char *why = NULL;
	AUTO(bands_done) struct bands expected = { 0 };
	AUTO(bands_done) struct bands found = { 0 };
	int64_t start_ms = clock_monotonic_ms();
	struct verify_row *row;

	if (!comments || !expect || load_expected(&expected, review, expect, e) < 0 ||
		find(&found, review, comments, e) < 0)
		return -1;
	row = verify_add_row(out, e);
	why = difference(&expected, &found, e);
	if (!row || !why)
		return -1;
	row->what = mem_copy("review", e);
	row->name = mem_copy(name, e);
	row->expected = in_words(&expected, e);
	row->got = in_words(&found, e);
	row->rounds = 1;
	row->fastest_ms = row->slowest_ms = clock_monotonic_ms() - start_ms;
	row->why = *why ? take_ptr(&why) : NULL;
	return row->what && row->name && row->expected && row->got ? 0 : -1;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

/* The four that every review task should have. */
static int look_at_names(struct verification *out, const struct strings *names, struct err *e)
{
	static const char *const wanted[] = { "perfect", "empty", "spam", "typical" };

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (strings_find(names, wanted[i]) < 0 &&
			strings_take(&out->warnings, mem_format(e, _("there is no sample review %s"), wanted[i]), e) <
				0)
			return -1;
	return 0;
}

/* --- a change between commits ----------------------------------------------------------------------------------- */

/* The repository in whose work tree the package lies; *git stays NULL when it lies in none. */
static int find_repository(char **git, const struct task *task, struct err *e)
{
	AUTO_FREE char *at = realpath(task->dir, NULL);

	if (!at)
		return err_errno(e, "%s", task->dir);
	for (char *end = at + strlen(at); end > at; end = strrchr(at, '/')) {
		AUTO_FREE char *here = NULL;

		*end = '\0';
		here = fs_join(at, ".git", e);
		if (!here)
			return -1;
		if (fs_is_dir(AT_FDCWD, here)) {
			*git = take_ptr(&here);
			return 0;
		}
	}
	return 0;
}

/* A ref that this copy of the repository hasn't got is looked at where a session is planned. */
static int look_at_commit(struct verification *out, const char *git, const char *ref, struct err *e)
{
	char commit[REPO_COMMIT];
	struct err said = { 0 };

	if (repo_resolve(git, ref, commit, &said) < 0 || change_check_commit(git, commit, &said) == 0)
		return 0;
	return strings_add(&out->problems, said.text, e);
}

static int look_at_commits(struct verification *out, const struct task *task, struct err *e)
{
	AUTO_FREE char *git = NULL;
	int status;

	if (strings_add(&out->warnings,
			_("the change lies between commits of a repository: its sample reviews were not replayed"), e) <
			0 ||
		find_repository(&git, task, e) < 0)
		return -1;
	if (!git)
		return 0;
	if (repo_start(e) < 0)
		return -1;
	status = look_at_commit(out, git, task->change.base, e) < 0 ||
			look_at_commit(out, git, task->change.head, e) < 0
		? -1
		: 0;
	repo_stop();
	return status;
}

int verify_review(struct verification *out, const struct task *task, struct err *e)
{
	AUTO(review_done) struct review review = { .task = task };
	AUTO_STRINGS struct strings names = { 0 };

	if (task->change.base)
		return look_at_commits(out, task, e);
	if (load_review(&review, task, e) < 0)
		return -1;
	if (fs_is_dir(task->dir_fd, "review/answers") &&
		fs_list(&names, task->dir_fd, "review/answers", MOST_ANSWERS, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++)
		if (replay(out, &review, names.item[i], e) < 0)
			return -1;
	return look_at_names(out, &names, e);
}
