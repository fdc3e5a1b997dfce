// SPDX-License-Identifier: MIT
#include "base/date.h"
#include "base/i18n.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void a_date_survives_the_way_there_and_back(void **state)
{
	char shown[32];
	int64_t ms = 0;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(date_parse("2026-11-22T09:30:05Z", &ms, &e), 0);
	date_render_utc(ms, shown);

	assert_int_equal(ms, 1795339805000);
	assert_string_equal(shown, "2026-11-22T09:30:05Z");
}

static void a_date_is_written_as_the_language_writes_it(void **state)
{
	char english[32], german[32];
	(void)state;
	setenv("TZ", "UTC", 1);

	date_render_local(1795339805000, LANGUAGE_EN, english);
	date_render_local(1795339805000, LANGUAGE_DE, german);

	assert_string_equal(english, "2026-11-22 09:30");
	assert_string_equal(german, "22.11.2026 09:30");
}

static void what_is_no_date_is_refused_with_an_example(void **state)
{
	int64_t ms = 7;
	struct err e = { 0 };
	(void)state;

	assert_int_equal(date_parse("tomorrow", &ms, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, "'tomorrow' is no time: write 2026-11-22T09:30 or 2026-11-22T09:30Z");
	assert_int_equal(ms, 7);
}

static void check_refused(const char *s, const char *sentence)
{
	int64_t ms = 7;
	struct err e = { 0 };

	assert_int_equal(date_parse(s, &ms, &e), -1);

	assert_string_equal(e.text, sentence);
	assert_int_equal(ms, 7);
}

static void a_day_that_no_calendar_has_is_refused(void **state)
{
	(void)state;

	check_refused("2026-02-31T09:30Z", "there is no time 2026-02-31T09:30Z");
	check_refused("2026-02-29T09:30", "there is no time 2026-02-29T09:30");
	check_refused("0026-11-22T09:30", "there is no time 0026-11-22T09:30");
}

static void an_hour_that_summer_time_leaves_out_is_refused(void **state)
{
	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();

	check_refused("2026-03-29T02:30", "there is no time 2026-03-29T02:30");
}

static void a_year_has_four_digits(void **state)
{
	(void)state;

	check_refused("26-11-22T09:30", "'26-11-22T09:30' is no time: write 2026-11-22T09:30 or 2026-11-22T09:30Z");
	check_refused("2026-1-2T9:30", "'2026-1-2T9:30' is no time: write 2026-11-22T09:30 or 2026-11-22T09:30Z");
}

static void a_language_is_known_by_its_locale(void **state)
{
	enum language language = LANGUAGE_EN;
	(void)state;

	assert_true(language_parse("de_DE.UTF-8", &language));
	assert_int_equal(language, LANGUAGE_DE);
	assert_false(language_parse("den", &language));
	assert_false(language_parse("fr", &language));
}

static void a_text_falls_back_to_the_language_it_has(void **state)
{
	char german[] = "Aufgabe";
	struct localised only_german = { .text = { [LANGUAGE_DE] = german } };
	(void)state;

	assert_string_equal(localised_text(&only_german, LANGUAGE_EN), "Aufgabe");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_survives_the_way_there_and_back),
		cmocka_unit_test(a_date_is_written_as_the_language_writes_it),
		cmocka_unit_test(what_is_no_date_is_refused_with_an_example),
		cmocka_unit_test(a_day_that_no_calendar_has_is_refused),
		cmocka_unit_test(an_hour_that_summer_time_leaves_out_is_refused),
		cmocka_unit_test(a_year_has_four_digits),
		cmocka_unit_test(a_language_is_known_by_its_locale),
		cmocka_unit_test(a_text_falls_back_to_the_language_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
