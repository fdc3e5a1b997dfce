// SPDX-License-Identifier: MIT
/*
 * The words that people read for what files and --json call by an id; translated.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "review/match.h"
#include "store/store_candidate.h"
#include "task/task.h"

const char *words_task_kind(enum task_kind kind);
const char *words_visibility(enum visibility visibility);
const char *words_against(enum against against);
const char *words_screening(enum screening_answer answer);
const char *words_rest(enum match_rest rest);

/* A part by the id that the store keeps ("coding"); the id itself when it is none. */
const char *words_part(const char *id);

#endif
