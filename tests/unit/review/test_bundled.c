// SPDX-License-Identifier: MIT
/* The sample reviews of the bundled review task. */
#include "review/decision.h"
#include "review/match.h"

#include "repo/clone.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define TASK "tasks/upload-review/review/"

static struct diff change;
static struct flaws flaws;

static int set_up(void **state)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };
	(void)state;

	if (repo_start(&e) < 0 || diff_dirs(&change, TASK "base", TASK "head", &e) < 0 ||
		json_doc_load(&doc, AT_FDCWD, TASK "flaws.json", "flaws.json", &e) < 0 ||
		flaws_parse(&flaws, doc, &change, &e) < 0)
		print_error("%s\n", e.text);
	return flaws.count ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	flaws_done(&flaws);
	diff_done(&change);
	repo_stop();
	return 0;
}

static struct json_doc *load(const char *answer, const char *name)
{
	struct json_doc *doc = NULL;
	struct err e = { 0 };
	char path[256];

	snprintf(path, sizeof(path), TASK "answers/%s/%s", answer, name);
	assert_int_equal(json_doc_load(&doc, AT_FDCWD, path, name, &e), 0);
	return doc;
}

/* The flaws that the file expects in a band, each by its id and in order; the matches stand in the file's order. */
static void assert_band(const struct matching *matching, const struct json_doc *expect, enum match_band band)
{
	struct json_at root = json_root(expect);
	AUTO_STRINGS struct strings wanted = { 0 };
	AUTO_STRINGS struct strings got = { 0 };
	struct err e = { 0 };

	assert_int_equal(json_copy_strings(&root, match_band_name(band), &wanted, &e), 0);
	for (size_t i = 0; i < matching->count; i++)
		if (matching->item[i].band == band)
			assert_int_equal(strings_add(&got, flaws.item[matching->item[i].flaw].id, &e), 0);
	strings_sort(&wanted);
	strings_sort(&got);
	assert_int_equal(got.count, wanted.count);
	for (size_t i = 0; i < got.count; i++)
		assert_string_equal(got.item[i], wanted.item[i]);
}

static void replay(const char *answer, struct findings *findings)
{
	AUTO_JSON_DOC struct json_doc *comments_doc = load(answer, "comments.json");
	AUTO_JSON_DOC struct json_doc *expect = load(answer, "expect.json");
	struct comments comments = { 0 };
	struct matching matching = { 0 };
	struct err e = { 0 };

	assert_int_equal(comments_parse(&comments, comments_doc, &e), 0);
	assert_int_equal(match_comments(&matching, &comments, &flaws, &change, &e), 0);
	assert_band(&matching, expect, BAND_PROPOSED);
	assert_band(&matching, expect, BAND_CHECK);
	assert_int_equal(findings_count(findings, &flaws, &matching, NULL, &e), 0);
	matching_done(&matching);
	comments_done(&comments);
}

static void a_perfect_review_has_every_flaw_proposed(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	replay("perfect", &findings);

	assert_int_equal(findings.proposed, flaws.count);
	findings_done(&findings);
}

static void an_empty_review_finds_nothing(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	replay("empty", &findings);

	assert_int_equal(findings.proposed + findings.to_check, 0);
	assert_int_equal(findings.all.found, 0);
	findings_done(&findings);
}

static void words_without_thought_are_never_proposed_and_earn_nothing(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	replay("spam", &findings);

	assert_int_equal(findings.proposed, 0);
	assert_int_equal(findings.weight_found_halves, 0);
	findings_done(&findings);
}

static void a_typical_review_is_matched_as_its_author_expects(void **state)
{
	struct findings findings = { 0 };
	(void)state;

	replay("typical", &findings);

	assert_false(findings.confirmed);
	assert_in_range(findings.proposed, 1, flaws.count - 1);
	findings_done(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_perfect_review_has_every_flaw_proposed),
		cmocka_unit_test(an_empty_review_finds_nothing),
		cmocka_unit_test(words_without_thought_are_never_proposed_and_earn_nothing),
		cmocka_unit_test(a_typical_review_is_matched_as_its_author_expects),
	};

	return cmocka_run_group_tests_name("bundled review", tests, set_up, tear_down);
}
