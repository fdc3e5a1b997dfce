// SPDX-License-Identifier: MIT
/*
 * What the loaders ask of each place of a document: everything is loaded once, from documents in which every key stands,
 * and the tables that the loaders hand to json_check, and the words of json_word, are noted on the way. Whoever includes
 * this is linked with --wrap for each of the functions that are listened to.
 */
#ifndef ASSESS_SCHEMA_ASKED_H
#define ASSESS_SCHEMA_ASKED_H

#include "assess/verify.h"
#include "base/text.h"
#include "base/verdict.h"
#include "review/comment.h"
#include "review/decision.h"
#include "score/card.h"
#include "score/result.h"
#include "submission/box_report.h"
#include "task/expect.h"
#include "task/position.h"
#include "task/probe.h"
#include "task/profile.h"
#include "task/question.h"
#include "task/rubric.h"
#include "task/task_parts.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 2000, MOST_DOCS = 4000, MOST_KEYS = 40, MOST_WORDS = 20, PATH_BYTES = 200 };

/* --- the formats ------------------------------------------------------------------------------------------------ */

enum format {
	TASK, MANIFEST, PROFILE, EXPECT, FLAWS, COMMENTS, DECISIONS, REVIEW_EXPECT, PROBES, QUESTIONS, RESULT, BOX_REPORT,
	RUBRIC, PLAN, POSITION, CARD, FORMATS
};

/* By what a document of that format is called when it is loaded (see format_of), and where its schema lies. */
static const struct {
	const char *ending, *schema;
} formats[FORMATS] = {
	[TASK] = { "task.json", "tasks/schema/task.schema.json" },
	[MANIFEST] = { "manifest.json", "tasks/schema/manifest.schema.json" },
	[PROFILE] = { "profile.json", "tasks/schema/profile.schema.json" },
	[EXPECT] = { "expect.json", "tasks/schema/expect.schema.json" },
	[FLAWS] = { "flaws.json", "tasks/schema/flaws.schema.json" },
	[COMMENTS] = { "comments.json", "tasks/schema/comments.schema.json" },
	[DECISIONS] = { "decisions.json", "tasks/schema/decisions.schema.json" },
	[REVIEW_EXPECT] = { "review-expect.json", "tasks/schema/review-expect.schema.json" },
	[PROBES] = { "probes.json", "tasks/schema/probes.schema.json" },
	[QUESTIONS] = { "questions.json", "tasks/schema/questions.schema.json" },
	[RESULT] = { "result.json", "tasks/schema/result.schema.json" },
	[BOX_REPORT] = { "the report of assay-box", "sandbox/report.schema.json" },
	[RUBRIC] = { "rubric.json", "rubrics/schema/rubric.schema.json" },
	[PLAN] = { "plan.json", "rubrics/schema/plan.schema.json" },
	[POSITION] = { "position.json", "rubrics/schema/position.schema.json" },
	[CARD] = { "card.json", "rubrics/schema/card.schema.json" },
};

static enum format format_of(const char *name)
{
	if (text_starts_with(name, "review/answers/") && text_ends_with(name, "/expect.json"))
		return REVIEW_EXPECT;
	for (int i = 0; i < FORMATS; i++)
		if (text_ends_with(name, formats[i].ending))
			return (enum format)i;
	return FORMATS;
}

/* --- what the loaders ask --------------------------------------------------------------------------------------- */

/* Where something was asked: "/suites/STAR/argv". */
struct asked {
	enum format format;
	char path[PATH_BYTES];
};

static struct row {
	struct asked at;
	struct json_key key;
	bool says_of_null; /* whether the key also says that null is taken, or not */
} rows[MOST];

static struct table {
	struct asked at;
	struct json_key keys[MOST_KEYS];
	size_t count;
} tables[MOST];

static struct word_list {
	struct asked at;
	const char *words[MOST_WORDS];
	size_t count;
} words[MOST];

static size_t row_count, table_count, word_count;

static struct {
	const struct json_doc *doc;
	enum format format;
} docs[MOST_DOCS];

static size_t doc_count;

static void note_doc(const struct json_doc *doc, const char *name)
{
	assert_true(doc_count < MOST_DOCS);
	docs[doc_count].doc = doc;
	docs[doc_count++].format = format_of(name);
}

static void add_path(struct text *t, const struct json_at *at)
{
	if (!at->parent)
		return;
	add_path(t, at->parent);
	text_addf(t, "/%s", at->key ? at->key : "*");
}

/* Whether the place belongs to one of our formats. */
static bool note_place(struct asked *out, const struct json_at *at)
{
	AUTO_TEXT struct text path = { 0 };

	out->format = FORMATS;
	for (size_t i = doc_count; i-- > 0 && at->doc;) /* the latest: addresses are used again */
		if (docs[i].doc == at->doc) {
			out->format = docs[i].format;
			break;
		}
	add_path(&path, at);
	snprintf(out->path, sizeof(out->path), "%s", text_bytes(&path));
	return out->format != FORMATS;
}

