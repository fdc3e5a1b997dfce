// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "assess/verify.h"
#include "evening.h"

/* A branch of the tasks' repository with one file in it. */
static void make_branch(struct evening *v, const char *branch, const char *path)
{
	struct err e = { 0 };
	AUTO_FREE char *tree = mem_format(&e, "%s/%s", v->dir, branch);
	char commit[REPO_COMMIT];

	fixture_file(tree, path, "something\n");
	evening_must(
		repo_snapshot(v->git, tree, branch, "change", 1700000000000, commit, &e), &e);
}

/* The review task is one between two refs from now on. */
static void show_change(struct evening *v, const char *base, const char *head)
{
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *review = mem_format(&e, "%s/tasks/look/review", v->source);
	AUTO_FREE char *json = mem_format(&e,
		"{\"format\": 1, \"id\": \"look\", \"kind\": \"review\", \"title\": {\"en\": \"Look\"},"
		" \"minutes\": 10, \"change\": {\"base\": \"%s\", \"head\": \"%s\"}}\n",
		base, head);
	bool changed;

	evening_must(fs_remove_tree(AT_FDCWD, review, &e), &e);
	fixture_file(v->source, "tasks/look/task.json", json);
	fixture_file(v->source, "tasks/look/review/flaws.json",
		"{\"format\": 1, \"flaws\": [], \"decoys\": []}\n");
	evening_commit(v);
	evening_must(workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), &e);
}

/* Plans a session of somebody new. */
static int plan(struct evening *v, struct err *e)
{
	AUTO_STRINGS struct strings both = { 0 };
	char candidate[ID_PSEUDONYM], session[ID_PSEUDONYM];
	struct session_order order = { .candidate = candidate, .interviewers = &both };

	evening_must(workspace_candidate_add(
			     candidate, v->workspace, "lea", "Jo", NULL, "technical", e),
		e);
	evening_must(strings_add(&both, "anna", e), e);
	evening_must(strings_add(&both, "ben", e), e);
	return session_plan(session, v->workspace, "anna", &order, e);
}

static void assert_not_shown(struct evening *v, const char *base, const char *head, const char *said)
{
	struct err e = { 0 };

	show_change(v, base, head);
	assert_int_equal(plan(v, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, said));
	assert_non_null(strstr(e.text, "branches without tasks"));
}

static void a_change_between_branches_without_tasks_is_planned(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	make_branch(v, "before", "app.py");
	make_branch(v, "after", "src/app.py");
	show_change(v, "before", "after");

	assert_int_equal(plan(v, &e), 0);
}

static void a_change_on_the_tasks_own_branch_is_not_shown(void **state)
{
	assert_not_shown(*state, "main", "main", "task.json");
}

static void a_change_whose_head_alone_holds_tasks_is_not_shown(void **state)
{
	make_branch(*state, "before", "app.py");
	assert_not_shown(*state, "before", "main", "task.json");
}

static void a_change_with_flaws_deep_in_it_is_not_shown(void **state)
{
	make_branch(*state, "before", "a/b/c/d/e/f/flaws.json");
	assert_not_shown(*state, "before", "before", "a/b/c/d/e/f/flaws.json");
}

static void a_change_with_hints_for_interviewers_is_not_shown(void **state)
{
	make_branch(*state, "before", "notes/interviewer.de.md");
	assert_not_shown(*state, "before", "before", "notes/interviewer.de.md");
}

static void a_change_with_rubrics_is_not_shown(void **state)
{
	make_branch(*state, "before", "rubrics/small.json");
	assert_not_shown(*state, "before", "before", "rubrics/");
}

static int verify(struct verification *out, struct evening *v, struct err *e)
{
	AUTO_FREE char *dir = mem_format(e, "%s/tasks/look", v->source);
	AUTO_FREE char *git = mem_format(e, "%s/.git", v->source);
	AUTO_TASK struct task *task = NULL;
	struct verify_order order = { .stop_fd = -1 };

	assert_int_equal(rename(v->git, git), 0);
	evening_must(task_load(&task, dir, false, e), e);
	order.task = task;
	return verify_task(out, &order, e);
}

static void verify_says_that_a_change_holds_tasks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_VERIFICATION struct verification said = { 0 };

	show_change(v, "main", "main");
	assert_int_equal(verify(&said, v, &e), 0);

	assert_false(said.holds);
	assert_non_null(strstr(said.problems.item[0], "task.json"));
}

static void verify_has_nothing_against_a_change_without_tasks(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_VERIFICATION struct verification said = { 0 };

	make_branch(v, "before", "app.py");
	show_change(v, "before", "before");
	assert_int_equal(verify(&said, v, &e), 0);

	assert_true(said.holds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_change_between_branches_without_tasks_is_planned),
		EVENING(a_change_on_the_tasks_own_branch_is_not_shown),
		EVENING(a_change_whose_head_alone_holds_tasks_is_not_shown),
		EVENING(a_change_with_flaws_deep_in_it_is_not_shown),
		EVENING(a_change_with_hints_for_interviewers_is_not_shown),
		EVENING(a_change_with_rubrics_is_not_shown),
		EVENING(verify_says_that_a_change_holds_tasks),
		EVENING(verify_has_nothing_against_a_change_without_tasks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
