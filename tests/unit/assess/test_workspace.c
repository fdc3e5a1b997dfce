// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "evening.h"

static void a_workspace_is_found_upwards_from_where_one_stands(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *deep = mem_format(&e, "%s/reports/2026/november", v->place);
	AUTO_WORKSPACE struct workspace *found = NULL;

	assert_int_equal(fs_make_dirs(AT_FDCWD, deep, &e), 0);
	assert_int_equal(workspace_open(&found, deep, &e), 0);

	assert_string_equal(found->path, v->workspace->path);
	assert_true(found->allow_sampled);
}

static void outside_of_any_workspace_one_is_told_how_to_make_one(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_WORKSPACE struct workspace *found = NULL;

	assert_int_equal(workspace_open(&found, v->dir, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "assay init"));
}

static void a_workspace_is_not_made_twice(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	assert_int_equal(workspace_init(v->place, false, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void what_a_workspace_holds_is_closed_to_others(void **state)
{
	static const char *const closed[] = { "", "/repos", "/work", "/work/cache", "/reports" };
	struct evening *v = *state;
	struct stat st;

	for (size_t i = 0; i < sizeof(closed) / sizeof(*closed); i++) {
		AUTO_FREE char *path = mem_format(NULL, "%s%s", v->place, closed[i]);

		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0077, 0);
	}
}

static void a_workspace_in_a_setgid_directory_is_shared_with_its_group(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *dir = mem_format(&e, "%s/shared", v->dir);
	AUTO_FREE char *db = mem_format(&e, "%s/shared/assay.db", v->dir);
	AUTO_FREE char *work = mem_format(&e, "%s/shared/work", v->dir);
	struct stat st;

	assert_int_equal(mkdir(dir, 0770), 0);
	assert_int_equal(chmod(dir, 02770), 0);
	assert_int_equal(workspace_init(dir, false, &e), 0);

	assert_int_equal(stat(db, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_int_equal(stat(work, &st), 0);
	assert_int_equal(st.st_mode & 07777, 02770);
}

static void a_directory_that_cant_be_made_a_workspace_stays_as_it_was(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *dir = mem_format(&e, "%s/taken", v->dir);
	AUTO_STRINGS struct strings names = { 0 };

	fixture_file(dir, "work", "a file where a directory would go");
	assert_int_equal(workspace_init(dir, false, &e), -1);

	assert_int_equal(fs_list(&names, AT_FDCWD, dir, 10, &e), 0);
	assert_int_equal(names.count, 1);
}

static void who_acts_is_the_person_that_is_named(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *actor = NULL;
	AUTO_FREE char *nobody = NULL;

	assert_int_equal(workspace_actor(&actor, v->workspace, "anna", &e), 0);
	assert_string_equal(actor, "anna");

	assert_int_equal(workspace_actor(&nobody, v->workspace, "zoe", &e), -1);
	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_null(nobody);
}

static void without_a_name_the_account_acts(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *actor = NULL;

	assert_int_equal(workspace_actor(&actor, v->workspace, NULL, &e), 0);

	assert_int_equal(strncmp(actor, "account:", 8), 0);
}

static void roles_are_kept_once_and_in_order(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings roles = { 0 };
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };

	assert_int_equal(strings_add(&roles, "lead", &e), 0);
	assert_int_equal(strings_add(&roles, "interviewer", &e), 0);
	assert_int_equal(strings_add(&roles, "lead", &e), 0);
	assert_int_equal(workspace_person_add(v->workspace, "lea", "max", "Max", &roles, NULL, &e), 0);

	assert_int_equal(workspace_persons(&persons, v->workspace, &e), 0);
	assert_string_equal(persons.item[3].roles, "interviewer lead");
}

static void an_unknown_role_is_refused_with_those_there_are(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings roles = { 0 };

	assert_int_equal(strings_add(&roles, "boss", &e), 0);
	assert_int_equal(workspace_person_add(v->workspace, "lea", "max", "Max", &roles, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "interviewer, lead, panel and hr"));
}

static void a_name_with_an_escape_in_it_is_refused(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	char pseudonym[ID_PSEUDONYM] = "";

	assert_int_equal(workspace_candidate_add(
				 pseudonym, v->workspace, "lea", "Kim\x1b[2J", NULL, NULL, &e),
		-1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(pseudonym, "");
}

static void a_repository_is_pinned_and_its_tasks_are_listed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPOS struct store_repos repos = { 0 };
	AUTO(workspace_tasks_done) struct workspace_tasks tasks = { 0 };

	assert_int_equal(workspace_repos(&repos, v->workspace, &e), 0);
	assert_int_equal(workspace_tasks(&tasks, v->workspace, &e), 0);

	assert_int_equal(repos.count, 1);
	assert_string_equal(repos.item[0].name, "tasks");
	assert_int_equal(strlen(repos.item[0].commit), 40);
	assert_int_equal(tasks.count, 3);
	assert_string_equal(tasks.item[2].id, "sum");
	assert_string_equal(tasks.item[2].path, "tasks/sum");
	assert_null(tasks.item[2].mistake);
}

static void a_task_with_a_mistake_is_listed_with_it(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO(workspace_tasks_done) struct workspace_tasks tasks = { 0 };
	bool changed = false;

	fixture_file(v->source, "tasks/sum/task.json", "{\"format\": 1,\n \"id\": 7}");
	evening_commit(v);
	assert_int_equal(
		workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), 0);
	assert_int_equal(workspace_tasks(&tasks, v->workspace, &e), 0);

	assert_true(changed);
	assert_string_equal(tasks.item[2].id, "");
	assert_non_null(strstr(tasks.item[2].mistake, "task.json:2"));
}

static void a_repository_without_tasks_is_refused_and_leaves_nothing(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *git = mem_format(&e, "%s/bare.git", v->dir);
	AUTO_FREE char *files = mem_format(&e, "%s/files", v->dir);
	AUTO_FREE char *clone = mem_format(&e, "%s/repos/bare.git", v->place);
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_STORE_REPOS struct store_repos repos = { 0 };
	char commit[REPO_COMMIT];

	fixture_file(files, "README", "no tasks here");
	assert_int_equal(repo_snapshot(git, files, "main", "x", 1, commit, &e), 0);
	assert_int_equal(workspace_repo_add(&repo, v->workspace, "lea", git, NULL, "main", &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "there is no task in it"));
	assert_false(fs_exists(AT_FDCWD, clone));
	assert_int_equal(workspace_repos(&repos, v->workspace, &e), 0);
	assert_int_equal(repos.count, 1);
}

static void a_missing_repository_is_not_found(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };

	assert_int_equal(
		workspace_repo_add(&repo, v->workspace, "lea", "/nowhere/at-all", NULL, NULL, &e),
		-1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
}

static void a_repository_is_not_added_twice(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };

	assert_int_equal(
		workspace_repo_add(&repo, v->workspace, "lea", v->git, NULL, "main", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "assay repo update tasks"));
}

static void a_clone_that_was_cut_off_is_begun_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *left = mem_format(&e, "%s/repos/second.git", v->place);
	AUTO_STORE_REPO struct store_repo repo = { 0 };

	fixture_file(left, "objects/half", "of something");
	assert_int_equal(
		workspace_repo_add(&repo, v->workspace, "lea", v->git, "second", "main", &e), 0);

	assert_string_equal(repo.name, "second");
}

