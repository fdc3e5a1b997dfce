// SPDX-License-Identifier: MIT
/*
 * The same work graded several times, and what varies. Everything that counts should be equal to the byte (the stable
 * part of a result, score/result.h); times never are, and how far they lie apart says how much a limit must leave.
 */
#ifndef ASSESS_REPEAT_H
#define ASSESS_REPEAT_H

#include "assess/grade.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/json.h"
#include "base/text.h"
#include "score/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPEAT_MIN = 2, REPEAT_MAX = 100, OUTCOMES = OUTCOME_MISSING + 1 };

/* One grade. */
struct repeat_round {
	bool gradable;
	char *reason; /* why it isn't gradable; NULL */
	enum result_verdict verdict;
	int points;
	int64_t wall_ms, cpu_ms;  /* of all its boxes together */
	char stable[DIGEST_HEX];  /* of the stable part */
};

/* One test over all rounds that were gradable. */
struct repeat_test {
	char *suite, *name;
	int outcomes[OUTCOMES];   /* how often it had each */
	int64_t least_ms, most_ms; /* -1: it said nothing of its time */
};

struct repeated {
	struct repeat_round *rounds;
	size_t round_count;
	struct repeat_test *tests;
	size_t test_count;
	int max_points;
	size_t distinct;   /* different stable parts among the gradable rounds */
	size_t ungradable; /* rounds that our side failed */
};

/* Grades `times` times, one after the other, with the same terms. Errors as of grade(). */
int repeat_grade(struct repeated *out, const struct grade_order *order, int times, struct err *e);
void repeated_done(struct repeated *repeated);

/*
 * {"format": 1, "task", "times", "equal", "ungradable", "max_points", "rounds": [{"gradable", "reason", "verdict",
 * "points", "wall_ms", "cpu_ms", "stable"}], "tests": [{"suite", "name", "varies", "outcomes": {"passed": 5},
 * "least_ms", "most_ms"}]}; "equal" is true when all gradable rounds have one stable part.
 */
struct json *repeated_json(const struct repeated *repeated, const struct task *task);
void repeated_text(struct text *t, const struct repeated *repeated, const struct task *task, size_t columns);

#endif
