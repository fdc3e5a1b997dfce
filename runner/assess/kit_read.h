// SPDX-License-Identifier: MIT
/*
 * A kit as the candidate has it: read where it lies, without any workspace. Whoever works in it may have changed all
 * of it, and it may come from a stranger, so it is read as anything of theirs is: with limits, no link followed.
 */
#ifndef ASSESS_KIT_READ_H
#define ASSESS_KIT_READ_H

#include "base/digest.h"
#include "base/err.h"
#include "base/json.h"
#include "task/task.h"

#include <stdbool.h>

/* What kit.json says. */
struct kit_label {
	char *session, *part, *task;
	enum task_kind kind;
	int64_t minutes;
	bool allow_sampled;
	char seed[DIGEST_HEX]; /* "": it says none */
};

struct kit {
	int fd;     /* its directory */
	char *path; /* as it is found from where one stands: ".", "../.." */
	struct kit_label label;
	struct task *task; /* of a coding task, of which only the visible half is here; else NULL */
};

#define KIT_NONE { .fd = -1 }

/* Looks for kit.json in the current directory and those above it, and loads the task. ERR_NOT_FOUND: one doesn't stand
 * in a kit. ERR_INVALID: it was damaged, with the place. */
int kit_read(struct kit *out, struct err *e);
void kit_done(struct kit *kit);

#define AUTO_KIT AUTO(kit_done)

int kit_label_parse(struct kit_label *out, const struct json_doc *doc, struct err *e);
void kit_label_done(struct kit_label *label);

/* ERR_CONFLICT when it isn't the kit of a coding task: says what is to be done there instead of running. */
int kit_check_runs(const struct kit *kit, struct err *e);

#endif
