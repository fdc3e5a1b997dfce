// SPDX-License-Identifier: MIT
/*
 * Text as words are looked for in it: lower case, umlauts and accents spelled plainly, runs of everything else but
 * letters and digits one space. Done by a table and not by the locale, so that every machine gets the same. Letters
 * of other scripts stay as they are.
 */
#include "review/match.h"

#include "base/text.h"

#include <string.h>

enum { LATIN_FIRST = 0xc0, LATIN_LAST = 0x17f, CAPITAL_SHARP_S = 0x1e9e };

/* U+00C0 to U+017F. The multiplication and division signs between them are no letters. */
static const char *const latin[LATIN_LAST - LATIN_FIRST + 1] = {
	"a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o",
	"o", "o", "oe", " ", "o", "u", "u", "u", "ue", "y", "th", "ss", "a", "a", "a", "a", "ae", "a", "ae",
	"c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "oe", " ", "o", "u", "u",
	"u", "ue", "y", "th", "y", "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d",
	"d", "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", "g", "g", "g",
	"g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i", "ij", "ij", "j", "j", "k",
	"k", "k", "l", "l", "l", "l", "l", "l", "l", "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n",
	"n", "o", "o", "o", "o", "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s",
	"s", "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",
	"u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
};

static bool is_combining(unsigned c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* Letters and digits of other scripts: what is not punctuation, a symbol, an emoji or for private use. */
static bool is_other_letter(unsigned c)
{
	static const struct {
		unsigned first, last;
	} signs[] = {
		{ 0x2000, 0x2bff }, { 0x2e00, 0x2e7f }, { 0x3000, 0x303f }, { 0xe000, 0xf8ff }, { 0xfe00, 0xfe6f },
		{ 0xff00, 0xff0f }, { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 }, { 0xff5b, 0xff65 }, { 0xfff0, 0xffff },
		{ 0x1f000, 0x10ffff },
	};

	if (c <= LATIN_LAST)
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (c >= signs[i].first && c <= signs[i].last)
			return false;
	return true;
}

/* The plain spelling of one character, or NULL when it parts words. `room` holds it where it is no constant. */
static const char *spell(unsigned c, char room[2])
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!'; /* full-width forms */
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
		room[0] = (char)c;
		return room;
	}
	if (c >= LATIN_FIRST && c <= LATIN_LAST)
		return *latin[c - LATIN_FIRST] == ' ' ? NULL : latin[c - LATIN_FIRST];
	return c == CAPITAL_SHARP_S ? "ss" : NULL;
}

/* An accent that stands behind its letter is dropped, but the two dots make an umlaut of a, o and u. */
static void add_combining(struct text *t, unsigned c, unsigned before)
{
	if (c == 0x308 && before < 0x80 && strchr("aouAOU", (int)before))
		text_add(t, "e");
}

int match_normalise(const char *text, char **out, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	size_t left = strlen(text);
	unsigned before = ' ';
	bool parted = false;

	while (left > 0) {
		char room[2] = "";
		const char *plain;
		unsigned c;
		size_t size = text_decode(text, left, &c);

		plain = spell(c, room);
		if (is_combining(c)) {
			add_combining(&t, c, before);
		} else if (plain || is_other_letter(c)) {
			if (parted && t.length)
				text_add(&t, " ");
			parted = false;
			if (plain)
				text_add(&t, plain);
			else
				text_add_bytes(&t, text, size);
		} else {
			parted = true;
		}
		before = c ? c : ' ';
		text += size;
		left -= size;
	}
	return text_take(&t, out, e);
}
