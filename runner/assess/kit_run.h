// SPDX-License-Identifier: MIT
/*
 * What a candidate does in a kit before handing in: run the visible suites, try any command in the box.
 *
 * Both see exactly what would be handed in (assess/kit_take.h), over the starter as it was laid. A run goes the way of
 * a grade, with the same pins for random inputs, so its outcomes are those that a grade would tell the candidate.
 */
#ifndef ASSESS_KIT_RUN_H
#define ASSESS_KIT_RUN_H

#include "assess/kit_read.h"
#include "score/result.h"
#include "submission/trial.h"

struct kit_run_order {
	const struct strings *suites; /* none: all */
	bool allow_sampled;           /* the kit may allow it, too */
	int stop_fd;                  /* as in a grade */
	void (*progress)(const char *sentence, void *context);
	void *context;
};

/* Runs them. ERR_NOT_FOUND: no such suite is in this kit; ERR_CONFLICT: there is nothing to run in this part, or no
 * suite of the task is visible; else as grade(). */
int kit_run(struct result **out, const struct kit *kit, const struct kit_run_order *order, struct err *e);

struct kit_try_order {
	const struct strings *argv;
	const struct strings *keep; /* files of the kit that are taken over from the box afterwards */
	int64_t wall_ms;            /* 0: the minutes of the part */
	int port_here;              /* 0: the task's, if it is free when something listens on it */
	bool allow_sampled;
	int in_fd, out_fd, err_fd, stop_fd; /* as in a trial */
	void (*say)(const char *sentence, void *context);
	void *context;
};

/* What became of it. */
struct kit_tried {
	struct trial_end end;
	struct strings dropped; /* "name: why": what the box doesn't see, since it won't be handed in */
	struct limits limits;
};

/*
 * Tries a command. The kit's own files stay as they are, but for those in `keep` when the command ended by itself.
 * ERR_INVALID: a name in `keep` that the task doesn't admit; ERR_CONFLICT: not in this part, or the port is in use.
 */
int kit_try(struct kit_tried *out, const struct kit *kit, const struct kit_try_order *order, struct err *e);
void kit_tried_done(struct kit_tried *tried);

#define AUTO_KIT_TRIED AUTO(kit_tried_done)

#endif
