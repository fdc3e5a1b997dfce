// SPDX-License-Identifier: MIT
/*
 * A description is read from its end, since whatever stands there (a directive, how long it took) may also be a part of the
 * name in the middle.
 */
#include "score/tap_line.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

long long tap_plan_of(const char *s)
{
	const char *digits;
	char number[20];
	long long planned = TAP_NO_PLAN;
	size_t length;

	if (strncmp(s, "1..", 3) != 0)
		return TAP_NO_PLAN;
	digits = s + 3;
	length = strspn(digits, "0123456789");
	if (length == 0 || length >= sizeof(number) || (digits[length] && !strchr(" \t#", digits[length])))
		return TAP_NO_PLAN;
	memcpy(number, digits, length);
	number[length] = '\0';
	return text_to_integer(number, 0, 1LL << 40, &planned) ? planned : TAP_NO_PLAN;
}

int tap_point_of(char *s, char **rest)
{
	int ok = strncmp(s, "not ok", 6) == 0 ? 0 : strncmp(s, "ok", 2) == 0 ? 1 : -1;

	if (ok < 0)
		return -1;
	*rest = s + (ok ? 2 : 6);
	return **rest == '\0' || **rest == ' ' || **rest == '\t' ? ok : -1;
}

enum outcome tap_take_directive(char *description, enum outcome outcome, const char **reason)
{
	for (char *p = strchr(description, '#'); p; p = strchr(p + 1, '#')) {
		const char *word = p + 1 + strspn(p + 1, " \t");

		if (p > description && p[-1] != ' ' && p[-1] != '\t')
			continue;
		if (strncasecmp(word, "skip", 4) != 0 && strncasecmp(word, "todo", 4) != 0)
			continue;
		*p = '\0';
		word += strcspn(word, " \t");
		*reason = word + strspn(word, " \t");
		return OUTCOME_SKIPPED;
	}
	return outcome;
}

/* Where s ends in a number of such a unit ("12.5ms") that is behind the words; NULL: it doesn't. */
static char *timed(char *s, const char *before, const char *after, double unit_ms, int64_t *duration_ms)
{
	size_t length = strlen(s), last = strlen(after), digits;
	char *number = s + length - (length < last ? length : last);
	double value;

	if (strcmp(number, after) != 0)
		return NULL;
	for (digits = 0; number > s && strchr("0123456789.", number[-1]); digits++)
		number--;
	length = strlen(before);
	if (!digits || (size_t)(number - s) < length || strncmp(number - length, before, length) != 0)
		return NULL;
	value = strtod(number, NULL) * unit_ms;
	*duration_ms = isfinite(value) && value < 1e12 ? (int64_t)(value + 0.5) : -1;
	return number - length;
}

int64_t tap_take_duration(char *description)
{
	static const struct {
		const char *before, *after;
		double unit_ms;
	} rows[] = {
		{ " # time=", "ms", 1 }, { " # time=", "s", 1000 }, { " # in ", " ms", 1 }, { " # in ", " sec", 1000 },
		{ "  (", "s)", 1000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t duration_ms;
		char *end = timed(description, rows[i].before, rows[i].after, rows[i].unit_ms, &duration_ms);

		if (end && end > description) {
			*end = '\0';
			return duration_ms;
		}
	}
	return -1;
}

void tap_unescape(char *s)
{
	char *to = s;

	for (const char *from = s; *from; from++) {
		if (*from == '\\' && (from[1] == '#' || from[1] == '\\'))
			from++;
		*to++ = *from;
	}
	while (to > s && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	*to = '\0';
}
