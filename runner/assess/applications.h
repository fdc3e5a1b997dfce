// SPDX-License-Identifier: MIT
/*
 * Applications: taken in one by one or as a table, looked at as far as one may (assess/rights.h), moved on by people.
 * Nothing here moves by itself.
 */
#ifndef ASSESS_APPLICATIONS_H
#define ASSESS_APPLICATIONS_H

#include "assess/rights.h"
#include "assess/sheet.h"
#include "assess/workspace.h"
#include "store/store_session.h"

/* --- taking in -------------------------------------------------------------------------------------------------- */

/* All borrowed; NULL where nothing was said, except for the name. */
struct new_application {
	const char *name, *email;
	const char *position; /* NULL: the only one there is */
	const char *stage;    /* NULL: its first */
	const char *source, *referrer, *salary_expectation, *notice, *languages;
	const char *further; /* a JSON object */
};

enum { APPLICATION_MAX_TEXT = 500, APPLICATION_MAX_EMAIL = 254 };

/*
 * Takes an application in. Whoever applied for another position before, by e-mail, keeps the pseudonym: *known. With
 * ERR_CONFLICT for a second application for the same position; ERR_USAGE for a text that is too long or none.
 */
int application_add(char pseudonym[ID_PSEUDONYM], bool *known, struct workspace *workspace, const char *actor,
	const struct new_application *application, struct err *e);

struct imported_row {
	unsigned row;
	char pseudonym[ID_PSEUDONYM];
	char *name;
	bool known; /* applied for another position before */
};

struct import_report {
	char *position, *stage;
	struct imported_row *item;
	size_t count;
	struct strings kept;            /* columns that are no field of ours, and are kept */
	struct strings hints;           /* sentences, translated */
	struct sheet_mistakes mistakes; /* when there is one, nothing was taken in */
};

/*
 * Takes a table in, all of it or nothing: columns by name in any order (name, email, source, referrer,
 * salary_expectation, notice, languages, in English or German), further ones are kept with the application. Returns 0
 * also when the table has mistakes: then they are in the report, and nothing else happened.
 */
int applications_import(struct import_report *out, struct workspace *workspace, const char *actor, const char *file,
	const char *position, const char *stage, struct err *e);
void import_report_done(struct import_report *report);

#define AUTO_IMPORT_REPORT AUTO(import_report_done)

/* --- looking ---------------------------------------------------------------------------------------------------- */

/* What the actor may see of an application: the rest is NULL or empty, and `rights` says why. */
struct application_view {
	struct rights rights;
	struct store_application application;
	char *name, *email;
	struct store_steps steps;
	struct store_screenings answers;
};

struct application_views {
	struct application_view *item;
	size_t count;
};

/* Those of a candidate, of a position, at a stage (NULL: any); sorted by name where names may be seen, else by
 * pseudonym. Steps and answers are only there when a candidate was named. ERR_NOT_FOUND: no such candidate, position or
 * stage. */
int applications_look(struct application_views *out, struct workspace *workspace, const char *actor,
	const char *candidate, const char *position, const char *stage, struct err *e);
void application_views_done(struct application_views *views);

/* The session of an application's stage, as it stands; an empty id where none is planned. */
struct application_session {
	char id[ID_PSEUDONYM];
	enum session_state state;
};

int application_session(struct application_session *out, struct workspace *workspace,
	const struct store_application *application, struct err *e);

#define AUTO_APPLICATION_VIEWS AUTO(application_views_done)

/* --- moving ----------------------------------------------------------------------------------------------------- */

/* What is to happen to several applications for one position: to all or to none. */
struct application_move {
	const struct strings *candidates;
	const char *position; /* NULL: the only one that the first of them applies for */
	const char *reason;   /* NULL only to withdraw */
};

/*
 * To another stage. ERR_CONFLICT: closed; there already; cards are due in its stage, or in one that lies between: then
 * it is a decision, and the sentence names `decide`.
 */
int applications_move(struct workspace *workspace, const char *actor, const struct application_move *move,
	const char *stage, struct err *e);

/*
 * Rejects. `unmet` are requirements of the position that are not met; when there is none, `meets_all` must say so
 * (ERR_USAGE names what the screening says). ERR_CONFLICT as above, and when the screening says that one is met.
 */
int applications_reject(struct workspace *workspace, const char *actor, const struct application_move *move,
	const struct strings *unmet, bool meets_all, struct err *e);

/* The candidate doesn't want any more: at any stage. */
int applications_withdraw(
	struct workspace *workspace, const char *actor, const struct application_move *move, struct err *e);

#endif
