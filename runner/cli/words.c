// SPDX-License-Identifier: MIT
/*
 * One table for each kind of id.
 */
#include "cli/words.h"

#include "base/i18n.h"
#include "task/rubric.h"

#include <string.h>

const char *words_task_kind(enum task_kind kind)
{
	static const char *const words[] = {
		[TASK_CODING] = N_("live coding"),
		[TASK_DESIGN] = N_("system design"),
		[TASK_REVIEW] = N_("code review"),
		[TASK_CONVERSATION] = N_("conversation"),
	};

	return _(words[kind]);
}

const char *words_visibility(enum visibility visibility)
{
	static const char *const words[] = {
		[VISIBILITY_VISIBLE] = N_("visible"),
		[VISIBILITY_AFTER] = N_("visible afterwards"),
		[VISIBILITY_HIDDEN] = N_("hidden"),
	};

	return _(words[visibility]);
}

const char *words_against(enum against against)
{
	static const char *const words[] = {
		[AGAINST_PROGRAM] = N_("runs the program"),
		[AGAINST_SERVICE] = N_("asks the service"),
		[AGAINST_MODULE] = N_("calls the module"),
		[AGAINST_SHARED] = N_("shares one process with the code (forgeable)"),
	};

	return _(words[against]);
}

const char *words_screening(enum screening_answer answer)
{
	static const char *const words[] = {
		[SCREENING_NONE] = N_("not answered"),
		[SCREENING_NO] = N_("not met"),
		[SCREENING_PARTLY] = N_("partly met"),
		[SCREENING_YES] = N_("met"),
	};

	return _(words[answer]);
}

const char *words_rest(enum match_rest rest)
{
	static const char *const words[] = {
		[REST_MATCHED] = N_("matched"),
		[REST_DUPLICATE] = N_("found by another comment"),
		[REST_DECOY] = N_("only looks wrong"),
		[REST_OPEN] = N_("a person says what it is"),
		[REST_REPEATED] = N_("repeated text"),
		[REST_OVER_LIMIT] = N_("behind the limit: doesn't count"),
	};

	return _(words[rest]);
}

const char *words_part(const char *id)
{
	for (int kind = 0; kind < PART_KINDS; kind++)
		if (strcmp(part_kind_name((enum part_kind)kind), id) == 0)
			return part_kind_title((enum part_kind)kind);
	return id;
}
