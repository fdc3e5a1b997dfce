// SPDX-License-Identifier: MIT
/* Any bytes as the state of a practice: refused, or the same again when written and read, and fit to be shown. */
#include "assess/practice_inside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define S(text) ((char *)(uintptr_t)(text))

static struct criterion criteria[] = {
	{ .id = S("a"), .part = PART_CONVERSATION, .title = { { S("A") } }, .anchors = { { { S("1") } }, { { S("2") } } } },
	{ .id = S("b"), .part = PART_CODING, .title = { { S("B") } } },
};
static struct rubric rubric = { .criteria = criteria, .criterion_count = 2 };
static struct question questions[] = { { .id = S("q"), .ask = { { S("Q?") } }, .mail = { { S("On it:") } } } };
static struct task task = { .id = S("t") };
static struct practice_item item = { .task = &task, .rubric = &rubric, .part = PART_CONVERSATION, .questions = { questions, 1 } };

static char *render(const struct practice_state *state)
{
	AUTO_JSON struct json *document = practice_state_json(state, &item);
	char *text = NULL;
	struct err e = { 0 };

	if (json_render(document, JSON_STYLE_COMPACT, &text, &e) < 0)
		abort();
	return text;
}

static void write_and_read(const struct practice_state *state)
{
	AUTO(practice_state_done) struct practice_state read = { 0 };
	AUTO_FREE char *text = render(state), *again = NULL;
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (practice_state_new(&read, &item, 1, &e) < 0 || json_doc_parse(&doc, "state.json", text, strlen(text), &e) < 0 ||
		practice_state_parse(&read, &item, doc, &e) < 0)
		abort();
	again = render(&read);
	if (strcmp(text, again) != 0)
		abort();
}

static void show(const struct practice_state *state)
{
	struct practice_page page = { .task = &task, .rubric = &rubric, .part = item.part, .questions = &item.questions,
		.answers = state->answers, .spent_ms = state->spent_ms, .marks = state->marks, .additions = state->additions,
		.to = state->to, .position = state->position, .company = state->company };
	struct report_style style = { .columns = 80 };
	AUTO_TEXT struct text t = { 0 };

	report_practice_mail(&t, &page, LANGUAGE_EN);
	report_practice_summary(&t, &page, &style);
	if (t.failed || !text_is_utf8(text_bytes(&t), t.length) || strchr(text_bytes(&t), '\x1b'))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(practice_state_done) struct practice_state state = { 0 };
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct err e = { 0 };

	if (json_doc_parse(&doc, "state.json", (const char *)data, size, &e) < 0)
		return 0;
	if (practice_state_new(&state, &item, 1, &e) < 0)
		abort();
	if (practice_state_parse(&state, &item, doc, &e) < 0)
		return 0;
	write_and_read(&state);
	show(&state);
	return 0;
}
