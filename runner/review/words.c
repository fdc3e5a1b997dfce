// SPDX-License-Identifier: MIT
/*
 * The words of the review formats: categories, severities, bands, what is left, what a person decided. Each is one
 * table, in the order of its enum.
 */
#include "review/words.h"

#include "base/i18n.h"
#include "review/decision.h"
#include "review/match.h"

#include <string.h>

const char *const category_words[] = {
	[CATEGORY_SECURITY] = "security",
	[CATEGORY_PERFORMANCE] = "performance",
	[CATEGORY_ERROR_HANDLING] = "error-handling",
	[CATEGORY_CORRECTNESS] = "correctness",
	[CATEGORY_CONCURRENCY] = "concurrency",
	[CATEGORY_RESOURCES] = "resources",
	[CATEGORY_API] = "api",
	[CATEGORY_TESTS] = "tests",
	[CATEGORY_READABILITY] = "readability",
	[CATEGORIES] = NULL,
};

static const char *const category_titles[CATEGORIES] = {
	[CATEGORY_SECURITY] = N_("security"),
	[CATEGORY_PERFORMANCE] = N_("performance"),
	[CATEGORY_ERROR_HANDLING] = N_("error handling"),
	[CATEGORY_CORRECTNESS] = N_("correctness"),
	[CATEGORY_CONCURRENCY] = N_("concurrency"),
	[CATEGORY_RESOURCES] = N_("resources"),
	[CATEGORY_API] = N_("interfaces"),
	[CATEGORY_TESTS] = N_("tests"),
	[CATEGORY_READABILITY] = N_("readability"),
};

/* Without "none": a file that has no severity leaves the key out. */
const char *const severity_words[] = { "note", "minor", "major", "critical", NULL };

const char *const decided_as_words[] = {
	[AS_PLANTED] = "planted",
	[AS_REAL] = "real",
	[AS_DUPLICATE] = "duplicate",
	[AS_TASTE] = "taste",
	[AS_QUESTION] = "question",
	[AS_WRONG] = "wrong",
	[AS_WRONG + 1] = NULL,
};

static const char *const decided_as_titles[] = {
	[AS_PLANTED] = N_("planted flaw"),
	[AS_REAL] = N_("real, not planted"),
	[AS_DUPLICATE] = N_("said before"),
	[AS_TASTE] = N_("matter of taste"),
	[AS_QUESTION] = N_("question"),
	[AS_WRONG] = N_("wrong claim"),
};

static const char *const band_words[] = {
	[BAND_NONE] = "none",
	[BAND_CHECK] = "please_check",
	[BAND_PROPOSED] = "proposed",
};

static const char *const rest_words[] = {
	[REST_MATCHED] = "matched",
	[REST_DUPLICATE] = "duplicate",
	[REST_DECOY] = "decoy",
	[REST_OPEN] = "open",
	[REST_REPEATED] = "repeated",
	[REST_OVER_LIMIT] = "over_limit",
};

static int find_word(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

const char *category_name(enum category category)
{
	return category < CATEGORIES ? category_words[category] : "none";
}

const char *category_title(enum category category)
{
	return category < CATEGORIES ? _(category_titles[category]) : _("no category");
}

bool category_parse(const char *name, enum category *out)
{
	int found = find_word(category_words, name);

	if (found >= 0)
		*out = (enum category)found;
	return found >= 0;
}

const char *severity_name(enum severity severity)
{
	return severity == SEVERITY_NONE ? "none" : severity_words[severity - SEVERITY_NOTE];
}

bool severity_parse(const char *name, enum severity *out)
{
	int found = find_word(severity_words, name);

	if (found >= 0)
		*out = (enum severity)(SEVERITY_NOTE + found);
	return found >= 0;
}

const char *decided_as_name(enum decided_as as)
{
	return decided_as_words[as];
}

const char *decided_as_title(enum decided_as as)
{
	return _(decided_as_titles[as]);
}

const char *match_band_name(enum match_band band)
{
	return band_words[band];
}

const char *match_rest_name(enum match_rest rest)
{
	return rest_words[rest];
}
