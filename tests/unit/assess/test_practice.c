// SPDX-License-Identifier: MIT
/* Practice with somebody who types what a script says. Runs in the repository's root. */
// link: -Wl,--wrap=clock_monotonic_ms
#include "assess/practice.h"

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <cmocka.h>

/* A line that is the end of the input, one at which a signal comes, and one for which a minute goes by. */
static const char END[] = "<end>", SIGNAL[] = "<signal>", MINUTE[] = "<minute>";

static int64_t later_ms;

int64_t __real_clock_monotonic_ms(void);
int64_t __wrap_clock_monotonic_ms(void);

int64_t __wrap_clock_monotonic_ms(void)
{
	return __real_clock_monotonic_ms() + later_ms;
}

static struct {
	char *base, *dir;       /* dir: base/practice */
	const char *const *line; /* what is typed next; NULL at its end is END for ever */
	struct text said;
	struct practice_mouth mouth;
	struct practice_order order;
	struct json *summary;
	struct err e;
} with;

static int say(const char *text, void *context, struct err *e)
{
	(void)context;
	(void)e;
	text_add(&with.said, text);
	return 0;
}

static int hear(enum practice_heard *heard, char **line, const char *prompt, int64_t until_ms, void *context, struct err *e)
{
	(void)prompt;
	(void)until_ms;
	(void)context;
	*heard = HEARD_END;
	if (!*with.line)
		return 0;
	if (strcmp(*with.line, SIGNAL) == 0)
		return err_set(e, ERR_SYSTEM, "interrupted");
	if (strcmp(*with.line, MINUTE) == 0) {
		later_ms += 60000;
		*heard = HEARD_LATE;
	} else if (strcmp(*with.line, END) != 0) {
		*heard = HEARD_LINE;
		*line = mem_copy(*with.line, e);
	}
	with.line++;
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	memset(&with, 0, sizeof(with));
	if (fs_temp_dir(&with.base, "assay-test-practice", NULL) < 0)
		return -1;
	with.dir = fs_join(with.base, "practice", NULL);
	with.mouth = (struct practice_mouth){ .say = say, .hear = hear, .columns = 80, .stop_fd = -1 };
	with.order = (struct practice_order){ .root = ".", .dir = with.dir, .what = "conversation", .mouth = &with.mouth };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	json_free(with.summary);
	text_done(&with.said);
	fs_remove_tree(AT_FDCWD, with.base, NULL);
	free(with.base);
	free(with.dir);
	return 0;
}

static int type(const char *const *lines)
{
	with.line = lines;
	with.said.length = 0;
	json_free(take_ptr(&with.summary));
	with.e = (struct err){ 0 };
	return practice(&with.summary, &with.order, &with.e);
}

static const char *state_now(void)
{
	struct json_at root = json_value_root(with.summary);

	return json_get_string(&root, "state", "");
}

static char *read_file(const char *name)
{
	AUTO_FREE char *path = fs_join(with.dir, name, NULL);
	char *bytes = NULL;
	size_t size;

	return fs_read(&bytes, &size, AT_FDCWD, path, 1 << 20, NULL) < 0 ? NULL : bytes;
}

static bool file_says(const char *name, const char *words)
{
	AUTO_FREE char *bytes = read_file(name);

	return bytes && strstr(bytes, words);
}

static void write_file(const char *name, const char *text)
{
	AUTO_FREE char *path = fs_join(with.dir, name, NULL);

	assert_int_equal(fs_write(AT_FDCWD, path, text, strlen(text), 0644, NULL), 0);
}

#define STATE "technical-conversation/state.json"

/* Six questions with a follow-up each, then five marks, two additions, three lines for the mail. */
static const char *const whole[] = { "I run the matcher.", ".", "It would stop.", ".", "A slow page.", ".", ".", "A lost update.",
	"", "In two paragraphs.", ".", ".", "A migration.", ".", ".", "Forty formats.", ".", ".", "Who is woken?", ".", ".", "3", "2",
	"1", "4", "4", "I measured it.", "", "Ms Berg", "Engineer", "Nord", NULL };

static void a_conversation_goes_from_questions_to_a_mail(void **state)
{
	(void)state;

	assert_int_equal(type(whole), 0);

	assert_string_equal(state_now(), "done");
	assert_true(file_says("technical-conversation/mail.txt", "Dear Ms Berg,"));
	assert_true(file_says("technical-conversation/mail.txt", "I measured it."));
	assert_true(file_says("technical-conversation/mail.txt", "[TO FILL IN: one or two sentences on: Optimisation"));
	assert_true(file_says("technical-conversation/summary.txt", "In two paragraphs."));
}

