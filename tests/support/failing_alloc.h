// SPDX-License-Identifier: MIT
/*
 * An allocator that fails when it is told to: for showing that a function refuses cleanly and leaks nothing, whichever
 * of its allocations fails.
 *
 * A test that uses it has this line, which turns the calls of our code (not those inside of libraries) towards it:
 *
 *   // link: -Wl,@tests/support/failing_alloc.link
 *
 * jansson is taken over by failing_alloc_start itself; json_loadb fails as a whole or not at all, because jansson 2.14
 * writes past its buffer when it runs out of memory within a token (its lex_save ignores a failed strbuffer_append).
 * Everything between start and stop is counted, so a function that fails has to leave the balance at 0.
 *
 *   for (size_t n = 0; failed; n++) {
 *           failing_alloc_start(n, FAIL_ONCE);
 *           said = f(..., &e);
 *           failed = failing_alloc_stop();
 *           assert_int_equal(said, failed ? -1 : 0);
 *           assert_int_equal(failing_alloc_balance(), 0);
 *   }
 */
#ifndef SUPPORT_FAILING_ALLOC_H
#define SUPPORT_FAILING_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the allocation behind the next n fails: only that one (the way out may allocate), or all from then on. */
enum failing_mode { FAIL_ONCE, FAIL_FROM_THEN_ON };
void failing_alloc_start(size_t n, enum failing_mode mode);

/* Allocations work again. Whether one has failed: if not, n was larger than their number. */
bool failing_alloc_stop(void);

/* Blocks that were allocated since the start, less those that were freed. */
long failing_alloc_balance(void);

#endif
