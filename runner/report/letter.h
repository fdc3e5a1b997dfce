// SPDX-License-Identifier: MIT
/*
 * Letters to candidates: a template with names in braces, and what is put in their places. Pure.
 *
 *   Subject: Your application: {position}
 *
 *   Dear {name},
 *
 * "{{" is a brace. A name that there isn't, or that has no value here, is a mistake with its line: no letter goes out
 * with a hole in it.
 */
#ifndef REPORT_LETTER_H
#define REPORT_LETTER_H

#include "base/err.h"
#include "base/i18n.h"

#include <stddef.h>

enum letter_kind { LETTER_INVITATION, LETTER_CONFIRMATION, LETTER_REJECTION, LETTER_OFFER, LETTER_THANKS, LETTER_KINDS };

enum { LETTER_MAX_BYTES = 64 << 10 };

const char *letter_kind_name(enum letter_kind kind);  /* "invitation": in files and commands */
const char *letter_kind_title(enum letter_kind kind); /* translated */

/* The template that is used where the workspace has none of its own. */
const char *letter_template(enum letter_kind kind, enum language language);

/* What is put in. All borrowed; NULL: there is none. */
struct letter {
	const char *name;         /* the candidate's */
	const char *position;     /* its title */
	const char *company, *sender;
	const char *today;        /* as people write it */
	const char *when;         /* of the session, with its hour */
	const char *minutes;      /* of the session */
	const char *place;        /* of the session */
	const char *interviewers; /* of the session: "Ines Vogel, Jonas Brandt" */
	const char *parts;        /* of the session: a line each */
};

/* ERR_INVALID: a name that there isn't, or an open brace; ERR_CONFLICT: one that has no value, and where it would come
 * from. `name` stands in both. *out is the caller's. */
int report_letter(char **out, const struct letter *letter, const char *name, const char *template, struct err *e);

#endif
