// SPDX-License-Identifier: MIT
/*
 * Directories as claims: one test for every directory below a topic's, with its path as the test's state. Adding a
 * case needs no code; where a file differs from what came out, that is printed, in the form of the file.
 */
#ifndef SUPPORT_CASES_H
#define SUPPORT_CASES_H

#include "base/json.h"

struct cases_topic {
	const char *dir; /* "tests/cases/junit", below the working directory */
	void (*test)(void **state);
};

/* Runs all of them; the status for main. A topic without a case is a failure. */
int cases_run(const char *name, const struct cases_topic *topics, size_t count);

/* The document or the bytes of a file of the case; a failure of the test when there is none. */
struct json_doc *cases_load(const char *dir, const char *file);
char *cases_read(const char *dir, const char *file, size_t *size);

/* The text, or the value as json_render writes it, is what the file of the case holds. */
void cases_assert_text(const char *dir, const char *file, const char *got);
void cases_assert_json_take(const char *dir, const char *file, struct json *got);

#endif
