// SPDX-License-Identifier: MIT
/*
 * A recipe: what a launcher keeps of one plan to build boxes for it ahead. That is the part of the plan that all its
 * boxes share (plan_ahead), its key, the template that they are forked out of, and what is known of the runs to come.
 */
#ifndef SANDBOX_RECIPE_H
#define SANDBOX_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan.h"
#include "serve_message.h"
#include "template.h"

enum { RECIPE_STRINGS_MAX = 16384 };

struct recipe {
	bool is_used;
	bool is_wanted; /* prepared, or asked for again: what is asked for once gets nothing ahead */
	int expected; /* runs that are still to be asked for; -1: nobody knows how many */
	int failures; /* in a row; after a few nothing is built ahead any more */
	uint64_t last_use;
	bool is_laid;
	struct template_maker maker; /* while it is being laid */
	int template; /* where its boxes are forked once it is laid; -1: it couldn't be made */
	struct plan plan;
	char key[PLAN_KEY_MAX];
	char strings[RECIPE_STRINGS_MAX]; /* what the plan borrows */
};

/* An unused one. */
void recipe_init(struct recipe *recipe);

/* Makes an unused one that of PLAN, whose key is KEY. False, and it stays unused, if the plan's places are too long. */
bool recipe_take(struct recipe *recipe, const struct plan *plan, const char key[PLAN_KEY_MAX]);

/* Makes it an unused one. Nobody may be building by it any more. */
void recipe_forget(struct recipe *recipe);

/* What a request means for those that will follow. Who asks for more than was said may go on doing so. */
void recipe_expect(struct recipe *recipe, const struct serve_header *header);

/* How many of its boxes may wait if no recipe may have more than SHARE: never more than will be asked for. */
size_t recipe_wants(const struct recipe *recipe, size_t share);

/*
 * Whether boxes of it wait for its template, which is begun with the first of them. Where templates can't be had, or
 * this one couldn't, they wait for nothing.
 */
bool recipe_awaits_template(struct recipe *recipe, bool can_have_one);

/*
 * Its template is made, or can't be. Without one boxes are built out of the host's mounts, and say what is wrong with
 * them.
 */
void recipe_lay(struct recipe *recipe);

#endif
