// SPDX-License-Identifier: MIT
#include "assess/notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct day today = { 2026, 11, 29 };

static void check(const char *notice, const char *expected)
{
	char text[DAY_TEXT] = "";
	struct day day;

	if (!notice_earliest(&day, notice, today))
		fail_msg("'%s' could not be told", notice);
	day_render(day, text);
	assert_string_equal(text, expected);
}

static void check_unclear(const char *notice)
{
	struct day day;

	assert_false(notice_earliest(&day, notice, today));
}

static void a_period_runs_from_today(void **state)
{
	(void)state;

	check("3 months", "2027-02-28");
	check("6 Wochen", "2027-01-10");
	check("14 days", "2026-12-13");
	check("ein Monat", "2026-12-29");
	check("drei Monate Kündigungsfrist", "2027-02-28");
}

static void a_period_to_an_end_lets_one_start_behind_it(void **state)
{
	(void)state;

	check("4 Wochen zum Monatsende", "2027-01-01");
	check("3 Monate zum Quartalsende", "2027-04-01");
	check("6 weeks to the end of the month", "2027-02-01");
	check("1 month to the end of the year", "2027-01-01");
}

static void no_notice_is_today(void **state)
{
	(void)state;

	check("sofort", "2026-11-29");
	check("Immediately", "2026-11-29");
	check("keine", "2026-11-29");
}

static void a_date_is_that_date_unless_it_has_passed(void **state)
{
	(void)state;

	check("2027-03-01", "2027-03-01");
	check("1.3.2027", "2027-03-01");
	check("01.03.27", "2027-03-01");
	check("2020-01-01", "2026-11-29");
}

static void what_is_not_clear_is_left_to_people(void **state)
{
	(void)state;

	check_unclear("");
	check_unclear("it depends");
	check_unclear("3 months, maybe 2");
	check_unclear("3");
	check_unclear("2027-02-30");
	check_unclear("9999 months");
	check_unclear("3 months to the end of the world");
}

static void a_day_is_known_again_however_a_spreadsheet_wrote_it(void **state)
{
	const struct day day = { 2027, 2, 28 };
	(void)state;

	assert_true(day_is_written(day, "2027-02-28"));
	assert_true(day_is_written(day, "28.02.2027"));
	assert_true(day_is_written(day, "2/28/2027"));
	assert_true(day_is_written(day, "28/02/27"));
	assert_false(day_is_written(day, "2027-03-28"));
	assert_false(day_is_written(day, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_runs_from_today),
		cmocka_unit_test(a_period_to_an_end_lets_one_start_behind_it),
		cmocka_unit_test(no_notice_is_today),
		cmocka_unit_test(a_date_is_that_date_unless_it_has_passed),
		cmocka_unit_test(a_day_is_known_again_however_a_spreadsheet_wrote_it),
		cmocka_unit_test(what_is_not_clear_is_left_to_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
