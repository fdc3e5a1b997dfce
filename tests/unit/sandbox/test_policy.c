// SPDX-License-Identifier: MIT
/* The filter compiles, fits where it is kept, and reads aloud. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy.h"

static void the_table_becomes_a_filter(void **state)
{
	static struct policy_filter filter;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(policy_compile(&filter, &f), 0);

	assert_in_range(filter.count, 100, POLICY_MAX_INSTRUCTIONS);
}

static void the_filter_that_was_built_in_is_the_tables(void **state)
{
	static struct policy_filter fresh;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(policy_compile(&fresh, &f), 0);

	assert_int_equal(policy_filter.count, fresh.count);
	assert_memory_equal(
		policy_filter.instructions, fresh.instructions, sizeof(fresh.instructions));
}

static void an_empty_filter_is_never_loaded(void **state)
{
	static const struct policy_filter filter;
	struct fault f = { 0 };
	(void)state;

	assert_int_equal(policy_load(&filter, &f), -1);

	assert_string_equal(f.text, "there is no filter to load");
}

static void the_table_says_what_is_left_out(void **state)
{
	static char text[32768];
	FILE *out = fmemopen(text, sizeof(text), "w");
	(void)state;

	policy_print(out);
	fclose(out);

	assert_non_null(strstr(text, "allow  clone if arg1&0x7e020000=0"));
	assert_null(strstr(text, "io_uring"));
	assert_null(strstr(text, "ptrace"));
	assert_non_null(strstr(text, "kill   foreign architectures"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_becomes_a_filter),
		cmocka_unit_test(the_filter_that_was_built_in_is_the_tables),
		cmocka_unit_test(an_empty_filter_is_never_loaded),
		cmocka_unit_test(the_table_says_what_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
