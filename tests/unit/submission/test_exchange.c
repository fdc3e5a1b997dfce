// SPDX-License-Identifier: MIT
/* The ends that boxes would have are played by the tests. */
#include "submission/exchange.h"
#include "submission/run_parts.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <cmocka.h>

struct stage {
	struct exchange *x;
	struct exchange_ends box; /* copies of what was lent */
};

static int set_up(void **state)
{
	struct stage *s = calloc(1, sizeof(*s));
	struct exchange_ends ends;

	if (!s || exchange_open(&s->x, NULL) < 0)
		return -1;
	ends = exchange_ends(s->x);
	s->box = (struct exchange_ends){
		dup(ends.judge_in), dup(ends.judge_out), dup(ends.program_in), dup(ends.program_out)
	};
	exchange_lent(s->x);
	*state = s;
	return 0;
}

static void end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int tear_down(void **state)
{
	struct stage *s = *state;

	end(&s->box.judge_in);
	end(&s->box.judge_out);
	end(&s->box.program_in);
	end(&s->box.program_out);
	exchange_free(s->x);
	free(s);
	return 0;
}

static void carry(struct stage *s)
{
	for (int i = 0; i < 4; i++)
		assert_int_equal(exchange_carry(s->x, -1, -1, 0, NULL), 0);
}

static void say(struct stage *s, int fd, const char *words)
{
	assert_int_equal(send(fd, words, strlen(words), MSG_NOSIGNAL), strlen(words));
	carry(s);
}

/* What has come; "" for nothing yet, NULL for the end. */
static const char *heard(int fd)
{
	static char bytes[1000];
	ssize_t n = recv(fd, bytes, sizeof(bytes) - 1, MSG_DONTWAIT);

	bytes[n > 0 ? n : 0] = '\0';
	return n == 0 ? NULL : bytes;
}

static void assert_transcript(const struct stage *s, const char *expected)
{
	AUTO_FREE char *text = NULL;

	assert_int_equal(exchange_transcript(s->x, &text, NULL), 0);
	assert_string_equal(text ? text : "", expected);
}

static void what_one_says_the_other_hears(void **state)
{
	struct stage *s = *state;

	say(s, s->box.judge_out, "how much\n");
	assert_string_equal(heard(s->box.program_in), "how much\n");
	say(s, s->box.program_out, "5\n");
	assert_string_equal(heard(s->box.judge_in), "5\n");
	assert_string_equal(heard(s->box.program_in), "");
}

static void the_end_of_the_program_is_told_to_the_judge(void **state)
{
	struct stage *s = *state;
	say(s, s->box.program_out, "last words");

	end(&s->box.program_out);
	carry(s);

	assert_true(exchange_program_ended(s->x));
	assert_string_equal(heard(s->box.judge_in), "last words");
	assert_null(heard(s->box.judge_in));
}

static void the_end_of_the_judge_is_told_only_when_we_say_so(void **state)
{
	struct stage *s = *state;
	say(s, s->box.judge_out, "good bye");
	end(&s->box.judge_out);
	carry(s);
	assert_true(exchange_judge_ended(s->x));
	assert_string_equal(heard(s->box.program_in), "good bye");
	assert_string_equal(heard(s->box.program_in), "");

	exchange_end_input(s->x);
	carry(s);

	assert_null(heard(s->box.program_in));
}

static void who_speaks_to_nobody_is_read_all_the_same(void **state)
{
	static char much[1 << 20];
	struct stage *s = *state;
	size_t sent = 0;
	end(&s->box.program_in);

	for (int i = 0; i < 10000 && sent < sizeof(much); i++) {
		ssize_t n = send(s->box.judge_out, much, sizeof(much) - sent, MSG_NOSIGNAL | MSG_DONTWAIT);

		sent += n > 0 ? (size_t)n : 0;
		assert_int_equal(exchange_carry(s->x, -1, -1, 0, NULL), 0);
	}

	assert_int_equal(sent, sizeof(much));
	assert_false(exchange_judge_ended(s->x));
}

static void who_does_not_listen_slows_the_speaker(void **state)
{
	static char much[8 << 20];
	struct stage *s = *state;
	size_t sent = 0;

	for (int i = 0; i < 1000; i++) {
		ssize_t n = send(s->box.program_out, much, sizeof(much), MSG_NOSIGNAL | MSG_DONTWAIT);

		sent += n > 0 ? (size_t)n : 0;
		assert_int_equal(exchange_carry(s->x, -1, -1, 0, NULL), 0);
	}

	assert_true(sent > 0 && sent < sizeof(much));
}

static void a_program_that_is_left_is_read_no_more_and_its_judge_hears_the_end(void **state)
{
	struct stage *s = *state;

	exchange_leave_program(s->x);
	carry(s);

	assert_int_equal(send(s->box.program_out, "x", 1, MSG_NOSIGNAL), -1);
	assert_int_equal(errno, EPIPE);
	assert_null(heard(s->box.judge_in));
	assert_null(heard(s->box.program_in));
}

