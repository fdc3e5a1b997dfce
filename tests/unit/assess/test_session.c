// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/kit.h"
#include "assess/session_inside.h"
#include "base/text.h"
#include "evening.h"

/* --- planning --------------------------------------------------------------------------------------------------- */

static void a_plan_pins_the_commit_and_every_digest(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };
	AUTO_SESSION_PINS struct session_pins pins = { 0 };

	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(session_pins(&pins, &view.session, &e), 0);

	assert_int_equal(view.session.state, SESSION_PLANNED);
	assert_int_equal(strlen(view.session.commit), 40);
	assert_int_equal(view.parts.count, 5);
	assert_int_equal(view.seats.count, 2);
	assert_int_equal(strlen(pins.rubric_digest), 64);
	assert_int_equal(pins.task_count, 3);
	assert_string_equal(pins.tasks[0].task, "sum");
	assert_int_equal(strlen(pins.tasks[0].digest), 64);
	assert_true(pins.allow_sampled);
}

static void an_update_of_the_repository_changes_nothing_for_a_planned_session(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_REPO struct store_repo repo = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *statement = NULL;
	bool changed = false;

	fixture_file(v->source, "tasks/sum/statement.md", "Something else entirely.\n");
	evening_commit(v);
	assert_int_equal(
		workspace_repo_update(&repo, &changed, v->workspace, "lea", "tasks", &e), 0);
	assert_true(changed);

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(session_load_task(&task, v->workspace, &session, "sum", &e), 0);
	assert_int_equal(task_text(&statement, task, "statement.md", LANGUAGE_EN, &e), 0);
	assert_non_null(strstr(statement, "print their sum"));
}

static void a_cache_that_somebody_changed_is_noticed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = NULL;

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(workspace_checkout(&dir, v->workspace, "tasks", session.commit, &e), 0);
	fixture_file(dir, "tasks/sum/tests/secret/02.ans", "43\n");

	assert_int_equal(session_load_task(&task, v->workspace, &session, "sum", &e), -1);
	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "pinned"));
}

static void a_position_that_is_not_the_pinned_one_is_noticed(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STORE_SESSION struct store_session session = { 0 };
	AUTO_SESSION_PINS struct session_pins pins = { 0 };
	AUTO_FREE char *other = NULL;
	struct store_session changed;
	char *digest;

	assert_int_equal(store_session_get(&session, v->workspace->store, v->session, &e), 0);
	assert_int_equal(session_check_position(v->workspace, &session, &e), 0);
	assert_int_equal(session_pins(&pins, &session, &e), 0);
	other = mem_copy(session.pins, &e);
	digest = strstr(other, pins.position_digest);
	*digest = *digest == '0' ? '1' : '0';
	changed = session;
	changed.pins = other;

	assert_int_equal(session_check_position(v->workspace, &changed, &e), -1);
	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "pinned"));
}

static void a_candidate_has_one_session_of_a_stage(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings both = { 0 };
	const struct session_order order = { .candidate = v->candidate, .interviewers = &both };
	char id[ID_PSEUDONYM] = "";

	assert_int_equal(strings_add(&both, "anna", &e), 0);
	assert_int_equal(strings_add(&both, "ben", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, v->session));
	assert_string_equal(id, "");
}

static void fewer_interviewers_than_cards_due_are_refused(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings one = { 0 };
	struct session_order order = { .interviewers = &one };
	char pseudonym[ID_PSEUDONYM], id[ID_PSEUDONYM] = "";

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "lea", "Jo", NULL, NULL, &e), 0);
	order.candidate = pseudonym;
	assert_int_equal(strings_add(&one, "anna", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "wants 2 cards"));
}

static void somebody_who_is_no_interviewer_gets_no_seat(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_STRINGS struct strings both = { 0 };
	struct session_order order = { .interviewers = &both };
	char pseudonym[ID_PSEUDONYM], id[ID_PSEUDONYM] = "";

	assert_int_equal(
		workspace_candidate_add(pseudonym, v->workspace, "lea", "Jo", NULL, NULL, &e), 0);
	order.candidate = pseudonym;
	assert_int_equal(strings_add(&both, "anna", &e), 0);
	assert_int_equal(strings_add(&both, "pia", &e), 0);
	assert_int_equal(session_plan(id, v->workspace, "anna", &order, &e), -1);

	assert_int_equal(e.kind, ERR_DENIED);
}

/* --- the clock -------------------------------------------------------------------------------------------------- */

static void a_session_starts_once(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_start(v);
	assert_int_equal(session_start(v->workspace, "anna", v->session, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
}

static void a_session_that_was_not_started_has_no_next_part(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_false(fs_exists(AT_FDCWD, v->kit));
}

static void a_part_with_a_kit_wants_to_know_where(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_start(v);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, NULL, &e), -1);

	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "--kit"));
}

