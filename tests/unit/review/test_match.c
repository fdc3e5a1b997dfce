// SPDX-License-Identifier: MIT
#include "review/match.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NAME(text) (char[]){ text } /* for members that own their text elsewhere */

/* Three flaws: two in db.c near each other, one whose three groups are worth 13 each. */
static const char flaws_text[] =
	"{\"format\":1,\"flaws\":["
	"{\"id\":\"sql\",\"kind\":\"wrong\",\"category\":\"security\",\"severity\":\"critical\","
	"\"places\":[{\"file\":\"db.c\",\"start\":40,\"end\":44}],"
	"\"words\":[[\"sql\",\"query\"],[\"inject\",\"N+1\"]],\"answer\":{\"en\":\"x\"}},"
	"{\"id\":\"loop\",\"kind\":\"wrong\",\"category\":\"performance\",\"severity\":\"minor\","
	"\"places\":[{\"file\":\"db.c\",\"start\":60,\"end\":75}],"
	"\"words\":[[\"loop\"],[\"query\"]],\"answer\":{\"en\":\"x\"}},"
	"{\"id\":\"leak\",\"kind\":\"missing\",\"category\":\"resources\",\"severity\":\"major\","
	"\"places\":[{\"file\":\"net.c\",\"start\":10,\"end\":10},{\"file\":\"db.c\",\"start\":90,\"end\":90}],"
	"\"words\":[[\"close\"],[\"socket\"],[\"error\"]],\"answer\":{\"en\":\"x\"}}],"
	"\"decoys\":[{\"id\":\"fine\",\"file\":\"db.c\",\"start\":5,\"end\":6,\"fine\":{\"en\":\"x\"}}]}";

enum { SQL, LOOP, LEAK };

static struct flaws flaws;

static int set_up(void **state)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };
	(void)state;

	if (json_doc_parse(&doc, "flaws.json", flaws_text, strlen(flaws_text), &e) < 0 ||
		flaws_parse(&flaws, doc, NULL, &e) < 0)
		print_error("%s\n", e.text);
	return flaws.count == 3 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	flaws_done(&flaws);
	return 0;
}

/* --- scores ----------------------------------------------------------------------------------------------------- */

static struct match_score score(const char *file, int start, int end, const char *words, size_t flaw)
{
	const struct remark remark = { file, start, end, CATEGORY_NONE, words };
	struct match_score out;

	match_score(&out, &remark, &flaws.item[flaw]);
	return out;
}

static int place(const char *file, int start, int end)
{
	return score(file, start, end, "", SQL).place;
}

static void on_the_lines_is_fifty_and_each_line_away_costs_six(void **state)
{
	(void)state;

	assert_int_equal(place("db.c", 44, 44), 50);
	assert_int_equal(place("db.c", 30, 40), 50);
	assert_int_equal(place("db.c", 45, 45), 44);
	assert_int_equal(place("db.c", 37, 37), 32);
	assert_int_equal(place("db.c", 49, 60), 20);
	assert_int_equal(place("db.c", 50, 50), 15);
}

static void without_a_line_or_file_little_is_given_and_nothing_in_another_file(void **state)
{
	(void)state;

	assert_int_equal(place("db.c", 0, 0), 15);
	assert_int_equal(place(NULL, 0, 0), 10);
	assert_int_equal(place("net.c", 41, 41), 0);
}

static void the_best_of_several_places_counts(void **state)
{
	(void)state;

	assert_int_equal(score("net.c", 10, 10, "", LEAK).place, 50);
	assert_int_equal(score("db.c", 91, 91, "", LEAK).place, 44);
}

static void forty_lines_may_be_selected_and_one_more_is_elsewhere(void **state)
{
	(void)state;

	assert_int_equal(place("db.c", 10, 49), 50);
	assert_int_equal(place("db.c", 10, 50), 15);
}

static void three_times_a_long_place_may_be_selected(void **state)
{
	(void)state;

	assert_int_equal(score("db.c", 50, 97, "", LOOP).place, 50);
	assert_int_equal(score("db.c", 50, 98, "", LOOP).place, 15);
}

static void a_word_hits_at_the_start_of_a_word_only(void **state)
{
	(void)state;

	assert_int_equal(score("db.c", 1, 1, "an injection", SQL).groups_hit, 1);
	assert_int_equal(score("db.c", 1, 1, "reinjection", SQL).groups_hit, 0);
	assert_int_equal(score("db.c", 1, 1, "reinject inject", SQL).groups_hit, 1);
}