static bool is_same(const struct asked *a, const struct asked *b)
{
	return a->format == b->format && strcmp(a->path, b->path) == 0;
}

/* Of two rows for one place the narrower bounds hold. */
static void note_row(const struct asked *at, const struct json_key *key, bool says_of_null)
{
	for (size_t i = 0; i < row_count; i++) {
		struct json_key *known = &rows[i].key;

		if (!is_same(&rows[i].at, at))
			continue;
		known->min = key->min > known->min ? key->min : known->min;
		known->max = !known->max || (key->max && key->max < known->max) ? key->max : known->max;
		known->nullable = known->nullable || key->nullable;
		rows[i].says_of_null = rows[i].says_of_null || says_of_null;
		return;
	}
	assert_true(row_count < MOST);
	rows[row_count++] = (struct row){ *at, *key, says_of_null };
}

int __real_json_check(const struct json_at *at, const struct json_key *keys, size_t count, struct err *e);
int __wrap_json_check(const struct json_at *at, const struct json_key *keys, size_t count, struct err *e);
int __wrap_json_check(const struct json_at *at, const struct json_key *keys, size_t count, struct err *e)
{
	struct asked here;
	size_t i = 0;

	if (!note_place(&here, at))
		return __real_json_check(at, keys, count, e);
	for (size_t k = 0; k < count; k++) {
		struct asked member = here;
		size_t length = strlen(member.path);

		snprintf(member.path + length, sizeof(member.path) - length, "/%s", keys[k].name);
		note_row(&member, &keys[k], true);
	}
	while (i < table_count && !is_same(&tables[i].at, &here))
		i++;
	assert_true(i < MOST && count <= MOST_KEYS);
	tables[i].at = here;
	memcpy(tables[i].keys, keys, count * sizeof(*keys));
	tables[i].count = count;
	table_count += i == table_count;
	return __real_json_check(at, keys, count, e);
}

int __real_json_check_value(const struct json_at *at, const struct json_key *key, struct err *e);
int __wrap_json_check_value(const struct json_at *at, const struct json_key *key, struct err *e);
int __wrap_json_check_value(const struct json_at *at, const struct json_key *key, struct err *e)
{
	struct asked here;

	/* An element is never null; of a member that may be, only the value is checked so. */
	if (note_place(&here, at))
		note_row(&here, key, at->key == NULL);
	return __real_json_check_value(at, key, e);
}

static void note_word(struct word_list *list, const char *word)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->words[i], word) == 0)
			return;
	assert_true(list->count < MOST_WORDS);
	list->words[list->count++] = word;
}

int __real_json_word(const struct json_at *at, const char *const *list, int *out, struct err *e);
int __wrap_json_word(const struct json_at *at, const char *const *list, int *out, struct err *e);
int __wrap_json_word(const struct json_at *at, const char *const *list, int *out, struct err *e)
{
	struct asked here;
	size_t i = 0;

	if (!note_place(&here, at))
		return __real_json_word(at, list, out, e);
	while (i < word_count && !is_same(&words[i].at, &here))
		i++;
	assert_true(i < MOST);
	words[i].at = here;
	for (size_t w = 0; list[w]; w++)
		note_word(&words[i], list[w]);
	word_count += i == word_count;
	return __real_json_word(at, list, out, e);
}

int __real_json_doc_load(struct json_doc **out, int dir_fd, const char *path, const char *name, struct err *e);
int __wrap_json_doc_load(struct json_doc **out, int dir_fd, const char *path, const char *name, struct err *e);
int __wrap_json_doc_load(struct json_doc **out, int dir_fd, const char *path, const char *name, struct err *e)
{
	int loaded = __real_json_doc_load(out, dir_fd, path, name, e);

	if (loaded == 0)
		note_doc(*out, name);
	return loaded;
}

int __real_json_doc_parse(struct json_doc **out, const char *name, const char *bytes, size_t size, struct err *e);
int __wrap_json_doc_parse(struct json_doc **out, const char *name, const char *bytes, size_t size, struct err *e);
int __wrap_json_doc_parse(struct json_doc **out, const char *name, const char *bytes, size_t size, struct err *e)
{
	int parsed = __real_json_doc_parse(out, name, bytes, size, e);

	if (parsed == 0)
		note_doc(*out, name);
	return parsed;
}

/* --- loading everything once ------------------------------------------------------------------------------------ */

static int load_task_file(const struct json_doc *doc, struct err *e)
{
	AUTO_TASK struct task *task = mem_new(1, sizeof(*task), e);

	task->dir_fd = -1;
	return task_file_parse(task, doc, e);
}

