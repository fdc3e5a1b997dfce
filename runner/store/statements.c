// SPDX-License-Identifier: MIT
/*
 * The statements. Columns are selected in the order of the record's fields in store_*.c. Lists that may be narrowed
 * take null for "any": "$1 is null or …" with a cast, without which PostgreSQL can't tell the parameter's type.
 */
#include "store/statements.h"

#define PERSON      "id, name, roles, account, added_ms"
#define REPO        "name, url, ref, commit_id, updated_ms"
#define POSITION    "id, json, digest, added_ms"
#define VERSION     "position, number, json, digest, reason, actor, at_ms"
#define CANDIDATE   "pseudonym, name, email, added_ms"
#define APPLICATION                                                                                \
	"candidate, position, stage, state, since_ms, source, referrer, salary_expectation, "      \
	"notice, languages, further, version"
#define STEP      "id, candidate, position, stage, state, reason, requirements, actor, at_ms"
#define SCREENING "id, candidate, position, requirement, answer, source, actor, at_ms"
#define SESSION_STORED                                                                             \
	"id, candidate, position, stage, plan, repo, commit_id, pins, state, planned_ms, at_ms, "  \
	"started_ms, ended_ms"
/* What was said last about its date holds. */
#define SESSION                                                                                    \
	"id, candidate, position, stage, plan, repo, commit_id, pins, (case when exists (select 1" \
	" from appointment a where a.session = session.id and a.cancelled = 1) then 'cancelled'"   \
	" else state end), planned_ms, coalesce((select a.at_ms from appointment a where"          \
	" a.session = session.id order by a.number desc limit 1), at_ms), started_ms, ended_ms"
#define APPOINTMENT   "session, number, at_ms, minutes, place, cancelled, reason, actor, said_ms"
#define PAUSE         "id, session, part, from_ms, to_ms, reason, actor"
#define EXTENSION     "session, part, minutes, reason, actor, at_ms"
#define LETTER        "candidate, position, kind, on_ms, actor, at_ms"
#define NOTICE        "session, text, actor, at_ms"
#define NOTE          "id, session, part, person, text, at_ms"
#define ACCOMMODATION "session, text, percent, actor, at_ms"
#define SEAT       "session, person, due"
#define PART       "session, number, kind, task, minutes, kit, started_ms, ended_ms"
#define SUBMISSION "id, session, part, task, commit_id, dropped, at_ms, grade, attempts"
#define RESULT     "id, submission, json, gradable, at_ms, previous"
#define ANSWER     "id, session, part, comments, actor, at_ms"
#define DECISION   "id, answer, person, proposed, decided, at_ms"
#define CARD       "session, interviewer, json, state, saved_ms, sealed_ms"
#define ENTRY      "session, interviewer, number, json, reason, at_ms"
#define EVENT      "id, at_ms, actor, action, object, detail"

#define ANY(parameter, column) "(cast(" parameter " as text) is null or " column " = " parameter ")"

