// SPDX-License-Identifier: MIT
/*
 * The scanner trusts its text, which jansson accepted, but never leaves it. A key is compared after its escapes are
 * resolved roughly: an escaped key is simply not found, and then the line of its object is told.
 */
#include "base/json_place.h"

#include <string.h>

struct scan {
	const char *at, *end;
};

static void skip_space(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\r\n", *s->at))
		s->at++;
}

static void skip_string(struct scan *s)
{
	s->at++;
	while (s->at < s->end && *s->at != '"')
		s->at += *s->at == '\\' ? 2 : 1;
	s->at++;
}

/* Skips one value of any kind; brackets inside strings don't count. */
static void skip_value(struct scan *s)
{
	int depth = 0;

	do {
		skip_space(s);
		if (s->at >= s->end)
			return;
		if (*s->at == '"') {
			skip_string(s);
		} else if (*s->at == '{' || *s->at == '[') {
			depth++;
			s->at++;
		} else if (*s->at == '}' || *s->at == ']') {
			depth--;
			s->at++;
		} else if (*s->at == ',' || *s->at == ':') {
			s->at++;
		} else {
			while (s->at < s->end && !strchr(" \t\r\n,:]}", *s->at))
				s->at++;
		}
	} while (depth > 0);
}

/* From the "{" of an object to the value of a key; remembers where the key stands. */
static int enter_member(struct scan *s, const char *key, const char **place)
{
	size_t length = strlen(key);

	s->at++;
	for (;;) {
		const char *start;

		skip_space(s);
		if (s->at >= s->end || *s->at != '"')
			return 0;
		start = s->at;
		skip_string(s);
		*place = start;
		if (s->at <= s->end && (size_t)(s->at - start) == length + 2 && memcmp(start + 1, key, length) == 0) {
			skip_space(s);
			s->at++;
			return 1;
		}
		skip_space(s);
		s->at++;
		skip_value(s);
		skip_space(s);
		if (s->at >= s->end || *s->at != ',')
			return 0;
		s->at++;
	}
}

static int enter_element(struct scan *s, size_t index)
{
	s->at++;
	while (index--) {
		skip_value(s);
		skip_space(s);
		if (s->at >= s->end || *s->at != ',')
			return 0;
		s->at++;
	}
	return 1;
}

unsigned json_place_line(const char *text, size_t size, const struct json_step *steps, size_t count)
{
	struct scan s = { text, text + size };
	const char *place;
	unsigned line = 1;

	skip_space(&s);
	place = s.at;
	for (size_t i = 0; i < count; i++) {
		const char *key_place = place;
		int found;

		skip_space(&s);
		if (s.at >= s.end)
			break;
		found = steps[i].key ? *s.at == '{' && enter_member(&s, steps[i].key, &key_place)
				     : *s.at == '[' && enter_element(&s, steps[i].index);
		if (!found)
			break;
		skip_space(&s);
		place = steps[i].key ? key_place : s.at;
	}
	if (place > s.end)
		place = s.end;
	for (const char *p = text; p < place; p++)
		line += *p == '\n';
	return line;
}
