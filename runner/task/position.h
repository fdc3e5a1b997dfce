// SPDX-License-Identifier: MIT
/*
 * A position: an opening with its requirements and stages.
 */
#ifndef TASK_POSITION_H
#define TASK_POSITION_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

struct stage {
	char *id;
	struct localised title;
	char *plan; /* NULL: a stage without a sitting */
	int due;    /* how many interviewers' cards are due; 0 without a plan */
};

struct requirement {
	char *id;
	bool must;
	struct localised title;
	char *stage;             /* where it is checked; NULL: nowhere */
	struct strings criteria; /* by which criteria of that stage's plan; may be empty */
};

struct position {
	char *id;
	struct localised title;
	struct stage *stages;
	size_t stage_count;
	struct requirement *requirements;
	size_t requirement_count;
};

/* Every stage a requirement names exists; ids are unique; a must-have without a place where it is checked is a
 * mistake. */
int position_parse(struct position **out, const struct json_doc *doc, struct err *e);
int position_load(struct position **out, int dir_fd, const char *path, struct err *e);
void position_free(struct position *position);

AUTO_DEFINE(position, struct position, position_free)
#define AUTO_POSITION AUTO(position_auto)

const struct stage *position_stage(const struct position *position, const char *id);

#endif
