// SPDX-License-Identifier: MIT
/*
 * A card is changed through copies: a file with a mistake in its last line has changed nothing. "Not observed" is a
 * decision like any mark and never a 1; not having decided yet is something else again.
 */
#include "score/card.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS_MAX = 1000, MINUTES_MAX = 24 * 60 };

static const char *const states[] = { "draft", "sealed", "revealed", NULL };

const char *card_state_name(enum card_state state)
{
	return states[state];
}

void card_free(struct card *card)
{
	if (!card)
		return;
	for (size_t i = 0; i < card->mark_count; i++) {
		free(card->marks[i].criterion);
		free(card->marks[i].evidence);
	}
	free(card->marks);
	free(card->interviewer);
	free(card->rubric);
	free(card->rubric_digest);
	free(card->strengths);
	free(card->concerns);
	free(card->open_questions);
	free(card->language);
	free(card);
}

static int add_mark(struct card *card, const char *criterion, int mark, const char *evidence, bool set, struct err *e)
{
	struct card_mark *added = mem_push(&card->marks, card->mark_count, sizeof(*added), e);

	if (!added)
		return -1;
	card->mark_count++;
	added->mark = mark;
	added->set = set;
	added->criterion = mem_copy(criterion, e);
	added->evidence = mem_copy(evidence, e);
	return added->criterion && added->evidence ? 0 : -1;
}

int card_new(struct card **out, const struct rubric *rubric, const char *interviewer, struct err *e)
{
	AUTO_CARD struct card *card = mem_new(1, sizeof(*card), e);

	if (!card)
		return -1;
	card->rubric_version = rubric->version;
	card->interviewer = mem_copy(interviewer, e);
	card->rubric = mem_copy(rubric->id, e);
	card->rubric_digest = mem_copy(rubric->digest, e);
	card->strengths = mem_copy("", e);
	card->concerns = mem_copy("", e);
	card->open_questions = mem_copy("", e);
	card->language = mem_copy("", e);
	if (!card->interviewer || !card->rubric || !card->rubric_digest || !card->strengths || !card->concerns ||
		!card->open_questions || !card->language)
		return -1;
	for (size_t i = 0; i < rubric->criterion_count; i++)
		if (add_mark(card, rubric->criteria[i].id, MARK_NOT_OBSERVED, "", false, e) < 0)
			return -1;
	*out = take_ptr(&card);
	return 0;
}

static int copy_card(struct card **out, const struct card *from, struct err *e)
{
	AUTO_CARD struct card *card = mem_new(1, sizeof(*card), e);

	if (!card)
		return -1;
	*card = *from;
	card->marks = NULL;
	card->mark_count = 0;
	card->interviewer = mem_copy(from->interviewer, e);
	card->rubric = mem_copy(from->rubric, e);
	card->rubric_digest = mem_copy(from->rubric_digest, e);
	card->strengths = mem_copy(from->strengths, e);
	card->concerns = mem_copy(from->concerns, e);
	card->open_questions = mem_copy(from->open_questions, e);
	card->language = mem_copy(from->language, e);
	if (!card->interviewer || !card->rubric || !card->rubric_digest || !card->strengths || !card->concerns ||
		!card->open_questions || !card->language)
		return -1;
	for (size_t i = 0; i < from->mark_count; i++)
		if (add_mark(card, from->marks[i].criterion, from->marks[i].mark, from->marks[i].evidence,
			    from->marks[i].set, e) < 0)
			return -1;
	*out = take_ptr(&card);
	return 0;
}

static struct card_mark *find_mark(const struct card *card, const char *criterion)
{
	for (size_t i = 0; i < card->mark_count; i++)
		if (strcmp(card->marks[i].criterion, criterion) == 0)
			return &card->marks[i];
	return NULL;
}

const struct card_mark *card_mark_of(const struct card *card, const char *criterion)
{
	return find_mark(card, criterion);
}

static int check_draft(const struct card *card, struct err *e)
{
	if (card->state != CARD_DRAFT)
		return err_set(e, ERR_CONFLICT, _("the card of %s is sealed already"), card->interviewer);
	return 0;
}

static int fail_unknown(const struct card *card, const char *criterion, struct err *e)
{
	AUTO_TEXT struct text known = { 0 };

	for (size_t i = 0; i < card->mark_count; i++)
		text_addf(&known, "%s%s", i ? ", " : "", card->marks[i].criterion);
	return err_set(e, ERR_NOT_FOUND, _("the rubric %s has no criterion '%.64s'; it has %s"), card->rubric,
		criterion, text_bytes(&known));
}