static void a_task_that_two_repositories_have_must_be_named_with_one(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_FREE char *both = NULL;
	AUTO_FREE char *one = NULL;

	assert_int_equal(
		workspace_repo_add(&repo, v->workspace, "lea", v->git, "second", "main", &e), 0);
	assert_int_equal(workspace_task_dir(&both, v->workspace, "sum", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);

	assert_int_equal(workspace_task_dir(&one, v->workspace, "second/sum", &e), 0);
	assert_true(text_ends_with(one, "/tasks/sum"));
}

static void a_position_whose_plan_nobody_has_is_refused(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *id = NULL;
	AUTO_FREE char *file = evening_file(v, "p.json",
		"{\"format\": 1, \"id\": \"painter\", \"title\": {\"en\": \"Painter\"}, "
		"\"stages\": [{\"id\": \"technical\","
		" \"title\": {\"en\": \"T\"}, \"plan\": \"paint\", \"due\": 1}], \"requirements\": "
		"[]}");

	assert_int_equal(workspace_position_add(&id, v->workspace, "lea", file, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(e.text, "paint"));
	assert_null(id);
}

static void a_position_file_with_a_mistake_is_refused_with_its_line(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *id = NULL;
	AUTO_FREE char *file =
		evening_file(v, "p.json", "{\"format\": 1,\n \"id\": \"x\",\n \"wages\": 1}");

	assert_int_equal(workspace_position_add(&id, v->workspace, "lea", file, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "p.json:3"));
}

static void a_candidate_gets_a_pseudonym_and_an_application(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	char pseudonym[ID_PSEUDONYM] = "";
	AUTO_STORE_APPLICATIONS struct store_applications applications = { 0 };

	assert_int_equal(workspace_candidate_add(
				 pseudonym, v->workspace, "lea", "Übung Öztürk", NULL, NULL, &e),
		0);
	assert_int_equal(
		workspace_applications(&applications, v->workspace, pseudonym, NULL, &e), 0);

	assert_int_equal(strncmp(pseudonym, "C-", 2), 0);
	assert_int_equal(applications.count, 1);
	assert_string_equal(applications.item[0].position, "engineer");
	assert_string_equal(applications.item[0].stage, "screening");
}

static void without_a_position_nobody_can_apply(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	char pseudonym[ID_PSEUDONYM] = "";
	AUTO_STORE_CANDIDATES struct store_candidates candidates = { 0 };

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "x", "Kim", NULL, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_int_equal(workspace_candidates(&candidates, v->workspace, &e), 0);
	assert_int_equal(candidates.count, 0);
}

static void what_was_done_stands_in_the_log_with_who_did_it(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	assert_int_equal(store_event_list(&events, v->workspace->store, "tasks", &e), 0);

	assert_int_equal(events.count, 1);
	assert_string_equal(events.item[0].action, "repo.add");
	assert_string_equal(events.item[0].actor, "lea");
	assert_true(events.item[0].at_ms > 1700000000000);
}

/* As another user when we are root, who may look everywhere. The child's exit status is the kind of the error. */
static void an_account_that_may_not_look_in_is_told_so(void **state)
{
	struct evening *v = *state;
	int status = 0;
	pid_t child;

	assert_int_equal(chmod(v->dir, 0755), 0);
	assert_int_equal(chmod(v->place, 0), 0);
	child = fork();
	if (child == 0) {
		struct err e = { 0 };
		struct workspace *found = NULL;

		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(99);
		_exit(workspace_open(&found, v->place, &e) < 0 ? (int)e.kind : 98);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(chmod(v->place, 0700), 0);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ERR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EMPTY_EVENING(a_workspace_is_found_upwards_from_where_one_stands),
		EMPTY_EVENING(outside_of_any_workspace_one_is_told_how_to_make_one),
		EMPTY_EVENING(a_workspace_is_not_made_twice),
		EMPTY_EVENING(what_a_workspace_holds_is_closed_to_others),
		EMPTY_EVENING(a_workspace_in_a_setgid_directory_is_shared_with_its_group),
		EMPTY_EVENING(a_directory_that_cant_be_made_a_workspace_stays_as_it_was),
		EVENING(who_acts_is_the_person_that_is_named),
		EMPTY_EVENING(without_a_name_the_account_acts),
		EVENING(roles_are_kept_once_and_in_order),
		EVENING(an_unknown_role_is_refused_with_those_there_are),
		EVENING(a_name_with_an_escape_in_it_is_refused),
		EVENING(a_repository_is_pinned_and_its_tasks_are_listed),
		EVENING(a_task_with_a_mistake_is_listed_with_it),
		EVENING(a_repository_without_tasks_is_refused_and_leaves_nothing),
		EVENING(a_missing_repository_is_not_found),
		EVENING(a_repository_is_not_added_twice),
		EVENING(a_clone_that_was_cut_off_is_begun_again),
		EVENING(a_task_that_two_repositories_have_must_be_named_with_one),
		EVENING(a_position_whose_plan_nobody_has_is_refused),
		EVENING(a_position_file_with_a_mistake_is_refused_with_its_line),
		EVENING(a_candidate_gets_a_pseudonym_and_an_application),
		EMPTY_EVENING(without_a_position_nobody_can_apply),
		EVENING(what_was_done_stands_in_the_log_with_who_did_it),
		EMPTY_EVENING(an_account_that_may_not_look_in_is_told_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