static void sample_answers_are_not_shown_before_all_is_marked(void **state)
{
	static const char *const marking[] = { "3", "2", "1", "4", NULL };
	static const char *const last[] = { "4", NULL };
	const char *const *line = whole;
	const char *questions[32] = { NULL };
	(void)state;
	for (size_t i = 0; i < 21; i++)
		questions[i] = *line++;
	assert_int_equal(type(questions), 0);

	assert_int_equal(type(marking), 0);
	assert_null(strstr(text_bytes(&with.said), "the marks they would get"));
	assert_int_equal(type(last), 0);
	assert_non_null(strstr(text_bytes(&with.said), "the marks they would get"));
}

static void an_ended_input_goes_on_at_the_same_question(void **state)
{
	static const char *const some[] = { "I run the matcher.", ".", "It would stop.", ".", NULL };
	(void)state;
	assert_int_equal(type(some), 0);
	assert_string_equal(state_now(), "questions");

	assert_int_equal(type(whole + 4), 0);

	assert_null(strstr(text_bytes(&with.said), "Question 1 of 6"));
	assert_string_equal(state_now(), "done");
	assert_true(file_says("technical-conversation/summary.txt", "I run the matcher."));
}

static void every_line_ends_the_input_once_and_nothing_is_lost_or_doubled(void **state)
{
	AUTO_FREE char *expected = NULL;
	AUTO_FREE char *got = NULL;
	(void)state;
	assert_int_equal(type(whole), 0);
	expected = read_file("technical-conversation/mail.txt");
	with.order.again = true;

	/* A signal at each line: what was typed before it is kept, the line comes again. */
	for (size_t i = 0; whole[i]; i++) {
		const char *one[] = { whole[i], SIGNAL, NULL };

		assert_int_equal(type(one), whole[i + 1] ? -1 : 0);
		with.order.again = false;
	}
	got = read_file("technical-conversation/mail.txt");
	assert_non_null(got);
	assert_string_equal(got, expected);
}

static void lines_typed_before_a_crash_are_shown_and_kept(void **state)
{
	static const char *const some[] = { "First line", SIGNAL, NULL };
	static const char *const rest[] = { "second line", ".", NULL };
	(void)state;
	assert_int_equal(type(some), -1);
	assert_true(file_says("technical-conversation/draft-1.txt", "First line\n"));

	assert_int_equal(type(rest), 0);

	assert_non_null(strstr(text_bytes(&with.said), "go on where you stopped:\nFirst line\n"));
	assert_true(file_says(STATE, "\"First line\\nsecond line\""));
	assert_false(file_says("technical-conversation/draft-1.txt", ""));
}

static void an_answer_without_a_word_skips_the_question_and_its_follow_up(void **state)
{
	static const char *const skip[] = { "", ".", NULL };
	(void)state;

	assert_int_equal(type(skip), 0);

	assert_non_null(strstr(text_bytes(&with.said), "Skipped."));
	assert_non_null(strstr(text_bytes(&with.said), "Question 2 of 6"));
	assert_null(strstr(text_bytes(&with.said), "one would ask on"));
}

static void the_end_of_the_input_ends_an_answer_too(void **state)
{
	static const char *const ended[] = { "By pipe", END, END, NULL };
	(void)state;

	assert_int_equal(type(ended), 0);

	assert_true(file_says(STATE, "\"By pipe\""));
	assert_string_equal(state_now(), "questions");
}

static size_t times_said(const char *words)
{
	size_t times = 0;

	for (const char *p = text_bytes(&with.said); (p = strstr(p, words)); p++)
		times++;
	return times;
}

static void the_end_of_a_questions_minutes_is_told_once(void **state)
{
	static const char *const slow[] = { MINUTE, MINUTE, MINUTE, "Not yet.", MINUTE, MINUTE, "Late.", ".", NULL };
	(void)state;

	assert_int_equal(type(slow), 0);

	assert_int_equal(times_said("[4 minutes are over: come to an end]"), 1);
	assert_int_equal(times_said("Time taken: 5:00 of 4:00"), 1);
}

static void the_clock_of_a_task_warns_before_its_end(void **state)
{
	static const char *const slow[] = { MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE,
		MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, "time", NULL };
	(void)state;
	with.order.what = "design";

	assert_int_equal(type(slow), 0);

	assert_int_equal(times_said("[10 minutes left]"), 1);
	assert_int_equal(times_said("[5 minutes left]"), 1);
	assert_int_equal(times_said("[1 minute left]"), 1);
	assert_int_equal(times_said("[The time is over"), 1);
	assert_int_equal(times_said("16:00 of 15:00"), 1);
}

static void the_clock_stands_still_while_one_is_away(void **state)
{
	static const char *const some[] = { MINUTE, MINUTE, "pause", NULL };
	(void)state;
	with.order.what = "design";
	assert_int_equal(type(some), 0);
	later_ms += 3600000;

	assert_int_equal(type((const char *const[]){ "time", NULL }), 0);

	assert_int_equal(times_said("2:00 of 15:00"), 2);
}

