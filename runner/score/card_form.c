// SPDX-License-Identifier: MIT
/*
 * Writing a form, and reading what came back of it: words are looked up in one table, so that what is written can be
 * read.
 */
#include "score/card_form.h"

#include "base/i18n.h"
#include "base/text.h"

#include <limits.h>
#include <string.h>

enum word { WORD_MARK, WORD_EVIDENCE, WORD_RECOMMENDATION, WORD_STRENGTHS, WORD_CONCERNS, WORD_QUESTIONS, WORD_CONFLICT,
	WORD_LANGUAGE, WORD_MINUTES, WORD_SAVED, WORDS };

/* A long one may go over several lines. */
static const struct {
	const char *text[LANGUAGE_COUNT];
	bool is_long, of_criterion;
} words[WORDS] = {
	[WORD_MARK] = { { "mark", "Stufe" }, false, true },
	[WORD_EVIDENCE] = { { "evidence", "Beleg" }, true, true },
	[WORD_RECOMMENDATION] = { { "recommendation", "Empfehlung" }, false, false },
	[WORD_STRENGTHS] = { { "strengths", "Stärken" }, true, false },
	[WORD_CONCERNS] = { { "concerns", "Bedenken" }, true, false },
	[WORD_QUESTIONS] = { { "open questions", "Offene Fragen" }, true, false },
	[WORD_CONFLICT] = { { "conflict of interest", "Befangen" }, false, false },
	[WORD_LANGUAGE] = { { "language", "Sprache" }, false, false },
	[WORD_MINUTES] = { { "minutes present", "Minuten anwesend" }, false, false },
	[WORD_SAVED] = { { "saved", "gespeichert" }, false, false },
};

static const char *const yes_words[LANGUAGE_COUNT] = { "yes", "ja" };
static const char *const no_words[LANGUAGE_COUNT] = { "no", "nein" };
static const char *const unseen_words[LANGUAGE_COUNT] = { "not observed", "nicht beobachtet" };
static const char *const recommendations[RECOMMENDATION_LEVELS][LANGUAGE_COUNT] = {
	{ "strong no", "klar nein" },
	{ "no", "eher nein" },
	{ "yes", "eher ja" },
	{ "strong yes", "klar ja" },
};

static const char card_section[] = "card";

/* --- writing ---------------------------------------------------------------------------------------------------- */

/* A word of ours over as many lines as it takes. */
static void add_comment(struct text *t, const char *s)
{
	AUTO_TEXT struct text shown = { 0 };

	text_add_visible(&shown, s, true);
	text_add(t, "# ");
	text_add_wrapped(t, text_bytes(&shown), 100, "#   ");
	text_add(t, "\n");
	t->failed |= shown.failed;
}

/* Lines behind the first stand behind one blank, so that none is taken for something else. */
static void add_long(struct text *t, const char *s)
{
	for (bool first = true; *s; first = false) {
		size_t length = strcspn(s, "\n");

		if (!first)
			text_add(t, " ");
		text_add_bytes(t, s, length);
		text_add(t, "\n");
		s += length + (s[length] == '\n');
	}
}

static void add_word(struct text *t, enum word word, const char *value, enum language language)
{
	text_addf(t, "%s: ", words[word].text[language]);
	if (words[word].is_long && *value)
		add_long(t, value);
	else
		text_addf(t, "%s\n", value);
}

static void add_known(struct text *t, const struct scorecard *known, const char *criterion)
{
	for (size_t i = 0; known && i < known->criterion_count; i++) {
		if (strcmp(known->criteria[i].id, criterion) != 0)
			continue;
		for (size_t k = 0; k < known->criteria[i].evidence_count; k++)
			add_comment(t, known->criteria[i].evidence[k].text);
	}
}

