// SPDX-License-Identifier: MIT
/*
 * probes.json of a task of kind design.
 */
#include "task/probe.h"

#include "task/keys.h"
#include "task/rubric_parts.h"

static const struct json_key probes_keys[] = {
	KEY_FORMAT,
	{ .name = "probes", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 100 },
};

static const struct json_key probe_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "criterion", .kind = JSON_ID_KIND, .required = true },
	{ .name = "ask", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "answers", .kind = JSON_ARRAY_KIND, .required = true, .min = MARK_LEVELS, .max = MARK_LEVELS },
	{ .name = "follow_ups", .kind = JSON_ARRAY_KIND, .max = 50 },
};

static int parse_answers(struct probe *probe, const struct json_at *list, struct err *e)
{
	static const struct json_key answer = { .kind = JSON_LOCALISED_KIND };

	for (size_t i = 0; i < MARK_LEVELS; i++) {
		struct json_at at = json_element(list, i);

		if (json_check_value(&at, &answer, e) < 0 || keys_localised(&at, &probe->answers[i], e) < 0)
			return -1;
	}
	return 0;
}

static int parse_probe(struct probe *probe, const struct json_at *at, struct err *e)
{
	struct json_at answers = json_member(at, "answers");

	if (keys_check(at, probe_keys, e) < 0 || json_copy_string(at, "id", &probe->id, e) < 0 ||
		json_copy_string(at, "criterion", &probe->criterion, e) < 0 ||
		json_copy_localised(at, "ask", &probe->ask, e) < 0 || parse_answers(probe, &answers, e) < 0)
		return -1;
	return keys_localised_list(at, "follow_ups", &probe->follow_ups, &probe->follow_up_count, e);
}

static int parse(struct probes *probes, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), list = json_member(&root, "probes");

	if (keys_check(&root, probes_keys, e) < 0)
		return -1;
	probes->item = mem_new(json_count(&list), sizeof(*probes->item), e);
	if (!probes->item)
		return -1;
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);

		probes->count++;
		if (parse_probe(&probes->item[i], &at, e) < 0 || keys_unique(&list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

int probes_parse(struct probes *out, const struct json_doc *doc, struct err *e)
{
	struct probes probes = { 0 };

	if (parse(&probes, doc, e) < 0) {
		probes_done(&probes);
		return -1;
	}
	*out = probes;
	return 0;
}

int probes_load(struct probes *out, int dir_fd, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, path, path, e) < 0 ? -1 : probes_parse(out, doc, e);
}

void probes_done(struct probes *probes)
{
	for (size_t i = 0; i < probes->count; i++) {
		struct probe *probe = &probes->item[i];

		free(probe->id);
		free(probe->criterion);
		localised_done(&probe->ask);
		for (size_t j = 0; j < MARK_LEVELS; j++)
			localised_done(&probe->answers[j]);
		localised_list_free(probe->follow_ups, probe->follow_up_count);
	}
	free(probes->item);
	*probes = (struct probes){ 0 };
}
