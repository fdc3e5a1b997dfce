// SPDX-License-Identifier: MIT
/*
 * What must be equal for two results to be compared. One table of fields serves reading, writing and comparing, so
 * that a field can't be pinned and then forgotten by one of them.
 */
#include "score/result.h"

#include "base/text.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	size_t offset;
} texts[] = {
	{ "task_repo", offsetof(struct pins, task_repo) },
	{ "task_commit", offsetof(struct pins, task_commit) },
	{ "task", offsetof(struct pins, task) },
	{ "task_tree", offsetof(struct pins, task_tree) },
	{ "manifest", offsetof(struct pins, manifest) },
	{ "box_policy", offsetof(struct pins, box_policy) },
	{ "limits_mode", offsetof(struct pins, limits_mode) },
	{ "assay", offsetof(struct pins, assay) },
};
enum { TEXTS = sizeof(texts) / sizeof(*texts) };

static const struct {
	const char *name;
	size_t offset;
} numbers[] = {
	{ "wall_ms", offsetof(struct limits, wall_ms) },
	{ "cpu_ms", offsetof(struct limits, cpu_ms) },
	{ "memory_mib", offsetof(struct limits, memory_mib) },
	{ "processes", offsetof(struct limits, processes) },
	{ "output_kib", offsetof(struct limits, output_kib) },
	{ "disk_mib", offsetof(struct limits, disk_mib) },
};
enum { NUMBERS = sizeof(numbers) / sizeof(*numbers) };

static char **text_of(const struct pins *pins, size_t i)
{
	return (char **)(void *)((char *)(uintptr_t)pins + texts[i].offset);
}

static int64_t *number_of(const struct limits *limits, size_t i)
{
	return (int64_t *)(void *)((char *)(uintptr_t)limits + numbers[i].offset);
}

void pins_done(struct pins *pins)
{
	for (size_t i = 0; i < TEXTS; i++)
		free(*text_of(pins, i));
	for (size_t i = 0; i < pins->version_count; i++) {
		free(pins->versions[i].name);
		free(pins->versions[i].version);
	}
	free(pins->versions);
	*pins = (struct pins){ 0 };
}

static int fill_copy(struct pins *to, const struct pins *from, struct err *e)
{
	for (size_t i = 0; i < TEXTS; i++)
		if (*text_of(from, i) && !(*text_of(to, i) = mem_copy(*text_of(from, i), e)))
			return -1;
	to->limits = from->limits;
	to->tester_limits = from->tester_limits;
	for (size_t i = 0; i < from->version_count; i++) {
		struct version *version = mem_push(&to->versions, to->version_count, sizeof(*version), e);
		const char *number = from->versions[i].version;

		if (!version)
			return -1;
		to->version_count++;
		version->name = mem_copy(from->versions[i].name, e);
		version->version = number ? mem_copy(number, e) : NULL;
		if (!version->name || (number && !version->version))
			return -1;
	}
	return 0;
}

int pins_copy(struct pins *out, const struct pins *from, struct err *e)
{
	struct pins pins = { 0 };

	if (fill_copy(&pins, from, e) < 0) {
		pins_done(&pins);
		return -1;
	}
	*out = pins;
	return 0;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_limits(const struct limits *a, const struct limits *b)
{
	for (size_t i = 0; i < NUMBERS; i++)
		if (*number_of(a, i) != *number_of(b, i))
			return false;
	return true;
}

static bool same_versions(const struct pins *a, const struct pins *b)
{
	if (a->version_count != b->version_count)
		return false;
	for (size_t i = 0; i < a->version_count; i++)
		if (!same_text(a->versions[i].name, b->versions[i].name) ||
			!same_text(a->versions[i].version, b->versions[i].version))
			return false;
	return true;
}

const char *pins_difference(const struct pins *a, const struct pins *b)
{
	for (size_t i = 0; i < TEXTS; i++)
		if (!same_text(*text_of(a, i), *text_of(b, i)))
			return texts[i].name;
	if (!same_limits(&a->limits, &b->limits))
		return "limits";
	if (!same_limits(&a->tester_limits, &b->tester_limits))
		return "tester_limits";
	return same_versions(a, b) ? NULL : "versions";
}

static const char *known(const char *s)
{
	return s && *s ? s : "–";
}

/* The limits in which two differ, as "wall_ms 30000, disk_mib 64". */
static int describe_limits(char **out, const struct limits *limits, const struct limits *other, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < NUMBERS; i++)
		if (*number_of(limits, i) != *number_of(other, i))
			text_addf(&t, "%s%s %lld", t.length ? ", " : "", numbers[i].name,
				(long long)*number_of(limits, i));
	return text_take(&t, out, e);
}

static const char *version_of(const struct pins *pins, const char *name)
{
	for (size_t i = 0; i < pins->version_count; i++)
		if (strcmp(pins->versions[i].name, name) == 0)
			return known(pins->versions[i].version);
	return "–";
}

/* Those of one side that differ from the other's, as "python3 3.11.2". */
static int describe_versions(char **out, const struct pins *pins, const struct pins *other, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	for (size_t i = 0; i < pins->version_count; i++) {
		const char *name = pins->versions[i].name;

		if (strcmp(version_of(pins, name), version_of(other, name)) != 0)
			text_addf(&t, "%s%s %s", t.length ? ", " : "", name, version_of(pins, name));
	}
	if (!t.length)
		text_add(&t, "–");
	return text_take(&t, out, e);
}

