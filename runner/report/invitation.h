// SPDX-License-Identifier: MIT
/*
 * A session as an event for a calendar (RFC 5545). Pure; the one door to libical.
 */
#ifndef REPORT_INVITATION_H
#define REPORT_INVITATION_H

#include "base/err.h"
#include "base/mem.h"
#include "task/rubric.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct invitation_part {
	enum part_kind kind;
	int minutes;
};

/* All borrowed. */
struct invitation {
	const char *session;   /* makes the event's identity: it stays the same after each change */
	int revision;          /* 0, and one more after each change */
	bool cancelled;
	int64_t start_ms;      /* UTC; calendars show it in the zone of whoever looks */
	int64_t minutes;
	int64_t said_ms;       /* when this was said */
	const char *position;  /* its title */
	const char *pseudonym; /* NULL in what the candidate gets */
	const char *place;     /* NULL: not said */
	const struct strings *people; /* names of those who interview */
	const struct invitation_part *parts;
	size_t part_count;
};

/*
 * Times are UTC, which no change of summer time bends; lines are folded and texts escaped, whatever a name holds.
 * *out is the caller's.
 */
int report_invitation(char **out, const struct invitation *invitation, struct err *e);

#endif
