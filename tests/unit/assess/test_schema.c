// SPDX-License-Identifier: MIT
// link: -Wl,--wrap=json_check -Wl,--wrap=json_check_value -Wl,--wrap=json_word -Wl,--wrap=json_doc_load -Wl,--wrap=json_doc_parse
/*
 * The JSON Schemas say what the loaders say, both ways. Nothing is listed a second time here: documents in which every
 * key stands once are loaded, and what the loaders ask of each place on the way (the tables that they hand to
 * json_check, the words of json_word) is compared with the schema. Then the schema is walked: what no loader asked
 * for must not stand in it.
 */
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

/* --- the way through a schema ----------------------------------------------------------------------------------- */

/* One schema under test; nodes are values of it. */
struct schema {
	enum format format;
	const struct json *root;
};

static struct json_at member(const struct json *node, const char *key)
{
	struct json_at at = json_value_root(node);

	at = json_member(&at, key);
	return json_value_root(at.value);
}

static const struct json *value_of(const struct json *node, const char *key)
{
	return member(node, key).value;
}

/* What "$ref" leads to, or the node itself. */
static const struct json *resolve(const struct schema *schema, const struct json *node)
{
	struct json_at ref = member(node, "$ref");
	const char *name = json_as_string(&ref);

	if (!ref.value)
		return node;
	assert_true(text_starts_with(name, "#/$defs/"));
	node = value_of(value_of(schema->root, "$defs"), name + strlen("#/$defs/"));
	assert_non_null(node);
	return node;
}

/* One step down: a key, or "*" for an element; NULL when the schema knows no such place. */
static const struct json *step(const struct schema *schema, const struct json *node, const char *part)
{
	struct json_at branches;
	const struct json *found;

	node = resolve(schema, node);
	found = strcmp(part, "*") == 0 ? value_of(node, "items") : value_of(value_of(node, "properties"), part);
	if (!found) {
		struct json_at any = member(node, "additionalProperties");

		found = json_is(&any, JSON_OBJECT_KIND) ? any.value : NULL;
	}
	branches = member(node, "anyOf");
	for (size_t i = 0; !found && i < json_count(&branches); i++)
		found = step(schema, json_element(&branches, i).value, part);
	return found;
}

static const struct json *node_at(const struct schema *schema, const char *path)
{
	AUTO_FREE char *copy = mem_copy(path, NULL);
	const struct json *node = schema->root;
	char *rest = copy;

	for (char *part; node && (part = strtok_r(rest, "/", &rest));)
		node = step(schema, node, part);
	return node;
}

/* The node itself or that of its branches which has the type. */
static const struct json *of_type(const struct schema *schema, const struct json *node, const char *type)
{
	struct json_at types, branches;
	const struct json *found = NULL;

	node = resolve(schema, node);
	types = member(node, "type");
	if (json_is(&types, JSON_STRING_KIND) && strcmp(json_as_string(&types), type) == 0)
		return node;
	for (size_t i = 0; json_is(&types, JSON_ARRAY_KIND) && i < json_count(&types); i++) {
		struct json_at one = json_element(&types, i);

		if (strcmp(json_as_string(&one), type) == 0)
			return node;
	}
	branches = member(node, "anyOf");
	for (size_t i = 0; !found && i < json_count(&branches); i++)
		found = of_type(schema, json_element(&branches, i).value, type);
	return found;
}

/* --- the loaders' tables against the schema --------------------------------------------------------------------- */

static const char *const type_names[] = {
	[JSON_OBJECT_KIND] = "object", [JSON_ARRAY_KIND] = "array", [JSON_STRING_KIND] = "string",
	[JSON_INTEGER_KIND] = "integer", [JSON_NUMBER_KIND] = "number", [JSON_BOOL_KIND] = "boolean",
	[JSON_ID_KIND] = "string", [JSON_LOCALISED_KIND] = "object",
};

static void check_bound(const struct row *row, const struct json *node, const char *keyword, bool is_given,
	long long bound)
{
	struct json_at at = member(node, keyword);

	if (!is_given && at.value)
		fail_msg("%s: %s: the schema has \"%s\", the loader has no such bound", formats[row->at.format].schema,
			row->at.path, keyword);
	if (is_given && json_as_integer(&at) != bound)
		fail_msg("%s: %s: \"%s\" must be %lld, as the loader has it", formats[row->at.format].schema,
			row->at.path, keyword, bound);
}

