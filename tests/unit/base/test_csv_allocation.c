// SPDX-License-Identifier: MIT
// link: -Wl,@tests/support/failing_alloc.link
/* Reading and writing a table refuses cleanly and leaks nothing, whichever allocation fails. */
#include "base/csv.h"
#include "support/failing_alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char table[] = "sep=;\r\nname;\"e-mail\"\r\nJ\xfcrgen;'=1+1\r\n;\r\n\"a\"\"b\r\nc\";d@x.org\r\n";

static int read_table(struct err *e)
{
	AUTO_CSV struct csv csv = { 0 };

	return csv_read(&csv, table, sizeof(table) - 1, 500, e);
}

static int write_table(struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	struct csv_writer writer;

	csv_begin(&writer, &t, ';');
	for (int i = 0; i < 40; i++)
		csv_add(&writer, "=1+1; and \"more\"");
	csv_end(&writer);
	return t.failed ? err_memory(e) : 0;
}

static void fail_each(int (*f)(struct err *), enum failing_mode mode)
{
	bool failed = true;

	for (size_t n = 0; failed; n++) {
		struct err e = { 0 };
		int said;

		failing_alloc_start(n, mode);
		said = f(&e);
		failed = failing_alloc_stop();

		assert_int_equal(said, failed ? -1 : 0);
		assert_int_equal(e.kind, failed ? ERR_SYSTEM : ERR_NONE);
		assert_int_equal(failing_alloc_balance(), 0);
	}
}

static void a_table_is_read_or_refused_cleanly(void **state)
{
	(void)state;
	fail_each(read_table, FAIL_ONCE);
	fail_each(read_table, FAIL_FROM_THEN_ON);
}

static void a_table_is_written_or_refused_cleanly(void **state)
{
	(void)state;
	fail_each(write_table, FAIL_ONCE);
	fail_each(write_table, FAIL_FROM_THEN_ON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_read_or_refused_cleanly),
		cmocka_unit_test(a_table_is_written_or_refused_cleanly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
