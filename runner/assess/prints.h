// SPDX-License-Identifier: MIT
/*
 * Files by their content: what of a package is shown, and what is hidden. Blanks at the end of a line and line ends at the
 * end of a text are no content; two files that differ only there have the same print.
 */
#ifndef ASSESS_PRINTS_H
#define ASSESS_PRINTS_H

#include "base/digest.h"
#include "base/err.h"
#include "base/mem.h"
#include "task/task.h"

#include <stdbool.h>
#include <stddef.h>

struct print {
	char *path; /* below the package */
	char hex[DIGEST_HEX];
	char *bytes; /* without those blanks; NULL: too many to be searched */
	size_t size;
	bool is_archive;
	bool is_empty; /* but for blanks */
	bool is_short; /* an empty __init__.py or an input of three bytes gives nothing away */
	const char *suite; /* the one that it belongs to; NULL: something else */
};

struct prints {
	struct print *item;
	size_t count, searched;
	const char *base; /* of the walk under way */
	const char *suite;
};

/* Adds a file or all of a directory of the package, if it is there. `suite` is borrowed. */
int prints_add_place(struct prints *prints, const struct task *task, const char *place, const char *suite, struct err *e);

/* Adds the directories of all visible suites, or of all others. */
int prints_add_suites(struct prints *prints, const struct task *task, bool visible, struct err *e);

void prints_done(struct prints *prints);

#endif
