// SPDX-License-Identifier: MIT
/* What supervisor and pid 1 say to each other arrives, also when one of them is gone by then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "control.h"

static int pair[2];

static int connect_both(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
}

static int close_both(void **state)
{
	(void)state;
	close(pair[0]);
	if (pair[1] >= 0)
		close(pair[1]);
	return 0;
}

static void hang_up(void)
{
	close(pair[1]);
	pair[1] = -1;
}

static void a_message_arrives_with_its_fds(void **state)
{
	struct control_message said = { .kind = CONTROL_READY, .value = 7, .text = "words" }, heard;
	int fds[CONTROL_MAX_FDS];
	size_t n;
	(void)state;

	assert_int_equal(control_send(pair[1], &said, (int[]){ 0, 1 }, 2), 0);
	assert_int_equal(control_receive(pair[0], &heard, fds, &n), 0);

	assert_int_equal(n, 2);
	assert_int_equal(heard.value, 7);
	assert_string_equal(heard.text, "words");
	assert_int_equal(fcntl(fds[0], F_GETFD), FD_CLOEXEC);
	close(fds[0]);
	close(fds[1]);
}

static void fds_that_nobody_wants_are_closed(void **state)
{
	struct control_message said = { .kind = CONTROL_ENDED }, heard;
	int next = dup(0);
	(void)state;
	close(next);

	assert_int_equal(control_send(pair[1], &said, (int[]){ 0 }, 1), 0);
	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), 0);

	assert_int_equal(fcntl(next, F_GETFD), -1);
}

static void what_was_said_before_the_end_is_heard(void **state)
{
	struct control_message said = { .kind = CONTROL_FAULT, .text = "why" }, heard;
	(void)state;

	assert_int_equal(control_send(pair[1], &said, NULL, 0), 0);
	hang_up();

	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), 0);
	assert_string_equal(heard.text, "why");
}

static void it_is_also_heard_from_who_left_something_unread(void **state)
{
	struct control_message said = { .kind = CONTROL_FAULT, .text = "why" }, heard;
	(void)state;

	assert_int_equal(control_send(pair[0], &(struct control_message){ .kind = CONTROL_GO }, NULL, 0), 0);
	assert_int_equal(control_send(pair[1], &said, NULL, 0), 0);
	hang_up();

	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), 0);
	assert_string_equal(heard.text, "why");
}

static void who_is_gone_without_a_word_is_gone(void **state)
{
	struct control_message heard;
	(void)state;
	assert_int_equal(control_send(pair[0], &(struct control_message){ .kind = CONTROL_GO }, NULL, 0), 0);
	hang_up();

	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), -1);
	assert_int_equal(errno, ECONNRESET);
	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), -1);
	assert_int_equal(errno, ECONNRESET);
}

static void what_is_no_message_is_refused(void **state)
{
	struct control_message heard;
	(void)state;

	assert_int_equal(send(pair[1], "short", 5, 0), 5);

	assert_int_equal(control_receive(pair[0], &heard, NULL, NULL), -1);
	assert_int_equal(errno, EPROTO);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, connect_both, close_both)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_message_arrives_with_its_fds),
		EACH(fds_that_nobody_wants_are_closed),
		EACH(what_was_said_before_the_end_is_heard),
		EACH(it_is_also_heard_from_who_left_something_unread),
		EACH(who_is_gone_without_a_word_is_gone),
		EACH(what_is_no_message_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
