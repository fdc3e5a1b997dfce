// SPDX-License-Identifier: MIT
#include "review/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 6 };

static void the_best_total_beats_the_best_pair(void **state)
{
	const int weight[] = { 90, 80, 85, 0 };
	int chosen[2] = { 7, 7 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(match_assign(weight, 2, 2, chosen, &e), 0);

	assert_int_equal(chosen[0], 1);
	assert_int_equal(chosen[1], 0);
}

static void of_equal_totals_the_earliest_row_gets_the_lowest_column(void **state)
{
	const int weight[] = { 0, 50, 50, 50, 0, 50, 50, 50, 50 };
	int chosen[3] = { 7, 7, 7 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(match_assign(weight, 3, 3, chosen, &e), 0);

	assert_int_equal(chosen[0], 1);
	assert_int_equal(chosen[1], 0);
	assert_int_equal(chosen[2], 2);
}

static void a_later_row_goes_empty_when_two_want_one_column(void **state)
{
	const int weight[] = { 60, 60, 60 };
	int chosen[3] = { 7, 7, 7 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(match_assign(weight, 3, 1, chosen, &e), 0);

	assert_int_equal(chosen[0], 0);
	assert_int_equal(chosen[1], -1);
	assert_int_equal(chosen[2], -1);
}

static void nothing_is_assigned_where_there_is_no_edge(void **state)
{
	const int weight[] = { 0, 0, 0, 0, 0, 0 };
	int chosen[2] = { 7, 7 };
	struct err e = { 0 };
	(void)state;

	assert_int_equal(match_assign(weight, 2, 3, chosen, &e), 0);

	assert_int_equal(chosen[0], -1);
	assert_int_equal(chosen[1], -1);
}

static void no_rows_are_an_assignment_too(void **state)
{
	struct err e = { 0 };
	(void)state;

	assert_int_equal(match_assign(NULL, 0, 3, NULL, &e), 0);
}

/* --- against trying everything ---------------------------------------------------------------------------------- */

struct trial {
	size_t rows, columns;
	int weight[MOST * MOST];
	int tried[MOST], best[MOST];
	int best_total;
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Few different weights, so that ties are the rule. */
static void draw(struct trial *t, unsigned *seed)
{
	static const int weights[] = { 0, 0, 0, 45, 60, 60, 75, 100 };

	t->rows = next_random(seed) % MOST + 1;
	t->columns = next_random(seed) % (MOST - 1) + 1;
	t->best_total = -1;
	for (size_t i = 0; i < t->rows * t->columns; i++)
		t->weight[i] = weights[next_random(seed) % 8];
}

/* Row by row the lowest column first and none last: so the first assignment of a total is the one that is wanted. */
static void try_all(struct trial *t, size_t row, unsigned taken, int total)
{
	if (row == t->rows) {
		if (total > t->best_total) {
			t->best_total = total;
			memcpy(t->best, t->tried, sizeof(t->best));
		}
		return;
	}
	for (size_t c = 0; c < t->columns; c++) {
		int weight = t->weight[row * t->columns + c];

		if (!weight || taken >> c & 1)
			continue;
		t->tried[row] = (int)c;
		try_all(t, row + 1, taken | 1u << c, total + weight);
	}
	t->tried[row] = -1;
	try_all(t, row + 1, taken, total);
}

static void assert_same(unsigned *seed)
{
	struct trial t = { 0 };
	int chosen[MOST] = { 0 };
	struct err e = { 0 };

	draw(&t, seed);
	try_all(&t, 0, 0, 0);
	assert_int_equal(match_assign(t.weight, t.rows, t.columns, chosen, &e), 0);
	assert_memory_equal(chosen, t.best, t.rows * sizeof(*chosen));
}

static void two_thousand_small_tables_are_assigned_as_by_trying_everything(void **state)
{
	unsigned seed = 20261122;
	(void)state;

	for (int i = 0; i < 2000; i++)
		assert_same(&seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_total_beats_the_best_pair),
		cmocka_unit_test(of_equal_totals_the_earliest_row_gets_the_lowest_column),
		cmocka_unit_test(a_later_row_goes_empty_when_two_want_one_column),
		cmocka_unit_test(nothing_is_assigned_where_there_is_no_edge),
		cmocka_unit_test(no_rows_are_an_assignment_too),
		cmocka_unit_test(two_thousand_small_tables_are_assigned_as_by_trying_everything),
	};

	return cmocka_run_group_tests_name("assign", tests, NULL, NULL);
}
