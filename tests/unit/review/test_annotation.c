// SPDX-License-Identifier: MIT
#include "review/annotation.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char change[] =
	"# a word of ours\n"
	"diff --git a/app/store.py b/app/store.py\n"
	"--- a/app/store.py\n"
	"+++ b/app/store.py\n"
	"@@ -10,4 +10,4 @@\n"
	" def find(name):\n"       /* 10 */
	"-- old\n"                 /* old 11 */
	"+    query = name\n"      /* 11 */
	"\n"                       /* 12, whose blank an editor took */
	" return query\n"          /* 13 */
	"diff --git a/gone.py b/gone.py\n"
	"--- a/gone.py\n"
	"+++ /dev/null\n"
	"@@ -1,1 +0,0 @@\n"
	"-print(1)\n";

/* The change with `words` behind its line number `line` (from 1). */
static void take(struct comments *out, int line, const char *words)
{
	AUTO_TEXT struct text t = { 0 };
	struct err e = { 0 };
	int at = 0;

	for (const char *p = change; *p; p++) {
		text_add_bytes(&t, p, 1);
		if (*p == '\n' && ++at == line)
			text_add(&t, words);
	}
	assert_int_equal(annotation_take(out, "change.diff", text_bytes(&t), t.length, &e), 0);
}

static void assert_place(int line, const char *file, int expected, bool old_side)
{
	AUTO(comments_done) struct comments comments = { 0 };

	take(&comments, line, "#> here\n");
	assert_int_equal(comments.count, 1);
	if (file)
		assert_string_equal(comments.item[0].file, file);
	else
		assert_null(comments.item[0].file);
	assert_int_equal(comments.item[0].line, expected);
	assert_int_equal(comments.item[0].old_side, old_side);
	assert_string_equal(comments.item[0].text, "here");
}

static void a_comment_is_about_the_line_above_it(void **state)
{
	(void)state;
	assert_place(1, NULL, 0, false);
	assert_place(4, "app/store.py", 0, false);
	assert_place(6, "app/store.py", 10, false);
	assert_place(7, "app/store.py", 11, true);
	assert_place(8, "app/store.py", 11, false);
	assert_place(9, "app/store.py", 12, false);
	assert_place(10, "app/store.py", 13, false);
	assert_place(15, "gone.py", 1, true);
}

static void lines_in_a_row_are_one_comment(void **state)
{
	AUTO(comments_done) struct comments comments = { 0 };

	(void)state;
	take(&comments, 8, "#> [critical, security] first\n#>   second\n#>\n#> [tests] another\n");
	assert_int_equal(comments.count, 2);
	assert_string_equal(comments.item[0].text, "first\nsecond");
	assert_int_equal(comments.item[0].severity, SEVERITY_CRITICAL);
	assert_int_equal(comments.item[0].category, CATEGORY_SECURITY);
	assert_string_equal(comments.item[1].text, "another");
	assert_int_equal(comments.item[1].category, CATEGORY_TESTS);
	assert_int_equal(comments.item[1].line, 11);
}

static void brackets_with_other_words_are_text(void **state)
{
	AUTO(comments_done) struct comments comments = { 0 };

	(void)state;
	take(&comments, 8, "#> [0] is never checked\n");
	assert_string_equal(comments.item[0].text, "[0] is never checked");
	assert_int_equal(comments.item[0].severity, SEVERITY_NONE);
}

static void a_change_without_words_has_no_comment(void **state)
{
	AUTO(comments_done) struct comments comments = { 0 };

	(void)state;
	take(&comments, 8, "");
	assert_int_equal(comments.count, 0);
	assert_false(annotation_has_any(change, strlen(change)));
	assert_true(annotation_has_any("x\n#> y", 6));
	assert_false(annotation_has_any("x #> y", 6));
}

static void ids_keep_clear_of_those_that_are_there(void **state)
{
	AUTO(comments_done) struct comments comments = { 0 };
	static const char json[] = "{\"format\":1,\"comments\":[{\"id\":\"a2\",\"text\":\"x\"}]}";
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(json_doc_parse(&doc, "comments.json", json, strlen(json), &e), 0);
	assert_int_equal(comments_parse(&comments, doc, &e), 0);
	take(&comments, 8, "#> here\n");
	assert_int_equal(comments.count, 2);
	assert_string_not_equal(comments.item[1].id, "a2");
}

static void too_much_is_refused_with_its_line_and_leaves_nothing(void **state)
{
	AUTO(comments_done) struct comments comments = { 0 };
	AUTO_TEXT struct text t = { 0 };
	struct err e = { 0 };

	(void)state;
	for (int i = 0; i < 600; i++)
		text_add(&t, "#> x\n\n");
	assert_int_equal(annotation_take(&comments, "change.diff", text_bytes(&t), t.length, &e), -1);
	assert_int_equal(e.kind, ERR_LIMIT);
	assert_non_null(strstr(e.text, "change.diff:1001: "));
	assert_int_equal(comments.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_comment_is_about_the_line_above_it),
		cmocka_unit_test(lines_in_a_row_are_one_comment),
		cmocka_unit_test(brackets_with_other_words_are_text),
		cmocka_unit_test(a_change_without_words_has_no_comment),
		cmocka_unit_test(ids_keep_clear_of_those_that_are_there),
		cmocka_unit_test(too_much_is_refused_with_its_line_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
