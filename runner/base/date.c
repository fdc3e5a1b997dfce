// SPDX-License-Identifier: MIT
/*
 * Dates as files and people write them.
 */
#include "base/date.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void date_render_utc(int64_t ms, char out[32])
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void date_render_local(int64_t ms, enum language language, char out[32])
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(out, 32, language == LANGUAGE_DE ? "%d.%m.%Y %H:%M" : "%Y-%m-%d %H:%M", &tm);
}

/* Whether s looks like the shape, in which a 0 stands for any digit. strptime takes "26-1-2" for a date as well. */
static bool has_shape(const char *s, const char *shape)
{
	for (; *s && *shape; s++, shape++)
		if (*shape == '0' ? *s < '0' || *s > '9' : *s != *shape)
			return false;
	return *s == *shape;
}

/* The seconds of a time that there is: mktime makes March 3 of February 31, and 3:30 of a 2:30 that summer time left
 * out. The year 1969 and before is a slip of the keyboard. */
static bool seconds_of(struct tm *tm, bool utc, time_t *seconds)
{
	struct tm asked = *tm;

	tm->tm_wday = -1; /* stays so when there is no such number of seconds; -1 is one */
	*seconds = utc ? timegm(tm) : mktime(tm);
	return tm->tm_wday >= 0 && asked.tm_year >= 70 && tm->tm_year == asked.tm_year && tm->tm_mon == asked.tm_mon &&
		tm->tm_mday == asked.tm_mday && tm->tm_hour == asked.tm_hour && tm->tm_min == asked.tm_min &&
		tm->tm_sec == asked.tm_sec;
}

int date_parse(const char *s, int64_t *ms, struct err *e)
{
	static const struct {
		const char *shape, *format;
		bool utc;
	} forms[] = {
		{ "0000-00-00T00:00:00Z", "%Y-%m-%dT%H:%M:%SZ", true },
		{ "0000-00-00T00:00Z", "%Y-%m-%dT%H:%MZ", true },
		{ "0000-00-00T00:00", "%Y-%m-%dT%H:%M", false },
		{ "0000-00-00 00:00", "%Y-%m-%d %H:%M", false },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct tm tm = { .tm_isdst = -1 };
		const char *end = has_shape(s, forms[i].shape) ? strptime(s, forms[i].format, &tm) : NULL;
		time_t seconds;

		if (!end || *end)
			continue;
		if (!seconds_of(&tm, forms[i].utc, &seconds))
			return err_set(e, ERR_INVALID, "there is no time %s", s);
		*ms = (int64_t)seconds * 1000;
		return 0;
	}
	return err_set(e, ERR_INVALID, "'%.40s' is no time: write 2026-11-22T09:30 or 2026-11-22T09:30Z", s);
}

/* A name that can't lead out of the database's folder, and that it has. */
static bool is_zone(const char *zone)
{
	char path[128];

	if (strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != strlen(zone) ||
		strlen(zone) > 60 || !*zone || *zone == '/')
		return false;
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	return strcmp(zone, "UTC") == 0 || access(path, R_OK) == 0;
}

static void set_zone(const char *zone)
{
	if (zone)
		setenv("TZ", zone, 1);
	else
		unsetenv("TZ");
	tzset();
}

/* *before is what set_zone() is to set again behind it. */
static int enter_zone(const char *zone, char **before, struct err *e)
{
	const char *was = getenv("TZ");

	if (!is_zone(zone))
		return err_set(e, ERR_USAGE, _("there is no time zone '%.60s' here: write one such as Europe/Berlin"), zone);
	if (was && !(*before = mem_copy(was, e)))
		return -1;
	set_zone(zone);
	return 0;
}

int date_parse_in(const char *s, const char *zone, int64_t *ms, struct err *e)
{
	AUTO_FREE char *before = NULL;
	int failed;

	if (!zone)
		return date_parse(s, ms, e);
	if (enter_zone(zone, &before, e) < 0)
		return -1;
	failed = date_parse(s, ms, e);
	set_zone(before);
	return failed;
}

int date_render_in(int64_t ms, enum language language, const char *zone, char out[48], struct err *e)
{
	AUTO_FREE char *before = NULL;
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	if (zone && enter_zone(zone, &before, e) < 0)
		return -1;
	localtime_r(&seconds, &tm);
	strftime(out, 48, language == LANGUAGE_DE ? "%d.%m.%Y %H:%M %Z" : "%Y-%m-%d %H:%M %Z", &tm);
	if (zone)
		set_zone(before);
	return 0;
}
