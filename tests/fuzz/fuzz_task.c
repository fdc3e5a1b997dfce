// SPDX-License-Identifier: MIT
/*
 * Any bytes as one of the room's documents, told by the first byte: t task.json, m manifest, r rubric, p plan,
 * o position, d probes, q questions, f profile. A manifest or profile that is taken must be rendered and read back.
 */
#include "task/manifest.h"
#include "task/position.h"
#include "task/probe.h"
#include "task/question.h"
#include "task/rubric.h"
#include "task/task_parts.h"

#include <stdint.h>
#include <string.h>

static void try_task(const struct json_doc *doc, struct err *e)
{
	AUTO_TASK struct task *task = mem_new(1, sizeof(*task), e);

	if (!task)
		return;
	task->dir_fd = -1;
	if (task_file_parse(task, doc, e) == 0)
		task_admits(task, "src/app.py");
}

static void try_manifest(const struct json_doc *doc, struct err *e)
{
	struct manifest manifest = { 0 }, again = { 0 };
	AUTO_JSON_DOC struct json_doc *rendered = NULL;
	AUTO_FREE char *text = NULL;

	if (manifest_parse(&manifest, doc, e) < 0)
		return;
	if (manifest_render(&manifest, &text, e) < 0 ||
		json_doc_parse(&rendered, "again", text, strlen(text), e) < 0 || manifest_parse(&again, rendered, e) < 0 ||
		manifest_points(&again, NULL) != manifest_points(&manifest, NULL))
		abort();
	manifest_done(&manifest);
	manifest_done(&again);
}

static void try_rubric(const struct json_doc *doc, struct err *e)
{
	AUTO_RUBRIC struct rubric *rubric = NULL;

	rubric_parse(&rubric, doc, e);
}

static void try_plan(const struct json_doc *doc, struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;

	plan_parse(&plan, doc, e);
}

static void try_position(const struct json_doc *doc, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	position_parse(&position, doc, e);
}

static void try_probes(const struct json_doc *doc, struct err *e)
{
	struct probes probes = { 0 };

	probes_parse(&probes, doc, e);
	probes_done(&probes);
}

static void try_questions(const struct json_doc *doc, struct err *e)
{
	struct questions questions = { 0 };

	questions_parse(&questions, doc, e);
	questions_done(&questions);
}

static void try_profile(const struct json_doc *doc, struct err *e)
{
	struct profile profile = { 0 }, again = { 0 };
	AUTO_JSON_DOC struct json_doc *rendered = NULL;
	AUTO_FREE char *text = NULL;

	if (profile_parse(&profile, doc, e) < 0)
		return;
	if (profile_render(&profile, &text, e) < 0 ||
		json_doc_parse(&rendered, "again", text, strlen(text), e) < 0 || profile_parse(&again, rendered, e) < 0 ||
		again.count != profile.count)
		abort();
	profile_done(&profile);
	profile_done(&again);
}

static const struct {
	char selector;
	void (*try)(const struct json_doc *doc, struct err *e);
} rows[] = {
	{ 't', try_task },     { 'm', try_manifest }, { 'r', try_rubric },    { 'p', try_plan },
	{ 'o', try_position }, { 'd', try_probes },   { 'q', try_questions }, { 'f', try_profile },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (size < 1 || json_doc_parse(&doc, "fuzz.json", (const char *)data + 1, size - 1, &e) < 0)
		return 0;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].selector == (char)data[0])
			rows[i].try(doc, &e);
	return 0;
}