static void a_wait_ends_when_news_come(void **state)
{
	struct stage *s = *state;
	int pair[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(send(pair[0], "n", 1, 0), 1);

	assert_int_equal(exchange_carry(s->x, pair[1], -1, 100000, NULL), 0);
	assert_int_equal(exchange_carry(s->x, -1, pair[1], 100000, NULL), 0);

	close(pair[0]);
	close(pair[1]);
}

/* --- the transcript --------------------------------------------------------------------------------------------- */

static void each_line_says_whose_it_is(void **state)
{
	struct stage *s = *state;

	say(s, s->box.judge_out, "1\n2\n");
	say(s, s->box.program_out, "3\n> 4\n");

	assert_transcript(s, "> 1\n> 2\n< 3\n< > 4\n");
}

static void who_is_interrupted_begins_a_line_anew(void **state)
{
	struct stage *s = *state;

	say(s, s->box.program_out, "a");
	say(s, s->box.program_out, "b");
	say(s, s->box.judge_out, "what");
	say(s, s->box.program_out, "c\xff");

	assert_transcript(s, "< ab\n> what\n< c\xEF\xBF\xBD");
}

static void of_a_long_talk_the_beginning_and_the_end_are_kept(void **state)
{
	struct stage *s = *state;
	AUTO_FREE char *text = NULL;

	for (int i = 0; i < 3000; i++) {
		say(s, s->box.program_out, i == 2999 ? "end\n" : "abc\n");
		assert_non_null(heard(s->box.judge_in));
	}

	assert_int_equal(exchange_transcript(s->x, &text, NULL), 0);
	assert_true(text_starts_with(text, "< abc\n< abc\n"));
	assert_true(text_ends_with(text, "< abc\n< end\n"));
	assert_non_null(strstr(text, "[9808 bytes are left out here]"));
	assert_true(strlen(text) < (8 << 10) + 100);
}

static void of_silence_there_is_no_transcript(void **state)
{
	struct stage *s = *state;
	char *text = (char *)"not touched";

	assert_int_equal(exchange_transcript(s->x, &text, NULL), 0);

	assert_null(text);
}

/* --- who is to blame -------------------------------------------------------------------------------------------- */

static const struct limits limits = { .wall_ms = 1000, .cpu_ms = 400 };

static bool is_forgiven(struct box_report program, enum verdict judge, bool judge_first)
{
	const struct box_report of_judge = { .verdict = judge, .exit_code = 43 };
	enum verdict before = program.verdict;
	bool forgiven;

	assert_int_equal(run_settle_talk(&program, &of_judge, judge_first, &limits, &forgiven, NULL), 0);
	assert_int_equal(program.verdict, forgiven ? VERDICT_EXITED : before);
	assert_true(forgiven == !!program.message);
	box_report_done(&program);
	return forgiven;
}

static const struct box_report crashed = { .verdict = VERDICT_SIGNALED, .signal = 11, .exit_code = -1 };
static const struct box_report failed = { .verdict = VERDICT_EXITED, .exit_code = 1 };
static const struct box_report ended = { .verdict = VERDICT_EXITED, .exit_code = 0 };
static const struct box_report waited = { .verdict = VERDICT_WALL_LIMIT, .exit_code = -1, .cpu_user_ms = 10 };
static const struct box_report worked = { .verdict = VERDICT_WALL_LIMIT, .exit_code = -1, .cpu_user_ms = 300 };

static void what_follows_the_judge_does_not_count(void **state)
{
	(void)state;

	assert_true(is_forgiven(failed, VERDICT_EXITED, true));
	assert_true(is_forgiven(crashed, VERDICT_EXITED, true));
	assert_true(is_forgiven(waited, VERDICT_SIGNALED, true));
	assert_false(is_forgiven(ended, VERDICT_EXITED, true));
}

static void what_comes_before_the_judge_counts(void **state)
{
	(void)state;

	assert_false(is_forgiven(failed, VERDICT_EXITED, false));
	assert_false(is_forgiven(crashed, VERDICT_WALL_LIMIT, false));
	assert_false(is_forgiven(ended, VERDICT_WALL_LIMIT, false));
}

static void who_waits_for_a_stuck_judge_is_not_to_blame(void **state)
{
	(void)state;

	assert_true(is_forgiven(waited, VERDICT_WALL_LIMIT, false));
	assert_true(is_forgiven(waited, VERDICT_CPU_LIMIT, false));
}

static void who_waits_for_a_judge_that_waits_is(void **state)
{
	(void)state;

	assert_false(is_forgiven(waited, VERDICT_EXITED, false));
	assert_false(is_forgiven(waited, VERDICT_SIGNALED, false));
}

static void who_works_for_too_long_is_whatever_the_judge_does(void **state)
{
	(void)state;

	assert_false(is_forgiven(worked, VERDICT_WALL_LIMIT, false));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_one_says_the_other_hears),
		TEST(the_end_of_the_program_is_told_to_the_judge),
		TEST(the_end_of_the_judge_is_told_only_when_we_say_so),
		TEST(who_speaks_to_nobody_is_read_all_the_same),
		TEST(who_does_not_listen_slows_the_speaker),
		TEST(a_program_that_is_left_is_read_no_more_and_its_judge_hears_the_end),
		TEST(a_wait_ends_when_news_come),
		TEST(each_line_says_whose_it_is),
		TEST(who_is_interrupted_begins_a_line_anew),
		TEST(of_a_long_talk_the_beginning_and_the_end_are_kept),
		TEST(of_silence_there_is_no_transcript),
		cmocka_unit_test(what_follows_the_judge_does_not_count),
		cmocka_unit_test(what_comes_before_the_judge_counts),
		cmocka_unit_test(who_waits_for_a_stuck_judge_is_not_to_blame),
		cmocka_unit_test(who_waits_for_a_judge_that_waits_is),
		cmocka_unit_test(who_works_for_too_long_is_whatever_the_judge_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