static void add_criterion(struct text *t, const struct card_form *form, size_t index, enum language language)
{
	const struct criterion *criterion = &form->rubric->criteria[index];
	const struct card_mark *mark = card_mark_of(form->card, criterion->id);
	char number[16] = "";

	text_addf(t, "\n[%s]\n", criterion->id);
	add_comment(t, localised_text(&criterion->title, language));
	for (int level = MARK_MAX; level >= MARK_MIN; level--) {
		AUTO_TEXT struct text line = { 0 };

		text_addf(&line, "%d %s: %s", level, mark_word(level), localised_text(&criterion->anchors[level - 1], language));
		add_comment(t, text_bytes(&line));
		t->failed |= line.failed;
	}
	add_known(t, form->known, criterion->id);
	if (mark && mark->set && mark->mark != MARK_NOT_OBSERVED)
		snprintf(number, sizeof(number), "%d", mark->mark);
	add_word(t, WORD_MARK, mark && mark->set && mark->mark == MARK_NOT_OBSERVED ? unseen_words[language] : number, language);
	add_word(t, WORD_EVIDENCE, mark ? mark->evidence : "", language);
}

int card_form_render(char **out, const struct card_form *form, enum language language, struct err *e)
{
	const struct card *card = form->card;
	struct text t = { 0 };
	char number[32] = "";

	add_comment(&t, form->heading);
	add_comment(&t, _("Marks are 1 to 4, or 'not observed'; 1 and 4 need evidence. Lines that start with # are ours. The candidate "
			  "may ask to read what you write."));
	for (size_t i = 0; i < form->rubric->criterion_count; i++)
		add_criterion(&t, form, i, language);
	text_addf(&t, "\n[%s]\n", card_section);
	add_word(&t, WORD_STRENGTHS, card->strengths, language);
	add_word(&t, WORD_CONCERNS, card->concerns, language);
	add_word(&t, WORD_QUESTIONS, card->open_questions, language);
	add_comment(&t, _("Do you know the candidate privately?"));
	add_word(&t, WORD_CONFLICT, card->conflict_of_interest ? yes_words[language] : no_words[language], language);
	add_word(&t, WORD_LANGUAGE, card->language, language);
	if (card->minutes_present)
		snprintf(number, sizeof(number), "%d", card->minutes_present);
	add_word(&t, WORD_MINUTES, number, language);
	add_comment(&t, _("Last of all: strong no, no, yes or strong yes"));
	add_word(&t, WORD_RECOMMENDATION, card->recommendation ? recommendations[card->recommendation - 1][language] : "", language);
	add_comment(&t, _("Leave this one as it is:"));
	snprintf(number, sizeof(number), "%lld", form->saved_ms);
	add_word(&t, WORD_SAVED, number, language);
	return text_take(&t, out, e);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

/* Where in the form we are. */
struct reading {
	struct card *card;
	const char *name;
	int line;
	long long saved_ms;
	char section[80];          /* "" before the first */
	bool is_card;              /* the section is that of the whole */
	enum word word;            /* what a text belongs to; WORDS: nothing is open */
	int begun;                 /* the line where that began */
	struct text text;          /* what it has so far */
	struct strings seen;       /* "section:word", so that nothing is given twice */
	struct err *e;
};

static int fail(const struct reading *r, int line, const char *sentence)
{
	return err_set(r->e, ERR_INVALID, "%s:%d: %s", r->name, line, sentence);
}

static bool same(const char *a, const char *const b[LANGUAGE_COUNT])
{
	return strcasecmp(a, b[LANGUAGE_EN]) == 0 || strcasecmp(a, b[LANGUAGE_DE]) == 0;
}

static int read_mark(struct reading *r, const char *value)
{
	const struct card_mark *mark = card_mark_of(r->card, r->section);
	long long number = MARK_NOT_OBSERVED;

	if (!*value)
		return 0;
	if (!same(value, unseen_words) && strcmp(value, "-") != 0 && !text_to_integer(value, MARK_MIN, MARK_MAX, &number))
		return fail(r, r->begun, _("a mark is 1, 2, 3, 4 or 'not observed'"));
	return card_set(r->card, mark->criterion, (int)number, NULL, r->e);
}

static int read_recommendation(struct reading *r, const char *value)
{
	if (!*value)
		return 0;
	for (int i = 0; i < RECOMMENDATION_LEVELS; i++) {
		if (!same(value, recommendations[i]) && strcmp(value, recommendation_name(i + 1)) != 0)
			continue;
		r->card->recommendation = i + 1;
		return 0;
	}
	return fail(r, r->begun, _("a recommendation is 'strong no', 'no', 'yes' or 'strong yes'"));
}

static int read_number(struct reading *r, const char *value, long long max, const char *sentence, long long *out)
{
	return !*value || text_to_integer(value, 0, max, out) ? 0 : fail(r, r->begun, sentence);
}

/* Evidence belongs to a mark, but a text without one is kept, too. */
static int read_evidence(struct reading *r, const char *value)
{
	const struct card_mark *before = card_mark_of(r->card, r->section);
	const bool was_set = before->set;
	const int mark = before->mark;
	struct card_mark *after;

	if (card_set(r->card, r->section, mark, value, r->e) < 0)
		return err_wrap(r->e, "%s:%d", r->name, r->begun);
	after = (struct card_mark *)card_mark_of(r->card, r->section);
	after->set = was_set;
	return 0;
}

static int replace(struct reading *r, char **text, const char *value)
{
	char *copy = strlen(value) > CARD_TEXT_BYTES ? NULL : mem_copy(value, r->e);

	if (strlen(value) > CARD_TEXT_BYTES)
		return fail(r, r->begun, _("a text on a card has at most 16 KiB"));
	if (!copy)
		return -1;
	free(*text);
	*text = copy;
	return 0;
}

static int take_value(struct reading *r, const char *value)
{
	struct card *card = r->card;
	long long number = card->minutes_present;

	switch (r->word) {
	case WORD_MARK: return read_mark(r, value);
	case WORD_EVIDENCE: return read_evidence(r, value);
	case WORD_RECOMMENDATION: return read_recommendation(r, value);
	case WORD_STRENGTHS: return replace(r, &card->strengths, value);
	case WORD_CONCERNS: return replace(r, &card->concerns, value);
	case WORD_QUESTIONS: return replace(r, &card->open_questions, value);
	case WORD_LANGUAGE: return strlen(value) > 64 ? fail(r, r->begun, _("a language has at most 64 bytes"))
						       : replace(r, &card->language, value);
	case WORD_CONFLICT:
		if (*value && !same(value, yes_words) && !same(value, no_words))
			return fail(r, r->begun, _("a conflict of interest is 'yes' or 'no'"));
		card->conflict_of_interest = *value && same(value, yes_words);
		return 0;
	case WORD_MINUTES:
		if (read_number(r, value, 1440, _("minutes are a whole number up to 1440"), &number) < 0)
			return -1;
		card->minutes_present = (int)number;
		return 0;
	case WORD_SAVED: return read_number(r, value, LLONG_MAX, _("this line must stay as the form had it"), &r->saved_ms);
	case WORDS: return 0;
	}
	return 0;
}

/* What was open is whole now. */
static int end_word(struct reading *r)
{
	AUTO_FREE char *value = NULL;
	size_t length;
	int failed;

	if (r->word == WORDS)
		return 0;
	if (text_take(&r->text, &value, r->e) < 0)
		return -1;
	for (length = strlen(value); length && strchr(" \t\r\n", value[length - 1]); length--)
		value[length - 1] = '\0';
	failed = take_value(r, value + strspn(value, " \t\n"));
	r->word = WORDS;
	return failed;
}

static int begin_section(struct reading *r, const char *line, size_t length)
{
	if (end_word(r) < 0)
		return -1;
	if (line[length - 1] != ']' || length - 2 >= sizeof(r->section))
		return fail(r, r->line, _("a section is one name in brackets, such as [coding-errors]"));
	memcpy(r->section, line + 1, length - 2);
	r->section[length - 2] = '\0';
	r->is_card = strcmp(r->section, card_section) == 0;
	if (!r->is_card && !card_mark_of(r->card, r->section))
		return fail(r, r->line, _("the rubric has no criterion of this name"));
	return 0;
}

/* Whether the line begins with a word of this section; *value is what stands behind its colon. */
static bool find_word(const struct reading *r, const char *line, enum word *word, const char **value)
{
	for (int i = 0; i < WORDS; i++) {
		if (words[i].of_criterion == r->is_card)
			continue;
		for (int k = 0; k < LANGUAGE_COUNT; k++) {
			size_t length = strlen(words[i].text[k]);

			if (strncasecmp(line, words[i].text[k], length) != 0 || line[length] != ':')
				continue;
			*word = (enum word)i;
			*value = line + length + 1 + strspn(line + length + 1, " \t");
			return true;
		}
	}
	return false;
}

static int begin_word(struct reading *r, enum word word, const char *value)
{
	char given[128];

	if (end_word(r) < 0)
		return -1;
	snprintf(given, sizeof(given), "%s:%d", r->section, (int)word);
	if (strings_find(&r->seen, given) >= 0)
		return fail(r, r->line, _("this was given before"));
	r->word = word;
	r->begun = r->line;
	text_add(&r->text, value);
	return strings_add(&r->seen, given, r->e);
}

static int take_line(struct reading *r, const char *line)
{
	size_t length = strlen(line);
	const char *value;
	enum word word;

	if (*line == '#')
		return 0;
	if (*line == '[')
		return begin_section(r, line, length);
	if (*r->section && find_word(r, line, &word, &value))
		return begin_word(r, word, value);
	if (r->word != WORDS && words[r->word].is_long) {
		text_addf(&r->text, "\n%s", *line == ' ' ? line + 1 : line);
		return 0;
	}
	if (line[strspn(line, " \t")] == '\0')
		return 0;
	return fail(r, r->line, *r->section ? _("this is no word of this section") : _("a form begins with a section, such as [coding-errors]"));
}

static int read_form(struct reading *r, const char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		const char *end = memchr(bytes + at, '\n', size - at);
		size_t length = end ? (size_t)(end - (bytes + at)) : size - at;
		AUTO_TEXT struct text line = { 0 };

		if (++r->line > CARD_FORM_MAX_LINES)
			return fail(r, r->line, _("a form has at most 20000 lines"));
		while (length && strchr(" \t\r", bytes[at + length - 1]))
			length--;
		text_add_clean(&line, bytes + at, length);
		if (line.failed)
			return err_memory(r->e);
		if (take_line(r, text_bytes(&line)) < 0)
			return -1;
		at = end ? (size_t)(end - bytes) + 1 : size;
	}
	return end_word(r);
}