static int visit_limits(const char *field, const struct limits *a, const struct limits *b, pins_visit *each,
	void *context, struct err *e)
{
	AUTO_FREE char *first = NULL, *other = NULL;

	if (same_limits(a, b))
		return 0;
	if (describe_limits(&first, a, b, e) < 0 || describe_limits(&other, b, a, e) < 0)
		return -1;
	return each(context, field, first, other, e);
}

int pins_walk_differences(const struct pins *a, const struct pins *b, pins_visit *each, void *context, struct err *e)
{
	AUTO_FREE char *first = NULL, *other = NULL;

	for (size_t i = 0; i < TEXTS; i++) {
		const char *left = *text_of(a, i), *right = *text_of(b, i);

		if (!same_text(left, right) && each(context, texts[i].name, known(left), known(right), e) < 0)
			return -1;
	}
	if (visit_limits("limits", &a->limits, &b->limits, each, context, e) < 0 ||
		visit_limits("tester_limits", &a->tester_limits, &b->tester_limits, each, context, e) < 0)
		return -1;
	if (same_versions(a, b))
		return 0;
	if (describe_versions(&first, a, b, e) < 0 || describe_versions(&other, b, a, e) < 0)
		return -1;
	return each(context, "versions", first, other, e);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static struct json *limits_json(const struct limits *limits)
{
	struct json *object = json_new_object();

	for (size_t i = 0; i < NUMBERS; i++)
		json_put_take(&object, numbers[i].name, json_pack_new("I", (long long)*number_of(limits, i)));
	return object;
}

struct json *pins_json(const struct pins *pins)
{
	struct json *object = json_new_object();
	struct json *versions = json_new_object();

	for (size_t i = 0; i < TEXTS; i++) {
		const char *s = *text_of(pins, i);

		json_put_take(&object, texts[i].name, json_clean(s, s ? strlen(s) : 0));
	}
	json_put_take(&object, "limits", limits_json(&pins->limits));
	json_put_take(&object, "tester_limits", limits_json(&pins->tester_limits));
	for (size_t i = 0; i < pins->version_count; i++) {
		const struct version *v = &pins->versions[i];

		json_put_take(&versions, v->name, v->version ? json_clean(v->version, strlen(v->version)) :
								json_clean(NULL, 0));
	}
	json_put_take(&object, "versions", versions);
	return object;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static int limits_parse(struct limits *out, const struct json_at *at, struct err *e)
{
	struct json_key keys[NUMBERS] = { 0 };

	for (size_t i = 0; i < NUMBERS; i++)
		keys[i] = (struct json_key){ .name = numbers[i].name, .kind = JSON_INTEGER_KIND, .required = true,
			.min = 0, .max = 1LL << 53 };
	if (json_check(at, keys, NUMBERS, e) < 0)
		return -1;
	for (size_t i = 0; i < NUMBERS; i++)
		*number_of(out, i) = json_get_integer(at, numbers[i].name, 0);
	return 0;
}

static int versions_parse(struct pins *out, const struct json_at *at, struct err *e)
{
	const struct json_key key = { .name = "version", .kind = JSON_STRING_KIND, .max = 200 };

	if (json_count(at) > 1000)
		return json_fail(at, e, "has more than 1000 members");
	for (size_t i = 0; i < json_count(at); i++) {
		struct json_at member = json_member_at(at, i);
		bool unknown = !json_member(at, member.key).value;
		struct version *version;

		if (!unknown && json_check_value(&member, &key, e) < 0)
			return -1;
		version = mem_push(&out->versions, out->version_count, sizeof(*version), e);
		if (!version)
			return -1;
		out->version_count++;
		version->name = mem_copy(member.key, e);
		version->version = unknown ? NULL : mem_copy(json_as_string(&member), e);
		if (!version->name || (!unknown && !version->version))
			return -1;
	}
	return 0;
}

static int pins_fill(struct pins *out, const struct json_at *at, struct err *e)
{
	struct json_key keys[TEXTS + 3] = { 0 };
	struct json_at limits = json_member(at, "limits"), tester = json_member(at, "tester_limits");
	struct json_at versions = json_member(at, "versions");

	for (size_t i = 0; i < TEXTS; i++)
		keys[i] = (struct json_key){ .name = texts[i].name, .kind = JSON_STRING_KIND, .required = true,
			.nullable = true, .max = 4096 };
	keys[TEXTS] = (struct json_key){ .name = "limits", .kind = JSON_OBJECT_KIND, .required = true };
	keys[TEXTS + 1] = (struct json_key){ .name = "tester_limits", .kind = JSON_OBJECT_KIND, .required = true };
	keys[TEXTS + 2] = (struct json_key){ .name = "versions", .kind = JSON_OBJECT_KIND, .required = true };
	if (json_check(at, keys, TEXTS + 3, e) < 0)
		return -1;
	for (size_t i = 0; i < TEXTS; i++) {
		const char *s = json_get_string(at, texts[i].name, NULL);

		if (s && !(*text_of(out, i) = mem_copy(s, e)))
			return -1;
	}
	if (limits_parse(&out->limits, &limits, e) < 0 || limits_parse(&out->tester_limits, &tester, e) < 0)
		return -1;
	return versions_parse(out, &versions, e);
}

int pins_parse(struct pins *out, const struct json_at *at, struct err *e)
{
	struct pins pins = { 0 };

	if (pins_fill(&pins, at, e) < 0) {
		pins_done(&pins);
		return -1;
	}
	*out = pins;
	return 0;
}
