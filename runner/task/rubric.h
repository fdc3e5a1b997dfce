// SPDX-License-Identifier: MIT
/*
 * A rubric: criteria with anchors, so that a mark means the same to everybody; and a plan: the format of an
 * interview (rubrics/README.md is the manual of both).
 */
#ifndef TASK_RUBRIC_H
#define TASK_RUBRIC_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

enum { MARK_MIN = 1, MARK_MAX = 4, MARK_LEVELS = 4 };

enum part_kind { PART_WELCOME, PART_CODING, PART_DESIGN, PART_REVIEW, PART_CONVERSATION, PART_QUESTIONS, PART_KINDS };

/* What feeds a criterion. */
enum evidence_kind { EVIDENCE_SUITE, EVIDENCE_TEST, EVIDENCE_FINDINGS, EVIDENCE_NOTES };

struct evidence_ref {
	enum evidence_kind kind;
	char *suite;    /* for a suite or test */
	char *test;
	char *category; /* for findings: a category, or "all" */
	char *task;     /* NULL: the part's only task */
};

enum suggest_kind { SUGGEST_NONE, SUGGEST_POINTS, SUGGEST_FINDINGS };

struct criterion {
	char *id;
	enum part_kind part;
	int weight; /* 1–3 */
	struct localised title;
	struct localised anchors[MARK_LEVELS]; /* [0] is mark 1 */
	struct evidence_ref *evidence;
	size_t evidence_count;
	enum suggest_kind suggest;
	double suggest_from[MARK_LEVELS - 1]; /* the share from which mark 2, 3, 4 is suggested; rising */
};

struct rubric {
	char *id;
	int version;
	bool languages[LANGUAGE_COUNT];
	char *agreed_with_works_council; /* NULL: not */
	struct criterion *criteria;
	size_t criterion_count;
	char digest[65]; /* of the rubric's content, not of its spelling: sorted compact JSON */
};

/* Ids are unique, every anchor and title is there in every language of the rubric, and a suggestion has evidence that
 * it can be made from. */
int rubric_parse(struct rubric **out, const struct json_doc *doc, struct err *e);

/* The file at the path below dir_fd (AT_FDCWD for any path). ERR_NOT_FOUND. */
int rubric_load(struct rubric **out, int dir_fd, const char *path, struct err *e);
void rubric_free(struct rubric *rubric);

AUTO_DEFINE(rubric, struct rubric, rubric_free)
#define AUTO_RUBRIC AUTO(rubric_auto)

const struct criterion *rubric_criterion(const struct rubric *rubric, const char *id);

/* The mark that a share (0 to 1) suggests, or 0 when the criterion suggests none. */
int criterion_suggested(const struct criterion *criterion, double share);

struct plan_part {
	enum part_kind part;
	int minutes;
	char *task; /* NULL when the part has none */
};

enum { RECOMMENDATION_LEVELS = 4 };

struct plan {
	char *id;
	struct localised title;
	char *rubric;
	int slot_minutes;
	struct strings aids;
	struct plan_part *parts;
	size_t part_count;
};

/* Coding, design and review have their task, the parts fit into the slot, no task comes twice. */
int plan_parse(struct plan **out, const struct json_doc *doc, struct err *e);
int plan_load(struct plan **out, int dir_fd, const char *path, struct err *e);
void plan_free(struct plan *plan);

AUTO_DEFINE(plan, struct plan, plan_free)
#define AUTO_PLAN AUTO(plan_auto)

/* Minutes of all parts together. */
int plan_minutes(const struct plan *plan);

const char *part_kind_name(enum part_kind kind);  /* "coding" */
const char *part_kind_title(enum part_kind kind); /* for people, translated: "Live coding" */

/* "strong_no" … "strong_yes" by level 1–4, and the words people read, translated ("strong no"). */
const char *recommendation_name(int level);
const char *recommendation_title(int level);
bool recommendation_parse(const char *name, int *level);

/* The word of a mark 1–4, translated: "not shown" … "outstanding". */
const char *mark_word(int mark);

#endif
