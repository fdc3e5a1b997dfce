// SPDX-License-Identifier: MIT
/*
 * What the loaders of rubrics, plans, positions, probes and questions share. Not for other rooms.
 */
#ifndef TASK_RUBRIC_PARTS_H
#define TASK_RUBRIC_PARTS_H

#include "base/json.h"
#include "task/rubric.h"

/* The required member that names a part of an interview. */
int keys_part(const struct json_at *at, const char *key, enum part_kind *out, struct err *e);

/* A copy of the texts at a place that was checked to be localised. */
int keys_localised(const struct json_at *at, struct localised *out, struct err *e);

/* The same for an array of them: *out has *count items from mem_new, to be released by the caller in every case. */
int keys_localised_list(const struct json_at *at, const char *key, struct localised **out, size_t *count, struct err *e);

void localised_list_free(struct localised *list, size_t count);

#endif
