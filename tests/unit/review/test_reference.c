// SPDX-License-Identifier: MIT
/* Replays tests/cases/review/reference.json. */
#include "review/decision.h"
#include "review/match.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct json_doc *reference;

static int load(void **state)
{
	struct err e = { 0 };
	(void)state;

	return json_doc_load(&reference, AT_FDCWD, "tests/cases/review/reference.json", "reference.json", &e);
}

static int unload(void **state)
{
	(void)state;
	json_doc_free(reference);
	return 0;
}

/* What stands at a place, as a document of its own. */
static struct json_doc *document_at(const struct json_at *at, const char *name)
{
	AUTO_JSON struct json *value = json_copy_value(at);
	AUTO_FREE char *bytes = NULL;
	struct json_doc *doc = NULL;
	struct err e = { 0 };

	assert_int_equal(json_render(value, JSON_STYLE_COMPACT, &bytes, &e), 0);
	assert_int_equal(json_doc_parse(&doc, name, bytes, strlen(bytes), &e), 0);
	return doc;
}

struct replay {
	struct flaws flaws;
	struct comments comments;
	struct matching matching;
};

static void replay_done(struct replay *r)
{
	flaws_done(&r->flaws);
	comments_done(&r->comments);
	matching_done(&r->matching);
}

static void replay_start(struct replay *r, const struct json_at *one)
{
	struct json_at root = json_root(reference), flaws = json_member(&root, "flaws");
	struct json_at comments = json_member(one, "comments");
	AUTO_JSON_DOC struct json_doc *flaws_doc = document_at(&flaws, "flaws.json");
	AUTO_JSON_DOC struct json_doc *comments_doc = document_at(&comments, "comments.json");
	struct err e = { 0 };

	assert_int_equal(flaws_parse(&r->flaws, flaws_doc, NULL, &e), 0);
	assert_int_equal(comments_parse(&r->comments, comments_doc, &e), 0);
	assert_int_equal(match_comments(&r->matching, &r->comments, &r->flaws, NULL, &e), 0);
}

static void assert_edges(const struct replay *r, const struct json_at *one)
{
	struct json_at table = json_member(one, "edge_scores");

	for (size_t c = 0; c < r->comments.count; c++) {
		struct json_at row = json_element(&table, c);
		const struct comment *comment = &r->comments.item[c];
		AUTO_FREE char *words = NULL;
		struct err e = { 0 };
		struct remark remark = { comment->file, comment->line, comment->end_line, comment->category, NULL };

		assert_int_equal(match_normalise(comment->text, &words, &e), 0);
		remark.words = words;
		for (size_t f = 0; f < r->flaws.count; f++) {
			struct json_at wanted = json_element(&row, f);
			struct match_score score;

			match_score(&score, &remark, &r->flaws.item[f]);
			assert_int_equal(score.possible ? score.place + score.words + score.category : 0,
				json_as_integer(&wanted));
		}
	}
}

static const struct match *match_for(const struct replay *r, const char *flaw)
{
	for (size_t i = 0; i < r->matching.count; i++)
		if (strcmp(r->flaws.item[r->matching.item[i].flaw].id, flaw) == 0)
			return &r->matching.item[i];
	fail_msg("nothing matches %s", flaw);
	return NULL;
}

static void assert_matches(const struct replay *r, const struct json_at *one)
{
	struct json_at list = json_member(one, "matches");

	assert_int_equal(r->matching.count, json_count(&list));
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at wanted = json_element(&list, i);
		const struct match *match = match_for(r, json_get_string(&wanted, "flaw", ""));

		assert_int_equal(match->comment, json_get_integer(&wanted, "comment", -1));
		assert_int_equal(match->total, json_get_integer(&wanted, "score", -1));
		assert_string_equal(match_band_name(match->band), json_get_string(&wanted, "band", ""));
	}
}

