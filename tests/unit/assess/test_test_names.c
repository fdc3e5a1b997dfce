// SPDX-License-Identifier: MIT
#include "assess/test_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct suite suite;

/* Whether the source of the test that a report names so is found in the text. */
static bool finds(const char *name, const char *text)
{
	struct manifest_test test = { .name = (char *)name, .suite = (char *)"unit", .visibility = suite.visibility };
	const struct task task = { .suites = &suite, .suite_count = 1, .manifest = { .tests = &test, .test_count = 1 } };

	return test_names_stand_in(&task, text, strlen(text));
}

static int set_up(void **state)
{
	(void)state;
	suite = (struct suite){ .id = (char *)"unit", .against = AGAINST_SHARED, .report = REPORT_JUNIT,
		.visibility = VISIBILITY_HIDDEN };
	return 0;
}

static void a_test_is_known_by_its_function(void **state)
{
	(void)state;
	assert_true(finds("test_queue.Orders.test_kept[10-7]", "    def test_kept(self):"));
	assert_true(finds("pkg.QueueTest.keepsOrder()", "void keepsOrder() {"));
	assert_true(finds("example.org/queue.TestKeep/one", "func TestKeep(t *testing.T) {"));
	assert_true(finds("test_most_years_are_none", "RUN(test_most_years_are_none);"));
}

static void or_by_its_title(void **state)
{
	(void)state;
	assert_true(finds("queue > keeps the order", "it(\"keeps the order\", () => {"));
	assert_true(finds("queue > adds", "it('adds', () => {"));
	assert_true(finds("chunk > 1.5 is rounded", "test(`1.5 is rounded`, f)"));
}

static void reports_put_classes_and_modules_before(void **state)
{
	(void)state;
	assert_true(finds("queue.tests::keeps_order", "fn keeps_order() {"));
	assert_true(finds("t.global.keeps the order", "TEST_CASE(\"keeps the order\") {"));
	assert_true(finds("Queue keeps the order.keeps the order", "it('keeps the order', f)"));
	assert_true(finds("QTest.testSizes with data set #1", "function testSizes($n) {"));
	assert_false(finds("Queue.keeps the order", "keeps the door"));
}

static void parts_of_words_are_none(void **state)
{
	(void)state;
	assert_false(finds("test_queue.test_kept_open", "def test_kept_open_for_long():"));
	assert_false(finds("queue > adds", "adding(\"badds\") loads("));
}

static void short_words_must_look_like_a_test(void **state)
{
	(void)state;
	assert_false(finds("queue > name", "{\"name\": \"a name\"}"));
	assert_true(finds("queue > name", "test(\"name\", f)"));
	assert_true(finds("Queue.name", "void name() {"));
	assert_false(finds("", "()"));
}

static void and_not_like_a_call(void **state)
{
	static const char *const calls[] = { "const first = take(3);\n\treturn take(4);", "items.take(3)\nawait take(5)",
		"take(3)", "if (x > take(3)) {", "while (a && take(n - 1)) {", "(void)take(3);", "char *take(void);", "3 take(4)",
		"case take(3):", "take(3", "take(", "if ok && take(x) {",
		"if x > take(y) {", "x * take(b) {", "  take(a).then(x => {", "  take(x) || {};", "x => take(x) {" };
	(void)state;

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		assert_false(finds("take", calls[i]));
	assert_true(finds("take", "test('take', () => {"));
}

static void a_function_is_defined_in_many_ways(void **state)
{
	static const char *const definitions[] = { "\tpublic void take() {", "fn  take() {", "async def take(self):",
		"take() {\n",
		"func (s *Suite) take() {", "static void\ntake(void **state)\n{", "char *take(void)\n{",
		"std::vector<int> take() const {", "void Queue::take() {", "List<String> take(int n) throws X {",
		"  take(n, m = (1 + 2)) {", "function* take() {", "fun <T> take() {", "int[] take(\n\tint n) {",
		"T& take() {", "const T* take() {" };
	(void)state;

	for (size_t i = 0; i < sizeof(definitions) / sizeof(*definitions); i++)
		assert_true(finds("Queue.take", definitions[i]));
}

static void parentheses_that_nobody_closes_take_no_time(void **state)
{
	static char text[64 << 10];
	(void)state;

	for (size_t i = 0; i + 7 <= sizeof(text); i += 7)
		memcpy(text + i, "\ntake((", 7);
	assert_false(finds("take", text));
}

static void what_everybody_sees_is_none(void **state)
{
	(void)state;
	suite.visibility = VISIBILITY_VISIBLE;
	assert_false(finds("test_queue.test_kept", "def test_kept():"));
}

static void nor_is_a_name_that_a_visible_test_has_too(void **state)
{
	struct manifest_test tests[] = {
		{ .name = (char *)"test_queue.test_kept", .suite = (char *)"unit", .visibility = VISIBILITY_HIDDEN },
		{ .name = (char *)"test_queue.test_kept", .suite = (char *)"shown", .visibility = VISIBILITY_VISIBLE },
	};
	struct task task = { .suites = &suite, .suite_count = 1, .manifest = { .tests = tests, .test_count = 2 } };
	(void)state;

	assert_false(test_names_stand_in(&task, "def test_kept():", strlen("def test_kept():")));
	task.manifest.test_count = 1;
	assert_true(test_names_stand_in(&task, "def test_kept():", strlen("def test_kept():")));
}

static void nor_is_an_exit_status(void **state)
{
	(void)state;
	suite.report = REPORT_EXIT;
	assert_false(finds("integration", "an integration of all"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_test_is_known_by_its_function, set_up),
		cmocka_unit_test_setup(or_by_its_title, set_up),
		cmocka_unit_test_setup(parts_of_words_are_none, set_up),
		cmocka_unit_test_setup(short_words_must_look_like_a_test, set_up),
		cmocka_unit_test_setup(and_not_like_a_call, set_up),
		cmocka_unit_test_setup(a_function_is_defined_in_many_ways, set_up),
		cmocka_unit_test_setup(reports_put_classes_and_modules_before, set_up),
		cmocka_unit_test_setup(parentheses_that_nobody_closes_take_no_time, set_up),
		cmocka_unit_test_setup(what_everybody_sees_is_none, set_up),
		cmocka_unit_test_setup(nor_is_a_name_that_a_visible_test_has_too, set_up),
		cmocka_unit_test_setup(nor_is_an_exit_status, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
