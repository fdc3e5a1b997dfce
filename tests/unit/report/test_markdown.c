// SPDX-License-Identifier: MIT
#include "report/markdown.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* The only find of a text. */
static void finds(const char *text, enum markdown_danger danger, unsigned line, const char *what)
{
	AUTO(markdown_finds_done) struct markdown_finds found = { 0 };
	struct err e = { 0 };

	assert_int_equal(markdown_look(&found, text, strlen(text), &e), 0);

	assert_int_equal(found.count, 1);
	assert_int_equal(found.item[0].danger, danger);
	assert_int_equal(found.item[0].line, line);
	assert_string_equal(found.item[0].what, what);
}

static void finds_nothing(const char *text)
{
	AUTO(markdown_finds_done) struct markdown_finds found = { 0 };
	struct err e = { 0 };

	assert_int_equal(markdown_look(&found, text, strlen(text), &e), 0);

	if (found.count)
		fail_msg("%s: %s", text, found.item[0].what);
}

static void plain_texts_are_only_texts(void **state)
{
	(void)state;
	finds_nothing("");
	finds_nothing("# Title\n\nWords, *more* words, `code`.\n\n| a | b |\n|---|---|\n| 1 < 2 | x |\n");
	finds_nothing("[a](https://example.org) <mailto:x@example.org> [b](other.md#part) [c](//example.org/x) https://example.org");
	finds_nothing("![a diagram](images/parts.svg)\n");
}

static void what_code_quotes_is_text(void **state)
{
	(void)state;
	finds_nothing("`<script>` and\n\n```html\n<img src=x onerror=alert(1)>\n```\n\n    <b>indented</b>\n");
	finds_nothing("`[x](javascript:alert(1))`");
}

static void html_is_found_in_lines_and_in_blocks(void **state)
{
	(void)state;
	finds("Some\n\nwords and <b>more", MARKDOWN_RAW_HTML, 3, "<b>");
	finds("\n<script>alert(1)</script>\n", MARKDOWN_RAW_HTML, 2, "<script>alert(1)</script>\\n");
	finds("text\n\n<!-- a note to myself -->\n", MARKDOWN_RAW_HTML, 3, "<!-- a note to myself -->\\n");
}

static void links_that_act_are_found_however_they_are_written(void **state)
{
	(void)state;
	finds("[x](javascript:alert)", MARKDOWN_ACTIVE_LINK, 1, "javascript:alert");
	finds("[x](JaVaScript:alert)", MARKDOWN_ACTIVE_LINK, 1, "JaVaScript:alert");
	finds("[x](java&#115;cript:alert)", MARKDOWN_ACTIVE_LINK, 1, "javascript:alert");
	finds("[x](<java\tscript:alert>)", MARKDOWN_ACTIVE_LINK, 1, "java script:alert");
	finds("one\n\n[x][y]\n\n[y]: data:text/html,x\n", MARKDOWN_ACTIVE_LINK, 3, "data:text/html,x");
	finds("<vbscript:x>", MARKDOWN_ACTIVE_LINK, 1, "vbscript:x");
	finds("[x](aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:x)", MARKDOWN_ACTIVE_LINK, 1,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:x");
}

static void images_from_elsewhere_are_found(void **state)
{
	(void)state;
	finds("![x](https://example.org/x.png)", MARKDOWN_REMOTE_IMAGE, 1, "https://example.org/x.png");
	finds("![x](//example.org/x.png)", MARKDOWN_REMOTE_IMAGE, 1, "//example.org/x.png");
	finds("![x][y]\n\n[y]: HTTP://example.org/x.png\n", MARKDOWN_REMOTE_IMAGE, 1, "HTTP://example.org/x.png");
	finds("![x](data:image/svg+xml,x)", MARKDOWN_REMOTE_IMAGE, 1, "data:image/svg+xml,x");
}

static void only_so_many_are_told(void **state)
{
	AUTO(markdown_finds_done) struct markdown_finds found = { 0 };
	AUTO_TEXT struct text t = { 0 };
	struct err e = { 0 };
	(void)state;
	text_add_times(&t, "<b>\n\n", 1000);

	assert_int_equal(markdown_look(&found, t.bytes, t.length, &e), 0);

	assert_int_equal(found.count, MARKDOWN_MAX_FINDS);
}

static void a_text_beyond_the_limit_is_not_read(void **state)
{
	AUTO(markdown_finds_done) struct markdown_finds found = { 0 };
	AUTO_TEXT struct text t = { 0 };
	struct err e = { 0 };
	(void)state;
	text_add_times(&t, "x", MARKDOWN_MAX_BYTES + 1);

	assert_int_equal(markdown_look(&found, t.bytes, t.length, &e), -1);

	assert_int_equal(e.kind, ERR_LIMIT);
	assert_string_equal(e.text, "the text is larger than 256 KiB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_texts_are_only_texts),
		cmocka_unit_test(what_code_quotes_is_text),
		cmocka_unit_test(html_is_found_in_lines_and_in_blocks),
		cmocka_unit_test(links_that_act_are_found_however_they_are_written),
		cmocka_unit_test(images_from_elsewhere_are_found),
		cmocka_unit_test(only_so_many_are_told),
		cmocka_unit_test(a_text_beyond_the_limit_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