static int set_mark(struct card *card, const char *criterion, int mark, const char *evidence, struct err *e)
{
	struct card_mark *found = find_mark(card, criterion);
	AUTO_FREE char *copy = NULL;

	if (!found)
		return fail_unknown(card, criterion, e);
	if (mark != MARK_NOT_OBSERVED && (mark < MARK_MIN || mark > MARK_MAX))
		return err_set(e, ERR_INVALID, _("a mark is a whole number from %d to %d, or \"not observed\""),
			MARK_MIN, MARK_MAX);
	if (evidence && (strlen(evidence) > CARD_TEXT_BYTES || !text_is_utf8(evidence, strlen(evidence))))
		return err_set(e, ERR_INVALID, _("evidence is UTF-8 text of at most %d KiB"), CARD_TEXT_BYTES >> 10);
	copy = mem_copy(evidence ? evidence : found->evidence, e);
	if (!copy)
		return -1;
	free(found->evidence);
	found->evidence = take_ptr(&copy);
	found->mark = mark;
	found->set = true;
	return 0;
}

int card_set(struct card *card, const char *criterion, int mark, const char *evidence, struct err *e)
{
	return check_draft(card, e) < 0 ? -1 : set_mark(card, criterion, mark, evidence, e);
}

static int check_revealed(const struct card *card, struct err *e)
{
	if (card->state != CARD_REVEALED)
		return err_set(e, ERR_CONFLICT, _("the card of %s is not revealed"), card->interviewer);
	return 0;
}

int card_amend(struct card *card, const char *criterion, int mark, const char *evidence, struct err *e)
{
	return check_revealed(card, e) < 0 ? -1 : set_mark(card, criterion, mark, evidence, e);
}

int card_amend_recommendation(struct card *card, int recommendation, struct err *e)
{
	if (check_revealed(card, e) < 0)
		return -1;
	card->recommendation = recommendation;
	return 0;
}

/* --- a card file ------------------------------------------------------------------------------------------------ */

static const struct json_key file_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "marks", .kind = JSON_ARRAY_KIND, .max = MARKS_MAX },
	{ .name = "strengths", .kind = JSON_STRING_KIND, .max = CARD_TEXT_BYTES },
	{ .name = "concerns", .kind = JSON_STRING_KIND, .max = CARD_TEXT_BYTES },
	{ .name = "open_questions", .kind = JSON_STRING_KIND, .max = CARD_TEXT_BYTES },
	{ .name = "recommendation", .kind = JSON_STRING_KIND, .nullable = true },
	{ .name = "conflict_of_interest", .kind = JSON_BOOL_KIND },
	{ .name = "language", .kind = JSON_STRING_KIND, .max = 64 },
	{ .name = "minutes_present", .kind = JSON_INTEGER_KIND, .min = 0, .max = MINUTES_MAX },
};

static const struct json_key file_mark_keys[] = {
	{ .name = "criterion", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 64 },
	{ .name = "mark", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .min = MARK_MIN,
		.max = MARK_MAX },
	{ .name = "evidence", .kind = JSON_STRING_KIND, .nullable = true, .max = CARD_TEXT_BYTES },
};

#define CHECK(at, keys, e) json_check(at, keys, sizeof(keys) / sizeof(*(keys)), e)

/* Replaces a text if the file has it. */
static int take_text(char **text, const struct json_at *root, const char *key, struct err *e)
{
	const char *given = json_get_string(root, key, NULL);
	char *copy = given ? mem_copy(given, e) : NULL;

	if (!given)
		return 0;
	if (!copy)
		return -1;
	free(*text);
	*text = copy;
	return 0;
}

static int read_recommendation(int *out, const struct json_at *root, struct err *e)
{
	struct json_at member = json_member(root, "recommendation");
	const char *words[RECOMMENDATION_LEVELS + 1] = { NULL };
	int word;

	if (!member.value)
		return 0;
	for (int i = 0; i < RECOMMENDATION_LEVELS; i++)
		words[i] = recommendation_name(i + 1);
	if (json_word(&member, words, &word, e) < 0)
		return -1;
	*out = word + 1;
	return 0;
}

static int take_marks(struct card *card, const struct json_at *root, struct err *e)
{
	struct json_at list = json_member(root, "marks");
	AUTO_STRINGS struct strings seen = { 0 };

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i), name = json_member(&at, "criterion");
		const char *criterion = json_as_string(&name);

		if (CHECK(&at, file_mark_keys, e) < 0)
			return -1;
		if (!find_mark(card, criterion))
			return json_fail(&name, e, "is no criterion of the rubric %s", card->rubric);
		if (strings_find(&seen, criterion) >= 0)
			return json_fail(&name, e, "is marked twice");
		if (strings_add(&seen, criterion, e) < 0 ||
			card_set(card, criterion, (int)json_get_integer(&at, "mark", MARK_NOT_OBSERVED),
				json_get_string(&at, "evidence", NULL), e) < 0)
			return -1;
	}
	return 0;
}

