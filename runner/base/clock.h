// SPDX-License-Identifier: MIT
/*
 * Time: whole milliseconds UTC since 1970 for what is written down, a clock that never jumps for what is measured.
 * Tests that need another time wrap these two functions.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

int64_t clock_now_ms(void);
int64_t clock_monotonic_ms(void);

/* "2026-11-22T09:30:00Z" into out (at least 32 bytes). */
void clock_render_utc(int64_t ms, char out[32]);

/* "2026-11-22 09:30" in the machine's time zone, as people write it in that language ("22.11.2026 09:30" in German;
 * language is enum language). */
void clock_render_local(int64_t ms, int language, char out[32]);

/* Parses "2026-11-22T09:30:00Z", "2026-11-22T09:30Z", "2026-11-22 09:30" or "2026-11-22T09:30" (the last two in the
 * machine's time zone). ERR_INVALID otherwise. */
int clock_parse(const char *s, int64_t *ms, struct err *e);

#endif
