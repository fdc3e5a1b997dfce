// SPDX-License-Identifier: MIT
/* What is drafted and advised from one's own answers. */
#include "report/practice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A text that nobody changes where the type would let them. */
#define S(text) ((char *)(text))

/* Two questions, of which the first goes into a mail and feeds the first of two criteria. */
static struct question questions[2];
static struct questions list = { questions, 2 };
static struct criterion criteria[2];
static struct rubric rubric = { .criteria = criteria, .criterion_count = 2 };
static struct task task = { .minutes = 10 };
static char *answers[2 * PRACTICE_TURNS];
static char *additions[2];
static int marks[2];
static char *fed[] = { S("first") };
static const struct report_style style = { .columns = 80 };
static struct text t;

static struct practice_page page = {
	.task = &task,
	.rubric = &rubric,
	.part = PART_CONVERSATION,
	.questions = &list,
	.answers = answers,
	.marks = marks,
	.additions = additions,
};

static int set_up(void **state)
{
	static struct localised follow_up = { { S("And then?") } };
	(void)state;

	task.title.text[LANGUAGE_EN] = S("Talk");
	questions[0] = (struct question){ .id = S("bug"), .ask = { { S("Which bug?") } }, .mail = { { S("On the bug:") } },
		.criteria = { fed, 1 }, .follow_ups = &follow_up, .follow_up_count = 1 };
	questions[1] = (struct question){ .id = S("why"), .ask = { { S("Why us?") } } };
	criteria[0] = (struct criterion){ .id = S("first"), .part = PART_CONVERSATION, .title = { { S("Learning") } },
		.anchors = { { { S("one") } }, { { S("two") } }, { { S("three") } }, { { S("four") } } } };
	criteria[1] = (struct criterion){ .id = S("second"), .part = PART_CODING, .title = { { S("Other part") } } };
	memset(answers, 0, sizeof(answers));
	memset(additions, 0, sizeof(additions));
	marks[0] = 3;
	marks[1] = PRACTICE_UNMARKED;
	page.to = page.position = page.company = NULL;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	text_done(&t);
	return 0;
}

static bool says(const char *words)
{
	return strstr(text_bytes(&t), words) != NULL;
}

static void what_nobody_told_is_marked_in_the_mail(void **state)
{
	(void)state;

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("[TO FILL IN: position]"));
	assert_true(says("Dear [TO FILL IN: name],"));
	assert_true(says("On the bug: [TO FILL IN: Which bug?]"));
	assert_false(says("Why us?"));
}

static void what_was_told_stands_in_the_mail(void **state)
{
	(void)state;
	page.to = "Ms Berg";
	page.company = "Nord";
	answers[0] = S("A lost update.\n\nSecond paragraph.");

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("Dear Ms Berg,"));
	assert_true(says("at Nord."));
	assert_true(says("On the bug: A lost update.\n"));
	assert_false(says("Second paragraph"));
}

static void a_long_answer_is_cut_behind_a_sentence(void **state)
{
	char answer[1000];
	(void)state;
	memset(answer, 'a', sizeof(answer) - 1);
	answer[sizeof(answer) - 1] = '\0';
	memcpy(answer + 200, ". Then we, e.g. I, ", 19);
	answers[0] = answer;

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("aaa.\n"));
	assert_false(says("Then we"));
}

static void a_word_longer_than_an_excerpt_is_cut_between_characters(void **state)
{
	AUTO_TEXT struct text answer = { 0 };
	(void)state;
	text_add(&answer, "a");
	text_add_times(&answer, "ü", 400);
	answers[0] = answer.bytes;

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("ü …"));
	assert_true(text_is_utf8(text_bytes(&t), t.length));
}

static void an_addition_fills_the_gap_of_a_weak_criterion(void **state)
{
	(void)state;
	marks[0] = 2;
	additions[0] = S("Since then we log it.");

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("One thing I would like to add: Since then we log it."));
}

static void without_an_addition_the_gap_of_a_weak_criterion_is_marked(void **state)
{
	(void)state;
	marks[0] = PRACTICE_NOT_OBSERVED;

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_true(says("[TO FILL IN: one or two sentences on: Learning]"));
}

static void a_solid_criterion_and_one_of_another_part_leave_no_gap(void **state)
{
	(void)state;
	marks[1] = 1;

	report_practice_mail(&t, &page, LANGUAGE_EN);

	assert_false(says("One thing I would like to add"));
}

static void pasted_escapes_command_nothing(void **state)
{
	(void)state;
	answers[0] = S("red \x1b[31m and \xe2\x80\xae back");
	page.to = "\x1b]0;x\x07";

	report_practice_mail(&t, &page, LANGUAGE_EN);
	report_practice_answers(&t, &page, NULL, &style);

	assert_null(strchr(text_bytes(&t), '\x1b'));
	assert_null(strchr(text_bytes(&t), '\x07'));
	assert_false(says("\xe2\x80\xae"));
	assert_true(says("\\x1b[31m"));
}

static void below_three_the_three_is_the_aim(void **state)
{
	(void)state;
	marks[0] = 1;

	report_practice_improve(&t, &page, &style);

	assert_true(says("Learning: from 1 to 3. A 3 asks for:\n     three\n"));
	assert_false(says("Other part"));
}

static void from_three_the_four_is_the_aim(void **state)
{
	(void)state;
	answers[0] = S("A lost update.");

	report_practice_improve(&t, &page, &style);

	assert_true(says("Learning: from 3 to 4. A 4 asks for:\n     four\n"));
	assert_true(says("your answer to question 1. Answer for yourself: And then?"));
}

static void fours_everywhere_are_doubted(void **state)
{
	(void)state;
	marks[0] = 4;

	report_practice_improve(&t, &page, &style);

	assert_true(says("rarely the strict ones"));
}

static void the_checklist_shows_own_marks_with_their_words(void **state)
{
	(void)state;

	report_practice_checklist(&t, &page, &style);

	assert_true(says("[x] Learning"));
	assert_true(says("3 – solid"));
	assert_false(says("Other part"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_nobody_told_is_marked_in_the_mail),
		TEST(what_was_told_stands_in_the_mail),
		TEST(a_long_answer_is_cut_behind_a_sentence),
		TEST(a_word_longer_than_an_excerpt_is_cut_between_characters),
		TEST(an_addition_fills_the_gap_of_a_weak_criterion),
		TEST(without_an_addition_the_gap_of_a_weak_criterion_is_marked),
		TEST(a_solid_criterion_and_one_of_another_part_leave_no_gap),
		TEST(pasted_escapes_command_nothing),
		TEST(below_three_the_three_is_the_aim),
		TEST(from_three_the_four_is_the_aim),
		TEST(fours_everywhere_are_doubted),
		TEST(the_checklist_shows_own_marks_with_their_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
