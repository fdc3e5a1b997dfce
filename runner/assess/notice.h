// SPDX-License-Identifier: MIT
/*
 * When somebody could start, out of what they wrote about their notice period. Pure.
 */
#ifndef ASSESS_NOTICE_H
#define ASSESS_NOTICE_H

#include <stdbool.h>

/* A day, as people write it. */
struct day {
	int year, month, day;
};

/*
 * The first day somebody with that notice can work, if it is given today: "3 months", "3 Monate zum Quartalsende", "6
 * weeks to the end of the month", "none", "sofort", "2027-01-01", "1.1.2027". A month ends on the same day of another
 * month, or on its last; a notice to the end of a month or quarter lets one start on the day after. A date that has
 * passed is today. False when it can't be told.
 */
bool notice_earliest(struct day *out, const char *notice, struct day today);

/* "2027-01-01" into out. */
enum { DAY_TEXT = 40 };
void day_render(struct day day, char out[DAY_TEXT]);

/* A day as a spreadsheet may have rewritten it: 2027-01-01, 01.01.2027, 1.1.27 (years from 2000). False for others. */
bool day_parse(struct day *out, const char *text);

/* Whether a text is that day, also as m/d/y or d/m/y: a spreadsheet writes a day in the way of its country. */
bool day_is_written(struct day day, const char *text);

/* Today in the machine's time zone, of milliseconds UTC. */
struct day day_of_ms(long long ms);

#endif