static void an_answer_that_is_too_long_is_cut_and_told(void **state)
{
	AUTO_TEXT struct text line = { 0 };
	const char *lines[] = { NULL, NULL, ".", NULL };
	(void)state;
	text_add_times(&line, "a", 60000);
	lines[0] = lines[1] = line.bytes;

	assert_int_equal(type(lines), 0);

	assert_non_null(strstr(text_bytes(&with.said), "An answer holds 64 KiB"));
	assert_string_equal(state_now(), "questions");
	assert_int_equal(type((const char *const[]){ NULL }), 0);
}

static void a_mark_must_be_one(void **state)
{
	const char *lines[40] = { NULL };
	size_t n = 0;
	(void)state;
	while (n < 21) {
		lines[n] = whole[n];
		n++;
	}
	lines[n++] = "5";
	lines[n++] = "good";
	lines[n++] = "a";
	lines[n++] = "-";

	assert_int_equal(type(lines), 0);

	assert_non_null(strstr(text_bytes(&with.said), "A mark is 1, 2, 3, 4 or -"));
	assert_non_null(strstr(text_bytes(&with.said), "| A slow page."));
	assert_true(file_says(STATE, "\"mark\": -1"));
}

static void a_directory_with_anything_else_is_left_alone(void **state)
{
	AUTO_STRINGS struct strings names = { 0 };
	(void)state;
	assert_int_equal(fs_make_dirs(AT_FDCWD, with.dir, NULL), 0);
	write_file("thesis.tex", "x");

	assert_int_equal(type(whole), -1);

	assert_int_equal(with.e.kind, ERR_CONFLICT);
	assert_int_equal(fs_list(&names, AT_FDCWD, with.dir, 10, NULL), 0);
	assert_int_equal(names.count, 1);
}

static void two_practices_in_one_directory_are_refused(void **state)
{
	AUTO_CLOSE int fd = -1;
	(void)state;
	assert_int_equal(type((const char *const[]){ NULL }), 0);
	assert_int_equal(fs_open_dir(&fd, AT_FDCWD, with.dir, NULL), 0);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);

	assert_int_equal(type(whole), -1);

	assert_int_equal(with.e.kind, ERR_CONFLICT);
	assert_non_null(strstr(with.e.text, "practising in"));
}

static void to_begin_anew_keeps_what_was_there(void **state)
{
	(void)state;
	assert_int_equal(type(whole), 0);
	with.order.again = true;

	assert_int_equal(type((const char *const[]){ NULL }), 0);

	assert_string_equal(state_now(), "questions");
	assert_true(file_says("technical-conversation.1/mail.txt", "Dear Ms Berg,"));
}

static void what_is_done_is_shown_and_not_overwritten(void **state)
{
	(void)state;
	assert_int_equal(type(whole), 0);
	write_file("technical-conversation/mail.txt", "mine");

	assert_int_equal(type(whole), 0);

	assert_non_null(strstr(text_bytes(&with.said), "What to improve"));
	assert_true(file_says("technical-conversation/mail.txt", "mine"));
}

static void a_damaged_state_is_refused_with_its_line(void **state)
{
	(void)state;
	assert_int_equal(type((const char *const[]){ NULL }), 0);
	write_file(STATE, "{\"format\": 1,\n \"task\": 7}\n");

	assert_int_equal(type(whole), -1);

	assert_int_equal(with.e.kind, ERR_INVALID);
	assert_non_null(strstr(with.e.text, "state.json:2: /task"));
}

static void a_state_of_other_questions_says_how_to_begin_anew(void **state)
{
	AUTO_FREE char *bytes = NULL;
	char *id;
	(void)state;
	assert_int_equal(type((const char *const[]){ NULL }), 0);
	bytes = read_file(STATE);
	id = strstr(bytes, "\"introduction\"");
	memcpy(id, "\"introductiom\"", 14);
	write_file(STATE, bytes);

	assert_int_equal(type(whole), -1);

	assert_int_equal(with.e.kind, ERR_CONFLICT);
	assert_non_null(strstr(with.e.text, "--again"));
}

static void a_review_is_matched_and_confirmed_by_whoever_practises(void **state)
{
	static const char *const lines[] = { "shop/rates.py:18 The API key gets logged with the URL",
		"shop/rates.py:29-31 On failure the rate is 1 and a wrong price is charged", "no-place text", "shop/rates.py:x y",
		"shop/rates.py:20 why str?", "drop c3", "drop c3", "list", "done", "y", "maybe", "n", "2", "3", NULL };
	struct json_at root;
	(void)state;
	with.order.what = "review";

	assert_int_equal(type(lines), 0);

	root = json_value_root(with.summary);
	assert_string_equal(state_now(), "done");
	assert_int_equal(json_get_integer(&root, "flaws_found", -1), 1);
	assert_int_equal(json_get_integer(&root, "flaws", -1), 3);
	assert_non_null(strstr(text_bytes(&with.said), "there is no remark 'c3'"));
	assert_non_null(strstr(text_bytes(&with.said), "No remark of yours comes near it."));
	assert_non_null(strstr(text_bytes(&with.said), "The evidence alone (36 %) would suggest a 2."));
}