static void a_word_of_the_task_is_normalised_like_the_text(void **state)
{
	(void)state;

	assert_int_equal(score("db.c", 1, 1, "classic n 1 problem", SQL).groups_hit, 1);
}

static void words_are_counted_in_whole_numbers(void **state)
{
	(void)state;

	assert_int_equal(score("net.c", 10, 10, "close it", LEAK).words, 13);
	assert_int_equal(score("net.c", 10, 10, "close the socket", LEAK).words, 26);
}

static void the_category_gives_ten_five_or_nothing(void **state)
{
	struct remark remark = { "db.c", 40, 40, CATEGORY_SECURITY, "" };
	struct match_score out;
	(void)state;

	match_score(&out, &remark, &flaws.item[SQL]);
	assert_int_equal(out.category, 10);

	remark.category = CATEGORY_NONE;
	match_score(&out, &remark, &flaws.item[SQL]);
	assert_int_equal(out.category, 5);

	remark.category = CATEGORY_API;
	match_score(&out, &remark, &flaws.item[SQL]);
	assert_int_equal(out.category, 0);
}

static void the_right_line_without_a_word_is_no_match(void **state)
{
	(void)state;

	assert_false(score("db.c", 41, 41, "rename this", SQL).possible);
}

static void all_words_in_another_file_are_no_match(void **state)
{
	(void)state;

	assert_false(score("net.c", 41, 41, "sql injection", SQL).possible);
}

static void far_away_all_words_are_needed(void **state)
{
	(void)state;

	assert_true(score("db.c", 200, 200, "sql injection", SQL).possible);
	assert_false(score("net.c", 200, 200, "close the socket", LEAK).possible);
	assert_true(score(NULL, 0, 0, "sql injection", SQL).possible);
}

/* --- whole reviews ---------------------------------------------------------------------------------------------- */

struct review {
	struct comments comments;
	struct matching matching;
};

static void review_done(struct review *r)
{
	comments_done(&r->comments);
	matching_done(&r->matching);
}

#define AUTO_REVIEW AUTO(review_done)

/* Comments as JSON without their frame. */
static void match_in(struct review *r, const struct diff *change, const char *list)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };
	AUTO_FREE char *text = mem_format(&e, "{\"format\":1,\"comments\":[%s]}", list);

	assert_int_equal(json_doc_parse(&doc, "comments.json", text, strlen(text), &e), 0);
	assert_int_equal(comments_parse(&r->comments, doc, &e), 0);
	assert_int_equal(match_comments(&r->matching, &r->comments, &flaws, change, &e), 0);
}

static void match(struct review *r, const char *list)
{
	match_in(r, NULL, list);
}

static void assert_match(const struct review *r, size_t i, size_t comment, size_t flaw)
{
	assert_in_range(i, 0, r->matching.count - 1);
	assert_int_equal(r->matching.item[i].comment, comment);
	assert_int_equal(r->matching.item[i].flaw, flaw);
}

static void one_comment_that_names_two_flaws_has_both(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":58,\"text\":\"query in a loop, sql injection too\"}");

	assert_int_equal(r.matching.count, 2);
	assert_match(&r, 0, 0, SQL);
	assert_match(&r, 1, 0, LOOP);
	assert_int_equal(r.matching.item[0].band, BAND_CHECK);
	assert_int_equal(r.matching.item[1].band, BAND_PROPOSED);
}

static void one_comment_that_hints_at_two_flaws_has_one(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":52,\"end_line\":58,\"text\":\"this query, hm\"},"
		  "{\"file\":\"db.c\",\"line\":42,\"end_line\":62,\"text\":\"query\",\"category\":\"security\"}");

	assert_int_equal(r.matching.count, 2);
	assert_match(&r, 0, 1, SQL);
	assert_match(&r, 1, 0, LOOP);
}

static void a_second_comment_on_a_taken_flaw_is_a_duplicate(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":48,\"text\":\"sql injection?\"},"
		  "{\"file\":\"db.c\",\"line\":41,\"text\":\"sql injection!\"}");

	assert_match(&r, 0, 1, SQL);
	assert_int_equal(r.matching.rest[0], REST_DUPLICATE);
	assert_int_equal(r.matching.rest[1], REST_MATCHED);
}

static void of_two_equal_comments_the_first_in_the_file_has_the_flaw(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":43,\"text\":\"sql injection here\"},"
		  "{\"file\":\"db.c\",\"line\":42,\"text\":\"sql injection there\"}");

	assert_match(&r, 0, 1, SQL);
}