static void assert_rest(const struct replay *r, const struct json_at *one, const char *key, enum match_rest rest)
{
	struct json_at list = json_member(one, key);

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at comment = json_element(&list, i);

		assert_int_equal(r->matching.rest[json_as_integer(&comment)], rest);
	}
}

/* Every match confirmed as it was proposed. */
static void assert_found(const struct replay *r, const struct json_at *one)
{
	struct decision item[8] = { 0 };
	struct decisions decisions = { .item = item, .count = r->matching.count };
	struct json_at recall = json_member(one, "weighted_recall");
	struct findings findings = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < r->matching.count; i++)
		item[i] = (struct decision){ .flaw = r->flaws.item[r->matching.item[i].flaw].id, .half_credits = 2 };
	assert_int_equal(findings_count(&findings, &r->flaws, &r->matching, &decisions, &e), 0);
	assert_int_equal(findings.all.found, json_get_integer(one, "found", -1));
	assert_float_equal((double)findings.weight_found_halves / (2 * findings.weight_total), json_as_number(&recall),
		1e-9);
	findings_done(&findings);
}

static void every_published_case_is_matched_as_published(void **state)
{
	struct json_at root = json_root(reference), cases = json_member(&root, "cases");
	(void)state;

	assert_int_equal(json_count(&cases), 5);
	for (size_t i = 0; i < json_count(&cases); i++) {
		struct json_at one = json_element(&cases, i);
		AUTO(replay_done) struct replay r = { 0 };

		print_message("# %s\n", json_get_string(&one, "name", ""));
		replay_start(&r, &one);
		assert_edges(&r, &one);
		assert_matches(&r, &one);
		assert_rest(&r, &one, "duplicates", REST_DUPLICATE);
		assert_rest(&r, &one, "left_for_a_person", REST_OPEN);
		assert_found(&r, &one);
	}
}

static int total_of(const struct json_at *table)
{
	enum { MOST = 16 };
	int weight[MOST * MOST] = { 0 }, chosen[MOST] = { 0 };
	struct json_at first = json_element(table, 0);
	size_t rows = json_count(table), columns = json_count(&first);
	struct err e = { 0 };
	int total = 0;

	for (size_t i = 0; i < rows * columns; i++) {
		struct json_at row = json_element(table, i / columns), cell = json_element(&row, i % columns);

		weight[i] = (int)json_as_integer(&cell);
	}
	assert_int_equal(match_assign(weight, rows, columns, chosen, &e), 0);
	for (size_t r = 0; r < rows; r++)
		total += chosen[r] < 0 ? 0 : weight[r * columns + (size_t)chosen[r]];
	return total;
}

static void every_published_assignment_has_its_total(void **state)
{
	struct json_at root = json_root(reference), list = json_member(&root, "assignment");
	(void)state;

	assert_int_equal(json_count(&list), 4);
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at one = json_element(&list, i), table = json_member(&one, "scores");

		assert_int_equal(total_of(&table), json_get_integer(&one, "max_total", -1));
	}
}

static int percent(const struct json_at *share)
{
	return (int)(json_as_number(share) * 100 + 0.5);
}

static void every_published_interval_is_computed(void **state)
{
	struct json_at root = json_root(reference), list = json_member(&root, "intervals");
	(void)state;

	assert_int_equal(json_count(&list), 7);
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at one = json_element(&list, i), wilson = json_member(&one, "wilson95");
		struct json_at from = json_element(&wilson, 0), to = json_element(&wilson, 1);
		int low = -1, high = -1;

		findings_interval((int)json_get_integer(&one, "found", -1), (int)json_get_integer(&one, "planted", -1), &low,
			&high);
		assert_int_equal(low, percent(&from));
		assert_int_equal(high, percent(&to));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_published_case_is_matched_as_published),
		cmocka_unit_test(every_published_assignment_has_its_total),
		cmocka_unit_test(every_published_interval_is_computed),
	};

	return cmocka_run_group_tests_name("reference", tests, load, unload);
}
