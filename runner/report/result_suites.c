// SPDX-License-Identifier: MIT
/*
 * The suites of a result, in the order in which their first tests stand in the manifest.
 */
#include "report/result_suites.h"

#include <string.h>

static bool is_first_of_its_suite(const struct result *result, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(result->tests[i].suite, result->tests[index].suite) == 0)
			return false;
	return true;
}

bool result_suite_has(const struct result_suite *suite, const struct test_result *test)
{
	return strcmp(suite->id, test->suite) == 0;
}

bool result_next_suite(const struct result *result, size_t *index, struct result_suite *out)
{
	while (*index < result->test_count && !is_first_of_its_suite(result, *index))
		++*index;
	if (*index == result->test_count)
		return false;
	*out = (struct result_suite){ .id = result->tests[*index].suite };
	for (size_t i = *index; i < result->test_count; i++) {
		const struct test_result *test = &result->tests[i];

		if (!result_suite_has(out, test))
			continue;
		out->count++;
		out->outcomes[test->outcome]++;
		out->duration_ms += test->duration_ms > 0 ? test->duration_ms : 0;
	}
	++*index;
	return true;
}
