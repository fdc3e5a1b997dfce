// SPDX-License-Identifier: MIT
#include "report/invitation.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct invitation_part parts[] = { { PART_WELCOME, 5 }, { PART_CODING, 45 } };

static char *render(const char *position, const char *name, const char *place)
{
	AUTO_STRINGS struct strings people = { 0 };
	struct err e = { 0 };
	char *out = NULL;

	assert_int_equal(strings_add(&people, name, &e), 0);
	const struct invitation invitation = { .session = "S-7Q2K", .revision = 3, .start_ms = 1796115600000, .minutes = 60,
		.said_ms = 1796000000000, .position = position, .place = place, .people = &people, .parts = parts,
		.part_count = 2 };

	assert_int_equal(report_invitation(&out, &invitation, &e), 0);
	return out;
}

static void an_event_has_its_times_in_utc_and_its_number(void **state)
{
	(void)state;
	AUTO_FREE char *text = render("Engineer", "Ines Vogel", NULL);

	assert_non_null(strstr(text, "DTSTART:20261201T090000Z\r\n"));
	assert_non_null(strstr(text, "DTEND:20261201T100000Z\r\n"));
	assert_non_null(strstr(text, "SEQUENCE:3\r\n"));
	assert_null(strstr(text, "LOCATION"));
}

static void no_name_writes_lines_of_its_own(void **state)
{
	(void)state;
	AUTO_FREE char *text = render("x\r\nEND:VCALENDAR\r\nBEGIN:VALARM", "Eve\nATTENDEE:mailto:eve@example.invalid", "r\nSTATUS:CANCELLED");

	assert_null(strstr(text, "\nATTENDEE"));
	assert_null(strstr(text, "\nBEGIN:VALARM"));
	assert_null(strstr(text, "\nSTATUS:CANCELLED"));
	assert_string_equal(text + strlen(text) - strlen("END:VCALENDAR\r\n"), "END:VCALENDAR\r\n");
}

static void long_names_are_folded_between_characters(void **state)
{
	AUTO_TEXT struct text name = { 0 };

	(void)state;
	text_add_times(&name, "äß", 90);
	AUTO_FREE char *text = render(text_bytes(&name), text_bytes(&name), text_bytes(&name));

	for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
		size_t length = strcspn(line, "\r");

		assert_true(length <= 75);
		assert_true(text_is_utf8(line, length));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_has_its_times_in_utc_and_its_number),
		cmocka_unit_test(no_name_writes_lines_of_its_own),
		cmocka_unit_test(long_names_are_folded_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
