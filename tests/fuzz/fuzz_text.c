// SPDX-License-Identifier: MIT
/*
 * Any bytes as text: cleaned, shown, cut and wrapped they are valid UTF-8, command nothing and stay within the bound.
 * The first two bytes are the bounds: of the head (and the columns), and of the tail (and the indent).
 */
#include "base/text.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MARK_MOST = 64 }; /* the line that says how much is left out */

static void need(bool holds)
{
	if (!holds)
		abort();
}

static void need_utf8(const struct text *t)
{
	need(!t->failed && text_is_utf8(text_bytes(t), t->length));
}

static void try_visible(const char *s, bool one_line)
{
	AUTO_TEXT struct text t = { 0 };
	unsigned c;

	text_add_visible(&t, s, one_line);
	need_utf8(&t);
	for (size_t i = 0; i < t.length;) {
		i += text_decode(t.bytes + i, t.length - i, &c);
		need(c >= 0x20 || (!one_line && (c == '\n' || c == '\t')));
		need((c < 0x7F || c > 0x9F) && (c < 0x202A || c > 0x202E));
	}
}

static void try_head_tail(const char *bytes, size_t length, size_t head, size_t tail)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_head_tail(&t, bytes, length, head, tail);
	need_utf8(&t);
	need(t.length <= head + tail + MARK_MOST);
}

static void try_wrapped(const char *s, size_t columns, size_t indent_columns)
{
	AUTO_TEXT struct text t = { 0 };
	char indent[9] = "        ";

	indent[indent_columns] = '\0';
	columns += indent_columns + 2; /* room for the widest character */
	text_add_wrapped(&t, s, columns, indent);
	need_utf8(&t);
	for (char *line = t.bytes; line; ) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		need(text_columns(line) <= columns);
		line = end ? end + 1 : NULL;
	}
}

static void try_padded(const char *s, size_t columns)
{
	AUTO_TEXT struct text t = { 0 };

	text_add_padded(&t, s, columns);
	need_utf8(&t);
	need(text_columns(text_bytes(&t)) == columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_TEXT struct text clean = { 0 };
	const char *bytes = (const char *)data + 2;

	if (size < 2)
		return 0;
	setlocale(LC_CTYPE, "C.UTF-8");
	text_add_clean(&clean, bytes, size - 2);
	need_utf8(&clean);
	need(strlen(text_bytes(&clean)) == clean.length);
	try_visible(text_bytes(&clean), true);
	try_visible(text_bytes(&clean), false);
	try_head_tail(bytes, size - 2, data[0], data[1]);
	try_wrapped(text_bytes(&clean), data[0], data[1] % 9);
	try_padded(text_bytes(&clean), data[0]);
	return 0;
}
