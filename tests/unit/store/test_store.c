// SPDX-License-Identifier: MIT
#include "place.h"
#include "store/record.h"
#include "store/schema.h"
#include "store/store_review.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void a_store_is_never_made_over_another(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(store_setting_set(p->store, "kept", "yes", &e), 0);

	assert_int_equal(store_create(p->path, 0600, &e), -1);

	AUTO_FREE char *value = NULL;
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(store_setting_get(&value, p->store, "kept", &e), 0);
	assert_string_equal(value, "yes");
}

static void a_new_store_has_the_mode_it_was_given_and_leaves_nothing_beside_it(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *other = mem_format(&e, "%s/other.db", p->dir);
	AUTO_STRINGS struct strings names = { 0 };
	struct stat st;

	store_close(take_ptr(&p->store));
	assert_int_equal(store_create(other, 0600, &e), 0);

	assert_int_equal(stat(other, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(fs_list(&names, AT_FDCWD, p->dir, 100, &e), 0);
	assert_int_equal(names.count, 2);
}

static void every_statement_is_understood_by_the_schema(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	for (int i = 0; i < STATEMENTS; i++) {
		AUTO_FREE char *explain = mem_format(&e, "explain %s", statements[i]);
		struct db_rows *rows = NULL;

		/* Preparing comes before values are counted: only a mistake in the SQL is ERR_SYSTEM. */
		e = (struct err){ 0 };
		if (db_query(&rows, store_db(p->store), explain, DB_NO_VALUES, &e) < 0)
			assert_int_equal(e.kind, ERR_INTERNAL);
		db_rows_free(rows);
	}
}

static void values_go_to_their_names_and_not_to_their_places(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_DB_ROWS struct db_rows *rows = NULL;

	assert_int_equal(db_query(&rows, store_db(p->store), "select $2, $1",
				 DB_VALUES(DB_TEXT("first"), DB_TEXT("second")), &e),
		0);

	assert_int_equal(db_next(rows, &e), 1);
	assert_string_equal(db_text(rows, 0), "second");
	assert_string_equal(db_text(rows, 1), "first");
}

static void a_statement_with_too_few_values_is_a_defect_of_ours(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(
		db_run(store_db(p->store), "select $1, $2", DB_VALUES(DB_TEXT("one")), NULL, &e),
		-1);

	assert_int_equal(e.kind, ERR_INTERNAL);
}

static void a_text_in_a_column_of_numbers_is_refused(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };

	assert_int_equal(
		db_run(store_db(p->store),
			"insert into person (id, name, roles, added_ms) values ('a', 'A', '', $1)",
			DB_VALUES(DB_TEXT("soon")), NULL, &e),
		-1);

	assert_non_null(strstr(e.text, "person.added_ms"));
}

static void a_newer_schema_is_refused_and_not_touched(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE struct store *second = NULL;

	assert_int_equal(db_script(store_db(p->store),
				 "insert into schema_version (version) values (999)", &e),
		0);
	assert_int_equal(store_open(&second, p->path, &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "newer assay (schema 999, this program knows"));
	assert_null(second);
}

static void an_older_schema_is_brought_up_to_date_when_it_is_opened(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/old.db", p->dir);
	AUTO_STORE struct store *store = NULL;
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };
	struct db *db = NULL;

	assert_int_equal(db_open(&db, path, DB_NEW, &e), 0);
	assert_int_equal(db_script(db,
				 "create table schema_version (version integer not null primary "
				 "key) strict;",
				 &e),
		0);
	db_close(db);
	assert_int_equal(store_open(&store, path, &e), 0);

	assert_int_equal(store_person_list(&persons, store, &e), 0);
}

/* As a program of schema 1 left it. */
static const char what_schema_1_had[] =
	"insert into schema_version (version) values (1);"
	"insert into person values ('anna', 'Anna', 'interviewer', 1);"
	"insert into position values ('backend', '{\"id\": \"backend\"}', 'd1', 5);"
	"insert into event (at_ms, actor, action, object) values (5, 'anna', 'position.add', 'backend');"
	"insert into candidate values ('C-1111', 'Kim', 6);"
	"insert into application values ('C-1111', 'backend', 'screening', 'open', 6);";

