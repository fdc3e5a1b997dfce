// SPDX-License-Identifier: MIT
/* Two counts, then strings one after the other, each with its NUL; see program.h. */
#include "program.h"

#include <stdint.h>
#include <string.h>

struct counts {
	uint32_t args, env;
};

/* Adds TEXT with its NUL. False if there is no room. */
static bool add(char *bytes, size_t size, size_t *used, const char *text)
{
	size_t length = strlen(text) + 1;

	if (length > size - *used)
		return false;
	memcpy(bytes + *used, text, length);
	*used += length;
	return true;
}

long program_render(const struct plan *plan, char *bytes, size_t size)
{
	struct counts counts = { 0, (uint32_t)plan->n_env };
	size_t used = sizeof(counts);
	bool fits = size > used && add(bytes, size, &used, plan->chdir);

	for (; fits && plan->argv[counts.args]; counts.args++)
		fits = counts.args < PROGRAM_MAX_ARGS &&
			add(bytes, size, &used, plan->argv[counts.args]);
	for (size_t i = 0; fits && i < plan->n_env; i++)
		fits = add(bytes, size, &used, plan->env[i]);
	if (!fits)
		return -1;
	memcpy(bytes, &counts, sizeof(counts));
	return (long)used;
}

/* The next string, or NULL at the end. */
static char *next(struct program_text *text, size_t length, size_t *at)
{
	char *string = text->bytes + *at;
	size_t one = *at < length ? strnlen(string, length - *at) : 0;

	if (*at >= length || one == length - *at)
		return NULL;
	*at += one + 1;
	return string;
}

int program_parse(struct plan *plan, struct program_text *text, size_t length, struct fault *f)
{
	struct counts counts = { 0 };
	size_t at = sizeof(counts);
	char *chdir;

	if (length >= sizeof(counts))
		memcpy(&counts, text->bytes, sizeof(counts));
	chdir = next(text, length, &at);
	if (!chdir || !counts.args || counts.args > PROGRAM_MAX_ARGS || counts.env > PLAN_MAX_ENV)
		return fault_set(f, "the supervisor named no program");
	for (size_t i = 0; i < counts.args; i++)
		if (!(text->argv[i] = next(text, length, &at)))
			return fault_set(f, "the supervisor said half of what shall run");
	for (size_t i = 0; i < counts.env; i++)
		if (!(plan->env[i] = next(text, length, &at)))
			return fault_set(f, "the supervisor said half of what shall run");
	text->argv[counts.args] = NULL;
	plan->chdir = chdir;
	plan->argv = text->argv;
	plan->n_env = counts.env;
	return 0;
}
