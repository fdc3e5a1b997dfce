// SPDX-License-Identifier: MIT
#include "review/comment.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int parse(struct comments *out, const char *text, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	assert_int_equal(json_doc_parse(&doc, "comments.json", text, strlen(text), e), 0);
	return comments_parse(out, doc, e);
}

static void assert_refused(const char *list, const char *sentence)
{
	struct comments comments = { 0 };
	struct err e = { 0 };
	AUTO_FREE char *text = mem_format(&e, "{\"format\":1,\"comments\":[\n%s]}", list);

	assert_int_equal(parse(&comments, text, &e), -1);

	assert_int_equal(e.kind, ERR_INVALID);
	assert_string_equal(e.text, sentence);
	assert_null(comments.item);
}

static void a_comment_has_all_that_it_says(void **state)
{
	struct comments comments = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&comments, "{\"format\":1,\"comments\":[{\"id\":\"x\",\"file\":\"a.c\",\"line\":3,"
		"\"end_line\":5,\"side\":\"old\",\"severity\":\"critical\",\"category\":\"error-handling\",\"text\":\"t\","
		"\"suggestion\":\"s\"}]}", &e), 0);

	assert_string_equal(comments.item[0].file, "a.c");
	assert_int_equal(comments.item[0].line, 3);
	assert_int_equal(comments.item[0].end_line, 5);
	assert_true(comments.item[0].old_side);
	assert_int_equal(comments.item[0].severity, SEVERITY_CRITICAL);
	assert_int_equal(comments.item[0].category, CATEGORY_ERROR_HANDLING);
	assert_string_equal(comments.item[0].suggestion, "s");
	comments_done(&comments);
}

static void only_the_text_is_needed(void **state)
{
	struct comments comments = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&comments,
		"{\"format\":1,\"comments\":[{\"text\":\"t\",\"file\":null,\"line\":null,\"category\":null}]}", &e), 0);

	assert_string_equal(comments.item[0].id, "c1");
	assert_null(comments.item[0].file);
	assert_int_equal(comments.item[0].line, 0);
	assert_int_equal(comments.item[0].end_line, 0);
	assert_int_equal(comments.item[0].category, CATEGORY_NONE);
	assert_int_equal(comments.item[0].severity, SEVERITY_NONE);
	assert_null(comments.item[0].suggestion);
	comments_done(&comments);
}

static void an_id_that_is_given_is_not_taken_by_one_that_is_not(void **state)
{
	struct comments comments = { 0 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(parse(&comments,
		"{\"format\":1,\"comments\":[{\"text\":\"a\"},{\"text\":\"b\",\"id\":\"c1\"},{\"text\":\"c\"}]}", &e), 0);

	assert_string_equal(comments.item[0].id, "c2");
	assert_string_equal(comments.item[1].id, "c1");
	assert_string_equal(comments.item[2].id, "c3");
	comments_done(&comments);
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;

	assert_refused("{}", "comments.json:2: /comments/0 lacks \"text\"");
	assert_refused("{\"text\":\"\"}", "comments.json:2: /comments/0/text must not be empty");
	assert_refused("{\"text\":\"t\",\"line\":3}", "comments.json:2: /comments/0/line needs a file beside it");
	assert_refused("{\"text\":\"t\",\"file\":\"a\",\"end_line\":3}",
		"comments.json:2: /comments/0/end_line needs a line beside it");
	assert_refused("{\"text\":\"t\",\"file\":\"a\",\"line\":3,\n\"end_line\":2}",
		"comments.json:3: /comments/0/end_line lies before the line where it begins");
	assert_refused("{\"text\":\"t\",\"side\":\"left\"}", "comments.json:2: /comments/0/side must be \"new\" or \"old\"");
	assert_refused("{\"text\":\"t\",\"id\":\"x\"},\n{\"text\":\"u\",\"id\":\"x\"}",
		"comments.json:3: /comments/1/id is the id of another comment already");
	assert_refused("{\"text\":\"t\",\"colour\":1}", "comments.json:2: /comments/0/colour is no key that is known here");
}

static void five_hundred_comments_are_read_and_one_more_is_refused(void **state)
{
	struct comments comments = { 0 };
	struct err e = { 0 };
	AUTO_TEXT struct text list = { 0 };
	(void)state;

	text_add_times(&list, "{\"text\":\"t\"},", 499);
	text_add(&list, "{\"text\":\"t\"}");
	AUTO_FREE char *enough = mem_format(&e, "{\"format\":1,\"comments\":[%s]}", text_bytes(&list));
	AUTO_FREE char *too_many = mem_format(&e, "{\"format\":1,\"comments\":[{\"text\":\"t\"},%s]}", text_bytes(&list));

	assert_int_equal(parse(&comments, enough, &e), 0);
	assert_int_equal(comments.count, 500);
	comments_done(&comments);
	assert_int_equal(parse(&comments, too_many, &e), -1);
}

static void what_was_read_is_written_as_it_was(void **state)
{
	static const char text[] = "{\"format\":1,\"comments\":[{\"id\":\"c1\",\"file\":\"a.c\",\"line\":3,\"end_line\":3,"
				   "\"side\":\"new\",\"severity\":\"minor\",\"category\":\"api\",\"text\":\"t\"}]}";
	struct comments comments = { 0 };
	struct err e = { 0 };
	AUTO_JSON struct json *value = NULL;
	AUTO_FREE char *written = NULL;
	(void)state;

	assert_int_equal(parse(&comments, text, &e), 0);
	value = comments_json(&comments);
	assert_int_equal(json_render(value, JSON_STYLE_COMPACT, &written, &e), 0);

	assert_string_equal(written, text);
	comments_done(&comments);
}

static void every_category_is_known_by_its_name(void **state)
{
	enum category category = CATEGORY_NONE;
	enum severity severity = SEVERITY_NONE;
	(void)state;

	assert_true(category_parse("readability", &category));
	assert_int_equal(category, CATEGORY_READABILITY);
	assert_string_equal(category_name(CATEGORY_ERROR_HANDLING), "error-handling");
	assert_string_equal(category_name(CATEGORY_NONE), "none");
	assert_false(category_parse("none", &category));
	assert_true(severity_parse("note", &severity));
	assert_int_equal(severity, SEVERITY_NOTE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_comment_has_all_that_it_says),
		cmocka_unit_test(only_the_text_is_needed),
		cmocka_unit_test(an_id_that_is_given_is_not_taken_by_one_that_is_not),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(five_hundred_comments_are_read_and_one_more_is_refused),
		cmocka_unit_test(what_was_read_is_written_as_it_was),
		cmocka_unit_test(every_category_is_known_by_its_name),
	};

	return cmocka_run_group_tests_name("comment", tests, NULL, NULL);
}
