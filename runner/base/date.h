// SPDX-License-Identifier: MIT
/*
 * Dates as files and people write them. Knows no clock.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/err.h"
#include "base/i18n.h"

#include <stdint.h>

/* "2026-11-22T09:30:00Z" into out (at least 32 bytes). */
void date_render_utc(int64_t ms, char out[32]);

/* "2026-11-22 09:30" in the machine's time zone, as people write it in that language: "22.11.2026 09:30" in German. */
void date_render_local(int64_t ms, enum language language, char out[32]);

/* "2026-11-22 09:30 CET": the same with its zone, in a time zone of the tz database (NULL: the machine's), for readers who
 * may be elsewhere. ERR_USAGE: there is no such zone here. For programs of one thread: TZ is changed for a moment. */
int date_render_in(int64_t ms, enum language language, const char *zone, char out[48], struct err *e);

/* Parses "2026-11-22T09:30:00Z", "2026-11-22T09:30Z", "2026-11-22 09:30" or "2026-11-22T09:30" (the last two in the
 * machine's time zone). ERR_INVALID otherwise, for February 31, and for an hour that summer time leaves out, too. */
int date_parse(const char *s, int64_t *ms, struct err *e);

/* The same in a time zone of the tz database ("Europe/Berlin"), whatever the machine's is; NULL: the machine's.
 * ERR_USAGE: there is no such zone here. For programs of one thread: TZ is changed for a moment. */
int date_parse_in(const char *s, const char *zone, int64_t *ms, struct err *e);

#endif