int card_begin_change(struct card **out, const struct card *card, const struct rubric *rubric, struct err *e)
{
	if (check_draft(card, e) < 0)
		return -1;
	if (strcmp(card->rubric_digest, rubric->digest) != 0)
		return err_set(e, ERR_CONFLICT, _("the card was begun with another version of the rubric %s"),
			rubric->id);
	return copy_card(out, card, e);
}

int card_take_file(struct card *card, const struct rubric *rubric, const struct json_doc *doc, struct err *e)
{
	AUTO_CARD struct card *next = NULL;
	struct json_at root = json_root(doc);
	struct card before;

	if (CHECK(&root, file_keys, e) < 0 || card_begin_change(&next, card, rubric, e) < 0 || take_marks(next, &root, e) < 0 ||
		take_text(&next->strengths, &root, "strengths", e) < 0 ||
		take_text(&next->concerns, &root, "concerns", e) < 0 ||
		take_text(&next->open_questions, &root, "open_questions", e) < 0 ||
		take_text(&next->language, &root, "language", e) < 0 ||
		read_recommendation(&next->recommendation, &root, e) < 0)
		return -1;
	next->conflict_of_interest = json_get_bool(&root, "conflict_of_interest", card->conflict_of_interest);
	next->minutes_present = (int)json_get_integer(&root, "minutes_present", card->minutes_present);
	before = *card;
	*card = *next;
	*next = before;
	return 0;
}

/* --- sealing ---------------------------------------------------------------------------------------------------- */

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

static void begin_item(struct text *t)
{
	text_add(t, t->length ? "; " : "");
}

int card_check_complete(const struct card *card, const struct rubric *rubric, struct err *e)
{
	AUTO_TEXT struct text missing = { 0 };
	size_t undecided = 0;

	for (size_t i = 0; i < rubric->criterion_count; i++) {
		const struct card_mark *mark = find_mark(card, rubric->criteria[i].id);

		if (!mark || !mark->set)
			text_addf(&missing, "%s%s", undecided++ ? ", " : _("no mark for "), rubric->criteria[i].id);
	}
	for (size_t i = 0; i < card->mark_count; i++) {
		const struct card_mark *mark = &card->marks[i];

		if (!mark->set || (mark->mark != MARK_MIN && mark->mark != MARK_MAX) || !is_blank(mark->evidence))
			continue;
		begin_item(&missing);
		text_addf(&missing, _("no evidence for the %d of %s"), mark->mark, mark->criterion);
	}
	if (!card->recommendation) {
		begin_item(&missing);
		text_add(&missing, _("no recommendation"));
	}
	if (missing.failed)
		return err_memory(e);
	if (!missing.length)
		return 0;
	return err_set(e, ERR_CONFLICT, _("the card is not complete: %s"), text_bytes(&missing));
}

/* --- for the store ---------------------------------------------------------------------------------------------- */

static struct json *marks_json(const struct card *card)
{
	struct json *array = json_new_array();

	for (size_t i = 0; i < card->mark_count; i++) {
		const struct card_mark *mark = &card->marks[i];
		struct json *object = json_pack_new("{s:s, s:b}", "criterion", mark->criterion, "decided", mark->set);

		json_put_take(&object, "mark",
			mark->set && mark->mark ? json_pack_new("i", mark->mark) : json_clean(NULL, 0));
		json_put_take(&object, "evidence", json_clean(mark->evidence, strlen(mark->evidence)));
		json_append_take(&array, object);
	}
	return array;
}

struct json *card_json(const struct card *card)
{
	struct json *object = json_pack_new("{s:i, s:s, s:s, s:i, s:s}", "format", 1, "interviewer", card->interviewer,
		"rubric", card->rubric, "rubric_version", card->rubric_version, "rubric_digest", card->rubric_digest);

	json_put_take(&object, "marks", marks_json(card));
	json_put_take(&object, "strengths", json_clean(card->strengths, strlen(card->strengths)));
	json_put_take(&object, "concerns", json_clean(card->concerns, strlen(card->concerns)));
	json_put_take(&object, "open_questions", json_clean(card->open_questions, strlen(card->open_questions)));
	json_put_take(&object, "recommendation",
		card->recommendation ? json_new_string(recommendation_name(card->recommendation)) : json_clean(NULL, 0));
	json_put_take(&object, "conflict_of_interest", json_pack_new("b", card->conflict_of_interest));
	json_put_take(&object, "language", json_clean(card->language, strlen(card->language)));
	json_put_take(&object, "minutes_present", json_pack_new("i", card->minutes_present));
	json_put_take(&object, "state", json_new_string(card_state_name(card->state)));
	json_put_take(&object, "sealed_ms",
		card->sealed_ms ? json_pack_new("I", (long long)card->sealed_ms) : json_clean(NULL, 0));
	return object;
}

