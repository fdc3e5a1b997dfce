// SPDX-License-Identifier: MIT
/*
 * One pass over the bytes with a stack of open brackets. Where an element of the wanted depth ends, its place and the
 * brackets around it are remembered: that is where a document that breaks off later is closed.
 */
#include "score/json_clean.h"

#include "base/json.h"
#include "score/reported.h"

#include <string.h>

struct stack {
	char open[JSON_MAX_DEPTH]; /* "{" or "[" */
	size_t depth;
};

struct cleaner {
	struct text *out;
	struct json_oddities *odd;
	const char *at, *end;
	size_t wanted;
	struct stack stack;
	size_t whole; /* length of `out` behind the last whole element; 0: none yet */
	struct stack around;
};

/* --- strings ---------------------------------------------------------------------------------------------------- */

/* The code unit of four hex digits; -1 when there are none. */
static int unit_at(const char *s, const char *end)
{
	int unit = 0;

	if (end - s < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		const char *digits = "0123456789abcdef0123456789ABCDEF", *digit = s[i] ? strchr(digits, s[i]) : NULL;

		if (!digit)
			return -1;
		unit = unit << 4 | (int)((digit - digits) & 15);
	}
	return unit;
}

static void add_bad(struct cleaner *c)
{
	text_add_char(c->out, 0xFFFD);
	c->odd->bad++;
}

/* "\\u0041" stays; half a surrogate pair and U+0000 (which no C string holds) stand for no character. */
static void clean_unit(struct cleaner *c)
{
	int unit = unit_at(c->at + 2, c->end), low;
	size_t length = 6;

	if (unit < 0) {
		add_bad(c);
		c->at += 2;
		return;
	}
	if (unit >= 0xD800 && unit < 0xDC00 && c->end - c->at >= 12 && c->at[6] == '\\' && c->at[7] == 'u') {
		low = unit_at(c->at + 8, c->end);
		if (low >= 0xDC00 && low < 0xE000)
			length = 12;
	}
	if (unit == 0 || (length == 6 && unit >= 0xD800 && unit < 0xE000))
		add_bad(c);
	else
		text_add_bytes(c->out, c->at, length);
	c->at += length;
}

static void clean_escape(struct cleaner *c)
{
	if (c->end - c->at < 2) {
		c->at = c->end;
	} else if (c->at[1] == 'u') {
		clean_unit(c);
	} else if (c->at[1] && strchr("\"\\/bfnrt", c->at[1])) {
		text_add_bytes(c->out, c->at, 2);
		c->at += 2;
	} else {
		/* "\x1b", "\'": whoever wrote that meant the backslash. */
		text_add(c->out, "\\\\");
		c->at++;
	}
}

/* A raw line end is meant as one; a terminal's colour goes as a whole. */
static void clean_control(struct cleaner *c)
{
	char control = *c->at++;

	c->odd->controls++;
	if (control == '\t' || control == '\n' || control == '\r')
		text_add(c->out, control == '\t' ? "\\t" : control == '\n' ? "\\n" : "\\r");
	else if (control == 0x1B)
		c->at = reported_skip_colour(c->at, c->end);
}

/* From a quote to its end, or to the end of everything. */
static void clean_string(struct cleaner *c)
{
	text_add_bytes(c->out, c->at++, 1);
	while (c->at < c->end) {
		unsigned code_point;
		size_t length;

		if (*c->at == '"') {
			text_add_bytes(c->out, c->at++, 1);
			return;
		}
		if (*c->at == '\\') {
			clean_escape(c);
			continue;
		}
		if ((unsigned char)*c->at < 0x20) {
			clean_control(c);
			continue;
		}
		length = text_decode(c->at, (size_t)(c->end - c->at), &code_point);
		if (code_point == 0xFFFD && length == 1)
			add_bad(c);
		else
			text_add_bytes(c->out, c->at, length);
		c->at += length;
	}
	c->odd->cut = true;
}

/* --- around them ------------------------------------------------------------------------------------------------ */

static void open_bracket(struct cleaner *c)
{
	if (c->stack.depth == JSON_MAX_DEPTH) {
		c->odd->deep = c->odd->cut = true;
		c->at = c->end;
		return;
	}
	c->stack.open[c->stack.depth++] = *c->at;
	text_add_bytes(c->out, c->at++, 1);
}

static void close_bracket(struct cleaner *c)
{
	struct stack *stack = &c->stack;
	bool is_object = *c->at == '}';

	text_add_bytes(c->out, c->at++, 1);
	if (stack->depth == 0)
		return;
	stack->depth--;
	if (is_object && stack->depth == c->wanted && stack->open[stack->depth - 1] == '[') {
		c->whole = c->out->length;
		c->around = *stack;
	}
	if (stack->depth == 0) {
		while (c->at < c->end && strchr(" \t\r\n", *c->at))
			c->at++;
		c->odd->more = c->at < c->end;
		c->at = c->end;
	}
}

/* Python's words for numbers that JSON doesn't have. */
static bool clean_number(struct cleaner *c)
{
	static const char *const words[] = { "NaN", "-Infinity", "Infinity" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t length = strlen(words[i]);

		if ((size_t)(c->end - c->at) < length || memcmp(c->at, words[i], length) != 0)
			continue;
		text_add(c->out, "null");
		c->odd->numbers++;
		c->at += length;
		return true;
	}
	return false;
}

static void clean_rest(struct cleaner *c)
{
	while (c->at < c->end) {
		if (*c->at == '"')
			clean_string(c);
		else if (*c->at == '{' || *c->at == '[')
			open_bracket(c);
		else if (*c->at == '}' || *c->at == ']')
			close_bracket(c);
		else if (!clean_number(c))
			text_add_bytes(c->out, c->at++, 1);
	}
}

/* Back to what was whole, and everything around that is closed. */
static void close_what_is_whole(struct cleaner *c)
{
	struct text *out = c->out;

	if (!c->whole || out->failed)
		return;
	out->length = c->whole;
	out->bytes[out->length] = '\0';
	for (size_t i = c->around.depth; i > 0; i--)
		text_add(out, c->around.open[i - 1] == '{' ? "}" : "]");
}

void json_clean_document(struct text *out, const char *bytes, size_t size, size_t depth, struct json_oddities *odd)
{
	struct cleaner c = { .out = out, .odd = odd, .at = bytes, .end = bytes + size, .wanted = depth };

	if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		c.at += 3;
	clean_rest(&c);
	odd->cut = odd->cut || c.stack.depth > 0;
	if (odd->cut)
		close_what_is_whole(&c);
}
