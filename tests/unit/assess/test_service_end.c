// SPDX-License-Identifier: MIT
/* Which tests are told of the end of their service: those that it can have struck. */
#include "assess/service_end.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"

#define ENDED "the service ended"
#define REFUSED "URLError: <urlopen error [Errno 111] Connection refused>"
#define WRONG "AssertionError: expected 201, got 200"

static struct reported_test *add(struct reported *reported, const char *name, enum outcome outcome, const char *message)
{
	struct reported_test *test = reported_add(reported, name, NULL);

	assert_non_null(test);
	test->outcome = outcome;
	test->message = message ? mem_copy(message, NULL) : NULL;
	return test;
}

static void name_end(struct reported *reported)
{
	assert_int_equal(service_end_name(reported, ENDED, NULL), 0);
}

static void what_complains_of_an_answer_keeps_its_own_reason(void **state)
{
	AUTO(reported_done) struct reported reported = { 0 };
	(void)state;

	add(&reported, "wrong", OUTCOME_FAILED, WRONG);
	add(&reported, "struck", OUTCOME_ERROR, REFUSED);
	add(&reported, "wrong behind it", OUTCOME_FAILED, WRONG);
	add(&reported, "struck as well", OUTCOME_FAILED, REFUSED);
	name_end(&reported);

	assert_string_equal(reported.tests[0].message, WRONG);
	assert_string_equal(reported.tests[1].message, ENDED "; " REFUSED);
	assert_string_equal(reported.tests[2].message, WRONG);
	assert_string_equal(reported.tests[3].message, ENDED "; " REFUSED);
}

static void what_was_skipped_is_not_touched(void **state)
{
	AUTO(reported_done) struct reported reported = { 0 };
	(void)state;

	add(&reported, "struck", OUTCOME_ERROR, REFUSED);
	add(&reported, "skipped", OUTCOME_SKIPPED, NULL);
	name_end(&reported);

	assert_null(reported.tests[1].message);
}

static void a_test_that_passed_shows_that_the_service_was_still_there(void **state)
{
	AUTO(reported_done) struct reported reported = { 0 };
	(void)state;

	add(&reported, "refused for once", OUTCOME_FAILED, REFUSED);
	add(&reported, "silent", OUTCOME_FAILED, NULL);
	add(&reported, "good", OUTCOME_PASSED, NULL);
	name_end(&reported);

	assert_string_equal(reported.tests[0].message, REFUSED);
	assert_null(reported.tests[1].message);
}

static void without_a_lost_connection_only_silent_failures_name_the_end(void **state)
{
	AUTO(reported_done) struct reported reported = { 0 };
	(void)state;

	add(&reported, "good", OUTCOME_PASSED, NULL);
	add(&reported, "wrong", OUTCOME_FAILED, WRONG);
	add(&reported, "silent", OUTCOME_FAILED, NULL);
	name_end(&reported);

	assert_string_equal(reported.tests[1].message, WRONG);
	assert_string_equal(reported.tests[2].message, ENDED);
}

static void a_loss_that_only_the_output_tells_of_counts(void **state)
{
	AUTO(reported_done) struct reported reported = { 0 };
	(void)state;

	add(&reported, "TestGet", OUTCOME_FAILED, "Failed")->output = mem_copy("Get \"http://127.0.0.1:80/\": EOF", NULL);
	name_end(&reported);

	assert_string_equal(reported.tests[0].message, ENDED "; Failed");
}

static void is_loss(const char *message)
{
	AUTO(reported_done) struct reported reported = { 0 };

	add(&reported, "struck", OUTCOME_FAILED, message);
	name_end(&reported);
	assert_true(strncmp(reported.tests[0].message, ENDED "; ", strlen(ENDED "; ")) == 0);
}

static void libraries_say_it_in_words_of_their_own(void **state)
{
	(void)state;
	is_loss("ConnectionResetError: [Errno 104] Connection reset by peer");
	is_loss("http.client.RemoteDisconnected: Remote end closed connection without response");
	is_loss("httpx.ConnectError: All connection attempts failed");
	is_loss("httpx.RemoteProtocolError: Server disconnected without sending a response.");
	is_loss("connect ECONNREFUSED 127.0.0.1:8080");
	is_loss("fetch failed");
	is_loss("socket hang up");
	is_loss("java.net.ConnectException");
	is_loss("curl: (52) Empty reply from server");
	is_loss("java.io.IOException: EOF reached while reading");
	is_loss("java.io.IOException: unexpected end of stream on http://127.0.0.1:8080/...");
	is_loss("hyper::Error(IncompleteMessage): connection closed before message completed");
	is_loss("Get \"http://127.0.0.1:8080/\": EOF");
	is_loss("http.client.IncompleteRead(3 bytes read, 9 more expected)");
	is_loss("write EPIPE");
}

static void is_none(const char *message)
{
	AUTO(reported_done) struct reported reported = { 0 };

	add(&reported, "wrong", OUTCOME_FAILED, message);
	name_end(&reported);
	assert_string_equal(reported.tests[0].message, message);
}

static void parts_of_other_words_are_none_of_these(void **state)
{
	(void)state;
	is_none("expected recipePipe(salt) to be 3");
	is_none("prefetch failed");
	is_none("expected \"reset\": eofs, got none");
	is_loss("prefetch failed: fetch failed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_complains_of_an_answer_keeps_its_own_reason),
		cmocka_unit_test(what_was_skipped_is_not_touched),
		cmocka_unit_test(a_test_that_passed_shows_that_the_service_was_still_there),
		cmocka_unit_test(without_a_lost_connection_only_silent_failures_name_the_end),
		cmocka_unit_test(a_loss_that_only_the_output_tells_of_counts),
		cmocka_unit_test(libraries_say_it_in_words_of_their_own),
		cmocka_unit_test(parts_of_other_words_are_none_of_these),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
