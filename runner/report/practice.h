// SPDX-License-Identifier: MIT
/*
 * What somebody who practises sees: questions, anchors, sample answers, what to improve, and a mail drafted from their
 * own answers. Pure; everything is added to a text that the caller owns. Sentences follow i18n_start.
 */
#ifndef REPORT_PRACTICE_H
#define REPORT_PRACTICE_H

#include "base/text.h"
#include "report/report.h"
#include "review/flaw.h"
#include "review/match.h"
#include "score/result.h"
#include "task/probe.h"
#include "task/question.h"
#include "task/rubric.h"
#include "task/task.h"

#include <stdint.h>

/* A question is answered in two turns: itself and its first follow-up. */
enum { PRACTICE_TURNS = 2 };

/* Beside marks 1 to 4. */
enum { PRACTICE_NOT_OBSERVED = -1, PRACTICE_UNMARKED = 0 };

/* One practice as far as it has come. Everything is borrowed; arrays have one item for each thing they are of. */
struct practice_page {
	const struct task *task;
	const struct rubric *rubric;
	enum part_kind part; /* criteria of other parts are not shown */
	const struct questions *questions; /* of a conversation, else none */
	const struct probes *probes;       /* of a design, else none */
	char *const *answers;      /* of a question or probe: PRACTICE_TURNS; NULL: not answered */
	const int64_t *spent_ms;   /* likewise */
	const int *marks;          /* of a criterion of the rubric */
	char *const *additions;    /* of a criterion: what was added for the mail; NULL or "": nothing */
	int64_t work_ms;           /* spent on what is handed in */
	int points, max_points;    /* of the tests; max_points 0: none ran */
	int found, planted;        /* flaws; planted 0: no review */
	const char *to, *position, *company; /* of the mail; "" or NULL: not known */
};

/* Questions or probes of a page, by index. */
size_t practice_questions(const struct practice_page *page);
const struct localised *practice_ask(const struct practice_page *page, size_t question);
const struct localised *practice_follow_up(const struct practice_page *page, size_t question); /* NULL: none */
int practice_minutes(const struct practice_page *page, size_t question); /* 0: none given */
bool practice_feeds(const struct practice_page *page, size_t question, const struct criterion *criterion);

/* Title and minutes, and the criteria as a checklist. */
void report_practice_head(struct text *t, const struct practice_page *page, const struct report_style *style);
void report_practice_checklist(struct text *t, const struct practice_page *page, const struct report_style *style);

/* A question with its number, minutes and the criteria it feeds; its first follow-up. */
void report_practice_question(struct text *t, const struct practice_page *page, size_t question,
	const struct report_style *style);
void report_practice_follow_up(struct text *t, const struct practice_page *page, size_t question,
	const struct report_style *style);

/* A criterion's four anchors, and which questions feed it. */
void report_practice_anchors(struct text *t, const struct practice_page *page, const struct criterion *criterion,
	const struct report_style *style);

/* One's own answers to the questions that feed a criterion (NULL: to all). */
void report_practice_answers(struct text *t, const struct practice_page *page, const struct criterion *criterion,
	const struct report_style *style);

/* Sample answers with their marks, or what an answer to a probe holds at each. Nothing for a page without questions. */
void report_practice_samples(struct text *t, const struct practice_page *page, const struct report_style *style);

/* The mark to aim at next. A 2 says what is still missing, so it is nothing to aim at: below 3 it is the 3. */
int practice_aim(int mark);

/* For each criterion below 4, lowest first: what the anchor to aim at asks for, and with which question to show it. */
void report_practice_improve(struct text *t, const struct practice_page *page, const struct report_style *style);

/*
 * A mail to those one spoke with, drafted from the answers to the questions that say how (question.mail). What nobody
 * told us is marked "[TO FILL IN: …]". Not wrapped: a mail program does that.
 */
void report_practice_mail(struct text *t, const struct practice_page *page, enum language language);

/* Whether any question goes into a mail. */
bool practice_has_mail(const struct practice_page *page);

/* What the tests said that a candidate may see (closed: also those of suites that are shown afterwards). */
void report_practice_result(struct text *t, const struct result *result, bool closed, const struct report_style *style);

/* One flaw: where, how severe, and the model answer. */
void report_practice_flaw(struct text *t, const struct flaw *flaw, const struct report_style *style);

/* A comment on one line, as it is listed. */
void report_practice_comment(struct text *t, const struct comment *comment, const struct report_style *style);

/* Everything that was done, on one page for reading again, with the sample answers. */
void report_practice_summary(struct text *t, const struct practice_page *page, const struct report_style *style);

/* "4:05". */
void report_practice_clock(struct text *t, int64_t ms);

#endif