static void a_comment_on_a_decoy_is_noise(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":6,\"text\":\"bad\"},{\"file\":\"db.c\",\"line\":7,\"text\":\"bad?\"}");

	assert_int_equal(r.matching.rest[0], REST_DECOY);
	assert_int_equal(r.matching.rest[1], REST_OPEN);
}

static void a_text_may_stand_there_three_times(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":1,\"text\":\"SQL-Injection\"},{\"file\":\"db.c\",\"line\":2,\"text\":\"sql injection\"},"
		  "{\"file\":\"db.c\",\"line\":42,\"text\":\"SQL injection.\"}");

	assert_match(&r, 0, 2, SQL);
	assert_int_equal(r.matching.item[0].total, 95);
}

static void of_a_text_that_stands_there_four_times_only_the_first_counts(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":1,\"text\":\"SQL-Injection\"},{\"file\":\"db.c\",\"line\":2,\"text\":\"sql injection\"},"
		  "{\"file\":\"db.c\",\"line\":42,\"text\":\"SQL injection.\"},{\"file\":\"db.c\",\"line\":3,\"text\":\"sql? injection?\"}");

	assert_match(&r, 0, 0, SQL);
	assert_int_equal(r.matching.item[0].total, 60);
	assert_int_equal(r.matching.rest[2], REST_REPEATED);
}

static void the_sixty_first_comment_does_not_count(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	AUTO_TEXT struct text list = { 0 };
	(void)state;

	for (int i = 1; i <= 60; i++)
		text_addf(&list, "{\"text\":\"filler %d\"},", i);
	text_add(&list, "{\"file\":\"db.c\",\"line\":41,\"text\":\"sql injection\"}");
	match(&r, text_bytes(&list));

	assert_int_equal(r.matching.count, 0);
	assert_int_equal(r.matching.rest[59], REST_OPEN);
	assert_int_equal(r.matching.rest[60], REST_OVER_LIMIT);
}

static void an_empty_review_matches_nothing(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "");

	assert_int_equal(r.matching.count, 0);
}

static void a_line_behind_the_end_is_elsewhere_in_the_file(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match(&r, "{\"file\":\"db.c\",\"line\":9999999,\"end_line\":10000000,\"text\":\"sql injection\"}");

	assert_int_equal(r.matching.item[0].score.place, 15);
}

static void a_comment_outside_the_change_is_left_to_a_person(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	struct diff change = { 0 };
	(void)state;

	match_in(&r, &change, "{\"file\":\"README.md\",\"line\":1,\"text\":\"sql injection\"}");

	assert_int_equal(r.matching.rest[0], REST_OPEN);
}

static void the_old_name_of_a_renamed_file_is_the_file(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	struct diff_file file = { .old_path = NAME("sql.c"), .new_path = NAME("db.c"), .status = DIFF_FILE_RENAMED,
		.new_total_lines = 100 };
	struct diff change = { .files = &file, .file_count = 1 };
	(void)state;

	match_in(&r, &change, "{\"file\":\"sql.c\",\"line\":41,\"side\":\"old\",\"text\":\"sql injection\"}");

	assert_match(&r, 0, 0, SQL);
	assert_int_equal(r.matching.item[0].score.place, 50);
}

/* --- what was spoken -------------------------------------------------------------------------------------------- */

/* The first `count` comments were spoken; the very first was ticked for that flaw (NULL: none was). */
static void match_spoken(struct review *r, size_t count, const char *flaw, const char *list)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };
	AUTO_FREE char *text = mem_format(&e, "{\"format\":1,\"comments\":[%s]}", list);

	assert_int_equal(json_doc_parse(&doc, "comments.json", text, strlen(text), &e), 0);
	assert_int_equal(comments_parse(&r->comments, doc, &e), 0);
	for (size_t i = 0; i < count; i++)
		r->comments.item[i].spoken = mem_new(1, sizeof(struct spoken), &e);
	r->comments.item[0].spoken->flaw = flaw ? mem_copy(flaw, &e) : NULL;
	assert_int_equal(match_comments(&r->matching, &r->comments, &flaws, NULL, &e), 0);
}

static void a_flaw_that_was_ticked_is_proposed_whatever_the_words(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match_spoken(&r, 1, flaws.item[SQL].id, "{\"text\":\"–\"}");

	assert_int_equal(r.matching.count, 1);
	assert_match(&r, 0, 0, SQL);
	assert_int_equal(r.matching.item[0].band, BAND_PROPOSED);
	assert_int_equal(r.matching.item[0].total, MATCH_PROPOSED);
}

