// SPDX-License-Identifier: MIT
/*
 * Taking in a stranger's files: what a task admits goes over its starter into a fresh tree of ours, everything else
 * is dropped with its name and the reason.
 *
 * A submission may hold anything: links out, devices, a hundred thousand files, a terabyte of holes, names that
 * command a terminal, and somebody who changes all that while we look. Nothing of it is an error of ours: the tree
 * is always built, from what is admitted, in bounded time and memory.
 */
#ifndef SUBMISSION_INTAKE_H
#define SUBMISSION_INTAKE_H

#include "base/err.h"
#include "base/mem.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	INTAKE_MAX_ENTRIES = 200000, /* looked at in all; a directory with more is not opened up */
	INTAKE_MAX_DEPTH = 32,
	INTAKE_MAX_PATH = 1024, /* bytes, from the submission's own directory on */
	INTAKE_MAX_NAMED = 200, /* names in `dropped`; the last line then counts the rest */
};

struct intake {
	size_t files; /* taken from the submission */
	int64_t bytes;
	struct strings dropped; /* "name: why", the name made visible; sorted by name */
};

/*
 * Lays the task's starter and over it the submission (an open directory) into `tree`, a directory that must not be
 * there yet; files get the modes 0644 or 0755. Starter files that submission can't change are not reported when they
 * come back unchanged. Fails only for reasons of ours (disk, memory, the starter).
 */
int intake_take(struct intake *out, const struct task *task, int submission_fd, const char *tree, struct err *e);

/* The same of a directory in which we laid things ourselves: names at its top for which `is_ours` holds are passed over;
 * they take no room and are not reported. */
int intake_take_but(struct intake *out, const struct task *task, int submission_fd, const char *tree,
	bool (*is_ours)(const struct task *task, const char *name), struct err *e);

void intake_done(struct intake *intake);

#define AUTO_INTAKE AUTO(intake_done)

#endif
