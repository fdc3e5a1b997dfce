// SPDX-License-Identifier: MIT
/*
 * The table of keys ends where the names are somebody's own: what a test used is named as the module names it.
 */
#include "task/profile.h"

#include "base/fs.h"
#include "base/mem.h"
#include "task/keys.h"

#include <string.h>

enum { MOST_SUITES = 50, MOST_TESTS = 5000, MOST_NAMES = 2000, MOST_EXPORTS = 2000, NAME_BYTES = 1 << 10, WORDS_BYTES = 200 };

static const struct json_key profile_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "suites", .kind = JSON_ARRAY_KIND, .required = true, .max = MOST_SUITES },
};

static const struct json_key suite_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "exports", .kind = JSON_ARRAY_KIND, .required = true, .max = MOST_EXPORTS },
	{ .name = "tests", .kind = JSON_ARRAY_KIND, .required = true, .max = MOST_TESTS },
};

static const struct json_key test_keys[] = {
	{ .name = "name", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "gives", .kind = JSON_OBJECT_KIND, .required = true },
};

static const char *const kinds[] = { "none", "plain", "container", "iterator", "object", "changes", "set" };

static bool is_kind(const char *word, size_t length)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strlen(kinds[i]) == length && strncmp(kinds[i], word, length) == 0)
			return true;
	return false;
}

/* "plain container" */
static int check_words(const struct json_at *at, struct err *e)
{
	static const struct json_key words = { .kind = JSON_STRING_KIND, .max = WORDS_BYTES };
	const char *word;

	if (json_check_value(at, &words, e) < 0)
		return -1;
	for (word = json_as_string(at); *word;) {
		size_t length = strcspn(word, " ");

		if (!is_kind(word, length))
			return json_fail(at, e, "must be words such as \"plain\", with a space between them");
		word += length + (word[length] == ' ');
	}
	return 0;
}

static int check_test(const struct json_at *at, struct err *e)
{
	struct json_at gives;

	if (keys_check(at, test_keys, e) < 0)
		return -1;
	gives = json_member(at, "gives");
	if (json_count(&gives) > MOST_NAMES)
		return json_fail(&gives, e, "has more than %d names", MOST_NAMES);
	for (size_t i = 0; i < json_count(&gives); i++) {
		struct json_at words = json_member_at(&gives, i);

		if (check_words(&words, e) < 0)
			return -1;
	}
	return 0;
}

static int check_suite(const struct json_at *at, struct err *e)
{
	static const struct json_key name = { .kind = JSON_STRING_KIND, .max = NAME_BYTES };
	struct json_at exports, tests;

	if (keys_check(at, suite_keys, e) < 0)
		return -1;
	exports = json_member(at, "exports");
	for (size_t i = 0; i < json_count(&exports); i++) {
		struct json_at item = json_element(&exports, i);

		if (json_check_value(&item, &name, e) < 0)
			return -1;
	}
	tests = json_member(at, "tests");
	for (size_t i = 0; i < json_count(&tests); i++) {
		struct json_at test = json_element(&tests, i);

		if (check_test(&test, e) < 0)
			return -1;
	}
	return 0;
}

static int add_suite(struct profile *profile, const struct json_at *at, struct err *e)
{
	AUTO_JSON struct json *value = json_copy_value(at);
	struct profile_suite *suite;
	const char *id = json_get_string(at, "id", "");

	if (profile_of(profile, id))
		return json_fail(at, e, "is the suite %s once more", id);
	suite = mem_push(&profile->suites, profile->count, sizeof(*suite), e);
	if (!suite)
		return -1;
	profile->count++;
	suite->id = mem_copy(id, e);
	return suite->id ? json_render(value, JSON_STYLE_COMPACT, &suite->text, e) : -1;
}

int profile_parse(struct profile *out, const struct json_doc *doc, struct err *e)
{
	AUTO(profile_done) struct profile made = { 0 };
	struct json_at root = json_root(doc), suites;

	if (keys_check(&root, profile_keys, e) < 0)
		return -1;
	suites = json_member(&root, "suites");
	for (size_t i = 0; i < json_count(&suites); i++) {
		struct json_at suite = json_element(&suites, i);

		if (check_suite(&suite, e) < 0 || add_suite(&made, &suite, e) < 0)
			return -1;
	}
	*out = made;
	made = (struct profile){ 0 };
	return 0;
}

int profile_load(struct profile *out, int dir_fd, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	if (!fs_exists(dir_fd, PROFILE_FILE))
		return err_set(e, ERR_INVALID,
			PROFILE_FILE " is missing, without which a suite against a module can't be run: `assay task pin` writes it");
	if (json_doc_load(&doc, dir_fd, PROFILE_FILE, PROFILE_FILE, e) < 0)
		return -1;
	return profile_parse(out, doc, e);
}

int profile_render(const struct profile *profile, char **out, struct err *e)
{
	AUTO_JSON struct json *document = NULL;
	struct json *suites = json_new_array();

	for (size_t i = 0; i < profile->count; i++)
		json_append_take(&suites, json_parse_value(profile->suites[i].text, strlen(profile->suites[i].text)));
	document = json_pack_new("{s:i, s:o}", "format", 1, "suites", suites);
	return json_render(document, JSON_STYLE_PRETTY, out, e);
}

const char *profile_of(const struct profile *profile, const char *suite)
{
	for (size_t i = 0; i < profile->count; i++)
		if (strcmp(profile->suites[i].id, suite) == 0)
			return profile->suites[i].text;
	return NULL;
}

int profile_set(struct profile *profile, const char *suite, const char *text, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *copy = mem_copy(text, e);
	struct json_at root;
	struct profile_suite *added;

	if (!copy || json_doc_parse(&doc, PROFILE_FILE, text, strlen(text), e) < 0)
		return -1;
	root = json_root(doc);
	if (check_suite(&root, e) < 0)
		return -1;
	for (size_t i = 0; i < profile->count; i++) {
		if (strcmp(profile->suites[i].id, suite) == 0) {
			free(profile->suites[i].text);
			profile->suites[i].text = take_ptr(&copy);
			return 0;
		}
	}
	added = mem_push(&profile->suites, profile->count, sizeof(*added), e);
	if (!added)
		return -1;
	profile->count++;
	added->text = take_ptr(&copy);
	added->id = mem_copy(suite, e);
	return added->id ? 0 : -1;
}

void profile_done(struct profile *profile)
{
	for (size_t i = 0; i < profile->count; i++) {
		free(profile->suites[i].id);
		free(profile->suites[i].text);
	}
	free(profile->suites);
	*profile = (struct profile){ 0 };
}