static void model_answers_of_a_review_wait_for_the_hand_in(void **state)
{
	static const char *const lines[] = { "show", "list", "pause", NULL };
	(void)state;
	with.order.what = "rates-review";

	assert_int_equal(type(lines), 0);

	assert_non_null(strstr(text_bytes(&with.said), "+++ "));
	assert_null(strstr(text_bytes(&with.said), "key-in-the-log"));
	assert_string_equal(state_now(), "work");
}

static void a_mistake_in_comments_json_is_told_and_nothing_is_handed_in(void **state)
{
	static const char *const lines[] = { "done", "shop/rates.py:1 x", NULL };
	(void)state;
	with.order.what = "review";
	assert_int_equal(type((const char *const[]){ NULL }), 0);
	write_file("rates-review/kit/comments.json", "{\"format\": 1,\n \"comments\": [{\"tekst\": \"x\"}]}\n");

	assert_int_equal(type(lines), 0);

	assert_non_null(strstr(text_bytes(&with.said), "comments.json:2"));
	assert_string_equal(state_now(), "work");
	assert_true(file_says("rates-review/kit/comments.json", "tekst"));
}

static void a_design_asks_its_probes_and_shows_what_answers_hold(void **state)
{
	static const char *const lines[] = { "done", "Two hours.", ".", ".", ".", ".", ".", "a", "3", "2", NULL };
	(void)state;
	with.order.what = "design";

	assert_int_equal(type(lines), 0);

	assert_string_equal(state_now(), "done");
	assert_non_null(strstr(text_bytes(&with.said), "What an answer holds at each mark"));
	assert_true(file_says("reminders/kit/design.md", "## My design"));
}

static void the_list_says_how_far_each_has_come(void **state)
{
	AUTO_JSON struct json *list = NULL;
	struct json_at rows, first, last;
	(void)state;
	assert_int_equal(type((const char *const[]){ NULL }), 0);

	assert_int_equal(practice_list(&list, ".", with.dir, &with.e), 0);

	rows = json_value_root(list);
	first = json_element(&rows, 0);
	last = json_element(&rows, 4);
	assert_int_equal(json_count(&rows), 5);
	assert_string_equal(json_get_string(&first, "state", ""), "begun");
	assert_string_equal(json_get_string(&last, "state", ""), "new");
}

static void what_is_not_there_names_what_is(void **state)
{
	(void)state;
	with.order.what = "job-queue";

	assert_int_equal(type(whole), -1);

	assert_int_equal(with.e.kind, ERR_NOT_FOUND);
	assert_non_null(strstr(with.e.text, "conversation, team, coding, design and review"));
	assert_false(fs_exists(AT_FDCWD, with.dir));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_conversation_goes_from_questions_to_a_mail),
		TEST(sample_answers_are_not_shown_before_all_is_marked),
		TEST(an_ended_input_goes_on_at_the_same_question),
		TEST(every_line_ends_the_input_once_and_nothing_is_lost_or_doubled),
		TEST(lines_typed_before_a_crash_are_shown_and_kept),
		TEST(an_answer_without_a_word_skips_the_question_and_its_follow_up),
		TEST(the_end_of_the_input_ends_an_answer_too),
		TEST(the_end_of_a_questions_minutes_is_told_once),
		TEST(the_clock_of_a_task_warns_before_its_end),
		TEST(the_clock_stands_still_while_one_is_away),
		TEST(an_answer_that_is_too_long_is_cut_and_told),
		TEST(a_mark_must_be_one),
		TEST(a_directory_with_anything_else_is_left_alone),
		TEST(two_practices_in_one_directory_are_refused),
		TEST(to_begin_anew_keeps_what_was_there),
		TEST(what_is_done_is_shown_and_not_overwritten),
		TEST(a_damaged_state_is_refused_with_its_line),
		TEST(a_state_of_other_questions_says_how_to_begin_anew),
		TEST(a_review_is_matched_and_confirmed_by_whoever_practises),
		TEST(model_answers_of_a_review_wait_for_the_hand_in),
		TEST(a_mistake_in_comments_json_is_told_and_nothing_is_handed_in),
		TEST(a_design_asks_its_probes_and_shows_what_answers_hold),
		TEST(the_list_says_how_far_each_has_come),
		TEST(what_is_not_there_names_what_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
