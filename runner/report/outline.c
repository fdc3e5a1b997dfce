// SPDX-License-Identifier: MIT
/*
 * Blocks, and how they look on a terminal and on paper.
 */
#include "report/outline.h"

#include "report/page.h"
#include "report/parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_LINES = 5 };

void outline_add(struct outline *outline, enum outline_kind kind, const char *format, ...)
{
	struct err ignored = { 0 };
	struct outline_block *block = mem_push(&outline->blocks, outline->count, sizeof(*block), &ignored);
	va_list list;

	if (!block) {
		outline->failed = true;
		return;
	}
	block->kind = kind;
	va_start(list, format);
	if (vasprintf(&block->text, format, list) < 0)
		block->text = NULL;
	va_end(list);
	outline->failed |= !block->text;
	outline->count += block->text != NULL;
}

void outline_done(struct outline *outline)
{
	for (size_t i = 0; i < outline->count; i++)
		free(outline->blocks[i].text);
	free(outline->blocks);
	*outline = (struct outline){ 0 };
}

/* --- text ------------------------------------------------------------------------------------------------------- */

/* Each line of s wrapped, the first behind `first`, the others behind `indent`. */
static void add_lines(struct text *t, const char *s, const char *first, const char *indent, size_t columns)
{
	while (*s) {
		size_t length = strcspn(s, "\n");
		AUTO_TEXT struct text line = { 0 }, shown = { 0 };

		text_add_bytes(&line, s, length);
		text_add_visible(&shown, text_bytes(&line), true);
		t->failed |= line.failed || shown.failed;
		text_add(t, first);
		text_add_wrapped(t, text_bytes(&shown), columns, indent);
		text_add(t, "\n");
		first = indent;
		s += length + (s[length] == '\n');
	}
}

static void add_ruled(struct text *t, const char *s, const char *rule, size_t columns)
{
	AUTO_TEXT struct text line = { 0 };
	size_t width;

	text_add_visible(&line, s, true);
	width = text_columns(text_bytes(&line));
	text_addf(t, "\n%s\n", text_bytes(&line));
	text_add_times(t, rule, width < columns ? width : columns);
	text_add(t, "\n");
	t->failed |= line.failed;
}

static void add_room(struct text *t, const char *s, size_t columns)
{
	text_add(t, "\n  ");
	text_add_visible(t, s, true);
	text_add(t, "\n");
	for (int i = 0; i < ROOM_LINES; i++) {
		text_add(t, "\n  ");
		text_add_times(t, "_", columns - 4);
		text_add(t, "\n");
	}
}

static void add_text_block(struct text *t, const struct outline_block *b, size_t columns)
{
	switch (b->kind) {
	case OUTLINE_TITLE: add_ruled(t, b->text, "=", columns); return;
	case OUTLINE_PART: add_ruled(t, b->text, "-", columns); return;
	case OUTLINE_HEAD: text_add(t, "\n"); add_lines(t, b->text, "", "", columns); return;
	case OUTLINE_TEXT: add_lines(t, b->text, "", "", columns); return;
	case OUTLINE_VERBATIM: text_add_visible(t, b->text, false); text_add(t, "\n"); return;
	case OUTLINE_TICK: add_lines(t, b->text, "[ ] ", "    ", columns); return;
	case OUTLINE_ITEM: add_lines(t, b->text, "    - ", "      ", columns); return;
	case OUTLINE_ROOM: add_room(t, b->text, columns); return;
	}
}

int outline_text(char **out, const struct outline *outline, const struct report_style *style, struct err *e)
{
	struct text t = { .failed = outline->failed };

	for (size_t i = 0; i < outline->count; i++)
		add_text_block(&t, &outline->blocks[i], style->columns);
	return text_take(&t, out, e);
}

/* --- page ------------------------------------------------------------------------------------------------------- */

static void add_element(struct text *t, const char *element, const char *class, const char *s)
{
	text_addf(t, class ? "<%s class=\"%s\">" : "<%s>", element, class);
	parts_add_html(t, s);
	text_addf(t, "</%s>\n", element);
}

static void add_html_block(struct text *t, const struct outline_block *b)
{
	switch (b->kind) {
	case OUTLINE_TITLE: add_element(t, "h1", NULL, b->text); return;
	case OUTLINE_PART: add_element(t, "h2", "leaf", b->text); return;
	case OUTLINE_HEAD: add_element(t, "h3", NULL, b->text); return;
	case OUTLINE_TEXT: add_element(t, "p", "lines", b->text); return;
	case OUTLINE_VERBATIM: add_element(t, "div", "verbatim", b->text); return;
	case OUTLINE_TICK: add_element(t, "p", "tick", b->text); return;
	case OUTLINE_ITEM: add_element(t, "p", "item", b->text); return;
	case OUTLINE_ROOM:
		add_element(t, "p", "dim", b->text);
		text_add(t, "<div class=\"room\"></div>\n");
		return;
	}
}

int outline_html(char **out, const struct outline *outline, const struct report_style *style, struct err *e)
{
	struct text t = { .failed = outline->failed };

	page_open(&t, outline->count ? outline->blocks[0].text : "", style);
	for (size_t i = 0; i < outline->count; i++)
		add_html_block(&t, &outline->blocks[i]);
	page_end(&t);
	return text_take(&t, out, e);
}
