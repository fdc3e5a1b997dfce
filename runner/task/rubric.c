// SPDX-License-Identifier: MIT
/*
 * rubrics/<id>.json. A rubric is digested by its content and not by its bytes, so that indenting it anew doesn't part
 * the cards that were marked with it.
 */
#include "task/rubric.h"

#include "base/digest.h"
#include "task/keys.h"
#include "task/rubric_parts.h"

#include <string.h>

/* --- evidence --------------------------------------------------------------------------------------------------- */

static const struct json_key evidence_keys[] = {
	{ .name = "suite", .kind = JSON_ID_KIND },
	{ .name = "test", .kind = JSON_STRING_KIND, .min = 1, .max = 1000 },
	{ .name = "findings", .kind = JSON_STRING_KIND },
	{ .name = "notes", .kind = JSON_BOOL_KIND },
	{ .name = "task", .kind = JSON_ID_KIND },
};

/* The categories of a review's flaws; the room `review` has the same list (a test holds them equal). */
static const char *const categories[] = { "all", "security", "performance", "error-handling", "correctness", "concurrency",
	"resources", "api", "tests", "readability", NULL };

/* The key by which each kind is known. A test has its suite beside it, so it is asked for first. */
static const struct {
	const char *key;
	enum evidence_kind kind;
} evidence_rows[] = {
	{ "test", EVIDENCE_TEST },
	{ "suite", EVIDENCE_SUITE },
	{ "findings", EVIDENCE_FINDINGS },
	{ "notes", EVIDENCE_NOTES },
};

enum { EVIDENCE_ROWS = sizeof(evidence_rows) / sizeof(*evidence_rows) };

static int evidence_kind(const struct json_at *at, enum evidence_kind *out, struct err *e)
{
	size_t keys = 0, found = EVIDENCE_ROWS;

	for (size_t i = EVIDENCE_ROWS; i-- > 0;) {
		struct json_at member = json_member(at, evidence_rows[i].key);

		if (!member.value)
			continue;
		found = i;
		keys++;
	}
	if (found == EVIDENCE_ROWS)
		return json_fail(at, e, "must have \"suite\", \"suite\" and \"test\", \"findings\" or \"notes\"");
	*out = evidence_rows[found].kind;
	if (keys != (*out == EVIDENCE_TEST ? 2u : 1u))
		return json_fail(at, e, *out == EVIDENCE_TEST && keys == 1 ? "lacks \"suite\", the suite of the test" :
			"names several kinds of evidence: make an element of each");
	return 0;
}

static int parse_evidence(struct evidence_ref *out, const struct json_at *at, struct err *e)
{
	struct json_at findings = json_member(at, "findings"), notes = json_member(at, "notes");
	int category;

	if (keys_check(at, evidence_keys, e) < 0 || evidence_kind(at, &out->kind, e) < 0)
		return -1;
	if (out->kind == EVIDENCE_FINDINGS && json_word(&findings, categories, &category, e) < 0)
		return -1;
	if (out->kind == EVIDENCE_NOTES && !json_as_bool(&notes))
		return json_fail(&notes, e, "must be true, or absent");
	if (keys_optional(at, "suite", &out->suite, e) < 0 || keys_optional(at, "test", &out->test, e) < 0 ||
		keys_optional(at, "findings", &out->category, e) < 0)
		return -1;
	return keys_optional(at, "task", &out->task, e);
}

static int parse_evidence_list(struct criterion *criterion, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	criterion->evidence = mem_new(count, sizeof(*criterion->evidence), e);
	if (!criterion->evidence)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);

		criterion->evidence_count++;
		if (parse_evidence(&criterion->evidence[i], &at, e) < 0)
			return -1;
	}
	return 0;
}

/* --- suggestions ------------------------------------------------------------------------------------------------ */

static const struct json_key suggest_keys[] = {
	{ .name = "share_of_points", .kind = JSON_ARRAY_KIND, .min = MARK_LEVELS - 1, .max = MARK_LEVELS - 1 },
	{ .name = "share_of_findings", .kind = JSON_ARRAY_KIND, .min = MARK_LEVELS - 1, .max = MARK_LEVELS - 1 },
};

