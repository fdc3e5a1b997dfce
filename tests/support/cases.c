// SPDX-License-Identifier: MIT
#include "support/cases.h"

#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { MOST_CASES = 1000, MOST_BYTES = 32 << 20 };

/* Adds the claims of a topic behind those that are there; their names are paths that `names` owns. */
static void add_topic(const struct cases_topic *topic, struct strings *names, struct CMUnitTest **tests)
{
	AUTO_STRINGS struct strings found = { 0 };
	struct err e = { 0 };

	if (fs_list(&found, AT_FDCWD, topic->dir, MOST_CASES, &e) < 0 || found.count == 0) {
		fprintf(stderr, "%s: %s\n", topic->dir, e.kind ? e.text : "no cases");
		exit(1);
	}
	for (size_t i = 0; i < found.count; i++) {
		char *path = mem_format(NULL, "%s/%s", topic->dir, found.item[i]);
		struct CMUnitTest *test = mem_push(tests, names->count, sizeof(*test), NULL);

		if (!test || strings_take(names, path, NULL) < 0)
			exit(1);
		*test = (struct CMUnitTest){ .name = path, .test_func = topic->test, .initial_state = path };
	}
}

int cases_run(const char *name, const struct cases_topic *topics, size_t count)
{
	struct strings names = { 0 };
	struct CMUnitTest *tests = NULL;
	int failed;

	for (size_t i = 0; i < count; i++)
		add_topic(&topics[i], &names, &tests);
	failed = _cmocka_run_group_tests(name, tests, names.count, NULL, NULL);
	strings_done(&names);
	free(tests);
	return failed;
}

char *cases_read(const char *dir, const char *file, size_t *size)
{
	AUTO_FREE char *path = mem_format(NULL, "%s/%s", dir, file);
	struct err e = { 0 };
	char *bytes = NULL;

	if (fs_read(&bytes, size, AT_FDCWD, path, MOST_BYTES, &e) < 0)
		fail_msg("%s", e.text);
	return bytes;
}

struct json_doc *cases_load(const char *dir, const char *file)
{
	AUTO_FREE char *path = mem_format(NULL, "%s/%s", dir, file);
	struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (json_doc_load(&doc, AT_FDCWD, path, path, &e) < 0)
		fail_msg("%s", e.text);
	return doc;
}

void cases_assert_text(const char *dir, const char *file, const char *got)
{
	AUTO_FREE char *path = mem_format(NULL, "%s/%s", dir, file);
	AUTO_FREE char *wanted = NULL;
	struct err e = { 0 };
	size_t size;

	if (fs_read(&wanted, &size, AT_FDCWD, path, MOST_BYTES, &e) == 0 && strcmp(wanted, got) == 0)
		return;
	/* Not through cmocka, whose messages end after a thousand bytes. */
	fprintf(stderr, "%s: what came out:\n%s", path, got);
	fail();
}

void cases_assert_json_take(const char *dir, const char *file, struct json *got)
{
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };
	int status = json_render(got, JSON_STYLE_PRETTY, &text, &e);

	json_free(got);
	if (status < 0)
		fail_msg("%s", e.text);
	cases_assert_text(dir, file, text);
}
