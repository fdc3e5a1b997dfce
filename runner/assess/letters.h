// SPDX-License-Identifier: MIT
/*
 * Letters: written from templates, shown or put into files, sent by people. Nothing is sent from here.
 *
 * A template of the workspace's own goes before the bundled one: letters/KIND.LANGUAGE.txt ("letters/rejection.de.txt").
 * That a letter went out is said afterwards; with a rejection's the time begins after which what was kept of the
 * application is due to be erased.
 */
#ifndef ASSESS_LETTERS_H
#define ASSESS_LETTERS_H

#include "assess/workspace.h"
#include "report/letter.h"
#include "store/store_letter.h"

/* ERR_USAGE names the kinds there are. */
int letter_kind_parse(enum letter_kind *out, const char *name, struct err *e);

/* All borrowed; position NULL: the candidate's only one; company NULL: the one that is remembered. */
struct letter_order {
	enum letter_kind kind;
	const char *candidate, *position, *company;
	const char *zone; /* of the session's date; NULL: the machine's */
	enum language language;
};

/* One letter. ERR_CONFLICT: an application that is open gets no rejection, one that is rejected no offer; something is
 * missing, and where it comes from. *out is the caller's. */
int letter_write(
	char **out, struct workspace *workspace, const char *actor, const struct letter_order *order, struct err *e);

/* Remembers the company's name for all letters to come. */
int letters_set_company(struct workspace *workspace, const char *actor, const char *company, struct err *e);

/* Writes the bundled templates into the workspace's letters/, to be changed there; those that are there stay. *written
 * are their paths. */
int letters_lay_templates(struct strings *written, struct workspace *workspace, const char *actor, struct err *e);

/* That it was sent on that day to these candidates, to all or to none; order->candidate isn't looked at. What was said
 * of a day already is not said twice. ERR_USAGE: a day that hasn't come yet. */
int letters_sent(struct workspace *workspace, const char *actor, const struct letter_order *order,
	const char *const *candidates, size_t count, int64_t on_ms, struct err *e);

/* One application that is closed, and how long what was kept of it stays. */
struct retention {
	char *candidate, *position;
	enum application_state state;
	int64_t sent_ms; /* when the letter that closes it was sent; 0: not yet, and nothing runs */
	int64_t due_ms;  /* when it is due to be erased; 0: nothing runs */
};

struct retentions {
	struct retention *item;
	size_t count;
};

/* Rejected and withdrawn applications, the first to be erased first, those whose time doesn't run last. For hr and
 * leads (ERR_DENIED). */
int retention_list(struct retentions *out, struct workspace *workspace, const char *actor, struct err *e);
void retentions_done(struct retentions *retentions);

#define AUTO_RETENTIONS AUTO(retentions_done)

#endif