static const struct json_key card_keys[] = {
	{ .name = "format", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1 },
	{ .name = "interviewer", .kind = JSON_STRING_KIND, .required = true, .max = 256 },
	{ .name = "rubric", .kind = JSON_STRING_KIND, .required = true, .max = 64 },
	{ .name = "rubric_version", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = 1 << 30 },
	{ .name = "rubric_digest", .kind = JSON_STRING_KIND, .required = true, .max = 64 },
	{ .name = "marks", .kind = JSON_ARRAY_KIND, .required = true, .max = MARKS_MAX },
	{ .name = "strengths", .kind = JSON_STRING_KIND, .required = true, .max = CARD_TEXT_BYTES },
	{ .name = "concerns", .kind = JSON_STRING_KIND, .required = true, .max = CARD_TEXT_BYTES },
	{ .name = "open_questions", .kind = JSON_STRING_KIND, .required = true, .max = CARD_TEXT_BYTES },
	{ .name = "recommendation", .kind = JSON_STRING_KIND, .required = true, .nullable = true },
	{ .name = "conflict_of_interest", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "language", .kind = JSON_STRING_KIND, .required = true, .max = 64 },
	{ .name = "minutes_present", .kind = JSON_INTEGER_KIND, .required = true, .min = 0, .max = MINUTES_MAX },
	{ .name = "state", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "sealed_ms", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .min = 1,
		.max = 1LL << 53 },
};

static const struct json_key card_mark_keys[] = {
	{ .name = "criterion", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 64 },
	{ .name = "decided", .kind = JSON_BOOL_KIND, .required = true },
	{ .name = "mark", .kind = JSON_INTEGER_KIND, .required = true, .nullable = true, .min = MARK_MIN,
		.max = MARK_MAX },
	{ .name = "evidence", .kind = JSON_STRING_KIND, .required = true, .max = CARD_TEXT_BYTES },
};

static int parse_marks(struct card *card, const struct json_at *root, struct err *e)
{
	struct json_at list = json_member(root, "marks");

	for (size_t i = 0; i < json_count(&list); i++) {
		struct json_at at = json_element(&list, i);
		const char *criterion = json_get_string(&at, "criterion", "");
		int mark = (int)json_get_integer(&at, "mark", MARK_NOT_OBSERVED);

		if (CHECK(&at, card_mark_keys, e) < 0)
			return -1;
		if (find_mark(card, criterion))
			return json_fail(&at, e, "marks %s a second time", criterion);
		if (mark != MARK_NOT_OBSERVED && !json_get_bool(&at, "decided", false))
			return json_fail(&at, e, "has a mark that is not decided");
		if (add_mark(card, criterion, mark, json_get_string(&at, "evidence", ""),
			    json_get_bool(&at, "decided", false), e) < 0)
			return -1;
	}
	return 0;
}

int card_parse(struct card **out, const struct json_doc *doc, struct err *e)
{
	AUTO_CARD struct card *card = mem_new(1, sizeof(*card), e);
	struct json_at root = json_root(doc), state_at = json_member(&root, "state");
	int state;

	if (!card || CHECK(&root, card_keys, e) < 0 || json_word(&state_at, states, &state, e) < 0)
		return -1;
	card->state = (enum card_state)state;
	card->sealed_ms = json_get_integer(&root, "sealed_ms", 0);
	if ((card->state == CARD_DRAFT) != (card->sealed_ms == 0))
		return json_fail(&root, e, "has a time of sealing exactly when it is sealed");
	card->rubric_version = (int)json_get_integer(&root, "rubric_version", 0);
	card->conflict_of_interest = json_get_bool(&root, "conflict_of_interest", false);
	card->minutes_present = (int)json_get_integer(&root, "minutes_present", 0);
	if (json_copy_string(&root, "interviewer", &card->interviewer, e) < 0 ||
		json_copy_string(&root, "rubric", &card->rubric, e) < 0 ||
		json_copy_string(&root, "rubric_digest", &card->rubric_digest, e) < 0 ||
		json_copy_string(&root, "strengths", &card->strengths, e) < 0 ||
		json_copy_string(&root, "concerns", &card->concerns, e) < 0 ||
		json_copy_string(&root, "open_questions", &card->open_questions, e) < 0 ||
		json_copy_string(&root, "language", &card->language, e) < 0 ||
		read_recommendation(&card->recommendation, &root, e) < 0 || parse_marks(card, &root, e) < 0)
		return -1;
	*out = take_ptr(&card);
	return 0;
}