static void what_an_older_program_wrote_is_there_after_the_upgrade(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/old.db", p->dir);
	AUTO_STORE struct store *store = NULL;
	AUTO_STORE_PERSON struct store_person person = { 0 };
	AUTO_STORE_VERSIONS struct store_versions versions = { 0 };
	AUTO_STORE_APPLICATION struct store_application application = { 0 };
	struct db *db = NULL;

	assert_int_equal(db_open(&db, path, DB_NEW, &e), 0);
	assert_int_equal(db_script(db, "create table schema_version (version integer not null primary key) strict;", &e), 0);
	assert_int_equal(db_script(db, schema_steps[0].sql, &e), 0);
	assert_int_equal(db_script(db, what_schema_1_had, &e), 0);
	db_close(db);
	assert_int_equal(store_open(&store, path, &e), 0);

	assert_int_equal(store_person_get(&person, store, "anna", &e), 0);
	assert_null(person.account);
	assert_int_equal(store_version_list(&versions, store, "backend", &e), 0);
	assert_int_equal(versions.count, 1);
	assert_string_equal(versions.item[0].actor, "anna");
	assert_int_equal(store_application_get(&application, store, "C-1111", "backend", &e), 0);
	assert_int_equal(application.version, 0);
	assert_null(application.source);
}

/* What schema 9 knew of a review that was answered and confirmed. */
static const char what_schema_9_had[] =
	"insert into person (id, name, roles, added_ms) values ('anna', 'Anna', 'interviewer', 1);"
	"insert into repo values ('tasks', 'x', null, 'c1', 1);"
	"insert into position values ('backend', '{}', 'd1', 5);"
	"insert into candidate (pseudonym, name, added_ms) values ('C-1111', 'Kim', 6);"
	"insert into application (candidate, position, stage, state, since_ms) values ('C-1111', 'backend', 'technical', 'open', 6);"
	"insert into session values ('S-1', 'C-1111', 'backend', 'technical', 'p', 'tasks', 'c1', '{}', 'ended', 1, 1, 1, 1);"
	"insert into part values ('S-1', 4, 'review', 'look', 15, null, 1, 1);"
	"insert into answer values (1, 'S-1', 4, '[]', 'anna', 7);"
	"insert into decision values (1, 1, 'anna', '[]', '[]', 8);";

static void a_review_of_schema_9_is_there_and_takes_what_was_spoken(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/nine.db", p->dir);
	AUTO_STORE struct store *store = NULL;
	AUTO_STORE_ANSWER struct store_answer answer = { 0 };
	AUTO_STORE_DECISION struct store_decision decision = { 0 };
	AUTO_STORE_SPOKENS struct store_spokens spoken = { 0 };
	struct store_spoken said = { .session = "S-1", .part = 4, .comment = "{}", .person = "anna", .at_ms = 9 };
	struct db *db = NULL;

	assert_int_equal(db_open(&db, path, DB_NEW, &e), 0);
	assert_int_equal(db_script(db, "create table schema_version (version integer not null primary key) strict;", &e), 0);
	for (const struct schema_step *step = schema_steps; step->version <= 9; step++)
		assert_int_equal(db_script(db, step->sql, &e), 0);
	assert_int_equal(db_script(db, "insert into schema_version (version) values (9);", &e), 0);
	assert_int_equal(db_script(db, what_schema_9_had, &e), 0);
	db_close(db);
	assert_int_equal(store_open(&store, path, &e), 0);

	assert_int_equal(store_answer_get(&answer, store, "S-1", 4, &e), 0);
	assert_int_equal(store_decision_get(&decision, store, answer.id, &e), 0);
	assert_int_equal(store_spoken_list(&spoken, store, "S-1", 4, &e), 0);
	assert_int_equal(spoken.count, 0);
	assert_int_equal(store_spoken_add(&said.id, store, &said, &e), 0);
}

static void somebody_elses_database_is_refused(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/theirs.db", p->dir);
	AUTO_STORE struct store *store = NULL;
	struct db *db = NULL;

	assert_int_equal(db_open(&db, path, DB_NEW, &e), 0);
	assert_int_equal(db_script(db, "create table person (x)", &e), 0);
	db_close(db);
	assert_int_equal(store_open(&store, path, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "none of assay's"));
}

static void a_file_that_is_no_database_is_refused(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/text.db", p->dir);
	AUTO_STORE struct store *store = NULL;

	assert_int_equal(fs_write(AT_FDCWD, path, "just a text, of some length", 27, 0600, &e), 0);
	assert_int_equal(store_open(&store, path, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "this is no database"));
}

static void a_damaged_page_is_said_and_not_read_over(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE struct store *store = NULL;
	AUTO_STORE_PERSONS struct store_persons persons = { 0 };
	char noise[4096];
	int fd;

	store_close(take_ptr(&p->store)); /* the last one out moves the log into the file */
	memset(noise, 0x5A, sizeof(noise));
	fd = open(p->path, O_WRONLY | O_CLOEXEC);
	for (int page = 1; page < 60; page++)
		assert_int_equal(pwrite(fd, noise, sizeof(noise), page * 4096L), sizeof(noise));
	close(fd);

	assert_true(
		store_open(&store, p->path, &e) < 0 || store_person_list(&persons, store, &e) < 0);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_non_null(strstr(e.text, "damaged"));
}