static void a_flaw_that_was_ticked_is_no_other_one(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match_spoken(&r, 1, flaws.item[LOOP].id, "{\"file\":\"db.c\",\"line\":41,\"text\":\"sql injection\"}");

	assert_int_equal(r.matching.count, 1);
	assert_match(&r, 0, 0, LOOP);
}

static void a_written_comment_that_matches_better_keeps_the_flaw(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match_spoken(&r, 1, flaws.item[SQL].id,
		"{\"text\":\"–\"},{\"file\":\"db.c\",\"line\":41,\"text\":\"sql injection\"}");

	assert_int_equal(r.matching.count, 1);
	assert_match(&r, 0, 1, SQL);
	assert_int_equal(r.matching.rest[0], REST_DUPLICATE);
}

static void words_that_were_spoken_match_as_written_ones_do(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match_spoken(&r, 1, NULL, "{\"file\":\"db.c\",\"line\":41,\"text\":\"sql injection\"}");

	assert_int_equal(r.matching.count, 1);
	assert_int_equal(r.matching.item[0].total, 95);
}

static void what_was_spoken_takes_no_place_of_the_first_sixty(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	AUTO_TEXT struct text list = { 0 };
	(void)state;

	text_add(&list, "{\"text\":\"–\"},{\"text\":\"–\"}");
	for (int i = 0; i < 61; i++)
		text_addf(&list, ",{\"text\":\"written %d\"}", i);
	match_spoken(&r, 2, flaws.item[SQL].id, text_bytes(&list));

	assert_int_equal(r.matching.rest[61], REST_OPEN);
	assert_int_equal(r.matching.rest[62], REST_OVER_LIMIT);
}

static void what_was_spoken_is_never_repeated(void **state)
{
	AUTO_REVIEW struct review r = { 0 };
	(void)state;

	match_spoken(&r, 5, NULL, "{\"text\":\"hm\"},{\"text\":\"hm\"},{\"text\":\"hm\"},{\"text\":\"hm\"},{\"text\":\"hm\"}");

	assert_int_equal(r.matching.rest[4], REST_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_the_lines_is_fifty_and_each_line_away_costs_six),
		cmocka_unit_test(without_a_line_or_file_little_is_given_and_nothing_in_another_file),
		cmocka_unit_test(the_best_of_several_places_counts),
		cmocka_unit_test(forty_lines_may_be_selected_and_one_more_is_elsewhere),
		cmocka_unit_test(three_times_a_long_place_may_be_selected),
		cmocka_unit_test(a_word_hits_at_the_start_of_a_word_only),
		cmocka_unit_test(a_word_of_the_task_is_normalised_like_the_text),
		cmocka_unit_test(words_are_counted_in_whole_numbers),
		cmocka_unit_test(the_category_gives_ten_five_or_nothing),
		cmocka_unit_test(the_right_line_without_a_word_is_no_match),
		cmocka_unit_test(all_words_in_another_file_are_no_match),
		cmocka_unit_test(far_away_all_words_are_needed),
		cmocka_unit_test(one_comment_that_names_two_flaws_has_both),
		cmocka_unit_test(one_comment_that_hints_at_two_flaws_has_one),
		cmocka_unit_test(a_second_comment_on_a_taken_flaw_is_a_duplicate),
		cmocka_unit_test(of_two_equal_comments_the_first_in_the_file_has_the_flaw),
		cmocka_unit_test(a_comment_on_a_decoy_is_noise),
		cmocka_unit_test(a_text_may_stand_there_three_times),
		cmocka_unit_test(of_a_text_that_stands_there_four_times_only_the_first_counts),
		cmocka_unit_test(the_sixty_first_comment_does_not_count),
		cmocka_unit_test(an_empty_review_matches_nothing),
		cmocka_unit_test(a_line_behind_the_end_is_elsewhere_in_the_file),
		cmocka_unit_test(a_comment_outside_the_change_is_left_to_a_person),
		cmocka_unit_test(the_old_name_of_a_renamed_file_is_the_file),
		cmocka_unit_test(a_flaw_that_was_ticked_is_proposed_whatever_the_words),
		cmocka_unit_test(a_flaw_that_was_ticked_is_no_other_one),
		cmocka_unit_test(a_written_comment_that_matches_better_keeps_the_flaw),
		cmocka_unit_test(words_that_were_spoken_match_as_written_ones_do),
		cmocka_unit_test(what_was_spoken_takes_no_place_of_the_first_sixty),
		cmocka_unit_test(what_was_spoken_is_never_repeated),
	};

	return cmocka_run_group_tests_name("match", tests, set_up, tear_down);
}
