// SPDX-License-Identifier: MIT
/*
 * The questions of a conversation, in the order in which they are asked: questions.json.
 */
#ifndef TASK_QUESTION_H
#define TASK_QUESTION_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stddef.h>

/* An answer somebody could have given, and the mark it would get: for practising and for calibrating. */
struct sample_answer {
	int mark; /* 1–4 */
	struct localised answer;
	struct localised why; /* why it would get that mark; no text when the author gave none */
};

struct question {
	char *id;
	struct localised ask;
	struct localised *follow_ups;
	size_t follow_up_count;
	struct strings criteria; /* of the rubric; may be empty (the candidate's own questions) */
	int minutes;             /* 0: none given */
	struct localised mail;   /* how a follow-up mail leads to the answer; no text: it doesn't go into one */
	struct sample_answer *samples;
	size_t sample_count;
};

struct questions {
	struct question *item;
	size_t count;
};

int questions_parse(struct questions *out, const struct json_doc *doc, struct err *e);
int questions_load(struct questions *out, int dir_fd, const char *path, struct err *e);
void questions_done(struct questions *questions);

#endif