static bool is_saved_line(const char *line, size_t length)
{
	for (int k = 0; k < LANGUAGE_COUNT; k++) {
		const char *word = words[WORD_SAVED].text[k];
		const size_t there = strlen(word);

		if (length > there && strncasecmp(line, word, there) == 0 && line[there] == ':')
			return true;
	}
	return false;
}

/* Its line, to the end, in the section that comes last. */
bool card_form_is_whole(const char *bytes, size_t size)
{
	bool is_card = false;
	const char *end;

	for (size_t at = 0; at < size && (end = memchr(bytes + at, '\n', size - at)); at = (size_t)(end - bytes) + 1) {
		const size_t length = (size_t)(end - (bytes + at));

		if (is_card && is_saved_line(bytes + at, length))
			return true;
		if (length && bytes[at] == '[')
			is_card = length > strlen(card_section) && strncmp(bytes + at + 1, card_section, strlen(card_section)) == 0;
	}
	return false;
}

int card_form_take(struct card *card, long long *saved_ms, const struct rubric *rubric, const char *name,
	const char *bytes, size_t size, struct err *e)
{
	AUTO_CARD struct card *next = NULL;
	struct reading r = { .name = name, .word = WORDS, .e = e };
	struct card before;
	int failed;

	if (size > CARD_FORM_MAX_BYTES)
		return err_set(e, ERR_LIMIT, _("%s: a form has at most 1 MiB"), name);
	if (card_begin_change(&next, card, rubric, e) < 0)
		return -1;
	r.card = next;
	failed = read_form(&r, bytes, size);
	text_done(&r.text);
	strings_done(&r.seen);
	if (failed)
		return -1;
	before = *card;
	*card = *next;
	*next = before;
	*saved_ms = r.saved_ms;
	return 0;
}
