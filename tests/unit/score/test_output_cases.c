// SPDX-License-Identifier: MIT
/*
 * Every directory below tests/cases/output is one claim: what a program wrote (got.txt) against what it should have
 * written (want.txt), compared as case.json says, gives what case.json says:
 *
 *   {"compare": "exact", "tolerance": 0.001, "equal": false, "reason": "…"}
 */
#include "score/output.h"

#include "support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const kinds[] = { "exact", "tokens", "float", NULL };

static void outputs_compare_as_expected(void **state)
{
	AUTO_JSON_DOC struct json_doc *doc = cases_load(*state, "case.json");
	struct json_at root = json_root(doc), kind_at = json_member(&root, "compare");
	struct json_at tolerance = json_member(&root, "tolerance");
	size_t want_size, got_size;
	AUTO_FREE char *want = cases_read(*state, "want.txt", &want_size);
	AUTO_FREE char *got = cases_read(*state, "got.txt", &got_size);
	struct output_match match = { 0 };
	struct err e = { 0 };
	int kind = 0;

	assert_int_equal(json_word(&kind_at, kinds, &kind, &e), 0);
	assert_int_equal(output_compare(&match, (enum compare_kind)kind, json_as_number(&tolerance), want, want_size,
				 got, got_size, &e), 0);

	assert_int_equal(match.equal, json_get_bool(&root, "equal", false));
	assert_string_equal(match.reason ? match.reason : "", json_get_string(&root, "reason", ""));
	output_match_done(&match);
}

int main(void)
{
	const struct cases_topic topics[] = { { "tests/cases/output", outputs_compare_as_expected } };

	return cases_run("score/output_cases", topics, 1);
}