static int load_manifest(const struct json_doc *doc, struct err *e)
{
	AUTO(manifest_done) struct manifest manifest = { 0 };

	return manifest_parse(&manifest, doc, e);
}

static int load_profile(const struct json_doc *doc, struct err *e)
{
	AUTO(profile_done) struct profile profile = { 0 };

	return profile_parse(&profile, doc, e);
}

static int load_comments(const struct json_doc *doc, struct err *e)
{
	AUTO(comments_done) struct comments comments = { 0 };

	return comments_parse(&comments, doc, e);
}

static int load_decisions(const struct json_doc *doc, struct err *e)
{
	AUTO(decisions_done) struct decisions decisions = { 0 };

	return decisions_parse(&decisions, doc, NULL, NULL, e);
}

static int load_probes(const struct json_doc *doc, struct err *e)
{
	AUTO(probes_done) struct probes probes = { 0 };

	return probes_parse(&probes, doc, e);
}

static int load_questions(const struct json_doc *doc, struct err *e)
{
	AUTO(questions_done) struct questions questions = { 0 };

	return questions_parse(&questions, doc, e);
}

static int load_rubric(const struct json_doc *doc, struct err *e)
{
	AUTO_RUBRIC struct rubric *rubric = NULL;

	return rubric_parse(&rubric, doc, e);
}

static int load_plan(const struct json_doc *doc, struct err *e)
{
	AUTO_PLAN struct plan *plan = NULL;

	return plan_parse(&plan, doc, e);
}

static int load_position(const struct json_doc *doc, struct err *e)
{
	AUTO_POSITION struct position *position = NULL;

	return position_parse(&position, doc, e);
}

static int load_result(const struct json_doc *doc, struct err *e)
{
	AUTO_RESULT struct result *result = NULL;

	return result_parse(&result, doc, e);
}

static int load_card(const struct json_doc *doc, struct err *e)
{
	AUTO_RUBRIC struct rubric *rubric = NULL;
	AUTO_CARD struct card *card = NULL;

	if (rubric_load(&rubric, AT_FDCWD, "rubrics/senior-backend.json", e) < 0 ||
		card_new(&card, rubric, "ines", e) < 0)
		return -1;
	return card_take_file(card, rubric, doc, e);
}

static int load_box_report(const struct json_doc *doc, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	size_t size;
	const char *bytes = json_doc_bytes(doc, &size);

	return box_report_parse(&report, bytes, size, e);
}

static const struct {
	enum format format;
	const char *path;
	int (*load)(const struct json_doc *doc, struct err *e);
} examples[] = {
	{ TASK, "tests/cases/schema/good/coding.task.json", load_task_file },
	{ TASK, "tests/cases/schema/good/review.task.json", load_task_file },
	{ TASK, "tests/cases/schema/good/design.task.json", load_task_file },
	{ MANIFEST, "tests/cases/schema/good/full.manifest.json", load_manifest },
	{ PROFILE, "tests/cases/schema/good/full.profile.json", load_profile },
	{ COMMENTS, "tests/cases/schema/good/full.comments.json", load_comments },
	{ DECISIONS, "tests/cases/schema/good/full.decisions.json", load_decisions },
	{ PROBES, "tests/cases/schema/good/full.probes.json", load_probes },
	{ QUESTIONS, "tests/cases/schema/good/full.questions.json", load_questions },
	{ RUBRIC, "tests/cases/schema/good/full.rubric.json", load_rubric },
	{ PLAN, "tests/cases/schema/good/full.plan.json", load_plan },
	{ POSITION, "tests/cases/schema/good/full.position.json", load_position },
	{ RESULT, "tests/cases/scorecard/two-interviewers/result.json", load_result },
	{ CARD, "tests/demo/amira/cards/ines.json", load_card },
	{ BOX_REPORT, "tests/cases/schema/good/full.report.json", load_box_report },
};

/* Those that are read on the way of others: expect.json with a task's solutions, the rest of a review with its own. */
static void load_packages(void)
{
	AUTO_TASK struct task *coding = NULL, *review = NULL;
	AUTO_VERIFICATION struct verification verification = { 0 };
	struct solutions solutions = { 0 };
	struct err e = { 0 };

	if (task_load(&coding, "tasks/job-queue", false, &e) < 0 || solutions_load(&solutions, coding, &e) < 0 ||
		task_load(&review, "tasks/upload-review", false, &e) < 0 || verify_review(&verification, review, &e) < 0)
		fail_msg("%s", e.text);
	solutions_done(&solutions);
}

static int load_everything(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		AUTO_JSON_DOC struct json_doc *doc = NULL;
		struct err e = { 0 };

		if (json_doc_load(&doc, AT_FDCWD, examples[i].path, formats[examples[i].format].ending, &e) < 0 ||
			examples[i].load(doc, &e) < 0)
			fail_msg("%s: %s", examples[i].path, e.text);
	}
	load_packages();
	return 0;
}

#endif
