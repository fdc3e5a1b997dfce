// SPDX-License-Identifier: MIT
/*
 * STRICT tables: SQLite then refuses a text in a column of numbers, as PostgreSQL would. Whole numbers that are times
 * are milliseconds UTC, 0 meaning "not yet". Words (states, kinds) are words, so that the file can be read without
 * this program; a check names those there are.
 *
 * What is append-only (the log, results, answers, decisions, a card's entries) is kept so by triggers: not even a
 * defect of ours rewrites history.
 */
#include "store/schema.h"

#include "base/i18n.h"

#include <stdbool.h>

#define APPEND_ONLY(table)                                                                         \
	"create trigger " table "_is_kept before update on " table                                 \
	" begin select raise(abort, '" table ": what was written is never changed'); end;"         \
	"create trigger " table "_stays before delete on " table                                   \
	" begin select raise(abort, '" table ": what was written is never removed'); end;"

/* clang-format off: it makes stairs of literals and macros in a row. */
const struct schema_step schema_steps[] = {
	{ 1,
		"create table setting (name text not null primary key, value text not null) strict;"

		"create table person (id text not null primary key, name text not null, roles text not null,"
		" added_ms integer not null) strict;"

		"create table repo (name text not null primary key, url text not null, ref text,"
		" commit_id text not null, updated_ms integer not null) strict;"

		"create table position (id text not null primary key, json text not null, digest text not null,"
		" added_ms integer not null) strict;"

		"create table candidate (pseudonym text not null primary key, name text not null,"
		" added_ms integer not null) strict;"

		"create table application (candidate text not null references candidate (pseudonym),"
		" position text not null references position (id), stage text not null,"
		" state text not null check (state in ('open', 'hired', 'rejected', 'withdrawn')),"
		" since_ms integer not null, primary key (candidate, position)) strict;"

		"create table session (id text not null primary key, candidate text not null,"
		" position text not null, stage text not null, plan text not null,"
		" repo text not null references repo (name), commit_id text not null, pins text not null,"
		" state text not null check (state in ('planned', 'running', 'ended')),"
		" planned_ms integer not null, at_ms integer not null, started_ms integer not null,"
		" ended_ms integer not null,"
		" foreign key (candidate, position) references application (candidate, position)) strict;"
		"create index session_of_position on session (position, stage);"

		"create table seat (session text not null references session (id),"
		" person text not null references person (id), due integer not null check (due in (0, 1)),"
		" primary key (session, person)) strict;"

		"create table part (session text not null references session (id), number integer not null,"
		" kind text not null, task text, minutes integer not null, kit text, started_ms integer not null,"
		" ended_ms integer not null, primary key (session, number)) strict;"

		"create table submission (id integer not null primary key, session text not null,"
		" part integer not null, task text not null, commit_id text not null, dropped text not null,"
		" at_ms integer not null, grade text not null check (grade in ('none', 'due', 'done')),"
		" attempts integer not null, unique (session, part, commit_id),"
		" foreign key (session, part) references part (session, number)) strict;"

		"create table result (id integer not null primary key,"
		" submission integer not null references submission (id), json text not null,"
		" gradable integer not null check (gradable in (0, 1)), at_ms integer not null,"
		" previous integer references result (id)) strict;"
		"create unique index result_is_first_once on result (submission) where previous is null;"
		APPEND_ONLY("result")

		"create table answer (id integer not null primary key, session text not null,"
		" part integer not null, comments text not null, actor text not null, at_ms integer not null,"
		" foreign key (session, part) references part (session, number)) strict;"
		"create index answer_of_part on answer (session, part);"
		APPEND_ONLY("answer")

		"create table decision (id integer not null primary key,"
		" answer integer not null references answer (id), person text not null references person (id),"
		" proposed text not null, decided text not null, at_ms integer not null) strict;"
		"create index decision_of_answer on decision (answer);"
		APPEND_ONLY("decision")

		"create table card (session text not null, interviewer text not null, json text not null,"
		" state text not null check (state in ('draft', 'sealed', 'revealed')),"
		" saved_ms integer not null, sealed_ms integer not null, primary key (session, interviewer),"
		" foreign key (session, interviewer) references seat (session, person)) strict;"

		"create table entry (session text not null, interviewer text not null, number integer not null,"
		" json text not null, reason text, at_ms integer not null,"
		" primary key (session, interviewer, number),"
		" foreign key (session, interviewer) references card (session, interviewer)) strict;"
		APPEND_ONLY("entry")

		"create table event (id integer not null primary key, at_ms integer not null,"
		" actor text not null, action text not null, object text not null, detail text) strict;"
		"create index event_of_object on event (object);"
		APPEND_ONLY("event") },
	{ 2,
		"create table appointment (session text not null references session (id), number integer not null,"
		" at_ms integer not null, minutes integer not null, place text,"
		" cancelled integer not null check (cancelled in (0, 1)), reason text, actor text not null,"
		" said_ms integer not null, primary key (session, number)) strict;"
		APPEND_ONLY("appointment")

		"create table accommodation (id integer not null primary key,"
		" session text not null references session (id), text text not null, percent integer not null,"
		" actor text not null, at_ms integer not null) strict;"
		"create index accommodation_of_session on accommodation (session);"
		APPEND_ONLY("accommodation") },
	{ 3,
		"create table note (id integer not null primary key, session text not null, part integer not null,"
		" person text not null, text text not null, at_ms integer not null,"
		" foreign key (session, person) references seat (session, person)) strict;"
		"create index note_of_session on note (session);"
		APPEND_ONLY("note") },
	{ 4,
		"create table pause (id integer not null primary key, session text not null references session (id),"
		" part integer not null, from_ms integer not null, to_ms integer not null, reason text,"
		" actor text not null) strict;"
		"create unique index pause_lasts_once on pause (session) where to_ms = 0;"

		"create table extension (id integer not null primary key,"
		" session text not null references session (id), part integer not null, minutes integer not null,"
		" reason text not null, actor text not null, at_ms integer not null) strict;"
		"create index extension_of_session on extension (session);"
		APPEND_ONLY("extension")

		"create table notice (session text not null primary key references session (id),"
		" text text not null, actor text not null, at_ms integer not null) strict;"
		APPEND_ONLY("notice") },
	{ 5,
		"create table heartbeat (session text not null primary key references session (id),"
		" at_ms integer not null) strict;" },

	/* Several people may share an account, so it is no key. */
	{ 6, "alter table person add column account text;" },

	/* What a position was, version by version; those that are there begin with what they are. */
	{ 7,
		"create table position_version (position text not null references position (id), number integer not null,"
		" json text not null, digest text not null, reason text, actor text not null, at_ms integer not null,"
		" primary key (position, number)) strict;"
		"insert into position_version (position, number, json, digest, reason, actor, at_ms)"
		" select id, 1, json, digest, null, coalesce((select min(actor) from event where"
		" action = 'position.add' and object = position.id), 'account:unknown'), added_ms from position;"
		APPEND_ONLY("position_version") },

	/* Steps and screening answers hold what is said about people, so they only grow, but may be erased with them. */
	{ 8,
		"alter table candidate add column email text;"
		"create unique index candidate_by_email on candidate (lower(email));"
		"alter table application add column source text;"
		"alter table application add column referrer text;"
		"alter table application add column salary_expectation text;"
		"alter table application add column notice text;"
		"alter table application add column languages text;"
		"alter table application add column further text;"
		"alter table application add column version integer not null default 0;"

		"create table step (id integer not null primary key, candidate text not null, position text not null,"
		" stage text not null, state text not null check (state in ('open', 'hired', 'rejected', 'withdrawn')),"
		" reason text, requirements text, actor text not null, at_ms integer not null,"
		" foreign key (candidate, position) references application (candidate, position)) strict;"
		"create index step_of_application on step (candidate, position);"
		"create trigger step_is_kept before update on step"
		" begin select raise(abort, 'step: what was written is never changed'); end;"

		"create table screening (id integer not null primary key, candidate text not null,"
		" position text not null, requirement text not null,"
		" answer text not null check (answer in ('none', 'no', 'partly', 'yes')), source text,"
		" actor text not null, at_ms integer not null,"
		" foreign key (candidate, position) references application (candidate, position)) strict;"
		"create index screening_of_application on screening (position, candidate);"
		"create trigger screening_is_kept before update on screening"
		" begin select raise(abort, 'screening: what was written is never changed'); end;" },

	{ 9,
		"create table letter (id integer not null primary key, candidate text not null, position text not null,"
		" kind text not null, on_ms integer not null, actor text not null, at_ms integer not null,"
		" foreign key (candidate, position) references application (candidate, position)) strict;"
		"create index letter_of_application on letter (candidate, position);"
		"create trigger letter_is_kept before update on letter"
		" begin select raise(abort, 'letter: what was written is never changed'); end;" },
	/* What a candidate said about the change, as somebody entered it, and what was taken back of it. */
	{ 10,
		"create table spoken (id integer not null primary key, session text not null, part integer not null,"
		" number integer not null, comment text not null, flaw text,"
		" person text not null references person (id), at_ms integer not null,"
		" unique (session, part, number),"
		" foreign key (session, part) references part (session, number)) strict;"
		APPEND_ONLY("spoken")

		"create table spoken_back (spoken integer not null primary key references spoken (id),"
		" person text not null references person (id), at_ms integer not null) strict;"
		APPEND_ONLY("spoken_back") },
	{ 0, NULL },
};
/* clang-format on */