static void two_programs_never_lead_one_session(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *lock = mem_format(&e, "%s/work/locks/%s", v->place, v->session);
	AUTO_CLOSE int fd = -1;

	evening_start(v);
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "another program"));
}

static void behind_the_last_part_comes_only_the_end(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step last = { 0 }, none = { 0 }, end = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	assert_int_equal(session_next(&last, v->workspace, "anna", v->session, NULL, &e), 0);
	assert_true(last.last);
	assert_string_equal(last.entered, "questions");
	session_step_done(&last);
	assert_int_equal(session_next(&none, v->workspace, "anna", v->session, NULL, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);

	assert_int_equal(session_end(&end, v->workspace, "anna", v->session, &e), 0);
	session_step_done(&end);
	assert_int_equal(session_end(&end, v->workspace, "anna", v->session, &e), -1);
}

/* A step is told when it is released; a program that is killed never does that. */
static void a_step_that_nobody_was_told_of_is_told_and_not_made_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step cut_off = { 0 }, again = { 0 }, then = { 0 };

	evening_start(v);
	assert_int_equal(session_next(&cut_off, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(session_next(&again, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_true(again.again);
	assert_string_equal(again.entered, cut_off.entered);
	assert_string_equal(again.kit, cut_off.kit);
	assert_null(again.collected);
	session_step_done(&again);

	assert_int_equal(session_next(&then, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_false(then.again);
	assert_string_equal(then.collected, cut_off.entered);
}

static void an_end_that_nobody_was_told_of_is_told_again(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step cut_off = { 0 }, again = { 0 }, once_more = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(session_end(&cut_off, v->workspace, "anna", v->session, &e), 0);
	assert_int_equal(session_end(&again, v->workspace, "anna", v->session, &e), 0);
	assert_true(again.again);
	session_step_done(&again);

	assert_int_equal(session_end(&once_more, v->workspace, "anna", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
}

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

/* --- handing in ------------------------------------------------------------------------------------------------- */

static void what_lies_in_the_kit_is_handed_in_and_graded(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "solution.sh", "read a b c; echo $((a + b))\n");
	evening_write(v, "notes.txt", "not among what is asked for");
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);

	assert_string_equal(step.collected, "coding");
	assert_string_equal(step.entered, "design");
	assert_int_equal(step.dropped.count, 1);
	assert_non_null(strstr(step.dropped.item[0], "notes.txt"));
	assert_int_equal(view.submissions.count, 1);
	assert_string_equal(view.submissions.item[0].commit, step.commit);
	assert_int_equal(step.graded_count, 1);
	if (!step.graded[0].gradable) {
		if (getenv("ASSAY_MUST_SANDBOX"))
			fail_msg("%s",
				step.graded[0].problem ? step.graded[0].problem
						       : view.results[0]->reason);
		skip();
	}
	assert_int_equal(step.graded[0].points, 3);
	assert_int_equal(view.results[0]->points, 3);
	assert_string_equal(view.results[0]->pins.task_commit, view.session.commit);
}

static void the_kits_own_files_are_no_part_of_a_submission(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *git = mem_format(&e, "%s/work/candidates/%s.git", v->place, v->candidate);
	AUTO_FREE char *out = mem_format(&e, "%s/out", v->dir);
	AUTO_STRINGS struct strings names = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "design.md", "# Queues\n");
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_int_equal(repo_checkout(git, step.commit, "", out, NULL, &e), 0);

	assert_int_equal(fs_list(&names, AT_FDCWD, out, 10, &e), 0);
	assert_int_equal(names.count, 1);
	assert_string_equal(names.item[0], "design.md");
	assert_int_equal(step.dropped.count, 0);
}

static void a_link_out_of_the_kit_is_dropped_by_name(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *link = mem_format(&e, "%s/out.sh", v->kit);

	evening_start(v);
	evening_next(v);
	assert_int_equal(symlink("/etc/passwd", link), 0);
	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);

	assert_int_equal(step.dropped.count, 1);
	assert_non_null(strstr(step.dropped.item[0], "out.sh: is a link"));
	assert_true(fs_exists(AT_FDCWD, "/etc/passwd"));
}

static void comments_in_the_review_kit_become_the_answer(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_REVIEW_VIEW struct review_view review = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "comments.json", evening_comment);
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_null(step.answer_problem);
	assert_int_equal(review_view(&review, v->workspace, "anna", v->session, &e), 0);
	assert_true(review.answered);
	assert_int_equal(review.comments.count, 1);
}

static void comments_that_cant_be_read_are_kept_and_told(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	evening_next(v);
	evening_next(v);
	evening_write(v, "comments.json", "{\"format\": 1,\n \"comments\": [");
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_non_null(strstr(step.answer_problem, "comments.json:2"));
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 3);
	assert_int_equal(view.session.state, SESSION_ENDED);
}

static void an_untouched_kit_doesnt_replace_an_answer_that_came_before(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_REVIEW_VIEW struct review_view review = { 0 };

	evening_sit(v);

	assert_int_equal(review_view(&review, v->workspace, "anna", v->session, &e), 0);
	assert_int_equal(review.comments.count, 1);
}

static void a_kit_that_is_gone_is_said_and_the_part_goes_on(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "the kit of part coding is gone"));
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.session.state, SESSION_RUNNING);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static int look_as(struct evening *v, const char *actor, struct err *e)
{
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	return session_look(&view, v->workspace, actor, v->session, e);
}

