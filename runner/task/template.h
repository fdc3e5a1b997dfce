// SPDX-License-Identifier: MIT
/*
 * A new task package, made of the templates that come with assay (runner/task/templates/, found by base/places.h).
 *
 * A package is made of layers, one directory each, laid over each other: "design", "review" and "conversation" are
 * whole packages; a coding task is "coding" (what all have), "coding-program" (what all of that `against` have, if it
 * is there) and "coding-program-python". So a language is added by adding a directory, and which ones there are is read
 * from the directories' names. "task.json.in" becomes task.json, with the task's id for "@ID@"; by another name a
 * layer would be taken for a package.
 */
#ifndef TASK_TEMPLATE_H
#define TASK_TEMPLATE_H

#include "base/err.h"
#include "base/mem.h"
#include "task/task.h"

/* What a new package is like. Everything is borrowed. */
struct template_order {
	const char *templates; /* the directory with the layers */
	enum task_kind kind;
	const char *language; /* coding: "python"; NULL for the other kinds */
	const char *against;  /* coding: "program"; NULL: the first there is of program, service, module, shared */
	const char *dir;      /* where the package goes: not there yet, or empty but for a .git */
};

struct template_made {
	char *id;            /* from the directory's name, in small letters, with hyphens for what no id can have */
	const char *against; /* what the suites are against; NULL for the other kinds */
	struct strings files; /* below dir, sorted */
};

/*
 * Writes the package and loads it, so that it is known to be well formed. Its files have the modes that the umask
 * leaves. ERR_USAGE for a language or `against` that there is no template for (naming those there are), and for a
 * directory whose name gives no id; ERR_CONFLICT for one that holds something. What fails leaves nothing behind.
 */
int template_write(struct template_made *out, const struct template_order *order, struct err *e);
void template_made_done(struct template_made *made);

#endif
