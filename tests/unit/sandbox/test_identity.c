// SPDX-License-Identifier: MIT
/* Which ids are somebody's already. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "identity.h"

static void subordinate_ids_are_delegated(void **state)
{
	static const char subuid[] = "alice:100000:65536\nbob:200000:10\n";
	(void)state;

	assert_false(identity_is_delegated(subuid, 99999));
	assert_true(identity_is_delegated(subuid, 100000));
	assert_true(identity_is_delegated(subuid, 165535));
	assert_false(identity_is_delegated(subuid, 165536));
	assert_true(identity_is_delegated(subuid, 200009));
}

static void a_container_maps_only_a_part(void **state)
{
	static const char map[] = "         0     100000      65536\n";
	(void)state;

	assert_true(identity_is_mapped(map, 65535));
	assert_false(identity_is_mapped(map, 65536));
	assert_false(identity_is_mapped(map, 1900000000));
}

static void junk_maps_nothing(void **state)
{
	(void)state;

	assert_false(identity_is_mapped("hello\n\n:", 0));
	assert_false(identity_is_delegated("::::\nalice:x:y\n", 0));
}

static void systemd_gives_ids_out_by_itself(void **state)
{
	static const uid_t its[] = { 60001, 60705, 61184, 65519, 65535, 524288, 1879048191 };
	static const uid_t free_ones[] = { 60000, 60706, 61183, 65520, 65534, 65536, 524287, 1879048192, 1900000000 };
	(void)state;

	for (size_t i = 0; i < sizeof(its) / sizeof(its[0]); i++)
		assert_true(identity_systemds_until(its[i]) >= its[i]);
	for (size_t i = 0; i < sizeof(free_ones) / sizeof(free_ones[0]); i++)
		assert_int_equal(identity_systemds_until(free_ones[i]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subordinate_ids_are_delegated),
		cmocka_unit_test(a_container_maps_only_a_part),
		cmocka_unit_test(junk_maps_nothing),
		cmocka_unit_test(systemd_gives_ids_out_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