static void where_a_session_stands_is_for_its_people_and_leads(void **state)
{
	struct evening *v = *state;
	struct err panel = { 0 }, hr = { 0 }, nobody = { 0 };

	evening_add_person(v, "hans", "Hans", "hr");
	evening_sit(v);

	assert_int_equal(look_as(v, "anna", &panel), 0);
	assert_int_equal(look_as(v, "lea", &panel), 0);
	assert_int_equal(look_as(v, "pia", &panel), -1);
	assert_int_equal(look_as(v, "hans", &hr), -1);
	assert_int_equal(look_as(v, "account:test", &nobody), -1);
	assert_int_equal(panel.kind, ERR_DENIED);
	assert_int_equal(hr.kind, ERR_DENIED);
	assert_int_equal(nobody.kind, ERR_DENIED);
}

static void when_the_cards_are_revealed_panel_and_hr_see_where_a_session_stands(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };

	evening_add_person(v, "hans", "Hans", "hr");
	evening_sit(v);
	evening_confirm(v);
	evening_seal(v, "anna");
	evening_seal(v, "ben");
	assert_int_equal(marking_reveal(v->workspace, "anna", v->session, &e), 0);

	assert_int_equal(look_as(v, "pia", &e), 0);
	assert_int_equal(look_as(v, "hans", &e), 0);
	assert_int_equal(look_as(v, "account:test", &e), -1);
}

/* --- what stands in a kit's place ------------------------------------------------------------------------------- */

/* Asks for the next part, which must be refused as a conflict that changes nothing. */
static void refused(struct evening *v, const char *why)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 0);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
	assert_int_equal(view.parts.item[2].started_ms, 0);
}

static void a_kit_that_is_gone_is_not_made_anew_and_handed_in(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *away = mem_format(NULL, "%s/away", v->dir);

	evening_start(v);
	evening_next(v);
	assert_int_equal(rename(v->kit, away), 0);
	refused(v, "the kit of part coding is gone");

	assert_false(fs_exists(AT_FDCWD, v->kit));
}

static void a_kit_that_is_lost_for_good_is_an_empty_hand_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step early = { 0 }, step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	evening_start(v);
	evening_next(v);
	assert_int_equal(session_next_without_kit(
				 &early, v->workspace, "anna", v->session, v->kit, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	evening_must(session_next_without_kit(
			     &step, v->workspace, "anna", v->session, v->kit, &e), &e);

	assert_string_equal(step.collected, "coding");
	assert_int_equal(step.dropped.count, 1);
	assert_string_equal(step.entered, "design");
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 1);
	assert_int_equal(view.submissions.item[0].grade, GRADE_NONE);
}

static void the_kit_of_another_session_is_not_handed_in(void **state)
{
	struct evening *v = *state;

	evening_start(v);
	evening_next(v);
	evening_write(v, "kit.json", "{\"session\": \"S-XXXX\", \"part\": \"coding\"}");
	refused(v, "names another session or part");
}

static void the_kit_of_another_part_is_not_handed_in(void **state)
{
	struct evening *v = *state;
	AUTO_FREE char *label = NULL;

	evening_start(v);
	evening_next(v);
	label = mem_format(NULL, "{\"session\": \"%s\", \"part\": \"design\"}", v->session);
	evening_write(v, "kit.json", label);
	refused(v, "names another session or part");
}

static void a_damaged_kit_json_is_told_and_the_work_handed_in(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };

	evening_start(v);
	evening_next(v);
	evening_write(v, "kit.json", "{");
	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), 0);

	assert_string_equal(step.collected, "coding");
	assert_non_null(step.kit_doubt);
}

