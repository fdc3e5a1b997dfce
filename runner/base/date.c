// SPDX-License-Identifier: MIT
/*
 * Dates as files and people write them.
 */
#include "base/date.h"

#include <time.h>

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

int date_parse(const char *s, int64_t *ms, struct err *e)
{
	static const struct {
		const char *format;
		bool utc;
	} forms[] = {
		{ "%Y-%m-%dT%H:%M:%SZ", true },
		{ "%Y-%m-%dT%H:%MZ", true },
		{ "%Y-%m-%dT%H:%M", false },
		{ "%Y-%m-%d %H:%M", false },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct tm tm = { .tm_isdst = -1 };
		const char *end = strptime(s, forms[i].format, &tm);
		time_t seconds;

		if (!end || *end)
			continue;
		seconds = forms[i].utc ? timegm(&tm) : mktime(&tm);
		*ms = (int64_t)seconds * 1000;
		return 0;
	}
	return err_set(e, ERR_INVALID, "'%.40s' is no time: write 2026-11-22T09:30 or 2026-11-22T09:30Z", s);
}
