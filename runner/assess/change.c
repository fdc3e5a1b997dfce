// SPDX-License-Identifier: MIT
/*
 * The commit is asked, not its checkout: what must not be shown is never written anywhere on the way.
 */
#include "assess/change.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "repo/clone.h"

enum { AS_DEEP_AS_A_CHECKOUT = 50 };

static int refuse(const char *commit, const char *what, struct err *e)
{
	AUTO_FREE char *shown = text_visible_line(what, e);

	if (!shown)
		return -1;
	return err_set(e, ERR_INVALID,
		_("commit %.10s can't be shown to a candidate, it holds %s: a change lies on branches "
		  "without tasks"),
		commit, shown);
}

int change_check_commit(const char *git, const char *commit, struct err *e)
{
	static const char *const kept_back[] = { "task.json", "flaws.json", "interviewer*.md" };
	char tree[REPO_COMMIT];
	struct err said = { 0 };

	for (size_t i = 0; i < sizeof(kept_back) / sizeof(*kept_back); i++) {
		AUTO_STRINGS struct strings found = { 0 };

		if (repo_find(&found, git, commit, kept_back[i], AS_DEEP_AS_A_CHECKOUT, e) < 0)
			return -1;
		if (found.count > 0)
			return refuse(commit, found.item[0], e);
	}
	if (repo_tree_id(git, commit, "rubrics", tree, &said) == 0)
		return refuse(commit, "rubrics/", e);
	return said.kind == ERR_NOT_FOUND || said.kind == ERR_INVALID
		? 0
		: err_set(e, said.kind, "%s", said.text);
}
