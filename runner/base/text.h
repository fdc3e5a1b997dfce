// SPDX-License-Identifier: MIT
/*
 * Text: a buffer that grows, and what must happen to a stranger's bytes before they are kept or shown.
 *
 * A buffer remembers that it ran out of memory or over its limit, so that one check at the end (text_take) stands
 * for a hundred. Text from outside is made valid UTF-8 when it comes in (text_add_clean) and loses the power to
 * command a terminal when it goes out (text_add_visible): escapes are shown, not swallowed.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *bytes;     /* NUL behind the last byte once something was added, else NULL */
	size_t length;   /* without the NUL */
	size_t capacity;
	bool failed;     /* out of memory: everything added since then is missing */
};

void text_add(struct text *t, const char *s);
void text_add_bytes(struct text *t, const char *bytes, size_t length);
void text_addf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_times(struct text *t, const char *s, size_t times);

/* Adds bytes with each invalid UTF-8 sequence and each NUL replaced by U+FFFD. */
void text_add_clean(struct text *t, const char *bytes, size_t length);

/*
 * Adds s so that a terminal, an editor or a page shows it and obeys nothing: C0 but TAB and LF, DEL, C1, and bidi
 * and other invisible format characters (U+061C, U+200B–U+200F, U+2028–U+202E, U+2060–U+206F, U+FEFF, U+FFF9–U+FFFB,
 * U+E0000–U+E007F) become "\x1b" or "\u202e". s must be valid UTF-8; invalid bytes become U+FFFD.
 * With one_line, TAB becomes a space and LF becomes "\n".
 */
void text_add_visible(struct text *t, const char *s, bool one_line);

/* Whether text_add_visible shows this character by an escape. */
bool text_is_invisible(unsigned code_point);

/* Hands out the bytes (never NULL) and empties the buffer; ERR_SYSTEM if the buffer failed. */
int text_take(struct text *t, char **out, struct err *e);

/* The bytes while the buffer keeps them; "" when nothing was added. */
const char *text_bytes(const struct text *t);

void text_done(struct text *t);

#define AUTO_TEXT AUTO(text_done)

/* A clean, visible, one-line copy of s, or NULL with ERR_SYSTEM. */
char *text_visible_line(const char *s, struct err *e);

/* The same of what was written as several lines: a line's end and the blanks around it become one space, at both ends
 * nothing. */
char *text_joined_line(const char *s, struct err *e);

/* Whether the bytes are valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF). */
bool text_is_utf8(const char *bytes, size_t length);

/* How many characters s has: an umlaut is one. */
size_t text_characters(const char *s);

/* Decodes one character of s (length bytes left): its code point and how many bytes it has. Invalid bytes give
 * U+FFFD and 1. */
size_t text_decode(const char *s, size_t length, unsigned *code_point);

/* Adds the code point as UTF-8. */
void text_add_char(struct text *t, unsigned code_point);

/* The columns that s takes on a terminal: combining marks 0, wide East Asian characters 2. */
size_t text_columns(const char *s);

/* Adds s, cut to at most `columns` with "…" where it was cut, padded with spaces to exactly that many. */
void text_add_padded(struct text *t, const char *s, size_t columns);

/*
 * Adds s wrapped at spaces to lines of at most `columns`, a word that is longer than a line within the word. Each new
 * line starts with `indent`; what stands in the last line of t already counts for the first. Only a single character
 * that is wider than what the indent leaves goes over.
 */
void text_add_wrapped(struct text *t, const char *s, size_t columns, const char *indent);

/*
 * Adds the first `lines` lines of s that aren't empty, each made visible, cut after 300 bytes, begun with `indent` and
 * wrapped to `columns`; a line "…" says that there were more.
 */
void text_add_first_lines(struct text *t, const char *s, size_t lines, size_t columns, const char *indent);

/*
 * Keeps the head and the tail of a long text, made clean as by text_add_clean: at most head and tail bytes of the clean
 * text, cut on character boundaries, with a line between them that says how many of the given bytes are missing.
 */
void text_add_head_tail(struct text *t, const char *bytes, size_t length, size_t head, size_t tail);

/* An id of ours: 1 to 64 of a–z, 0–9 and "-", starting with a letter or digit, no "-" at the end. */
bool text_is_id(const char *s);

bool text_starts_with(const char *s, const char *prefix);
bool text_ends_with(const char *s, const char *suffix);

/* Parses a whole decimal number into *out if it lies in [min, max]; false otherwise, with *out untouched. */
bool text_to_integer(const char *s, long long min, long long max, long long *out);

#endif
