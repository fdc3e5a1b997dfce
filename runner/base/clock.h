// SPDX-License-Identifier: MIT
/*
 * Time: whole milliseconds UTC since 1970 for what is written down, a clock that never jumps for what is measured.
 * Tests that need another time wrap these two functions.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now_ms(void);
int64_t clock_monotonic_ms(void);

#endif
