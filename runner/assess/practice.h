// SPDX-License-Identifier: MIT
/*
 * Practice: a candidate goes through a conversation, a coding task, a review or a design alone, against the clock, marks
 * the answers against the anchors, and then sees what others would have answered. No workspace and no network; nothing is
 * written outside the one directory.
 *
 *   DIR/practice.json        by which a directory of ours is known
 *   DIR/TASK/state.json      how far a practice has come; written whole after every step
 *   DIR/TASK/draft-N.txt     the answer that is being typed, line by line, until it is in the state
 *   DIR/TASK/kit/            coding, design, review: what is worked in (assess/kit.h)
 *   DIR/TASK/model/          coding: a solution, once one's own is handed in
 *   DIR/TASK/mail.txt        conversation: the drafted mail
 *   DIR/TASK/summary.txt     everything on one page
 *   DIR/TASK.N/              earlier practices of the same task
 *
 * Whatever was said to be kept survives a crash; the way goes on from there.
 */
#ifndef ASSESS_PRACTICE_H
#define ASSESS_PRACTICE_H

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum practice_heard { HEARD_LINE, HEARD_END, HEARD_LATE };

/* How a practice speaks with whoever practises: rooms neither print nor read. */
struct practice_mouth {
	/* Shows a text, which holds nothing that commands a terminal. */
	int (*say)(const char *text, void *context, struct err *e);
	/*
	 * Reads a line, without its LF, and clean UTF-8; a long one may come in pieces. HEARD_END: the input has ended
	 * (in a terminal it may go on afterwards). HEARD_LATE: `until_ms` of clock_monotonic_ms has come before a line
	 * was there (-1: never). ERR_SYSTEM when a signal asks to end. `prompt` is for a terminal only.
	 */
	int (*hear)(enum practice_heard *heard, char **line, const char *prompt, int64_t until_ms, void *context,
		struct err *e);
	/* Tells what takes long; NULL: nobody listens. */
	void (*progress)(const char *sentence, void *context);
	void *context;
	size_t columns; /* of the terminal */
	int stop_fd;    /* readable when everything must end, or -1 */
};

struct practice_order {
	const char *root; /* the directory with the bundled tasks/ and rubrics/ */
	const char *dir;  /* where it is kept; made when it isn't there */
	const char *what; /* "conversation", "coding", "rate-limit", … */
	bool again;       /* begin anew; what was there is kept aside */
	bool allow_sampled; /* where limits of boxes can't be enforced, watch them from outside */
	const struct practice_mouth *mouth;
};

/*
 * Practises until it is through or the input ends; *summary (a JSON object, the caller's) says where it stands. An ended
 * input, or a signal, loses nothing: the same call goes on. ERR_NOT_FOUND: no such practice. ERR_CONFLICT: DIR holds
 * something else, another practice runs in it, or what is kept there doesn't fit the task any more.
 */
int practice(struct json **summary, const struct practice_order *order, struct err *e);

/* What can be practised, and how far each has come in `dir` (which needn't exist): an array of objects with "what",
 * "task", "title", "minutes" and "state" ("new", "begun", "done"). */
int practice_list(struct json **list, const char *root, const char *dir, struct err *e);

#endif
