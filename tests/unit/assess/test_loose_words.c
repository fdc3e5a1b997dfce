// SPDX-License-Identifier: MIT
#include "assess/loose_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void check(const char *reason, size_t count, const char *first)
{
	AUTO_STRINGS struct strings hints = { 0 };
	struct err e = { 0 };

	assert_int_equal(loose_words(&hints, reason, &e), 0);

	assert_int_equal(hints.count, count);
	if (first)
		assert_non_null(strstr(hints.item[0], first));
}

static void what_was_seen_has_no_hint(void **state)
{
	(void)state;

	check("two years of Java, no Python in production", 0, NULL);
	check("Keine Erfahrung mit PostgreSQL über einfache Abfragen hinaus", 0, NULL);
	check("the agent framework was the only alternative discussed", 0, NULL);
}

static void an_impression_has_one(void **state)
{
	(void)state;

	check("would not be a cultural fit for the team", 1, "'cultural fit' is an impression");
	check("Unser Bauchgefühl war einfach nicht gut genug", 1, "'bauchgefuehl'");
}

static void what_nobody_may_be_judged_by_has_one(void **state)
{
	(void)state;

	check("too old for a team that moves this quickly", 1, "'old' may touch on age");
	check("Die Sprache ist gut, aber mit starkem Akzent", 1, "'akzent'");
	check("she has three children and could not travel", 1, "'children'");
}

static void a_short_reason_has_one(void **state)
{
	(void)state;

	check("no", 1, "that is short");
	check("bad fit", 2, "'fit'");
}

static void check_heading(const char *heading, bool pay, bool protected)
{
	struct err e = { 0 };
	bool is;

	assert_int_equal(heading_is_current_pay(&is, heading, &e), 0);
	assert_int_equal(is, pay);
	assert_int_equal(heading_is_protected(&is, heading, &e), 0);
	assert_int_equal(is, protected);
}

static void headings_for_what_somebody_earns_are_known(void **state)
{
	(void)state;

	check_heading("Current salary", true, false);
	check_heading("Gehalt", true, false);
	check_heading("aktuelle Vergütung", true, false);
	check_heading("Salary expectation", false, false);
	check_heading("Gehaltswunsch (brutto)", false, false);
	check_heading("PayPal link", false, false);
}

static void headings_for_what_nobody_may_be_judged_by_are_known(void **state)
{
	(void)state;

	check_heading("Geburtsdatum", false, true);
	check_heading("Gender", false, true);
	check_heading("Foto", false, true);
	check_heading("Portfolio", false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_seen_has_no_hint),
		cmocka_unit_test(an_impression_has_one),
		cmocka_unit_test(what_nobody_may_be_judged_by_has_one),
		cmocka_unit_test(a_short_reason_has_one),
		cmocka_unit_test(headings_for_what_somebody_earns_are_known),
		cmocka_unit_test(headings_for_what_nobody_may_be_judged_by_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
