// SPDX-License-Identifier: MIT
/*
 * The runs of a kit, as the kit itself tells them: `assay run` leaves a line there, a watch keeps it with its
 * snapshots, `session play` shows it. It is the candidate's file, who may change or remove it: it proves nothing, and
 * whoever shows it says so.
 */
#ifndef ASSESS_KIT_LOG_H
#define ASSESS_KIT_LOG_H

#include "base/err.h"
#include "base/json.h"

#include <stddef.h>
#include <stdint.h>

#define KIT_LOG ".assay-runs.json"

enum { KIT_LOG_MAX_RUNS = 500, KIT_LOG_MAX_BYTES = 64 << 10 };

struct kit_log {
	struct kit_log_run {
		int64_t at_ms;
		int passed, tests; /* passed is never more than tests */
	} * item;
	size_t count;
};

/* ERR_INVALID with the place, ERR_LIMIT. */
int kit_log_load(struct kit_log *out, int dir_fd, struct err *e);
int kit_log_parse(struct kit_log *out, const struct json_doc *doc, struct err *e);
void kit_log_done(struct kit_log *log);

#define AUTO_KIT_LOG AUTO(kit_log_done)

/* Adds a run and forgets the oldest where they are too many. A log that can't be read begins anew. */
int kit_log_add(int dir_fd, const struct kit_log_run *run, struct err *e);

#endif