static bool has_evidence(const struct criterion *criterion, bool of_points)
{
	for (size_t i = 0; i < criterion->evidence_count; i++) {
		enum evidence_kind kind = criterion->evidence[i].kind;

		if (of_points ? kind == EVIDENCE_SUITE || kind == EVIDENCE_TEST : kind == EVIDENCE_FINDINGS)
			return true;
	}
	return false;
}

static int parse_shares(struct criterion *criterion, const struct json_at *list, struct err *e)
{
	static const struct json_key share = { .kind = JSON_NUMBER_KIND, .min = 0, .max = 1 };

	for (size_t i = 0; i < MARK_LEVELS - 1; i++) {
		struct json_at at = json_element(list, i);

		if (json_check_value(&at, &share, e) < 0)
			return -1;
		criterion->suggest_from[i] = json_as_number(&at);
		if (criterion->suggest_from[i] <= (i ? criterion->suggest_from[i - 1] : 0))
			return json_fail(&at, e, "must be more than %s", i ? "the share before it" : "0");
	}
	return 0;
}

static int parse_suggest(struct criterion *criterion, const struct json_at *at, struct err *e)
{
	struct json_at points = json_member(at, "share_of_points"), findings = json_member(at, "share_of_findings");
	bool of_points = points.value != NULL;

	if (!at->value)
		return 0;
	if (keys_check(at, suggest_keys, e) < 0)
		return -1;
	if (json_count(at) != 1)
		return json_fail(at, e, "must have either \"share_of_points\" or \"share_of_findings\"");
	if (!has_evidence(criterion, of_points))
		return json_fail(at, e, of_points ? "needs a suite or test among the evidence" :
						    "needs findings among the evidence");
	criterion->suggest = of_points ? SUGGEST_POINTS : SUGGEST_FINDINGS;
	return parse_shares(criterion, of_points ? &points : &findings, e);
}

/* --- criteria --------------------------------------------------------------------------------------------------- */

static const struct json_key criterion_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "part", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "weight", .kind = JSON_INTEGER_KIND, .min = 1, .max = 3 },
	{ .name = "title", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "anchors", .kind = JSON_ARRAY_KIND, .required = true, .min = MARK_LEVELS, .max = MARK_LEVELS },
	{ .name = "evidence", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 50 },
	{ .name = "suggest", .kind = JSON_OBJECT_KIND },
};

/* A text must be there in every language of the rubric: a mark means the same to everybody or to nobody. */
static int check_languages(const struct rubric *rubric, const struct json_at *texts, struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		const char *code = language_code((enum language)i);

		if (rubric->languages[i] && !json_get_string(texts, code, NULL))
			return json_fail(texts, e, "lacks \"%s\", a language of this rubric", code);
	}
	return 0;
}

static int parse_anchors(const struct rubric *rubric, struct criterion *criterion, const struct json_at *list,
	struct err *e)
{
	static const struct json_key anchor = { .kind = JSON_LOCALISED_KIND };

	for (size_t i = 0; i < MARK_LEVELS; i++) {
		struct json_at at = json_element(list, i);

		if (json_check_value(&at, &anchor, e) < 0 || check_languages(rubric, &at, e) < 0 ||
			keys_localised(&at, &criterion->anchors[i], e) < 0)
			return -1;
	}
	return 0;
}

static int parse_criterion(const struct rubric *rubric, struct criterion *criterion, const struct json_at *at,
	struct err *e)
{
	struct json_at title = json_member(at, "title"), anchors = json_member(at, "anchors");
	struct json_at evidence = json_member(at, "evidence"), suggest = json_member(at, "suggest");

	if (keys_check(at, criterion_keys, e) < 0 || keys_part(at, "part", &criterion->part, e) < 0 ||
		check_languages(rubric, &title, e) < 0 || json_copy_string(at, "id", &criterion->id, e) < 0 ||
		json_copy_localised(at, "title", &criterion->title, e) < 0)
		return -1;
	criterion->weight = (int)json_get_integer(at, "weight", 1);
	if (parse_anchors(rubric, criterion, &anchors, e) < 0 || parse_evidence_list(criterion, &evidence, e) < 0)
		return -1;
	return parse_suggest(criterion, &suggest, e);
}