static int64_t newest(void)
{
	int64_t version = 0;

	for (const struct schema_step *step = schema_steps; step->version; step++)
		version = step->version;
	return version;
}

/* The version of a database, or -1 in *version when it has no schema of ours. */
static int read_version(int64_t *version, struct db *db, struct err *e)
{
	AUTO_DB_ROWS struct db_rows *tables = NULL;
	AUTO_DB_ROWS struct db_rows *rows = NULL;
	int said;

	if (db_query(&tables, db,
		    "select 1 from sqlite_master where type = 'table' and name = 'schema_version'",
		    DB_NO_VALUES, e) < 0)
		return -1;
	said = db_next(tables, e);
	if (said <= 0) {
		*version = -1;
		return said;
	}
	if (db_query(&rows, db, "select coalesce(max(version), 0) from schema_version",
		    DB_NO_VALUES, e) < 0 ||
		db_next(rows, e) < 0)
		return -1;
	*version = db_integer(rows, 0);
	return 0;
}

static int take_steps(struct db *db, int64_t version, struct err *e)
{
	for (const struct schema_step *step = schema_steps; step->version; step++) {
		if (step->version <= version)
			continue;
		if (db_script(db, step->sql, e) < 0 ||
			db_run(db, "insert into schema_version (version) values ($1)",
				DB_VALUES(DB_INTEGER(step->version)), NULL, e) < 0)
			return err_wrap(e, "schema step %lld", (long long)step->version);
	}
	return 0;
}

