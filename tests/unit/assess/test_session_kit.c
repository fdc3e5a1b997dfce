// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/kit.h"
#include "assess/session_inside.h"
#include "evening.h"

/* --- the kit ---------------------------------------------------------------------------------------------------- */

static int look_for_secrets(const struct fs_entry *entry, void *context, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t *files = context, size;

	if (!S_ISREG(entry->st->st_mode))
		return FS_GO_ON;
	if (fs_read(&bytes, &size, entry->dir_fd, entry->name, 1 << 20, e) < 0)
		return -1;
	*files += 1;
	return strstr(bytes, "SECRET") || strstr(bytes, "secret")
		? err_set(e, ERR_INVALID, "%s", entry->path)
		: FS_GO_ON;
}

/* Everything a candidate must not see has the word SECRET in it, or in its suite's name. */
static void no_kit_ever_holds_anything_hidden(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	size_t files = 0;

	evening_start(v);
	for (int part = 0; part < 3; part++) {
		evening_next(v);
		if (fs_walk(AT_FDCWD, v->kit, 1000, look_for_secrets, &files, &e) < 0)
			fail_msg("%s", e.text);
	}

	assert_true(files > 10);
}

static void the_coding_kit_is_statement_starter_and_visible_suites(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings names = { 0 };

	evening_start(v);
	evening_next(v);

	assert_int_equal(fs_list(&names, AT_FDCWD, v->kit, 100, &e), 0);
	assert_int_equal(names.count, 5);
	assert_string_equal(names.item[0], ".assay-task");
	assert_string_equal(names.item[1], "kit.json");
	assert_string_equal(names.item[2], "solution.sh");
	assert_string_equal(names.item[3], "statement.md");
	assert_string_equal(names.item[4], "suites");
	assert_true(evening_kit_has(v, "suites/shown/01.ans"));
	assert_false(evening_kit_has(v, "suites/secret"));
	assert_true(evening_kit_has(v, ".assay-task/tests/shown/01.ans"));
	assert_false(evening_kit_has(v, ".assay-task/tests/secret"));
	assert_false(evening_kit_has(v, ".assay-task/solutions"));
	assert_false(evening_kit_has(v, ".assay-task/interviewer.md"));
}

static void kit_json_tells_the_task_without_its_hidden_half(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *path = mem_format(&e, "%s/kit.json", v->kit);
	struct json_at root, task, suites, tests;

	evening_start(v);
	evening_next(v);
	assert_int_equal(json_doc_load(&doc, AT_FDCWD, path, "kit.json", &e), 0);

	root = json_root(doc);
	task = json_member(&root, "task");
	suites = json_member(&task, "suites");
	tests = json_member(&root, "tests");
	assert_string_equal(json_get_string(&root, "session", ""), v->session);
	assert_string_equal(json_get_string(&task, "id", ""), "sum");
	assert_int_equal(json_count(&suites), 1);
	assert_int_equal(json_count(&tests), 1);
	assert_true(json_get_bool(&root, "allow_sampled", false));
}

static void the_review_kit_holds_the_change_and_an_empty_answer(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/change.diff", v->kit);
	AUTO_FREE char *diff = NULL;
	size_t size;

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);

	assert_true(evening_kit_has(v, "base/app.py"));
	assert_true(evening_kit_has(v, "head/app.py"));
	assert_true(evening_kit_has(v, "comments.json"));
	assert_false(evening_kit_has(v, "solution.sh"));
	assert_false(evening_kit_has(v, "design.md"));
	assert_int_equal(fs_read(&diff, &size, AT_FDCWD, path, 1 << 20, &e), 0);
	assert_non_null(strstr(diff, "+import db"));
}

static void a_directory_that_holds_something_else_is_not_emptied(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_write(v, "thesis.tex", "three years of work");
	evening_start(v);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_true(evening_kit_has(v, "thesis.tex"));
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.parts.item[1].started_ms, 0);
	assert_int_equal(view.parts.item[0].ended_ms, 0);
}