static int parse_criteria(struct rubric *rubric, const struct json_at *list, struct err *e)
{
	size_t count = json_count(list);

	rubric->criteria = mem_new(count, sizeof(*rubric->criteria), e);
	if (!rubric->criteria)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(list, i);

		rubric->criterion_count++;
		if (parse_criterion(rubric, &rubric->criteria[i], &at, e) < 0 || keys_unique(list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

/* --- the document ----------------------------------------------------------------------------------------------- */

static const struct json_key rubric_keys[] = {
	KEY_FORMAT,
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "version", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1000000 },
	{ .name = "languages", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = LANGUAGE_COUNT },
	{ .name = "agreed_with_works_council", .kind = JSON_STRING_KIND, .nullable = true, .min = 1, .max = 500 },
	{ .name = "criteria", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 60 },
};

static int parse_languages(struct rubric *rubric, const struct json_at *list, struct err *e)
{
	const char *codes[LANGUAGE_COUNT + 1] = { NULL };

	for (int i = 0; i < LANGUAGE_COUNT; i++)
		codes[i] = language_code((enum language)i);
	for (size_t i = 0; i < json_count(list); i++) {
		struct json_at at = json_element(list, i);
		int language;

		if (json_word(&at, codes, &language, e) < 0)
			return -1;
		if (rubric->languages[language])
			return json_fail(&at, e, "stands here twice");
		rubric->languages[language] = true;
	}
	return 0;
}

static int digest(struct rubric *rubric, const struct json_at *root, struct err *e)
{
	AUTO_FREE char *bytes = NULL;

	if (json_render(root->value, JSON_STYLE_SORTED, &bytes, e) < 0)
		return -1;
	digest_of(bytes, strlen(bytes), rubric->digest);
	return 0;
}

int rubric_parse(struct rubric **out, const struct json_doc *doc, struct err *e)
{
	AUTO_RUBRIC struct rubric *rubric = mem_new(1, sizeof(*rubric), e);
	struct json_at root = json_root(doc), languages = json_member(&root, "languages");
	struct json_at criteria = json_member(&root, "criteria");

	if (!rubric || keys_check(&root, rubric_keys, e) < 0 || parse_languages(rubric, &languages, e) < 0)
		return -1;
	rubric->version = (int)json_get_integer(&root, "version", 0);
	if (json_copy_string(&root, "id", &rubric->id, e) < 0 ||
		keys_optional(&root, "agreed_with_works_council", &rubric->agreed_with_works_council, e) < 0 ||
		parse_criteria(rubric, &criteria, e) < 0 || digest(rubric, &root, e) < 0)
		return -1;
	*out = take_ptr(&rubric);
	return 0;
}

int rubric_load(struct rubric **out, int dir_fd, const char *path, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;

	return json_doc_load(&doc, dir_fd, path, path, e) < 0 ? -1 : rubric_parse(out, doc, e);
}

static void criterion_done(struct criterion *criterion)
{
	free(criterion->id);
	localised_done(&criterion->title);
	for (size_t i = 0; i < MARK_LEVELS; i++)
		localised_done(&criterion->anchors[i]);
	for (size_t i = 0; i < criterion->evidence_count; i++) {
		free(criterion->evidence[i].suite);
		free(criterion->evidence[i].test);
		free(criterion->evidence[i].category);
		free(criterion->evidence[i].task);
	}
	free(criterion->evidence);
}

void rubric_free(struct rubric *rubric)
{
	if (!rubric)
		return;
	for (size_t i = 0; i < rubric->criterion_count; i++)
		criterion_done(&rubric->criteria[i]);
	free(rubric->criteria);
	free(rubric->id);
	free(rubric->agreed_with_works_council);
	free(rubric);
}

/* --- questions -------------------------------------------------------------------------------------------------- */

const struct criterion *rubric_criterion(const struct rubric *rubric, const char *id)
{
	for (size_t i = 0; i < rubric->criterion_count; i++)
		if (strcmp(rubric->criteria[i].id, id) == 0)
			return &rubric->criteria[i];
	return NULL;
}

int criterion_suggested(const struct criterion *criterion, double share)
{
	/* A share such as 3/10 must not miss its bound of 0.3 by the last bit of either. */
	const double nearly = 1e-9;
	int mark = MARK_MIN;

	if (criterion->suggest == SUGGEST_NONE)
		return 0;
	for (size_t i = 0; i < MARK_LEVELS - 1; i++)
		if (share + nearly >= criterion->suggest_from[i])
			mark = MARK_MIN + 1 + (int)i;
	return mark;
}
