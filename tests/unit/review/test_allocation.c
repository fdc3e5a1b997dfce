// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/* Whichever allocation fails, reading, matching and counting refuse cleanly and leak nothing. */
#include "review/decision.h"
#include "review/match.h"
#include "support/failing_alloc.h"

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

static const char decisions_text[] =
	"{\"format\":1,\"by\":\"ines\",\"decisions\":["
	"{\"comment\":\"t1\",\"flaw\":\"sort-injection\",\"as\":\"planted\",\"reason\":\"r\"},"
	"{\"comment\":\"t2\",\"flaw\":null,\"as\":\"taste\"}]}";

struct review {
	struct comments comments;
	struct flaws flaws;
	struct decisions decisions;
	struct matching matching;
	struct findings findings;
};

static void review_done(struct review *r)
{
	comments_done(&r->comments);
	flaws_done(&r->flaws);
	decisions_done(&r->decisions);
	matching_done(&r->matching);
	findings_done(&r->findings);
}

static int read_all(struct review *r, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *comments = NULL;
	AUTO_JSON_DOC struct json_doc *flaws = NULL;
	AUTO_JSON_DOC struct json_doc *decisions = NULL;

	if (json_doc_load(&comments, AT_FDCWD, TASK "answers/typical/comments.json", "comments.json", e) < 0 ||
		json_doc_load(&flaws, AT_FDCWD, TASK "flaws.json", "flaws.json", e) < 0 ||
		json_doc_parse(&decisions, "decisions.json", decisions_text, strlen(decisions_text), e) < 0)
		return -1;
	if (comments_parse(&r->comments, comments, e) < 0 || flaws_parse(&r->flaws, flaws, NULL, e) < 0)
		return -1;
	return decisions_parse(&r->decisions, decisions, &r->comments, &r->flaws, e);
}

static int review(struct err *e)
{
	AUTO(review_done) struct review r = { 0 };

	if (read_all(&r, e) < 0 || match_comments(&r.matching, &r.comments, &r.flaws, NULL, e) < 0)
		return -1;
	return findings_count(&r.findings, &r.flaws, &r.matching, &r.decisions, e);
}

static int write_all(struct err *e)
{
	AUTO(review_done) struct review r = { 0 };
	AUTO_JSON struct json *comments = NULL;
	AUTO_JSON struct json *decisions = NULL;
	AUTO_FREE char *text = NULL;

	if (read_all(&r, e) < 0)
		return -1;
	comments = comments_json(&r.comments);
	decisions = decisions_json(&r.decisions);
	if (json_render(decisions, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	free(take_ptr(&text));
	return json_render(comments, JSON_STYLE_COMPACT, &text, e);
}

/* Fails each allocation of f in turn, until none is left to fail. */
static void fail_each(int (*f)(struct err *), enum failing_mode mode)
{
	bool failed = true;

	for (size_t n = 0; failed; n++) {
		struct err e = { 0 };
		int said;

		failing_alloc_start(n, mode);
		said = f(&e);
		failed = failing_alloc_stop();
		if (said != (failed ? -1 : 0) || failing_alloc_balance() != 0 || e.kind != (failed ? ERR_SYSTEM : ERR_NONE))
			fail_msg("allocation %zu: returned %d, %ld blocks left, \"%s\"", n, said, failing_alloc_balance(),
				e.text);
	}
}

static void a_review_is_refused_cleanly(void **state)
{
	(void)state;
	fail_each(review, FAIL_ONCE);
	fail_each(review, FAIL_FROM_THEN_ON);
}

static void a_review_is_written_whole_or_not_at_all(void **state)
{
	(void)state;
	fail_each(write_all, FAIL_ONCE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_review_is_refused_cleanly),
		cmocka_unit_test(a_review_is_written_whole_or_not_at_all),
	};

	return cmocka_run_group_tests_name("allocation in a review", tests, NULL, NULL);
}