static void a_kit_of_another_session_is_not_emptied(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_write(v, "kit.json", "{\"format\": 1, \"session\": \"S-XXXX\"}");
	evening_start(v);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_laying_that_was_cut_off_is_begun_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	evening_write(v, ".assay-kit/statement.md", "half of it");
	evening_write(v, "solution.sh", "half of it");
	evening_next(v);

	assert_false(evening_kit_has(v, ".assay-kit"));
	assert_true(evening_kit_has(v, "kit.json"));
	assert_int_equal(e.kind, 0);
}

/* What `setfacl -d -m g::rwx` leaves: read, write and search for owner and group, nothing for others. False: the file
 * system knows no ACL. */
static bool let_group_in(const char *dir)
{
	static const unsigned char acl[] = { 2, 0, 0, 0, /* version */
		0x01, 0, 7, 0, 255, 255, 255, 255,       /* owner */
		0x04, 0, 7, 0, 255, 255, 255, 255,       /* group */
		0x20, 0, 0, 0, 255, 255, 255, 255 };     /* others */

	return setxattr(dir, "system.posix_acl_default", acl, sizeof(acl), 0) == 0;
}

static void make_shared(const char *dir)
{
	assert_int_equal(mkdir(dir, 0770), 0);
	assert_int_equal(chmod(dir, 02770), 0);
}

static void a_kit_in_a_shared_directory_is_writable_for_its_group(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *file = mem_format(NULL, "%s/solution.sh", v->kit);
	struct stat st;

	make_shared(v->kit);
	let_group_in(v->kit);
	evening_start(v);
	evening_next(v);

	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0664);
}

static void a_shared_directory_that_a_umask_closes_is_refused_with_what_opens_it(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_FREE char *shared = mem_format(&e, "%s/shared", v->dir);

	make_shared(shared);
	if (!let_group_in(shared) || removexattr(shared, "system.posix_acl_default") < 0)
		skip();
	evening_start(v);
	evening_next(v);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, shared, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
	assert_non_null(strstr(e.text, "chmod 2770 "));
	assert_non_null(strstr(e.text, "setfacl -d -m g::rwx "));
	evening_must(session_view(&view, v->workspace, v->session, &e), &e);
	assert_int_equal(view.submissions.count, 0);
	assert_true(evening_kit_has(v, "solution.sh"));
}

static void all_of_a_kit_in_a_shared_directory_is_its_groups(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *below = mem_format(NULL, "%s/suites/shown", v->kit);
	AUTO_FREE char *file = mem_format(NULL, "%s/01.in", below);
	struct stat dir, st;

	make_shared(v->kit);
	let_group_in(v->kit);
	/* Only root may give it to a group that isn't their own. */
	if (geteuid() == 0)
		assert_int_equal(chown(v->kit, (uid_t)-1, 4242) + chmod(v->kit, 02770), 0);
	evening_start(v);
	evening_next(v);

	assert_int_equal(stat(below, &dir), 0);
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(dir.st_gid, geteuid() == 0 ? 4242 : getegid());
	assert_int_equal(dir.st_mode & 07770, 02770);
	assert_int_equal(st.st_gid, dir.st_gid);
}

/* In a child: what this account may do with the directory as a kit, as the kind of error. */
static int try_as(uid_t id, const char *dir, const char *said)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		AUTO_CLOSE int fd = -1;
		AUTO_FREE char *path = NULL;
		struct err e = { 0 };

		if (syscall(SYS_setgroups, 0, NULL) < 0 || setgid(4242) < 0 || setuid(id) < 0)
			_exit(100);
		kit_open(&fd, &path, dir, "S-XXXX", NULL, &e);
		_exit(!said || strstr(e.text, said) ? (int)e.kind : 101);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