const char *const statements[STATEMENTS] = {
	[SETTING_GET] = "select value from setting where name = $1",
	[SETTING_SET] = "insert into setting (name, value) values ($1, $2)"
			" on conflict (name) do update set value = excluded.value",

	[EVENT_ADD] = "insert into event (at_ms, actor, action, object, detail) values ($1, $2, "
		      "$3, $4, $5)",
	[EVENT_LIST] = "select " EVENT " from event where " ANY("$1", "object") " order by id",

	[PERSON_ADD] = "insert into person (" PERSON ") values ($1, $2, $3, $4, $5)",
	[PERSON_GET] = "select " PERSON " from person where id = $1",
	[PERSON_LIST] = "select " PERSON " from person order by id",

	[REPO_ADD] = "insert into repo (" REPO ") values ($1, $2, $3, $4, $5)",
	[REPO_PIN] = "update repo set commit_id = $2, updated_ms = $3 where name = $1",
	[REPO_GET] = "select " REPO " from repo where name = $1",
	[REPO_LIST] = "select " REPO " from repo order by name",

	[POSITION_ADD] = "insert into position (" POSITION ") values ($1, $2, $3, $4)",
	[POSITION_GET] = "select " POSITION " from position where id = $1",
	[POSITION_LIST] = "select " POSITION " from position order by id",
	[POSITION_CHANGE] = "update position set json = $2, digest = $3 where id = $1",

	[VERSION_ADD] = "insert into position_version (" VERSION
			") select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6"
			" from position_version where position = $1",
	[VERSION_LIST] = "select " VERSION " from position_version where position = $1 order by number",

	[CANDIDATE_ADD] = "insert into candidate (" CANDIDATE ") values ($1, $2, $3, $4)",
	[CANDIDATE_GET] = "select " CANDIDATE " from candidate where pseudonym = $1",
	[CANDIDATE_LIST] = "select " CANDIDATE " from candidate order by name, pseudonym",
	[CANDIDATE_OF_EMAIL] = "select " CANDIDATE " from candidate where lower(email) = lower($1)",

	[APPLICATION_ADD] = "insert into application (" APPLICATION
			    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)",
	[APPLICATION_MOVE] = "update application set stage = $3, state = $4, since_ms = $5"
			     " where candidate = $1 and position = $2",
	[APPLICATION_GET] =
		"select " APPLICATION " from application where candidate = $1 and position = $2",
	[APPLICATION_LIST] = "select " APPLICATION " from application where " ANY(
		"$1", "candidate") " and " ANY("$2", "position") " order by position, candidate",

	[APPLICATION_CORRECT] = "update application set source = $3, referrer = $4, salary_expectation = $5,"
				" notice = $6, languages = $7, version = version + 1"
				" where candidate = $1 and position = $2",

	[STEP_ADD] = "insert into step (candidate, position, stage, state, reason, requirements, actor, at_ms)"
		     " values ($1, $2, $3, $4, $5, $6, $7, $8)",
	[STEP_LIST] = "select " STEP " from step where candidate = $1 and position = $2 order by id",
	[SCREENING_ADD] = "insert into screening (candidate, position, requirement, answer, source, actor, at_ms)"
			  " values ($1, $2, $3, $4, $5, $6, $7)",
	/* The newest answer to each. */
	[SCREENING_LIST] = "select " SCREENING " from screening as s where position = $1 and " ANY(
		"$2", "candidate") " and id = (select max(id) from screening as newest where"
				   " newest.position = s.position and newest.candidate = s.candidate"
				   " and newest.requirement = s.requirement) order by candidate, requirement",

	[SESSION_ADD] = "insert into session (" SESSION_STORED ") values"
			" ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
	[SESSION_MOVE] =
		"update session set state = $2, started_ms = $3, ended_ms = $4 where id = $1",
	[SESSION_GET] = "select " SESSION " from session where id = $1",
	[SESSION_LIST] = "select " SESSION " from session where " ANY("$1", "position") " and " ANY(
		"$2", "stage") " order by planned_ms, id",

	[SEAT_ADD] = "insert into seat (" SEAT ") values ($1, $2, $3)",
	[SEAT_LIST] = "select " SEAT " from seat where session = $1 order by person",

	[PART_ADD] = "insert into part (" PART ") values ($1, $2, $3, $4, $5, $6, $7, $8)",
	[PART_MOVE] = "update part set kit = $3, started_ms = $4, ended_ms = $5 where session = $1 "
		      "and number = $2",
	[PART_LIST] = "select " PART " from part where session = $1 order by number",
	[PART_STRETCH] = "update part set minutes = $3 where session = $1 and number = $2",

	[APPOINTMENT_ADD] = "insert into appointment (" APPOINTMENT ") values"
			    " ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	[APPOINTMENT_LIST] = "select " APPOINTMENT " from appointment where session = $1 order by number",
	[PAUSE_ADD] = "insert into pause (session, part, from_ms, to_ms, reason, actor)"
		      " values ($1, $2, $3, $4, $5, $6) returning id",
	[PAUSE_END] = "update pause set to_ms = $2 where id = $1 and to_ms = 0",
	[PAUSE_LIST] = "select " PAUSE " from pause where session = $1 order by id",
	[EXTENSION_ADD] = "insert into extension (" EXTENSION ") values ($1, $2, $3, $4, $5, $6)",
	[EXTENSION_LIST] = "select " EXTENSION " from extension where session = $1 order by id",
	[HEARTBEAT_SET] = "insert into heartbeat (session, at_ms) values ($1, $2)"
			  " on conflict (session) do update set at_ms = excluded.at_ms",
	[HEARTBEAT_GET] = "select coalesce(max(at_ms), 0) from heartbeat where session = $1",
	[LETTER_ADD] = "insert into letter (" LETTER ") values ($1, $2, $3, $4, $5, $6)",
	[LETTER_LIST] = "select " LETTER " from letter where candidate = $1 and " ANY("$2", "position") " order by id",
	[NOTICE_ADD] = "insert into notice (" NOTICE ") values ($1, $2, $3, $4)",
	[NOTICE_GET] = "select " NOTICE " from notice where session = $1",
	[NOTE_ADD] = "insert into note (session, part, person, text, at_ms) values ($1, $2, $3, $4, $5)"
		     " returning id",
	[NOTE_LIST] = "select " NOTE " from note where session = $1 and " ANY("$2", "person") " order by id",
	[ACCOMMODATION_ADD] = "insert into accommodation (" ACCOMMODATION ") values ($1, $2, $3, $4, $5)",
	[ACCOMMODATION_LIST] = "select " ACCOMMODATION " from accommodation where session = $1 order by id",

	/* The same commit again changes nothing, and still returns the id. */
	[SUBMISSION_ADD] = "insert into submission (session, part, task, commit_id, dropped, "
			   "at_ms, grade, attempts)"
			   " values ($1, $2, $3, $4, $5, $6, $7, 0)"
			   " on conflict (session, part, commit_id) do update set commit_id = "
			   "excluded.commit_id"
			   " returning id",
	[SUBMISSION_ATTEMPTS] = "update submission set attempts = $2 where id = $1",
	[SUBMISSION_GRADED] = "update submission set grade = 'done' where id = $1",
	[SUBMISSION_LIST] =
		"select " SUBMISSION " from submission where " ANY("$1", "session") " order by id",

	[RESULT_ADD] = "insert into result (submission, json, gradable, at_ms, previous)"
		       " values ($1, $2, $3, $4, nullif($5, 0))",
	[RESULT_GET] =
		"select " RESULT " from result where submission = $1 order by id desc limit 1",

	[ANSWER_ADD] = "insert into answer (session, part, comments, actor, at_ms) values ($1, $2, "
		       "$3, $4, $5)"
		       " returning id",
	[ANSWER_GET] = "select " ANSWER
		       " from answer where session = $1 and part = $2 order by id desc limit 1",

	[SPOKEN_ADD] = "insert into spoken (session, part, number, comment, flaw, person, at_ms)"
		       " select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 from spoken"
		       " where session = $1 and part = $2 returning id",
	[SPOKEN_BACK] = "insert into spoken_back (spoken, person, at_ms) values ($1, $2, $3)",
	[SPOKEN_LIST] = "select s.id, s.session, s.part, s.number, s.comment, s.flaw, s.person, s.at_ms"
			" from spoken s where s.session = $1 and s.part = $2"
			" and not exists (select 1 from spoken_back b where b.spoken = s.id) order by s.number",
	[DECISION_ADD] = "insert into decision (answer, person, proposed, decided, at_ms) values "
			 "($1, $2, $3, $4, $5)",
	[DECISION_GET] =
		"select " DECISION " from decision where answer = $1 order by id desc limit 1",

	/* Both change a draft only: a sealed card is no row that they find. */
	[CARD_SAVE] = "insert into card (" CARD ") values ($1, $2, $3, 'draft', $4, 0)"
		      " on conflict (session, interviewer) do update"
		      " set json = excluded.json, saved_ms = excluded.saved_ms where card.state = "
		      "'draft'",
	[CARD_SEAL] = "insert into card (" CARD ") values ($1, $2, $3, 'sealed', $4, $5)"
		      " on conflict (session, interviewer) do update set json = excluded.json, "
		      "state = 'sealed',"
		      " saved_ms = excluded.saved_ms, sealed_ms = excluded.sealed_ms where "
		      "card.state = 'draft'",
	[CARD_AMEND] = "update card set json = $3, saved_ms = $4 where session = $1 and interviewer = $2"
		       " and state = 'revealed'",
	[CARD_REVEAL] =
		"update card set state = 'revealed' where session = $1 and state = 'sealed'",
	[CARD_GET] = "select " CARD " from card where session = $1 and interviewer = $2",
	[CARD_LIST] = "select " CARD " from card where session = $1 order by interviewer",

	[ENTRY_ADD] = "insert into entry (" ENTRY
		      ") select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5"
		      " from entry where session = $1 and interviewer = $2",
	[ENTRY_LIST] = "select " ENTRY
		       " from entry where session = $1 and interviewer = $2 order by number",
};