static void a_missing_file_is_not_made_by_opening_it(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_FREE char *path = mem_format(&e, "%s/none.db", p->dir);
	AUTO_STORE struct store *store = NULL;

	assert_int_equal(store_open(&store, path, &e), -1);

	assert_int_equal(e.kind, ERR_NOT_FOUND);
	assert_false(fs_exists(AT_FDCWD, path));
}

static void a_change_that_is_not_committed_never_was(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	struct store_change change = { 0 };
	AUTO_FREE char *value = NULL;

	assert_int_equal(store_change_begin(&change, p->store, &e), 0);
	assert_int_equal(store_setting_set(p->store, "half", "done", &e), 0);
	store_change_done(&change);

	assert_int_equal(store_setting_get(&value, p->store, "half", &e), 0);
	assert_null(value);
}

/* Five seconds of waiting would be five seconds of testing: this connection waits none. */
static void a_locked_store_is_refused_as_locked(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE struct store *second = NULL;
	AUTO_CHANGE struct store_change change = { 0 };

	assert_int_equal(store_open(&second, p->path, &e), 0);
	assert_int_equal(db_script(store_db(second), "pragma busy_timeout = 0", &e), 0);
	assert_int_equal(store_change_begin(&change, p->store, &e), 0);

	assert_int_equal(store_setting_set(second, "a", "b", &e), -1);

	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_non_null(strstr(e.text, "locked"));
}

static void somebody_who_reads_doesnt_wait_for_somebody_who_writes(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE struct store *second = NULL;
	AUTO_CHANGE struct store_change change = { 0 };
	AUTO_FREE char *value = NULL;

	assert_int_equal(store_open(&second, p->path, &e), 0);
	assert_int_equal(store_change_begin(&change, p->store, &e), 0);
	assert_int_equal(store_setting_set(p->store, "a", "b", &e), 0);

	assert_int_equal(store_setting_get(&value, second, "a", &e), 0);

	assert_null(value);
}

/* As another user when we are root, who may write everywhere. The child's exit status is the kind of the error. */
static void a_store_that_one_may_only_read_is_refused_as_denied(void **state)
{
	struct place *p = *state;
	int status = 0;
	pid_t child;

	assert_int_equal(chmod(p->path, 0444), 0);
	child = fork();
	if (child == 0) {
		struct err e = { 0 };
		struct store *store = NULL;

		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(99);
		_exit(store_open(&store, p->path, &e) < 0 && strstr(e.text, "may not write")
				? (int)e.kind
				: 98);
	}
	assert_int_equal(waitpid(child, &status, 0), child);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), ERR_DENIED);
}

static void the_log_can_not_be_changed_or_shortened(void **state)
{
	struct place *p = *state;
	struct err e = { 0 };
	AUTO_STORE_EVENTS struct store_events events = { 0 };

	assert_int_equal(
		store_event_add(p->store, 5, "anna", "session.start", "S-0001", NULL, &e), 0);
	assert_int_equal(db_script(store_db(p->store), "update event set actor = 'ben'", &e), -1);
	assert_int_equal(e.kind, ERR_CONFLICT);
	assert_int_equal(db_script(store_db(p->store), "delete from event", &e), -1);

	assert_int_equal(store_event_list(&events, p->store, "S-0001", &e), 0);
	assert_int_equal(events.count, 1);
	assert_string_equal(events.item[0].actor, "anna");
	assert_null(events.item[0].detail);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_store_is_never_made_over_another),
		TEST(a_new_store_has_the_mode_it_was_given_and_leaves_nothing_beside_it),
		TEST(every_statement_is_understood_by_the_schema),
		TEST(values_go_to_their_names_and_not_to_their_places),
		TEST(a_statement_with_too_few_values_is_a_defect_of_ours),
		TEST(a_text_in_a_column_of_numbers_is_refused),
		TEST(a_newer_schema_is_refused_and_not_touched),
		TEST(an_older_schema_is_brought_up_to_date_when_it_is_opened),
		TEST(what_an_older_program_wrote_is_there_after_the_upgrade),
		TEST(a_review_of_schema_9_is_there_and_takes_what_was_spoken),
		TEST(somebody_elses_database_is_refused),
		TEST(a_file_that_is_no_database_is_refused),
		TEST(a_damaged_page_is_said_and_not_read_over),
		TEST(a_missing_file_is_not_made_by_opening_it),
		TEST(a_change_that_is_not_committed_never_was),
		TEST(a_locked_store_is_refused_as_locked),
		TEST(somebody_who_reads_doesnt_wait_for_somebody_who_writes),
		TEST(a_store_that_one_may_only_read_is_refused_as_denied),
		TEST(the_log_can_not_be_changed_or_shortened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
