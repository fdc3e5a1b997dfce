// SPDX-License-Identifier: MIT
/*
 * The profile: what the accepted solutions gave to the tests of suites against a module, test by test and name by
 * name; kinds of values, not the values. The bridge refuses other solutions' objects where only plain data was given
 * (submission/bridge/python/assay_bridge/profile.py says what the words mean).
 *
 * Here it is checked and kept as text: nobody in this program looks inside.
 */
#ifndef TASK_PROFILE_H
#define TASK_PROFILE_H

#include "base/err.h"
#include "base/json.h"

#include <stddef.h>

#define PROFILE_FILE "tests/profile.json"

struct profile_suite {
	char *id;
	char *text; /* its JSON object */
};

struct profile {
	struct profile_suite *suites;
	size_t count;
};

/* Loads tests/profile.json of an open package. ERR_INVALID with the place, also when it isn't there. */
int profile_load(struct profile *out, int dir_fd, struct err *e);

int profile_parse(struct profile *out, const struct json_doc *doc, struct err *e);

/* The JSON text of a profile, for `assay task pin`. */
int profile_render(const struct profile *profile, char **out, struct err *e);

/* The JSON object of a suite, or NULL. */
const char *profile_of(const struct profile *profile, const char *suite);

/* Gives a suite a new text. ERR_INVALID when it is no profile of a suite. */
int profile_set(struct profile *profile, const char *suite, const char *text, struct err *e);

void profile_done(struct profile *profile);

#endif
