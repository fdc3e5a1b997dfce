// SPDX-License-Identifier: MIT
/*
 * Two passes. The first turns bytes into UTF-8 and drops characters that no XML may hold; the second looks at markup
 * just closely enough to know where a reference is one (not in CDATA), and where a declaration or comment begins.
 * The order matters: a control byte within "<!DOC\0TYPE" is gone before anybody looks for a document type.
 */
#include "score/xml_clean.h"

#include "score/reported.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* --- the first pass: characters --------------------------------------------------------------------------------- */

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_LATIN1, ENCODING_WINDOWS1252 };

static const struct {
	const char *name;
	enum encoding encoding;
} encodings[] = {
	{ "utf-8", ENCODING_UTF8 },
	{ "utf8", ENCODING_UTF8 },
	{ "us-ascii", ENCODING_UTF8 },
	{ "ascii", ENCODING_UTF8 },
	{ "utf-16", ENCODING_UTF8 }, /* said in bytes that are none */
	{ "iso-8859-1", ENCODING_LATIN1 },
	{ "latin1", ENCODING_LATIN1 },
	{ "latin-1", ENCODING_LATIN1 },
	{ "windows-1252", ENCODING_WINDOWS1252 },
	{ "cp1252", ENCODING_WINDOWS1252 },
};

/* 0x80 to 0x9F of windows-1252; five places are empty. */
static const uint16_t windows1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
	0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
	0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

/* The encoding that the XML declaration names, if the document begins with one. */
static enum encoding declared(const char *bytes, size_t size, struct xml_oddities *odd)
{
	const char *end = size > 5 && memcmp(bytes, "<?xml", 5) == 0 ? memmem(bytes, size < 400 ? size : 400, "?>", 2) :
								       NULL;
	const char *at = end ? memmem(bytes, (size_t)(end - bytes), "encoding", 8) : NULL;
	size_t length;

	if (!at)
		return ENCODING_UTF8;
	at += strlen("encoding");
	while (at < end && strchr(" \t\r\n=", *at))
		at++;
	if (at == end || (*at != '"' && *at != '\''))
		return ENCODING_UTF8;
	at++;
	for (length = 0; at + length < end && at[length] != at[-1]; length++)
		;
	for (size_t i = 0; i < sizeof(encodings) / sizeof(*encodings); i++)
		if (strlen(encodings[i].name) == length && strncasecmp(encodings[i].name, at, length) == 0)
			return encodings[i].encoding;
	snprintf(odd->encoding, sizeof(odd->encoding), "%.*s", length < 40 ? (int)length : 40, at);
	return ENCODING_UTF8;
}

/* The encoding, and how many bytes of mark precede the text. */
static enum encoding find_encoding(const char *bytes, size_t size, size_t *mark, struct xml_oddities *odd)
{
	*mark = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (*mark)
		return ENCODING_UTF8;
	*mark = size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0) ? 2 : 0;
	if (*mark)
		return bytes[0] == '\xFF' ? ENCODING_UTF16LE : ENCODING_UTF16BE;
	if (size >= 2 && memcmp(bytes, "<\0", 2) == 0)
		return ENCODING_UTF16LE;
	if (size >= 2 && memcmp(bytes, "\0<", 2) == 0)
		return ENCODING_UTF16BE;
	return declared(bytes, size, odd);
}

static unsigned utf16_unit(const unsigned char *u, enum encoding encoding)
{
	return encoding == ENCODING_UTF16LE ? u[0] | (unsigned)u[1] << 8 : u[1] | (unsigned)u[0] << 8;
}

/* One character of UTF-16; U+FFFD for a lone surrogate or a lone last byte. */
static size_t decode_utf16(const char *bytes, size_t left, enum encoding encoding, unsigned *c)
{
	const unsigned char *u = (const unsigned char *)bytes;
	unsigned low;

	*c = 0xFFFD;
	if (left < 2)
		return 1;
	*c = utf16_unit(u, encoding);
	if (*c < 0xD800 || *c > 0xDFFF)
		return 2;
	low = left >= 4 && *c < 0xDC00 ? utf16_unit(u + 2, encoding) : 0;
	if (low < 0xDC00 || low > 0xDFFF) {
		*c = 0xFFFD;
		return 2;
	}
	*c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
	return 4;
}

static size_t decode(const char *bytes, size_t left, enum encoding encoding, unsigned *c)
{
	unsigned char u = (unsigned char)bytes[0];

	switch (encoding) {
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		return decode_utf16(bytes, left, encoding, c);
	case ENCODING_LATIN1:
		*c = u;
		return 1;
	case ENCODING_WINDOWS1252:
		*c = u >= 0x80 && u < 0xA0 ? windows1252[u - 0x80] : u;
		return 1;
	case ENCODING_UTF8:
		break;
	}
	return text_decode(bytes, left, c);
}

