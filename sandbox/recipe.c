// SPDX-License-Identifier: MIT
/* A recipe outlives the request that it came with, so it keeps copies of all that its plan names. */
#include "recipe.h"

#include <string.h>
#include <unistd.h>

#include "fault.h"

void recipe_init(struct recipe *recipe)
{
	recipe->is_used = false;
	recipe->template = recipe->maker.from = recipe->maker.pidfd = -1;
}

/* Copies TEXT behind what is in the recipe's strings. NULL if there is no room. */
static const char *keep(struct recipe *recipe, size_t *used, const char *text)
{
	size_t length = strlen(text) + 1;
	char *to = recipe->strings + *used;

	if (length > sizeof(recipe->strings) - *used)
		return NULL;
	*used += length;
	return memcpy(to, text, length);
}

static bool keep_places(struct recipe *recipe, const struct plan *plan)
{
	size_t used = 0;
	bool fits = true;

	plan_ahead(&recipe->plan, plan);
	for (size_t i = 0; i < plan->n_ro; i++)
		fits &= (recipe->plan.ro[i].host = keep(recipe, &used, plan->ro[i].host)) &&
			(recipe->plan.ro[i].inside = keep(recipe, &used, plan->ro[i].inside));
	for (size_t i = 0; i < plan->n_tmp; i++)
		fits &= (recipe->plan.tmp[i].inside = keep(recipe, &used, plan->tmp[i].inside)) !=
			NULL;
	return fits;
}

bool recipe_take(struct recipe *recipe, const struct plan *plan, const char key[PLAN_KEY_MAX])
{
	if (!keep_places(recipe, plan))
		return false;
	memcpy(recipe->key, key, sizeof(recipe->key));
	recipe->failures = 0;
	recipe->is_wanted = false;
	recipe->expected = -1;
	recipe->is_used = true;
	recipe->is_laid = false;
	return true;
}

void recipe_forget(struct recipe *recipe)
{
	if (recipe->maker.from >= 0)
		recipe_lay(recipe);
	if (recipe->template >= 0)
		close(recipe->template);
	recipe->template = -1;
	recipe->is_used = false;
}

void recipe_expect(struct recipe *recipe, const struct serve_header *header)
{
	if (header->kind == SERVE_PREPARE) {
		recipe->is_wanted = true;
		recipe->expected = header->value ? header->value : -1;
	} else {
		recipe->expected = recipe->expected > 0 ? recipe->expected - 1 : -1;
	}
}

size_t recipe_wants(const struct recipe *recipe, size_t share)
{
	return recipe->expected >= 0 && (size_t)recipe->expected < share ? (size_t)recipe->expected : share;
}

bool recipe_awaits_template(struct recipe *recipe, bool can_have_one)
{
	struct fault why;

	if (can_have_one && !recipe->is_laid && recipe->maker.from < 0 &&
		template_begin(&recipe->maker, &recipe->plan, &why) == 0)
		return true;
	recipe->is_laid = recipe->is_laid || recipe->maker.from < 0;
	return !recipe->is_laid;
}

void recipe_lay(struct recipe *recipe)
{
	struct fault why;

	recipe->template = template_end(&recipe->maker, &why);
	recipe->is_laid = true;
}
