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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subordinate_ids_are_delegated),
		cmocka_unit_test(a_container_maps_only_a_part),
		cmocka_unit_test(junk_maps_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
