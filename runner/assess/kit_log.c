// SPDX-License-Identifier: MIT
/*
 * A small JSON file that is written whole.
 */
#include "assess/kit_log.h"

#include "base/fs.h"

#include <string.h>

enum { MOST_TESTS = 5000 };

static const struct json_key log_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "runs", .kind = JSON_ARRAY_KIND, .required = true, .max = KIT_LOG_MAX_RUNS },
};

static const struct json_key run_keys[] = {
	{ .name = "at_ms", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = 253402300799999 },
	{ .name = "passed", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_TESTS },
	{ .name = "tests", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MOST_TESTS },
};

int kit_log_parse(struct kit_log *out, const struct json_doc *doc, struct err *e)
{
	AUTO_KIT_LOG struct kit_log log = { 0 };
	struct json_at root = json_root(doc), runs;

	if (json_check(&root, log_keys, sizeof(log_keys) / sizeof(*log_keys), e) < 0)
		return -1;
	runs = json_member(&root, "runs");
	log.item = mem_new(json_count(&runs), sizeof(*log.item), e);
	if (!log.item)
		return -1;
	for (size_t i = 0; i < json_count(&runs); i++) {
		struct json_at at = json_element(&runs, i);
		struct kit_log_run *run = &log.item[log.count++];

		if (json_check(&at, run_keys, sizeof(run_keys) / sizeof(*run_keys), e) < 0)
			return -1;
		run->at_ms = json_get_integer(&at, "at_ms", 0);
		run->passed = (int)json_get_integer(&at, "passed", 0);
		run->tests = (int)json_get_integer(&at, "tests", 0);
		if (run->passed > run->tests)
			return json_fail(&at, e, "has more passed tests than tests");
	}
	*out = log;
	log = (struct kit_log){ 0 };
	return 0;
}

int kit_log_load(struct kit_log *out, int dir_fd, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (fs_read(&bytes, &size, dir_fd, KIT_LOG, KIT_LOG_MAX_BYTES, e) < 0 ||
		json_doc_parse(&doc, KIT_LOG, bytes, size, e) < 0)
		return -1;
	return kit_log_parse(out, doc, e);
}

static struct json *run_json(const struct kit_log_run *run)
{
	return json_pack_new("{s:I, s:i, s:i}", "at_ms", (long long)run->at_ms, "passed", run->passed, "tests", run->tests);
}

int kit_log_add(int dir_fd, const struct kit_log_run *run, struct err *e)
{
	AUTO_KIT_LOG struct kit_log log = { 0 };
	AUTO_JSON struct json *doc = NULL;
	AUTO_FREE char *text = NULL;
	struct json *runs = json_new_array();

	kit_log_load(&log, dir_fd, NULL);
	for (size_t i = log.count >= KIT_LOG_MAX_RUNS ? log.count - KIT_LOG_MAX_RUNS + 1 : 0; i < log.count; i++)
		json_append_take(&runs, run_json(&log.item[i]));
	json_append_take(&runs, run_json(run));
	doc = json_pack_new("{s:i, s:o}", "format", 1, "runs", runs);
	if (json_render(doc, JSON_STYLE_COMPACT, &text, e) < 0)
		return -1;
	return fs_write(dir_fd, KIT_LOG, text, strlen(text), 0644, e);
}

void kit_log_done(struct kit_log *log)
{
	free(log->item);
	*log = (struct kit_log){ 0 };
}
