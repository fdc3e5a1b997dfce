// SPDX-License-Identifier: MIT
/*
 * A person's decisions. A comment that names two flaws may be decided twice, each time for another flaw; a flaw is
 * credited once.
 */
#include "review/decision.h"

#include "base/mem.h"
#include "review/words.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DECISIONS = 1000, WHOLE_CREDIT = 2 };

static const struct json_key root_keys[] = {
	KEY_FORMAT_1,
	{ .name = "by", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 200 },
	{ .name = "decisions", .kind = JSON_ARRAY_KIND, .required = true, .min = 0, .max = MAX_DECISIONS },
};

static const struct json_key decision_keys[] = {
	{ .name = "comment", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 64 },
	{ .name = "flaw", .kind = JSON_ID_KIND, .nullable = true },
	{ .name = "as", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "credit", .kind = JSON_NUMBER_KIND, .nullable = true },
	{ .name = "reason", .kind = JSON_STRING_KIND, .nullable = true, .min = 0, .max = 8192 },
};

static bool earns(enum decided_as as)
{
	return as == AS_PLANTED || as == AS_REAL;
}

/* Whole unless it says half; only what is right in substance has a credit at all. */
static int parse_credit(struct decision *decision, const struct json_at *at, struct err *e)
{
	struct json_at credit = json_member(at, "credit");
	double halves = credit.value ? json_as_number(&credit) * WHOLE_CREDIT : WHOLE_CREDIT;

	if (credit.value && !earns(decision->as))
		return json_fail(&credit, e, "stands only beside \"planted\" and \"real\"");
	if (halves != 1 && halves != WHOLE_CREDIT)
		return json_fail(&credit, e, "must be 1 or 0.5");
	decision->half_credits = earns(decision->as) ? (int)halves : 0;
	return 0;
}

static int parse_flaw(struct decision *decision, const struct json_at *at, struct err *e)
{
	struct json_at flaw = json_member(at, "flaw");

	if (!flaw.value)
		return decision->as == AS_PLANTED ? json_fail(at, e, "lacks the \"flaw\" that it found") : 0;
	if (decision->as != AS_PLANTED && decision->as != AS_DUPLICATE)
		return json_fail(&flaw, e, "stands only beside \"planted\" and \"duplicate\"");
	return json_copy_string(at, "flaw", &decision->flaw, e);
}

static int parse_decision(struct decision *decision, const struct json_at *at, struct err *e)
{
	struct json_at as_at;
	int as;

	if (json_check(at, decision_keys, COUNT_OF(decision_keys), e) < 0)
		return -1;
	as_at = json_member(at, "as");
	if (json_word(&as_at, decided_as_words, &as, e) < 0)
		return -1;
	decision->as = (enum decided_as)as;
	if (json_copy_string(at, "comment", &decision->comment, e) < 0 ||
		json_copy_string(at, "reason", &decision->reason, e) < 0 || parse_flaw(decision, at, e) < 0)
		return -1;
	return parse_credit(decision, at, e);
}

static bool is_comment(const struct comments *comments, const char *id)
{
	for (size_t i = 0; i < comments->count; i++)
		if (strcmp(comments->item[i].id, id) == 0)
			return true;
	return false;
}

static int check_ids(const struct decision *decision, const struct json_at *at, const struct comments *comments,
	const struct flaws *flaws, struct err *e)
{
	struct json_at comment = json_member(at, "comment"), flaw = json_member(at, "flaw");

	if (comments && !is_comment(comments, decision->comment))
		return json_fail(&comment, e, "is no comment of this review");
	if (flaws && decision->flaw && !flaws_find(flaws, decision->flaw))
		return json_fail(&flaw, e, "is no flaw of this task");
	return 0;
}

/* Against one decision that stands before. */
static int check_pair(const struct decision *decision, const struct decision *before, const struct json_at *at,
	struct err *e)
{
	bool same_flaw = decision->flaw && before->flaw && strcmp(decision->flaw, before->flaw) == 0;
	struct json_at comment = json_member(at, "comment"), flaw = json_member(at, "flaw");

	if (same_flaw && decision->as == AS_PLANTED && before->as == AS_PLANTED)
		return json_fail(&flaw, e, "is credited already");
	if (strcmp(decision->comment, before->comment) != 0)
		return 0;
	if (same_flaw || !decision->flaw || !before->flaw)
		return json_fail(&comment, e, "is decided already");
	return 0;
}

static int parse(struct decisions *decisions, const struct json_doc *doc, const struct comments *comments,
	const struct flaws *flaws, struct err *e)
{
	struct json_at root = json_root(doc), list;

	if (json_check(&root, root_keys, COUNT_OF(root_keys), e) < 0 ||
		json_copy_string(&root, "by", &decisions->by, e) < 0)
		return -1;
	list = json_member(&root, "decisions");
	decisions->item = mem_new(json_count(&list), sizeof(*decisions->item), e);
	if (!decisions->item)
		return -1;
	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);
		struct decision *decision = &decisions->item[i];

		decisions->count++;
		if (parse_decision(decision, &at, e) < 0 || check_ids(decision, &at, comments, flaws, e) < 0)
			return -1;
		for (size_t before = 0; before < i; before++)
			if (check_pair(decision, &decisions->item[before], &at, e) < 0)
				return -1;
	}
	return 0;
}

int decisions_parse(struct decisions *out, const struct json_doc *doc, const struct comments *comments,
	const struct flaws *flaws, struct err *e)
{
	struct decisions decisions = { 0 };

	if (parse(&decisions, doc, comments, flaws, e) < 0) {
		decisions_done(&decisions);
		return -1;
	}
	*out = decisions;
	return 0;
}

static struct json *decision_json(const struct decision *decision)
{
	struct json *object = json_pack_new("{s:s, s:s?, s:s}", "comment", decision->comment, "flaw", decision->flaw, "as",
		decided_as_name(decision->as));

	if (decision->half_credits == WHOLE_CREDIT)
		json_put_take(&object, "credit", json_pack_new("i", 1));
	else if (decision->half_credits)
		json_put_take(&object, "credit", json_pack_new("f", 0.5));
	if (*decision->reason)
		json_put_take(&object, "reason", json_new_string(decision->reason));
	return object;
}

struct json *decisions_json(const struct decisions *decisions)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < decisions->count; i++)
		json_append_take(&list, decision_json(&decisions->item[i]));
	return json_pack_new("{s:i, s:s, s:o}", "format", 1, "by", decisions->by, "decisions", list);
}

void decisions_done(struct decisions *decisions)
{
	for (size_t i = 0; i < decisions->count; i++) {
		free(decisions->item[i].comment);
		free(decisions->item[i].flaw);
		free(decisions->item[i].reason);
	}
	free(decisions->item);
	free(decisions->by);
	*decisions = (struct decisions){ 0 };
}
