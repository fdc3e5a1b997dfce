// SPDX-License-Identifier: MIT
/* Two tables, of the last look and of this one; what is in the first only has gone. */
#include "history.h"

#include <stddef.h>
#include <stdlib.h>

/* Half empty at most, so that a search is short. */
enum { SLOTS = 2 * HISTORY_MAX };

struct seen {
	unsigned look; /* belongs to the table if it is that of the table */
	int pid;
	uint64_t start;
	int64_t user_us, system_us;
	bool is_there; /* in the later table, too */
};

struct table {
	unsigned look, count;
	struct seen slots[SLOTS];
};

struct history {
	struct table tables[2];
	int now; /* the table that is being filled */
	int64_t gone_user_us, gone_system_us, live_user_us, live_system_us;
};

struct history *history_new(void)
{
	struct history *history = calloc(1, sizeof(*history));

	if (history) {
		history->tables[0].look = 2;
		history->tables[1].look = 1;
	}
	return history;
}

/* Where it is or would be. */
static struct seen *find(struct table *table, int pid, uint64_t start)
{
	struct seen *seen;
	unsigned at = (unsigned)pid;

	do
		seen = &table->slots[at++ % SLOTS];
	while (seen->look == table->look && (seen->pid != pid || seen->start != start));
	return seen;
}

void history_see(struct history *history, int pid, uint64_t start, int64_t user_us, int64_t system_us)
{
	struct table *now = &history->tables[history->now], *before = &history->tables[!history->now];
	struct seen *earlier = find(before, pid, start), *seen = find(now, pid, start);

	if (earlier->look == before->look)
		earlier->is_there = true;
	history->live_user_us += user_us;
	history->live_system_us += system_us;
	if (now->count == HISTORY_MAX || seen->look == now->look)
		return;
	*seen = (struct seen){ now->look, pid, start, user_us, system_us, false };
	now->count++;
}

/* The older table is emptied, by giving it a number that no slot has. */
static void turn(struct history *history)
{
	struct table *before = &history->tables[!history->now];
	unsigned look = history->tables[history->now].look;

	before->look = look + 1;
	before->count = 0;
	history->now = !history->now;
}

static void forget_look(struct history *history)
{
	struct table *now = &history->tables[history->now], *before = &history->tables[!history->now];

	for (size_t i = 0; i < SLOTS; i++) {
		before->slots[i].is_there = false;
		now->slots[i].look = 0;
	}
	now->count = 0;
}

void history_end(struct history *history, bool complete, int64_t *user_us, int64_t *system_us)
{
	struct table *before = &history->tables[!history->now];

	for (size_t i = 0; complete && before->count && i < SLOTS; i++) {
		const struct seen *seen = &before->slots[i];

		if (seen->look != before->look || seen->is_there)
			continue;
		history->gone_user_us += seen->user_us;
		history->gone_system_us += seen->system_us;
	}
	*user_us = history->gone_user_us + history->live_user_us;
	*system_us = history->gone_system_us + history->live_system_us;
	history->live_user_us = history->live_system_us = 0;
	if (complete)
		turn(history);
	else
		forget_look(history);
}