/* What a link would lead to, as a candidate would have it: the cached solutions, with a kit.json beside them. */
static char *make_bait(struct evening *v)
{
	AUTO_FREE char *kit = mem_format(NULL, "{\"format\": 1, \"session\": \"%s\"}", v->session);
	AUTO_FREE char *bait = mem_format(NULL, "%s/bait", v->dir);

	fixture_file(bait, "kit/solution.sh", "read a b c; echo $((a + b))\n");
	fixture_file(bait, "kit/kit.json", kit);
	return take_ptr(&bait);
}

static void assert_not_collected(struct evening *v, const char *why)
{
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_SESSION_VIEW struct session_view view = { 0 };

	assert_int_equal(session_end(&step, v->workspace, "anna", v->session, &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
	assert_int_equal(session_view(&view, v->workspace, v->session, &e), 0);
	assert_int_equal(view.submissions.count, 0);
	assert_int_equal(view.parts.item[1].ended_ms, 0);
}

static void a_kit_that_became_a_link_is_not_collected(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *bait = make_bait(v);
	AUTO_FREE char *target = mem_format(&e, "%s/kit", bait);

	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, v->kit, &e), 0);
	assert_int_equal(symlink(target, v->kit), 0);

	assert_not_collected(v, "the kit of part coding is gone");
}

static void a_kit_whose_parent_became_a_link_is_not_collected(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_FREE char *bait = make_bait(v);
	AUTO_FREE char *parent = mem_format(&e, "%s/desk", v->dir);

	free(v->kit);
	v->kit = mem_format(&e, "%s/kit", parent);
	evening_start(v);
	evening_next(v);
	assert_int_equal(fs_remove_tree(AT_FDCWD, parent, &e), 0);
	assert_int_equal(symlink(bait, parent), 0);

	assert_not_collected(v, "is a link");
}

static void a_kit_behind_a_link_that_a_person_typed_is_collected_where_it_lies(void **state)
{
	struct evening *v = *state;
	struct err e = { 0 };
	AUTO_SESSION_STEP struct session_step step = { 0 };
	AUTO_FREE char *real = mem_format(&e, "%s/real", v->dir);

	assert_int_equal(mkdir(real, 0755), 0);
	assert_int_equal(symlink(real, v->kit), 0);
	evening_start(v);
	evening_next(v);

	assert_int_equal(session_next(&step, v->workspace, "anna", v->session, v->kit, &e), 0);
	assert_string_equal(step.kit, real);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EVENING(a_plan_pins_the_commit_and_every_digest),
		EVENING(an_update_of_the_repository_changes_nothing_for_a_planned_session),
		EVENING(a_cache_that_somebody_changed_is_noticed),
		EVENING(a_position_that_is_not_the_pinned_one_is_noticed),
		EVENING(a_candidate_has_one_session_of_a_stage),
		EVENING(fewer_interviewers_than_cards_due_are_refused),
		EVENING(somebody_who_is_no_interviewer_gets_no_seat),
		EVENING(a_session_starts_once),
		EVENING(a_session_that_was_not_started_has_no_next_part),
		EVENING(a_part_with_a_kit_wants_to_know_where),
		EVENING(two_programs_never_lead_one_session),
		EVENING(behind_the_last_part_comes_only_the_end),
		EVENING(a_step_that_nobody_was_told_of_is_told_and_not_made_again),
		EVENING(an_end_that_nobody_was_told_of_is_told_again),
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
		EVENING(what_lies_in_the_kit_is_handed_in_and_graded),
		EVENING(the_kits_own_files_are_no_part_of_a_submission),
		EVENING(a_link_out_of_the_kit_is_dropped_by_name),
		EVENING(comments_in_the_review_kit_become_the_answer),
		EVENING(comments_that_cant_be_read_are_kept_and_told),
		EVENING(an_untouched_kit_doesnt_replace_an_answer_that_came_before),
		EVENING(a_kit_that_is_gone_is_said_and_the_part_goes_on),
		EVENING(where_a_session_stands_is_for_its_people_and_leads),
		EVENING(when_the_cards_are_revealed_panel_and_hr_see_where_a_session_stands),
		EVENING(a_kit_that_is_gone_is_not_made_anew_and_handed_in),
		EVENING(a_kit_that_is_lost_for_good_is_an_empty_hand_in),
		EVENING(the_kit_of_another_session_is_not_handed_in),
		EVENING(the_kit_of_another_part_is_not_handed_in),
		EVENING(a_damaged_kit_json_is_told_and_the_work_handed_in),
		EVENING(a_kit_that_became_a_link_is_not_collected),
		EVENING(a_kit_whose_parent_became_a_link_is_not_collected),
		EVENING(a_kit_behind_a_link_that_a_person_typed_is_collected_where_it_lies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
