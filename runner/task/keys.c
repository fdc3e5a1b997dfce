// SPDX-License-Identifier: MIT
/*
 * Small readers on top of the key tables of base/json.h.
 */
#include "task/keys.h"

#include "task/expand.h"

#include <string.h>

int keys_strings(const struct json_at *at, const char *key, const struct json_key *element, bool unique,
	struct strings *out, struct err *e)
{
	struct json_at list = json_member(at, key);
	AUTO_STRINGS struct strings copy = { 0 };

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at item = json_element(&list, i);

		if (json_check_value(&item, element, e) < 0)
			return -1;
		if (unique && strings_find(&copy, json_as_string(&item)) >= 0)
			return json_fail(&item, e, "stands here twice");
		if (strings_add(&copy, json_as_string(&item), e) < 0)
			return -1;
	}
	*out = copy;
	copy = (struct strings){ 0 };
	return 0;
}

int keys_argv(const struct json_at *at, const char *key, struct strings *out, struct err *e)
{
	static const struct json_key size = { .kind = JSON_ARRAY_KIND, .min = 1, .max = 200 };
	static const struct json_key argument = { .kind = JSON_STRING_KIND, .max = 4096 };
	struct json_at list = json_member(at, key);
	AUTO_STRINGS struct strings argv = { 0 };

	if (json_check_value(&list, &size, e) < 0 || keys_strings(at, key, &argument, false, &argv, e) < 0)
		return -1;
	for (size_t i = 0; i < argv.count; i++) {
		struct json_at item = json_element(&list, i);
		struct err why = { 0 };

		if (i == 0 && !*argv.item[0])
			return json_fail(&item, e, "must not be empty: it names the program");
		if (!expand_is_valid(argv.item[i], &why))
			return json_fail(&item, e, "%s", why.text);
	}
	*out = argv;
	argv = (struct strings){ 0 };
	return 0;
}

int keys_word(const struct json_at *at, const char *key, const char *const *words, int *out, struct err *e)
{
	struct json_at member = json_member(at, key);

	return json_word(&member, words, out, e);
}

int keys_optional(const struct json_at *at, const char *key, char **out, struct err *e)
{
	const char *s = json_get_string(at, key, NULL);
	char *copy = s ? mem_copy(s, e) : NULL;

	if (s && !copy)
		return -1;
	*out = copy;
	return 0;
}

int keys_unique(const struct json_at *list, size_t index, const char *key, struct err *e)
{
	struct json_at item = json_element(list, index), member = json_member(&item, key);

	for (size_t i = 0; i < index; i++) {
		struct json_at earlier = json_element(list, i);

		if (strcmp(json_get_string(&earlier, key, ""), json_as_string(&member)) == 0)
			return json_fail(&member, e, "is taken: \"%s\" stands in line %u too", json_as_string(&member),
				json_line(&earlier));
	}
	return 0;
}