/* In a child: this account lays a kit of the design task there. */
static int lay_as(uid_t id, struct evening *v)
{
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_TASK struct task *task = NULL;
	struct kit_order order = { .session = "S-XXXX", .part = "design", .commit = "" };
	AUTO_CLOSE int fd = -1;
	int status = 0;
	pid_t child;

	evening_must(store_session_get(&session, v->workspace->store, v->session, &e), &e);
	evening_must(session_load_task(&task, v->workspace, &session, "sketch", &e), &e);
	evening_must(fs_open_dir(&fd, AT_FDCWD, v->kit, &e), &e);
	order.task = task;
	child = fork();
	if (child == 0) {
		if (syscall(SYS_setgroups, 0, NULL) < 0 || setgid(4242) < 0 || setuid(id) < 0)
			_exit(100);
		_exit(kit_lay(fd, &order, &e) < 0 ? (int)e.kind : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

static void what_another_account_keeps_to_itself_is_moved_aside(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *closed = mem_format(NULL, "%s/src", v->kit);

	if (geteuid() != 0)
		skip();
	make_shared(v->kit);
	assert_int_equal(chown(v->kit, 4243, 4242), 0);
	assert_int_equal(chmod(v->kit, 02770), 0);
	let_group_in(v->kit);
	fixture_file(v->kit, "kit.json", "{\"session\": \"S-XXXX\"}");
	fixture_file(closed, "mine.c", "int mine;");
	assert_int_equal(chown(closed, 4243, 4242), 0);
	assert_int_equal(chmod(closed, 02755), 0);

	assert_int_equal(try_as(4244, v->kit, NULL), 0);
	assert_int_equal(lay_as(4244, v), 0);

	assert_true(evening_kit_has(v, "kit.json"));
	assert_false(evening_kit_has(v, "src"));
	assert_true(evening_kit_has(v, ".assay-old-1/mine.c"));
}

static void a_candidate_who_takes_kit_json_away_stops_nobody(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *label = mem_format(NULL, "%s/kit.json", v->kit);

	evening_start(v);
	evening_next(v);
	assert_int_equal(unlink(label), 0);
	assert_int_equal(mkfifo(label, 0600), 0);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);

	assert_string_equal(step.collected, "coding");
	assert_string_equal(step.entered, "design");
	assert_int_equal(step.failed.kind, 0);
	assert_non_null(step.kit_doubt);
	assert_true(fs_is_file(AT_FDCWD, label));
}

static void comments_too_large_to_hand_in_are_not_deleted(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_CLOSE int fd = -1;
	AUTO_FREE char *comments = mem_format(NULL, "%s/comments.json", v->kit);

	evening_start(v);
	evening_next(v);
	fd = open(comments, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(ftruncate(fd, KIT_MAX_COMMENTS + 1), 0);
	evening_next(v);

	assert_false(evening_kit_has(v, "comments.json"));
	assert_true(evening_kit_has(v, ".assay-old-1"));
	assert_int_equal(e.kind, 0);
}

static void another_accounts_directory_that_nobody_shares_is_refused(void **state)
{
	struct evening *v = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(mkdir(v->kit, 0755), 0);
	assert_int_equal(chown(v->kit, 4243, 4242), 0);

	assert_int_equal(try_as(4244, v->kit, "chgrp"), ERR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(no_kit_ever_holds_anything_hidden),
		EVENING(the_coding_kit_is_statement_starter_and_visible_suites),
		EVENING(kit_json_tells_the_task_without_its_hidden_half),
		EVENING(the_review_kit_holds_the_change_and_an_empty_answer),
		EVENING(a_directory_that_holds_something_else_is_not_emptied),
		EVENING(a_kit_of_another_session_is_not_emptied),
		EVENING(a_laying_that_was_cut_off_is_begun_again),
		EVENING(a_kit_in_a_shared_directory_is_writable_for_its_group),
		EVENING(all_of_a_kit_in_a_shared_directory_is_its_groups),
		EVENING(a_shared_directory_that_a_umask_closes_is_refused_with_what_opens_it),
		EVENING(what_another_account_keeps_to_itself_is_moved_aside),
		EVENING(a_candidate_who_takes_kit_json_away_stops_nobody),
		EVENING(comments_too_large_to_hand_in_are_not_deleted),
		EVENING(another_accounts_directory_that_nobody_shares_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
