// SPDX-License-Identifier: MIT
/* Where our groups lie, on hosts with v1, v2, both and neither. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cgroup_find.h"

static const char hybrid_self[] =
	"9:name=systemd:/\n4:memory:/a/b\n2:cpu,cpuacct:/c\n8:pids:/\n0::/u\n";
static const char hybrid_mounts[] =
	"31 23 0:27 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
	"32 31 0:28 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n"
	"33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
	"34 31 0:30 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
	"35 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate\n";

static void each_controller_is_found_in_its_own_hierarchy(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, hybrid_self, hybrid_mounts);

	assert_string_equal(places.v1[CGROUP_MEMORY], "/sys/fs/cgroup/memory/a/b");
	assert_string_equal(places.v1[CGROUP_CPUACCT], "/sys/fs/cgroup/cpu,cpuacct/c");
	assert_string_equal(places.v1[CGROUP_PIDS], "/sys/fs/cgroup/pids");
	assert_string_equal(places.v2, "/sys/fs/cgroup/unified/u");
	assert_string_equal(places.v2_top, "/sys/fs/cgroup/unified");
}

static void a_pure_v2_host_has_no_v1(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, "0::/user.slice/x.scope\n",
		"1 0 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");

	assert_string_equal(places.v2, "/sys/fs/cgroup/user.slice/x.scope");
	assert_string_equal(places.v1[CGROUP_MEMORY], "");
}

static void a_containers_part_of_a_hierarchy_is_understood(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, "4:memory:/docker/X/y\n",
		"1 0 0:2 /docker/X /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");

	assert_string_equal(places.v1[CGROUP_MEMORY], "/sys/fs/cgroup/memory/y");
}

static void a_word_that_only_begins_alike_is_another(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, "4:memory2:/a\n", "1 0 0:2 / /m rw - cgroup cgroup rw,memory\n");

	assert_string_equal(places.v1[CGROUP_MEMORY], "");
}

static void the_first_mount_of_a_hierarchy_counts(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, "8:pids:/\n",
		"1 0 0:2 / /sys/pids rw - cgroup cgroup rw,pids\n"
		"2 0 0:2 / /tmp/copy rw - cgroup cgroup rw,pids\n");

	assert_string_equal(places.v1[CGROUP_PIDS], "/sys/pids");
}

static void nothing_is_found_in_nothing(void **state)
{
	struct cgroup_places places;
	(void)state;

	cgroup_find(&places, "", "");

	assert_string_equal(places.v2, "");
	assert_string_equal(places.v1[CGROUP_PIDS], "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_controller_is_found_in_its_own_hierarchy),
		cmocka_unit_test(a_pure_v2_host_has_no_v1),
		cmocka_unit_test(a_containers_part_of_a_hierarchy_is_understood),
		cmocka_unit_test(a_word_that_only_begins_alike_is_another),
		cmocka_unit_test(the_first_mount_of_a_hierarchy_counts),
		cmocka_unit_test(nothing_is_found_in_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