/* All in one change, so that a program that is killed, or a disk that is full, leaves the version it found. */
static int take_steps_whole(struct db *db, bool from_nothing, struct err *e)
{
	static const char first[] =
		"create table schema_version (version integer not null primary key) strict;";
	int64_t version = 0;
	struct err ignored;

	if (db_script(db, "begin immediate", e) < 0)
		return -1;
	if ((from_nothing ? db_script(db, first, e) : read_version(&version, db, e)) < 0 ||
		take_steps(db, version, e) < 0 || db_script(db, "commit", e) < 0) {
		if (db_in_transaction(db))
			db_script(db, "rollback", &ignored);
		return -1;
	}
	return 0;
}

int schema_begin(struct db *db, struct err *e)
{
	return take_steps_whole(db, true, e);
}

int schema_upgrade(struct db *db, struct err *e)
{
	int64_t version;

	if (read_version(&version, db, e) < 0)
		return -1;
	if (version < 0)
		return err_set(e, ERR_INVALID, _("this database is none of assay's"));
	if (version > newest())
		return err_set(e, ERR_CONFLICT,
			_("this workspace was written by a newer assay (schema %lld, this program "
			  "knows %lld): nothing was "
			  "touched; use the newer program"),
			(long long)version, (long long)newest());
	return version == newest() ? 0 : take_steps_whole(db, false, e);
}
