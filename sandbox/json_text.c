// SPDX-License-Identifier: MIT
/* JSON strings out of arbitrary bytes; see json_text.h. */
#include "json_text.h"

#include <stdint.h>

/* The length of the valid UTF-8 sequence at P (no overlong forms, no surrogates), else 0. */
static size_t utf8_length(const unsigned char *p)
{
	uint32_t code;
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;

	if (length < 2)
		return length;
	if (p[0] > 0xf4)
		return 0;
	code = p[0] & (0x7f >> length);
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (p[i] & 0x3f);
	}
	if ((length == 3 && code < 0x800) || (length == 4 && (code < 0x10000 || code > 0x10ffff)))
		return 0;
	return code >= 0xd800 && code <= 0xdfff ? 0 : length;
}

void json_text_string(FILE *out, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	if (!text) {
		fputs("null", out);
		return;
	}
	putc('"', out);
	while (*p) {
		size_t length = utf8_length(p);

		if (length == 0) {
			fputs("\\ufffd", out);
			p++;
			continue;
		}
		if (*p == '"' || *p == '\\')
			fprintf(out, "\\%c", *p);
		else if (*p == '\n')
			fputs("\\n", out);
		else if (*p == '\t')
			fputs("\\t", out);
		else if (*p < 0x20 || *p == 0x7f)
			fprintf(out, "\\u%04x", (unsigned)*p);
		else
			fwrite(p, 1, length, out);
		p += length;
	}
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
