// SPDX-License-Identifier: MIT
/*
 * What a candidate is told before a session begins: what is recorded, which aids are allowed, who reads it. Pure.
 */
#ifndef REPORT_NOTICE_H
#define REPORT_NOTICE_H

#include "report/outline.h"
#include "task/rubric.h"

/* All borrowed. */
struct notice {
	const char *position;
	const struct strings *people; /* names of those who interview */
	const struct strings *aids;   /* of the plan, as it names them */
	const enum part_kind *parts;  /* in their order */
	const int *minutes;           /* beside them */
	size_t part_count;
};

void report_notice(struct outline *out, const struct notice *notice);

#endif
