// SPDX-License-Identifier: MIT
/* JSON strings and lines for a terminal out of arbitrary bytes; see json_text.h. */
#include "json_text.h"

#include <stdbool.h>
#include <stdint.h>

/* The length of the valid UTF-8 sequence at P (no overlong forms, no surrogates) and its code; else 0. */
static size_t utf8_length(const unsigned char *p, uint32_t *code)
{
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;

	*code = p[0];
	if (length < 2)
		return length;
	if (p[0] > 0xf4)
		return 0;
	*code = p[0] & (0x7f >> length);
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (p[i] & 0x3f);
	}
	if ((length == 3 && *code < 0x800) || (length == 4 && (*code < 0x10000 || *code > 0x10ffff)))
		return 0;
	return *code >= 0xd800 && *code <= 0xdfff ? 0 : length;
}

/* What a terminal or a page acts on instead of showing it: control characters, and those that turn the direction. */
static bool is_acted_on(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c || (code >= 0x200e && code <= 0x200f) ||
		(code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static void write_escaped(FILE *out, const char *text, bool in_quotes)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p) {
		uint32_t code;
		size_t length = utf8_length(p, &code);

		if (length == 0)
			fputs("\\ufffd", out);
		else if (in_quotes && (code == '"' || code == '\\'))
			fprintf(out, "\\%c", *p);
		else if (code == '\n')
			fputs("\\n", out);
		else if (code == '\t')
			fputs("\\t", out);
		else if (is_acted_on(code))
			fprintf(out, "\\u%04x", (unsigned)code);
		else
			fwrite(p, 1, length, out);
		p += length ? length : 1;
	}
}

void json_text_line(FILE *out, const char *text)
{
	write_escaped(out, text, false);
	putc('\n', out);
}

void json_text_string(FILE *out, const char *text)
{
	if (!text) {
		fputs("null", out);
		return;
	}
	putc('"', out);
	write_escaped(out, text, true);
	putc('"', out);
}

void json_text_strings(FILE *out, const char *const *texts, size_t count)
{
	putc('[', out);
	for (size_t i = 0; i < count; i++) {
		if (i)
			fputs(", ", out);
		json_text_string(out, texts[i]);
	}
	putc(']', out);
}
