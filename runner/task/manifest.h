// SPDX-License-Identifier: MIT
/*
 * The manifest: every test of a task with what it is worth. A result counts only what stands here.
 */
#ifndef TASK_MANIFEST_H
#define TASK_MANIFEST_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

/* From what everybody sees to what only interviewers see; `after` opens when the session is closed. */
enum visibility { VISIBILITY_VISIBLE, VISIBILITY_AFTER, VISIBILITY_HIDDEN };

struct manifest_test {
	char *name;  /* as the report says it; unique within its suite */
	char *suite;
	char *group; /* NULL: none, it stands for itself */
	int points;
	enum visibility visibility;
	bool negative; /* counts only if what it depends on, or its group's positive tests, passed */
	size_t *depends; /* indices of tests, checked to be free of cycles */
	size_t depends_count;
	int64_t test_ms; /* 0: the suite's */
	struct localised says; /* the sentence for candidates; may be empty */
};

/* Sum of the tests' points; all get the share of the weakest; all points or none. The most is the sum for each. */
enum group_rule { GROUP_SUM, GROUP_MIN, GROUP_ALL };

struct group {
	char *id;
	enum group_rule rule;
};

struct manifest {
	struct manifest_test *tests;
	size_t test_count;
	struct group *groups; /* those whose rule is not the sum */
	size_t group_count;
	char *schema;    /* what "$schema" says, for editors; NULL: nothing */
	char digest[65]; /* of the manifest's bytes */
};

/*
 * Parses and checks everything that can be checked without the task: names, points 0–1000, depends that exist and
 * make no cycle, negative tests that have something to depend on. At most 5000 tests.
 *
 * A name in `depends` is that of a test of the same suite, else of the only test of any suite that is called so, else
 * "suite/name".
 */
int manifest_parse(struct manifest *out, const struct json_doc *doc, struct err *e);

/* The JSON text of a manifest, for `assay task pin`. */
int manifest_render(const struct manifest *manifest, char **out, struct err *e);

void manifest_done(struct manifest *manifest);

/* Index of a test, or -1. */
long manifest_find(const struct manifest *manifest, const char *suite, const char *name);

/* The most that can be earned in one suite, or in all (suite NULL). */
int manifest_points(const struct manifest *manifest, const char *suite);

const char *visibility_name(enum visibility visibility);

#endif
