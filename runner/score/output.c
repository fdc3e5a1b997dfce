// SPDX-License-Identifier: MIT
/*
 * Comparators. All of them walk both sides once and stop at the first difference, whose surroundings are kept: what
 * a person wants to see is where it went wrong, not the whole of two megabytes.
 */
#include "score/output.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { EXCERPT_BYTES = 400, EXCERPT_BEFORE = 100, NUMBER_BYTES = 1024 };

struct side {
	const char *bytes;
	size_t size;
	size_t at; /* how far it was read */
};

void output_match_done(struct output_match *match)
{
	free(match->reason);
	free(match->expected);
	free(match->actual);
	*match = (struct output_match){ 0 };
}

/* --- saying where ----------------------------------------------------------------------------------------------- */

/* What stands around a place, as valid UTF-8 of at most EXCERPT_BYTES. */
static char *excerpt(const struct side *side, size_t place, struct err *e)
{
	AUTO_TEXT struct text clean = { 0 };
	size_t from = place > EXCERPT_BEFORE ? place - EXCERPT_BEFORE : 0;
	size_t length = side->size - from, cut;
	char *out = NULL;

	text_add_clean(&clean, side->bytes + from, length < EXCERPT_BYTES ? length : EXCERPT_BYTES);
	if (clean.length > EXCERPT_BYTES) {
		for (cut = EXCERPT_BYTES; ((unsigned char)clean.bytes[cut] & 0xC0) == 0x80; cut--)
			;
		clean.length = cut;
		clean.bytes[cut] = '\0';
	}
	return text_take(&clean, &out, e) < 0 ? NULL : out;
}

static size_t line_of(const struct side *side, size_t place)
{
	size_t line = 1;

	for (size_t i = 0; i < place && i < side->size; i++)
		line += side->bytes[i] == '\n';
	return line;
}

/* Fills a mismatch; takes the reason. */
static int differ(struct output_match *out, const struct side *expected, const struct side *actual, char *reason,
	struct err *e)
{
	struct output_match match = { .reason = reason };

	match.expected = reason ? excerpt(expected, expected->at, e) : NULL;
	match.actual = match.expected ? excerpt(actual, actual->at, e) : NULL;
	if (!match.actual) {
		output_match_done(&match);
		return -1;
	}
	*out = match;
	return 0;
}

/* --- byte for byte ---------------------------------------------------------------------------------------------- */

static size_t without_last_newline(const struct side *side)
{
	return side->size - (side->size && side->bytes[side->size - 1] == '\n');
}

static int compare_exact(struct output_match *out, struct side *expected, struct side *actual, struct err *e)
{
	size_t left = without_last_newline(expected), right = without_last_newline(actual);
	size_t place = 0, line, column;

	while (place < left && place < right && expected->bytes[place] == actual->bytes[place])
		place++;
	if (place == left && place == right) {
		*out = (struct output_match){ .equal = true };
		return 0;
	}
	expected->at = actual->at = place;
	line = line_of(expected, place);
	for (column = 1; column <= place && expected->bytes[place - column] != '\n'; column++)
		;
	if (place == right)
		return differ(out, expected, actual,
			mem_format(e, _("the output ends too early, in line %zu"), line), e);
	if (place == left)
		return differ(out, expected, actual,
			mem_format(e, _("the output goes on where it should end, in line %zu"), line), e);
	return differ(out, expected, actual,
		mem_format(e, _("the output differs in line %zu, at byte %zu of the line"), line, column), e);
}

/* --- tokens and numbers ----------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next token, from side->at on; its end is *end. False when there is none. */
static bool next_token(struct side *side, size_t *end)
{
	while (side->at < side->size && is_space(side->bytes[side->at]))
		side->at++;
	for (*end = side->at; *end < side->size && !is_space(side->bytes[*end]); ++*end)
		;
	return *end > side->at;
}

/* A decimal number, "inf" or "nan", with or without a sign; nothing of C's other spellings. One that is too large for
 * a double is no number: it must not equal an infinity. */
static bool to_number(const char *bytes, size_t length, double *out)
{
	char copy[NUMBER_BYTES];
	const char *digits = copy;
	bool is_word;
	char *end;

	if (length == 0 || length >= sizeof(copy))
		return false;
	memcpy(copy, bytes, length);
	copy[length] = '\0';
	digits += *digits == '+' || *digits == '-';
	is_word = strcasecmp(digits, "inf") == 0 || strcasecmp(digits, "infinity") == 0 || strcasecmp(digits, "nan") == 0;
	if (!is_word &&
		(strspn(copy, "+-.0123456789eE") != length || strspn(digits, ".0123456789") == 0))
		return false;
	*out = strtod(copy, &end);
	return end == copy + length && (is_word || !isinf(*out));
}

static bool numbers_equal(double a, double b, double tolerance)
{
	double distance = fabs(a - b);

	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	if (isinf(a) || isinf(b))
		return a == b;
	return distance <= tolerance || distance <= tolerance * fabs(a);
}

static bool tokens_equal(const struct side *expected, size_t left, const struct side *actual, size_t right,
	const double *tolerance)
{
	const char *a = expected->bytes + expected->at, *b = actual->bytes + actual->at;
	size_t a_length = left - expected->at, b_length = right - actual->at;
	double x, y;

	if (a_length == b_length && memcmp(a, b, a_length) == 0)
		return true;
	return tolerance && to_number(a, a_length, &x) && to_number(b, b_length, &y) && numbers_equal(x, y, *tolerance);
}

/* tolerance NULL: numbers are words like others. */
static int compare_tokens(struct output_match *out, struct side *expected, struct side *actual, const double *tolerance,
	struct err *e)
{
	size_t left, right;

	for (size_t count = 1;; count++, expected->at = left, actual->at = right) {
		bool more = next_token(expected, &left), given = next_token(actual, &right);

		if (!more && !given) {
			*out = (struct output_match){ .equal = true };
			return 0;
		}
		if (!given)
			return differ(out, expected, actual,
				mem_format(e,
					ngettext("the output ends after %zu word; more were expected",
						"the output ends after %zu words; more were expected", count - 1),
					count - 1),
				e);
		if (!more)
			return differ(out, expected, actual,
				mem_format(e,
					ngettext("the output has more than the %zu word expected",
						"the output has more than the %zu words expected", count - 1),
					count - 1),
				e);
		if (!tokens_equal(expected, left, actual, right, tolerance))
			return differ(out, expected, actual,
				mem_format(e, _("word %zu differs, in line %zu of the output"), count,
					line_of(actual, actual->at)), e);
	}
}

int output_compare(struct output_match *out, enum compare_kind kind, double tolerance, const char *expected,
	size_t expected_size, const char *actual, size_t actual_size, struct err *e)
{
	struct side left = { expected, expected_size, 0 }, right = { actual, actual_size, 0 };

	switch (kind) {
	case COMPARE_EXACT:
		return compare_exact(out, &left, &right, e);
	case COMPARE_TOKENS:
		return compare_tokens(out, &left, &right, NULL, e);
	case COMPARE_FLOAT:
		return compare_tokens(out, &left, &right, &tolerance, e);
	case COMPARE_CHECKER:
	case COMPARE_JUDGE:
		break;
	}
	return err_set(e, ERR_INTERNAL, "a checker runs in a box of its own, not here");
}