/* Whether XML may not hold the character at all. */
static bool is_control(unsigned c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

static void add_characters(struct text *out, const char *bytes, size_t size, struct xml_oddities *odd)
{
	size_t mark;
	enum encoding encoding = find_encoding(bytes, size, &mark, odd);
	unsigned c;

	for (size_t i = mark, step; i < size; i += step) {
		step = decode(bytes + i, size - i, encoding, &c);
		if (is_control(c) && c != 0x1B) {
			odd->controls++;
		} else if (c == 0xFFFD || c == 0xFFFE || c == 0xFFFF) {
			/* A U+FFFD that was written as such is none of our finding. */
			odd->bad += c != 0xFFFD || step != 3;
			text_add(out, "\xEF\xBF\xBD");
		} else {
			text_add_char(out, c);
		}
	}
}

/* --- the second pass: markup ------------------------------------------------------------------------------------ */

static bool begins(const char *at, const char *end, const char *with)
{
	size_t length = strlen(with);

	return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

static bool begins_word(const char *at, const char *end, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(end - at) >= length && strncasecmp(at, word, length) == 0;
}

/* Behind `close`, or the end if it never comes. */
static const char *skip_to(const char *at, const char *end, const char *close, bool *cut)
{
	const char *found = memmem(at, (size_t)(end - at), close, strlen(close));

	*cut = *cut || !found;
	return found ? found + strlen(close) : end;
}

/* A numeric reference at "&#": its end (behind the ';') and value, or NULL. */
static const char *numeric(const char *at, const char *end, unsigned *value)
{
	const char *p = at + 2;
	unsigned base = p < end && (*p == 'x' || *p == 'X') ? 16 : 10, digits = 0;

	*value = 0;
	for (p += base == 16; p < end && *p != ';'; p++, digits++) {
		unsigned digit = *p >= '0' && *p <= '9' ? (unsigned)(*p - '0') :
				 *p >= 'a' && *p <= 'f' ? (unsigned)(*p - 'a') + 10 :
				 *p >= 'A' && *p <= 'F' ? (unsigned)(*p - 'A') + 10 : 99;

		if (digit >= base)
			return NULL;
		if (*value <= 0x10FFFF)
			*value = *value * base + digit;
	}
	return p < end && digits ? p + 1 : NULL;
}

/* Copies the reference at '&', or whatever stands for it now; returns what comes behind. */
static const char *add_reference(struct text *out, const char *at, const char *end, struct xml_oddities *odd)
{
	static const char *const named[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
	const char *behind = begins(at, end, "&#") ? numeric(at, end, &(unsigned){ 0 }) : NULL;
	unsigned c;

	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++) {
		if (begins(at, end, named[i])) {
			text_add(out, named[i]);
			return at + strlen(named[i]);
		}
	}
	if (!behind) {
		odd->ampersands++;
		text_add(out, "&amp;");
		return at + 1;
	}
	numeric(at, end, &c);
	if (is_control(c)) {
		odd->controls++;
		return c == 0x1B ? reported_skip_colour(behind, end) : behind;
	}
	if ((c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE || c == 0xFFFF || c > 0x10FFFF) {
		odd->bad++;
		text_add(out, "\xEF\xBF\xBD");
		return behind;
	}
	text_add_bytes(out, at, (size_t)(behind - at));
	return behind;
}

/* What begins with '<': comments and instructions go, CDATA stays as it is. */
static const char *add_markup(struct text *out, const char *at, const char *end, struct xml_oddities *odd)
{
	bool unclosed = false;
	const char *behind;

	if (begins(at, end, "<!--")) {
		text_add(out, " ");
		return skip_to(at + 4, end, "-->", &odd->cut);
	}
	if (begins(at, end, "<?")) {
		text_add(out, " ");
		return skip_to(at + 2, end, "?>", &odd->cut);
	}
	if (begins(at, end, "<![CDATA[")) {
		behind = skip_to(at, end, "]]>", &unclosed);
		while (at < behind) {
			const char *escape = memchr(at, 0x1B, (size_t)(behind - at));

			text_add_bytes(out, at, (size_t)((escape ? escape : behind) - at));
			odd->controls += escape != NULL;
			at = escape ? reported_skip_colour(escape + 1, behind) : behind;
		}
		return behind;
	}
	if (begins_word(at, end, "<!DOCTYPE") || begins_word(at, end, "<!ENTITY"))
		odd->doctype = true;
	text_add(out, "<");
	return at + 1;
}

void xml_clean(struct text *out, const char *bytes, size_t size, struct xml_oddities *odd)
{
	AUTO_TEXT struct text decoded = { 0 };
	const char *at, *end;

	add_characters(&decoded, bytes, size, odd);
	out->failed = out->failed || decoded.failed;
	at = text_bytes(&decoded);
	end = at + decoded.length;
	while (at < end && !odd->doctype) {
		size_t plain = strcspn(at, "<&\x1B");

		text_add_bytes(out, at, plain);
		at += plain;
		if (at == end)
			break;
		if (*at == '<') {
			at = add_markup(out, at, end, odd);
		} else if (*at == '&') {
			at = add_reference(out, at, end, odd);
		} else {
			odd->controls++;
			at = reported_skip_colour(at + 1, end);
		}
	}
}
