// SPDX-License-Identifier: MIT
/*
 * A talk between two programs in boxes of their own: what one writes the other reads, by sockets of ours that each box
 * has one end of. Bytes pass through here, so that the talk can be shown to a person, and so that one side that is gone,
 * floods or doesn't listen harms nobody but itself.
 */
#ifndef SUBMISSION_EXCHANGE_H
#define SUBMISSION_EXCHANGE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct exchange;

/* Nothing is carried yet. */
int exchange_open(struct exchange **out, struct err *e);
void exchange_free(struct exchange *x);

static inline void exchange_auto(struct exchange **x)
{
	exchange_free(*x);
}
#define AUTO_EXCHANGE AUTO(exchange_auto)

/* The ends for the boxes' standard streams, to be lent; and closing our copies once both were started, so that their
 * ends show. */
struct exchange_ends {
	int judge_in, judge_out, program_in, program_out;
};
struct exchange_ends exchange_ends(const struct exchange *x);
void exchange_lent(struct exchange *x);

/*
 * Carries what has come, and waits for more if nothing has: until something comes or can be written, news_fd (-1: none)
 * or stop_fd is readable, or timeout_ms is over. The end of the program's output is passed on to the judge; that of the
 * judge's is not (exchange_end_input). What is for somebody who doesn't read any more is read all the same and dropped:
 * a judge that speaks to a program that is gone isn't ended by it.
 */
int exchange_carry(struct exchange *x, int news_fd, int stop_fd, int64_t timeout_ms, struct err *e);

/* Whether a side's output is over, and everything before its end was read here. */
bool exchange_program_ended(const struct exchange *x);
bool exchange_judge_ended(const struct exchange *x);

/* From now on the program sees the end of its input, once it has read what was before it. */
void exchange_end_input(struct exchange *x);

/* Nothing is carried to or from the program any more: a box that is ended need not wait for us to read. */
void exchange_leave_program(struct exchange *x);

/* What was said, for a person: each line with "> " before it when the judge said it and "< " when the program did; of a
 * long talk the first and the last 4 KiB. Valid UTF-8; NULL when nothing was said. */
int exchange_transcript(const struct exchange *x, char **out, struct err *e);

#endif
