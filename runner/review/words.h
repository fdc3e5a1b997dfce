// SPDX-License-Identifier: MIT
/*
 * The words of the review formats (private to this room), in the order of their enums, ending with NULL.
 */
#ifndef REVIEW_WORDS_H
#define REVIEW_WORDS_H

#include "base/json.h"

extern const char *const category_words[];
extern const char *const severity_words[]; /* begins with SEVERITY_NOTE */
extern const char *const decided_as_words[];

/* The one format there is. */
#define KEY_FORMAT_1 { .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 }

#define COUNT_OF(array) (sizeof(array) / sizeof(*(array)))

#endif
