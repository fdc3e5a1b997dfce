// SPDX-License-Identifier: MIT
/*
 * The probes of a design task: questions to ask, and what an answer at each level holds.
 */
#ifndef TASK_PROBE_H
#define TASK_PROBE_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"

#include <stddef.h>

struct probe {
	char *id;
	char *criterion;
	struct localised ask;
	struct localised answers[4];
	struct localised *follow_ups;
	size_t follow_up_count;
};

struct probes {
	struct probe *item;
	size_t count;
};

int probes_parse(struct probes *out, const struct json_doc *doc, struct err *e);
int probes_load(struct probes *out, int dir_fd, const char *path, struct err *e);
void probes_done(struct probes *probes);

#endif
