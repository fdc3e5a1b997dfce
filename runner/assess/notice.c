// SPDX-License-Identifier: MIT
/*
 * A notice is a number, a unit and perhaps an end to which it runs; or a word for none; or a date. Whatever else stands
 * there is for people to read: better no date than a wrong one.
 */
#include "assess/notice.h"

#include "base/mem.h"
#include "review/match.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* --- days ------------------------------------------------------------------------------------------------------- */

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool is_day(struct day d)
{
	return d.year >= 1970 && d.year <= 2999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= days_in(d.year, d.month);
}

static struct day plus_days(struct day d, int days)
{
	struct tm tm = { .tm_year = d.year - 1900, .tm_mon = d.month - 1, .tm_mday = d.day + days, .tm_hour = 12 };

	timegm(&tm);
	return (struct day){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

static struct day plus_months(struct day d, int months)
{
	int index = d.year * 12 + d.month - 1 + months;
	struct day later = { index / 12, index % 12 + 1, d.day };

	if (later.day > days_in(later.year, later.month))
		later.day = days_in(later.year, later.month);
	return later;
}

static int compare(struct day a, struct day b)
{
	return (a.year - b.year) * 400 + (a.month - b.month) * 32 + (a.day - b.day);
}

void day_render(struct day day, char out[DAY_TEXT])
{
	snprintf(out, DAY_TEXT, "%04d-%02d-%02d", day.year, day.month, day.day);
}

bool day_parse(struct day *out, const char *text)
{
	struct day d = { 0 };
	int end = 0;

	/* %d skips spaces and takes signs. */
	if (!*text || strspn(text, "0123456789-.") != strlen(text) || strchr("-.", *text) || strstr(text, ".-") ||
		strstr(text, "--"))
		return false;
	if (sscanf(text, "%4d-%2d-%2d%n", &d.year, &d.month, &d.day, &end) != 3 || text[end]) {
		end = 0;
		if (sscanf(text, "%2d.%2d.%4d%n", &d.day, &d.month, &d.year, &end) != 3 || text[end])
			return false;
		d.year += d.year < 100 ? 2000 : 0;
	}
	if (!is_day(d))
		return false;
	*out = d;
	return true;
}

bool day_is_written(struct day day, const char *text)
{
	struct day read = { 0 };
	int a = 0, b = 0, year = 0, end = 0;

	if (day_parse(&read, text))
		return compare(read, day) == 0;
	if (strspn(text, "0123456789/") != strlen(text) || sscanf(text, "%2d/%2d/%4d%n", &a, &b, &year, &end) != 3 || text[end])
		return false;
	year += year < 100 ? 2000 : 0;
	return year == day.year && ((a == day.month && b == day.day) || (b == day.month && a == day.day));
}

struct day day_of_ms(long long ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	localtime_r(&seconds, &tm);
	return (struct day){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

/* --- words ------------------------------------------------------------------------------------------------------ */

enum unit { UNIT_DAYS, UNIT_WEEKS, UNIT_MONTHS, UNIT_QUARTERS };
enum end { END_ANY, END_MONTH, END_QUARTER, END_YEAR };

static bool is_word(const char *word, size_t length, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == length && strncmp(*words, word, length) == 0)
			return true;
	return false;
}

static bool read_unit(const char *word, size_t length, enum unit *unit)
{
	static const char *const days[] = { "day", "days", "tag", "tage", "tagen", "d", NULL };
	static const char *const weeks[] = { "week", "weeks", "woche", "wochen", "wk", "wks", "w", NULL };
	static const char *const months[] = { "month", "months", "monat", "monate", "monaten", "mon", "mo", NULL };
	static const char *const quarters[] = { "quarter", "quarters", "quartal", "quartale", NULL };
	static const char *const *const units[] = { days, weeks, months, quarters };

	for (int i = 0; i < 4; i++) {
		if (!is_word(word, length, units[i]))
			continue;
		*unit = (enum unit)i;
		return true;
	}
	return false;
}

/* Whether the rest is nothing, or says to what the notice runs. */
static bool read_end(const char *rest, enum end *end)
{
	static const struct {
		const char *words;
		enum end end;
	} ends[] = {
		{ "", END_ANY }, { "notice", END_ANY }, { "notice period", END_ANY }, { "kuendigungsfrist", END_ANY },
		{ "to the end of the month", END_MONTH }, { "to the end of a month", END_MONTH },
		{ "to end of month", END_MONTH }, { "to month end", END_MONTH }, { "end of month", END_MONTH },
		{ "zum monatsende", END_MONTH }, { "zum ende des monats", END_MONTH }, { "zum ende eines monats", END_MONTH },
		{ "to the end of the quarter", END_QUARTER }, { "to the end of a quarter", END_QUARTER },
		{ "to end of quarter", END_QUARTER }, { "to quarter end", END_QUARTER }, { "end of quarter", END_QUARTER },
		{ "zum quartalsende", END_QUARTER }, { "zum ende des quartals", END_QUARTER },
		{ "to the end of the year", END_YEAR }, { "zum jahresende", END_YEAR },
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		if (strcmp(rest, ends[i].words) != 0)
			continue;
		*end = ends[i].end;
		return true;
	}
	return false;
}

static bool is_none(const char *words)
{
	static const char *const none[] = { "none", "no", "0", "immediately", "at once", "now", "immediate", "asap", "keine",
		"sofort", "ab sofort", "jederzeit", "any time", "no notice", "keine kuendigungsfrist", NULL };

	return is_word(words, strlen(words), none);
}

/* "a month", "ein Monat", "drei Monate". */
static bool read_number(const char *word, size_t length, int *number)
{
	static const char *const words[][4] = {
		{ "a", "one", "ein", "eine" }, { "two", "zwei", "", "" }, { "three", "drei", "", "" },
		{ "four", "vier", "", "" }, { "five", "fuenf", "", "" }, { "six", "sechs", "", "" },
	};

	*number = 0;
	for (size_t i = 0; i < length && length <= 3; i++) {
		if (word[i] < '0' || word[i] > '9')
			break;
		*number = *number * 10 + word[i] - '0';
		if (i + 1 == length)
			return true;
	}
	for (int n = 0; n < 6; n++)
		for (int k = 0; k < 4; k++)
			if (strlen(words[n][k]) == length && length && strncmp(words[n][k], word, length) == 0)
				return (*number = n + 1) != 0;
	return false;
}

/* The day after the month, quarter or year in which the notice runs out. */
static struct day behind(struct day d, enum end end)
{
	int months = end == END_MONTH ? 1 : end == END_QUARTER ? 3 : 12;
	struct day first = { d.year, (d.month - 1) / months * months + 1, 1 };

	return plus_months(first, months);
}

static bool read_period(struct day *out, const char *words, struct day today)
{
	size_t number_length = strcspn(words, " "), unit_length;
	const char *unit_word, *rest;
	enum unit unit;
	enum end end;
	int number;

	if (!words[number_length] || !read_number(words, number_length, &number) || number > 365)
		return false;
	unit_word = words + number_length + 1;
	unit_length = strcspn(unit_word, " ");
	rest = unit_word + unit_length + (unit_word[unit_length] == ' ');
	if (!read_unit(unit_word, unit_length, &unit) || !read_end(rest, &end))
		return false;
	*out = unit == UNIT_DAYS     ? plus_days(today, number)
	       : unit == UNIT_WEEKS  ? plus_days(today, 7 * number)
	       : unit == UNIT_MONTHS ? plus_months(today, number)
				     : plus_months(today, 3 * number);
	if (end != END_ANY)
		*out = behind(*out, end);
	return true;
}

bool notice_earliest(struct day *out, const char *notice, struct day today)
{
	AUTO_FREE char *words = NULL;
	struct day day;

	while (*notice == ' ')
		notice++;
	if (day_parse(&day, notice)) {
		*out = compare(day, today) < 0 ? today : day;
		return true;
	}
	if (strlen(notice) > 200 || match_normalise(notice, &words, NULL) < 0)
		return false;
	if (is_none(words)) {
		*out = today;
		return true;
	}
	return read_period(out, words, today);
}
