// SPDX-License-Identifier: MIT
#include "submission/trial_pump.h"

#include "base/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>

/* What a terminal would have got of these pieces, one read each; freed by the next call. */
static const char *shown(const char *const *pieces)
{
	static char seen[1000];
	struct pump_out out;
	struct err e = { 0 };
	int theirs, to = memfd_create("terminal", MFD_CLOEXEC);
	ssize_t n;

	assert_int_equal(pump_out_open(&out, &theirs, to, &e), 0);
	out.is_terminal = true;
	for (size_t i = 0; pieces[i]; i++) {
		assert_int_equal(write(theirs, pieces[i], strlen(pieces[i])), strlen(pieces[i]));
		pump_out_carry(&out, -1);
	}
	close(theirs);
	pump_out_carry(&out, -1);
	assert_int_equal(out.from, -1);
	n = pread(to, seen, sizeof(seen) - 1, 0);
	seen[n < 0 ? 0 : n] = '\0';
	close(to);
	pump_out_done(&out);
	return seen;
}

static void a_character_in_two_pieces_is_one(void **state)
{
	const char *const pieces[] = { "a\xe2", "\x82", "\xac" "b\xf0\x9f", "\x99\x82", NULL };
	(void)state;

	assert_string_equal(shown(pieces), "a\xe2\x82\xac" "b\xf0\x9f\x99\x82");
}

static void a_character_that_never_ends_is_replaced(void **state)
{
	const char *const pieces[] = { "a\xe2\x82", NULL };
	(void)state;

	assert_memory_equal(shown(pieces), "a\xef\xbf\xbd", 4);
}

static void an_escape_in_two_pieces_commands_nothing(void **state)
{
	const char *const pieces[] = { "\x1b", "[2J", "\xc2", "\x9b" "2J", NULL };
	(void)state;

	assert_string_equal(shown(pieces), "\\x1b[2J\\x9b" "2J");
}

static void a_return_ends_a_line_once(void **state)
{
	const char *const pieces[] = { "one\r", "\ntwo\rthree", NULL };
	(void)state;

	assert_string_equal(shown(pieces), "one\ntwo\nthree");
}

static void what_is_no_terminal_gets_the_bytes(void **state)
{
	struct pump_out out;
	struct err e = { 0 };
	int theirs, to = memfd_create("file", MFD_CLOEXEC);
	char seen[8] = "";
	(void)state;

	assert_int_equal(pump_out_open(&out, &theirs, to, &e), 0);
	assert_int_equal(write(theirs, "\x1b\r\0\xff", 4), 4);
	pump_out_carry(&out, -1);

	assert_int_equal(pread(to, seen, sizeof(seen), 0), 4);
	assert_memory_equal(seen, "\x1b\r\0\xff", 4);
	close(theirs);
	close(to);
	pump_out_done(&out);
}

static void what_is_to_be_kept_is_kept(void **state)
{
	struct pump_out out;
	struct err e = { 0 };
	int theirs;
	(void)state;

	assert_int_equal(pump_out_open(&out, &theirs, -1, &e), 0);
	assert_int_equal(write(theirs, "a\0b", 3), 3);
	pump_out_carry(&out, -1);

	assert_int_equal(out.kept.length, 3);
	assert_memory_equal(out.kept.bytes, "a\0b", 3);
	close(theirs);
	pump_out_done(&out);
}

static void what_a_program_does_not_read_waits_and_is_not_lost(void **state)
{
	struct pump_in in;
	struct err e = { 0 };
	int theirs, from = memfd_create("input", MFD_CLOEXEC);
	static char bytes[200000];
	size_t read_count = 0;
	short events = 0;
	(void)state;

	assert_int_equal(write(from, bytes, sizeof(bytes)), sizeof(bytes));
	assert_int_equal(lseek(from, 0, SEEK_SET), 0);
	assert_int_equal(pump_in_open(&in, &theirs, from, &e), 0);
	for (int i = 0; i < 1000 && pump_in_wants(&in, &events) >= 0; i++) {
		char taken[1000];
		ssize_t n;

		pump_in_carry(&in);
		n = read(theirs, taken, sizeof(taken));
		read_count += n > 0 ? (size_t)n : 0;
	}

	assert_int_equal(pump_in_wants(&in, &events), -1);
	for (ssize_t n = 1; n > 0; read_count += n > 0 ? (size_t)n : 0)
		n = read(theirs, bytes, sizeof(bytes));
	assert_int_equal(read_count, sizeof(bytes));
	close(theirs);
	close(from);
	pump_in_done(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_character_in_two_pieces_is_one),
		cmocka_unit_test(a_character_that_never_ends_is_replaced),
		cmocka_unit_test(an_escape_in_two_pieces_commands_nothing),
		cmocka_unit_test(a_return_ends_a_line_once),
		cmocka_unit_test(what_is_no_terminal_gets_the_bytes),
		cmocka_unit_test(what_is_to_be_kept_is_kept),
		cmocka_unit_test(what_a_program_does_not_read_waits_and_is_not_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
