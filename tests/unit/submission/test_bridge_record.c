// SPDX-License-Identifier: MIT
#include "submission/bridge_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static int parse(struct bridge_record *record, const char *text, struct err *e)
{
	return bridge_record_parse(record, text, strlen(text), e);
}

static void a_record_is_read(void **state)
{
	AUTO(bridge_record_done) struct bridge_record record = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&record, "{\"format\": 1, \"self_judged\": [{\"test\": \"t.a\", \"times\": 2}], "
					"\"refused\": [{\"test\": \"t.b\", \"why\": \"\\u001b[2J gone\"}], "
					"\"profile\": {\"id\": \"unit\", \"exports\": [], \"tests\": []}}", &e), 0);

	assert_int_equal(record.self_judged.count, 1);
	assert_string_equal(record.self_judged.item[0], "t.a");
	assert_int_equal(record.refused.count, 1);
	assert_string_equal(record.refused.item[0], "t.b");
	assert_string_equal(record.why.item[0], "\\x1b[2J gone");
	assert_string_equal(record.profile, "{\"id\":\"unit\",\"exports\":[],\"tests\":[]}");
}

static void one_without_a_profile_has_none(void **state)
{
	AUTO(bridge_record_done) struct bridge_record record = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&record, "{\"format\": 1, \"self_judged\": [], \"refused\": [], \"profile\": null}", &e), 0);

	assert_null(record.profile);
}

static void whatever_else_is_refused_whole(void **state)
{
	AUTO(bridge_record_done) struct bridge_record record = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&record, "{\"format\": 1, \"self_judged\": [{\"test\": \"a\", \"times\": 1}, {\"test\": 3, "
					"\"times\": 1}], \"refused\": [], \"profile\": null}", &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_int_equal(record.self_judged.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_is_read),
		cmocka_unit_test(one_without_a_profile_has_none),
		cmocka_unit_test(whatever_else_is_refused_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