static void check_bounds(const struct row *row, const struct json *node)
{
	const struct json_key *key = &row->key;
	bool is_any = !key->min && !key->max;

	if (key->kind == JSON_INTEGER_KIND || key->kind == JSON_NUMBER_KIND) {
		check_bound(row, node, "minimum", !is_any, key->min);
		check_bound(row, node, "maximum", !is_any, key->max);
	} else if (key->kind == JSON_STRING_KIND) {
		check_bound(row, node, "minLength", key->min != 0, key->min);
		check_bound(row, node, "maxLength", key->max != 0, key->max);
	} else if (key->kind == JSON_ARRAY_KIND) {
		check_bound(row, node, "minItems", key->min != 0, key->min);
		check_bound(row, node, "maxItems", key->max != 0, key->max);
	}
}

static void check_row(const struct schema *schema, const struct row *row)
{
	const struct json_key *key = &row->key;
	const struct json *node = node_at(schema, row->at.path), *typed;
	const char *file = formats[row->at.format].schema;

	if (!node)
		fail_msg("%s lacks %s, which the loader reads", file, row->at.path);
	if (key->kind == JSON_ANY_KIND)
		return;
	typed = of_type(schema, node, type_names[key->kind]);
	if (!typed)
		fail_msg("%s: %s must be of the type %s", file, row->at.path, type_names[key->kind]);
	if (row->says_of_null && key->nullable != (of_type(schema, node, "null") != NULL))
		fail_msg("%s: %s: null is taken by one of schema and loader only", file, row->at.path);
	if (key->kind == JSON_ID_KIND && typed != value_of(value_of(schema->root, "$defs"), "id"))
		fail_msg("%s: %s must be an id", file, row->at.path);
	if (key->kind == JSON_LOCALISED_KIND && typed != value_of(value_of(schema->root, "$defs"), "localised"))
		fail_msg("%s: %s must be localised", file, row->at.path);
	/* How many points there are is the task's affair. */
	if (row->at.format == EXPECT && text_starts_with(row->at.path, "/points"))
		return;
	check_bounds(row, typed);
}

static bool lists(const struct json_at *list, const char *word)
{
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);

		if (json_is(&at, JSON_STRING_KIND) && strcmp(json_as_string(&at), word) == 0)
			return true;
	}
	return false;
}

static void check_table(const struct schema *schema, const struct table *table)
{
	const struct json *node = of_type(schema, node_at(schema, table->at.path), "object");
	const char *file = formats[table->at.format].schema;
	struct json_at required = member(node, "required"), properties = member(node, "properties");
	struct json_at more = member(node, "additionalProperties");
	size_t needed = 0, named = table->count + (!*table->at.path && schema->format != BOX_REPORT);

	for (size_t i = 0; i < table->count; i++) {
		if (table->keys[i].required != lists(&required, table->keys[i].name))
			fail_msg("%s: %s/%s is required by one of schema and loader only", file, table->at.path,
				table->keys[i].name);
		needed += table->keys[i].required;
	}
	if (!json_is(&more, JSON_BOOL_KIND) || json_as_bool(&more))
		fail_msg("%s: %s must refuse unknown keys", file, table->at.path);
	if (json_count(&required) != needed || json_count(&properties) != named)
		fail_msg("%s: %s has keys that the loader doesn't know", file, table->at.path);
}

static void check_words(const struct schema *schema, const struct word_list *list)
{
	const struct json *node = of_type(schema, node_at(schema, list->at.path), "string");
	struct json_at words_at = member(node, "enum");
	size_t count = 0;

	for (size_t i = 0; i < json_count(&words_at); i++) {
		struct json_at at = json_element(&words_at, i);

		count += json_is(&at, JSON_STRING_KIND);
	}
	for (size_t i = 0; i < list->count; i++)
		if (!lists(&words_at, list->words[i]))
			fail_msg("%s: %s lacks the word \"%s\"", formats[schema->format].schema, list->at.path,
				list->words[i]);
	if (count != list->count)
		fail_msg("%s: %s has words that the loader doesn't know", formats[schema->format].schema, list->at.path);
}

/* --- the schema against the loaders' tables --------------------------------------------------------------------- */

static bool was_table_asked(const struct asked *at)
{
	for (size_t i = 0; i < table_count; i++)
		if (is_same(&tables[i].at, at))
			return true;
	return false;
}

static bool were_words_asked(const struct asked *at)
{
	for (size_t i = 0; i < word_count; i++)
		if (is_same(&words[i].at, at))
			return true;
	return at->format == BOX_REPORT && strcmp(at->path, "/verdict") == 0; /* a claim of its own, below */
}

