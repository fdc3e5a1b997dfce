// SPDX-License-Identifier: MIT
/*
 * The assignment problem by the Hungarian method, O(n³), and then its ties.
 *
 * The method leaves a price for each row and column. An edge is "tight" if it costs exactly its two prices, and the
 * best assignments are exactly the perfect matchings of tight edges. So ties are broken without solving anything
 * again: row by row, the lowest tight column from which everybody who is in the way can still be moved elsewhere
 * along tight edges; one search per row finds all such columns at once.
 */
#include "review/match.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct problem {
	const int *weight;
	size_t rows, columns;
	size_t n;         /* both, padded to a square by edges of weight 0 */
	long *row_price;  /* by row and column from 1; 0 is a place of the method's own */
	long *col_price;
	size_t *row_of;   /* of each column */
	size_t *came_from;
	long *slack;
	bool *used;
	bool *settled_row; /* its edges of weight > 0 are gone: it has its column, or none */
	bool *settled_col;
};

static long cost(const struct problem *p, size_t row, size_t column)
{
	if (row > p->rows || column > p->columns)
		return 0;
	return -(long)p->weight[(row - 1) * p->columns + column - 1];
}

/* --- solving ---------------------------------------------------------------------------------------------------- */

/* One step of the search for a free column: lowers the slacks through the row that holds `column`, changes prices by
 * the least slack and returns the column that it belongs to. */
static size_t reach_further(struct problem *p, size_t column)
{
	size_t row = p->row_of[column], next = 0;
	long least = LONG_MAX;

	p->used[column] = true;
	for (size_t c = 1; c <= p->n; c++) {
		long reduced;

		if (p->used[c])
			continue;
		reduced = cost(p, row, c) - p->row_price[row] - p->col_price[c];
		if (reduced < p->slack[c]) {
			p->slack[c] = reduced;
			p->came_from[c] = column;
		}
		if (p->slack[c] < least) {
			least = p->slack[c];
			next = c;
		}
	}
	for (size_t c = 0; c <= p->n; c++) {
		if (p->used[c]) {
			p->row_price[p->row_of[c]] += least;
			p->col_price[c] -= least;
		} else {
			p->slack[c] -= least;
		}
	}
	return next;
}

static void solve(struct problem *p)
{
	for (size_t row = 1; row <= p->n; row++) {
		size_t column = 0;

		p->row_of[0] = row;
		for (size_t c = 0; c <= p->n; c++) {
			p->slack[c] = LONG_MAX;
			p->used[c] = false;
		}
		do
			column = reach_further(p, column);
		while (p->row_of[column]);
		while (column) {
			size_t before = p->came_from[column];

			p->row_of[column] = p->row_of[before];
			column = before;
		}
	}
}

/* --- ties ------------------------------------------------------------------------------------------------------- */

/* Whether an unsettled edge belongs to some best assignment's candidates. A row that got none keeps those of 0. */
static bool is_tight(const struct problem *p, size_t row, size_t column)
{
	if (p->settled_col[column] || (p->settled_row[row] && cost(p, row, column) != 0))
		return false;
	return cost(p, row, column) == p->row_price[row] + p->col_price[column];
}

/*
 * Marks in used[] every column whose row could move so that, one after the other, `freed` gets a row again:
 * came_from[c] is the column that c's row would move to. Breadth first, from the end; slack[] is the queue.
 */
static void find_movable(struct problem *p, size_t freed)
{
	size_t head = 0, tail = 0;

	memset(p->used, 0, (p->n + 1) * sizeof(*p->used));
	p->used[freed] = true;
	p->slack[tail++] = (long)freed;
	while (head < tail) {
		size_t target = (size_t)p->slack[head++];

		for (size_t c = 1; c <= p->n; c++) {
			if (p->used[c] || p->settled_col[c] || !is_tight(p, p->row_of[c], target))
				continue;
			p->used[c] = true;
			p->came_from[c] = target;
			p->slack[tail++] = (long)c;
		}
	}
}

/* Gives the row the column, moving everybody in the way. */
static void move_to(struct problem *p, size_t row, size_t column, size_t freed)
{
	size_t moving = row;

	while (column != freed) {
		size_t pushed = p->row_of[column];

		p->row_of[column] = moving;
		moving = pushed;
		column = p->came_from[column];
	}
	p->row_of[freed] = moving;
}

static size_t column_of(const struct problem *p, size_t row)
{
	for (size_t c = 1; c <= p->n; c++)
		if (p->row_of[c] == row)
			return c;
	return 0;
}

static int settle(struct problem *p, size_t row)
{
	size_t held = column_of(p, row);

	find_movable(p, held);
	for (size_t c = 1; c <= p->columns; c++) {
		if (!p->used[c] || cost(p, row, c) == 0 || !is_tight(p, row, c))
			continue;
		move_to(p, row, c, held);
		p->settled_row[row] = true;
		p->settled_col[c] = true;
		return (int)c - 1;
	}
	p->settled_row[row] = true;
	return -1;
}

/* --- memory ----------------------------------------------------------------------------------------------------- */

static void problem_done(struct problem *p)
{
	free(p->row_price);
	free(p->col_price);
	free(p->row_of);
	free(p->came_from);
	free(p->slack);
	free(p->used);
	free(p->settled_row);
	free(p->settled_col);
}

static int problem_init(struct problem *p, struct err *e)
{
	size_t size = p->n + 1;

	p->row_price = mem_new(size, sizeof(*p->row_price), e);
	p->col_price = mem_new(size, sizeof(*p->col_price), e);
	p->row_of = mem_new(size, sizeof(*p->row_of), e);
	p->came_from = mem_new(size, sizeof(*p->came_from), e);
	p->slack = mem_new(size, sizeof(*p->slack), e);
	p->used = mem_new(size, sizeof(*p->used), e);
	p->settled_row = mem_new(size, sizeof(*p->settled_row), e);
	p->settled_col = mem_new(size, sizeof(*p->settled_col), e);
	return p->row_price && p->col_price && p->row_of && p->came_from && p->slack && p->used && p->settled_row &&
		p->settled_col ? 0 : -1;
}

int match_assign(const int *weight, size_t rows, size_t columns, int *chosen, struct err *e)
{
	struct problem p = { .weight = weight, .rows = rows, .columns = columns };

	p.n = rows > columns ? rows : columns;
	if (problem_init(&p, e) < 0) {
		problem_done(&p);
		return -1;
	}
	solve(&p);
	for (size_t row = 1; row <= rows; row++)
		chosen[row - 1] = settle(&p, row);
	problem_done(&p);
	return 0;
}
