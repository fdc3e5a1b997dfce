// SPDX-License-Identifier: MIT
#include "task/shadow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static void modules_of_python_and_of_its_runners_are_seen_in_every_form(void **state)
{
	static const char *const names[] = {
		"json.py", "random.py", "unittest.py", "pytest.py", "_pytest.py", "json.so", "random.cpython-311-x86_64-linux-gnu.so",
		"time.abi3.so", "unittest/__init__.py", "_pytest/__init__.py", "collections/__init__.cpython-311-x86_64-linux-gnu.so",
		"pluggy/__init__.pyc", "__future__.py",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!shadow_is(names[i]))
			fail_msg("%s is let through", names[i]);
}

static void headers_and_classes_are_seen_wherever_they_lie(void **state)
{
	static const char *const names[] = {
		"stdio.h", "include/assert.h", "unity.h", "test-framework/unity.c", "vector", "inc/iostream", "catch.hpp",
		"org/junit/Assert.java", "src/main/java/org/junit/Test.class", "junit/framework/TestCase.java",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!shadow_is(names[i]))
			fail_msg("%s is let through", names[i]);
}

static void names_that_nothing_would_take_for_a_librarys_are_no_shadows(void **state)
{
	static const char *const names[] = {
		"stack.py", "app/json.py", "app/queue.py", "json/data.py", "json.txt", "jsonx.py", "json", "json/sub/__init__.py",
		"test.py", "test/__init__.py", "tests/random.py", "random.c", "queue.c", "stdio.c", "vector.h", "my_unity.h",
		"Json.py", "solution.cpp", "org/junitx/Test.java", "notorg/junit/x.java", ".py", "__init__.py",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (shadow_is(names[i]))
			fail_msg("%s is held for a shadow", names[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modules_of_python_and_of_its_runners_are_seen_in_every_form),
		cmocka_unit_test(headers_and_classes_are_seen_wherever_they_lie),
		cmocka_unit_test(names_that_nothing_would_take_for_a_librarys_are_no_shadows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
