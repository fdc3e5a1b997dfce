// SPDX-License-Identifier: MIT
#include "assess/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct verify_row row = { .what = (char *)"accepted", .name = (char *)"plain", .got = (char *)"accepted, 4 points" };
static const struct verification one = { .rows = &row, .count = 1, .holds = true };
static const struct task task = { .id = (char *)"sum", .kind = TASK_CODING };

static void assert_shows(int rounds, int64_t fastest_ms, int64_t slowest_ms, const char *expected)
{
	AUTO_TEXT struct text t = { 0 };

	row.rounds = rounds;
	row.fastest_ms = fastest_ms;
	row.slowest_ms = slowest_ms;

	verification_text(&t, &one, &task, 100);

	assert_non_null(strstr(text_bytes(&t), expected));
}

static void of_several_rounds_the_fastest_and_the_slowest_are_shown(void **state)
{
	(void)state;

	assert_shows(5, 212, 1680, "accepted, 4 points, 5 times  0.2 to 1.7 s\n");
}

static void rounds_that_took_equally_long_are_told_once(void **state)
{
	(void)state;

	assert_shows(5, 210, 220, "5 times  0.2 s\n");
}

static void one_round_has_one_time(void **state)
{
	(void)state;

	assert_shows(1, 212, 212, "accepted, 4 points  0.2 s\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_several_rounds_the_fastest_and_the_slowest_are_shown),
		cmocka_unit_test(rounds_that_took_equally_long_are_told_once),
		cmocka_unit_test(one_round_has_one_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
