// SPDX-License-Identifier: MIT
/*
 * Reasons hold what a candidate's module is called and says, so they are kept as visible lines.
 */
#include "submission/bridge_record.h"

#include "base/json.h"
#include "base/text.h"

enum { MOST_TESTS = 5000, NAME_BYTES = 1 << 10, WHY_BYTES = 8 << 10 };

static const struct json_key record_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "self_judged", .kind = JSON_ARRAY_KIND, .required = true, .max = MOST_TESTS },
	{ .name = "refused", .kind = JSON_ARRAY_KIND, .required = true, .max = MOST_TESTS },
	{ .name = "profile", .kind = JSON_OBJECT_KIND, .nullable = true },
};

static const struct json_key judged_keys[] = {
	{ .name = "test", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "times", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1LL << 40 },
};

static const struct json_key refused_keys[] = {
	{ .name = "test", .kind = JSON_STRING_KIND, .required = true, .max = NAME_BYTES },
	{ .name = "why", .kind = JSON_STRING_KIND, .required = true, .max = WHY_BYTES },
};

static int read_judged(struct strings *out, const struct json_at *list, struct err *e)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		if (json_check(&at, judged_keys, sizeof(judged_keys) / sizeof(*judged_keys), e) < 0 ||
			strings_add(out, json_get_string(&at, "test", ""), e) < 0)
			return -1;
	}
	return 0;
}

static int read_refused(struct bridge_record *out, const struct json_at *list, struct err *e)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		if (json_check(&at, refused_keys, sizeof(refused_keys) / sizeof(*refused_keys), e) < 0 ||
			strings_add(&out->refused, json_get_string(&at, "test", ""), e) < 0 ||
			strings_take(&out->why, text_visible_line(json_get_string(&at, "why", ""), e), e) < 0)
			return -1;
	}
	return 0;
}

int bridge_record_parse(struct bridge_record *out, const char *bytes, size_t size, struct err *e)
{
	AUTO(bridge_record_done) struct bridge_record made = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_JSON struct json *profile = NULL;
	struct json_at root, judged, refused, at;

	if (json_doc_parse(&doc, "bridge.json", bytes, size, e) < 0)
		return -1;
	root = json_root(doc);
	if (json_check(&root, record_keys, sizeof(record_keys) / sizeof(*record_keys), e) < 0)
		return -1;
	judged = json_member(&root, "self_judged");
	refused = json_member(&root, "refused");
	at = json_member(&root, "profile");
	if (read_judged(&made.self_judged, &judged, e) < 0 || read_refused(&made, &refused, e) < 0)
		return -1;
	if (at.value) {
		profile = json_copy_value(&at);
		if (json_render(profile, JSON_STYLE_COMPACT, &made.profile, e) < 0)
			return -1;
	}
	*out = made;
	made = (struct bridge_record){ 0 };
	return 0;
}

void bridge_record_done(struct bridge_record *record)
{
	strings_done(&record->self_judged);
	strings_done(&record->refused);
	strings_done(&record->why);
	free(record->profile);
	free(record->lost);
	*record = (struct bridge_record){ 0 };
}
