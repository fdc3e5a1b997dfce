// SPDX-License-Identifier: MIT
/* A kind and two counts, then strings one after the other, each with its NUL; see program.h. */
#include "program.h"

#include <stdint.h>
#include <string.h>

#include "control.h"

struct head {
	enum control_kind kind;
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
	struct head head = { CONTROL_RUN, 0, (uint32_t)plan->n_env };
	size_t used = sizeof(head);
	bool fits = size > used && add(bytes, size, &used, plan->chdir);

	for (; fits && plan->argv[head.args]; head.args++)
		fits = head.args < PROGRAM_MAX_ARGS &&
			add(bytes, size, &used, plan->argv[head.args]);
	for (size_t i = 0; fits && i < plan->n_env; i++)
		fits = add(bytes, size, &used, plan->env[i]);
	if (!fits)
		return -1;
	memcpy(bytes, &head, sizeof(head));
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
	struct head head = { 0 };
	size_t at = sizeof(head);
	char *chdir;

	if (length >= sizeof(head))
		memcpy(&head, text->bytes, sizeof(head));
	chdir = next(text, length, &at);
	if (head.kind != CONTROL_RUN || !chdir || !head.args || head.args > PROGRAM_MAX_ARGS || head.env > PLAN_MAX_ENV)
		return fault_set(f, "the supervisor named no program");
	for (size_t i = 0; i < head.args; i++)
		if (!(text->argv[i] = next(text, length, &at)))
			return fault_set(f, "the supervisor said half of what shall run");
	for (size_t i = 0; i < head.env; i++)
		if (!(plan->env[i] = next(text, length, &at)))
			return fault_set(f, "the supervisor said half of what shall run");
	text->argv[head.args] = NULL;
	plan->chdir = chdir;
	plan->argv = text->argv;
	plan->n_env = head.env;
	return 0;
}