static void walk(const struct schema *schema, const struct json *node, const char *path)
{
	struct json_at properties = member(node, "properties"), branches = member(node, "anyOf");
	struct json_at choice = member(node, "enum"), first = json_element(&choice, 0);
	struct asked here = { .format = schema->format };

	snprintf(here.path, sizeof(here.path), "%s", path);
	if (member(node, "$ref").value)
		return;
	if (properties.value && !was_table_asked(&here))
		fail_msg("%s: no loader reads the object %s", formats[schema->format].schema, path);
	if (json_is(&first, JSON_STRING_KIND) && !were_words_asked(&here))
		fail_msg("%s: no loader asks for the words of %s", formats[schema->format].schema, path);
	for (size_t i = 0; i < json_count(&properties); i++) {
		struct json_at at = json_member_at(&properties, i);
		AUTO_FREE char *below = mem_format(NULL, "%s/%s", path, at.key);

		walk(schema, at.value, below);
	}
	if (value_of(node, "items")) {
		AUTO_FREE char *below = mem_format(NULL, "%s/*", path);

		walk(schema, value_of(node, "items"), below);
	}
	for (size_t i = 0; i < json_count(&branches); i++)
		walk(schema, json_element(&branches, i).value, path);
}

/* --- the claims ------------------------------------------------------------------------------------------------- */

static void with_schema_file(const char *path, enum format format, void (*check)(const struct schema *schema))
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct schema schema = { .format = format };
	struct err e = { 0 };

	if (json_doc_load(&doc, AT_FDCWD, path, "schema", &e) < 0)
		fail_msg("%s", e.text);
	schema.root = json_root(doc).value;
	check(&schema);
}

static void with_schema(enum format format, void (*check)(const struct schema *schema))
{
	with_schema_file(formats[format].schema, format, check);
}

static void compare_rows(const struct schema *schema)
{
	for (size_t i = 0; i < row_count; i++)
		if (rows[i].at.format == schema->format)
			check_row(schema, &rows[i]);
}

static void every_key_of_a_loader_is_in_its_schema_with_type_and_bounds(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_rows);
}

static void compare_tables(const struct schema *schema)
{
	for (size_t i = 0; i < table_count; i++)
		if (tables[i].at.format == schema->format)
			check_table(schema, &tables[i]);
}

static void both_have_the_same_keys_and_require_the_same(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_tables);
}

static void compare_words(const struct schema *schema)
{
	for (size_t i = 0; i < word_count; i++)
		if (words[i].at.format == schema->format)
			check_words(schema, &words[i]);
}

static void both_have_the_same_words(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, compare_words);
}

static void walk_all(const struct schema *schema)
{
	walk(schema, schema->root, "");
}

static void nothing_stands_in_a_schema_that_no_loader_reads(void **state)
{
	(void)state;
	for (int i = 0; i < FORMATS; i++)
		with_schema((enum format)i, walk_all);
}

static void compare_verdicts(const struct schema *schema)
{
	struct json_at verdicts = member(node_at(schema, "/verdict"), "enum");

	assert_int_equal(json_count(&verdicts), VERDICTS);
	for (int i = 0; i < VERDICTS; i++)
		assert_true(lists(&verdicts, verdict_name((enum verdict)i)));
}

static void the_boxs_verdicts_are_all_in_the_schema(void **state)
{
	(void)state;
	with_schema(BOX_REPORT, compare_verdicts);
}

static void compare_classes(const struct schema *schema)
{
	struct json_at classes = member(node_at(schema, "/tried/*/class"), "enum");

	assert_int_equal(json_count(&classes), SOLUTION_CLASSES + 1);
	assert_true(lists(&classes, "review"));
	for (int i = 0; i < SOLUTION_CLASSES; i++)
		assert_true(lists(&classes, solution_class_name((enum solution_class)i)));
}

/* What only assay writes, no loader reads; that it is as its schema says, schema.test.sh shows. */
static void the_classes_of_solutions_are_all_in_the_schema(void **state)
{
	(void)state;
	with_schema_file("tasks/schema/verification.schema.json", FORMATS, compare_classes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_a_loader_is_in_its_schema_with_type_and_bounds),
		cmocka_unit_test(both_have_the_same_keys_and_require_the_same),
		cmocka_unit_test(both_have_the_same_words),
		cmocka_unit_test(nothing_stands_in_a_schema_that_no_loader_reads),
		cmocka_unit_test(the_boxs_verdicts_are_all_in_the_schema),
		cmocka_unit_test(the_classes_of_solutions_are_all_in_the_schema),
	};

	return cmocka_run_group_tests(tests, load_everything, NULL);
}
