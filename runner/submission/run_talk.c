// SPDX-License-Identifier: MIT
/*
 * An interactive case: judge and program in a box each, started together, joined by an exchange.
 *
 * Who ends first decides. When the judge does, what it says counts, and what becomes of the program afterwards doesn't:
 * many a program dies of the end of its input. When the program does, and not well, that is its verdict; else the judge
 * still says what it was worth. So it must be sure who was first. A judge's output is over when it has ended, but also
 * when it has only closed it, to say that there is no more; the program must not be told before it is known which. A box
 * that has ended reports within a moment, so the end of the program's input is held back for as long as that may take on
 * a busy machine: a program that ends before its input does was first.
 *
 * When the program's clock runs out while it waits, two may be to blame. If the judge waits, too, the end of the program
 * wakes it, and it ends by itself: then the program had not said (or flushed) what the judge waited for. A judge that
 * runs into a limit of its own even then was stuck, and the program waited in vain.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "submission/checker.h"
#include "submission/exchange.h"
#include "submission/run_parts.h"

#include <string.h>

enum {
	/* How long the end of the judge's output may be that of the judge. On a crowded machine 100 were too few; but a
	 * program whose judge lives on waits on its own clock, so it is a quarter of that, between these. */
	HOLD_LEAST_MS = 100,
	HOLD_MOST_MS = 500,
	AFTER_MS = 500, /* how long a program may live on when the judge has ended */
	LOOK_MS = 10,   /* how often to look at a box that gives no news */
	LONGEST_MS = 1000,
};

struct talk {
	struct exchange *exchange;
	struct box_life program, judge;
	bool program_over, judge_over;
	bool judge_first; /* the judge had ended before the program did */
	int64_t hold_ms;
	int64_t hold_until_ms, stop_at_ms; /* 0: not yet */
};

static void talk_done(struct talk *talk)
{
	/* The exchange first: a box that is ended would wait for us to read what it still has to say. */
	exchange_free(talk->exchange);
	box_done(&talk->program);
	box_done(&talk->judge);
}

static int start(struct talk *talk, struct box *program, struct box *judge, const struct box_host *host, struct err *e)
{
	struct exchange_ends ends;

	if (exchange_open(&talk->exchange, e) < 0)
		return -1;
	ends = exchange_ends(talk->exchange);
	program->in_fd = ends.program_in;
	program->out_fd = ends.program_out;
	judge->in_fd = ends.judge_in;
	judge->out_fd = ends.judge_out;
	program->waits = judge->waits = true;
	if (box_start(&talk->judge, judge, host, e) < 0 || box_start(&talk->program, program, host, e) < 0)
		return -1;
	exchange_lent(talk->exchange);
	if (box_await_built(&talk->judge, e) < 0 || box_await_built(&talk->program, e) < 0 ||
		box_go(&talk->judge, e) < 0)
		return -1;
	return box_go(&talk->program, e);
}

/* --- to the end ------------------------------------------------------------------------------------------------- */

static int look_at(bool *over, struct box_life *life, struct err *e)
{
	int waited = *over ? 0 : box_wait(life, 0, e);

	*over = waited == 0;
	return waited < 0 ? -1 : 0;
}

/* The judge has just been seen to be over: what the program said until now is read before anything is decided. */
static int hear_judge(struct talk *talk, struct err *e)
{
	if (exchange_carry(talk->exchange, -1, -1, 0, e) < 0)
		return -1;
	talk->judge_first = !exchange_program_ended(talk->exchange);
	exchange_end_input(talk->exchange);
	talk->stop_at_ms = clock_monotonic_ms() + AFTER_MS;
	return 0;
}

static int64_t next_wait(const struct talk *talk, int news_fd)
{
	int64_t now_ms = clock_monotonic_ms(), wait = news_fd < 0 ? LOOK_MS : LONGEST_MS;
	const int64_t times[] = { talk->hold_until_ms, talk->stop_at_ms };

	for (int i = 0; i < 2; i++)
		if (times[i] && times[i] - now_ms < wait)
			wait = times[i] > now_ms ? times[i] - now_ms : 0;
	return wait;
}

/* What follows from the hour. */
static void keep_time(struct talk *talk)
{
	int64_t now_ms = clock_monotonic_ms();

	if (!talk->judge_over && exchange_judge_ended(talk->exchange) && !talk->hold_until_ms)
		talk->hold_until_ms = now_ms + talk->hold_ms;
	if (talk->hold_until_ms && now_ms >= talk->hold_until_ms) {
		exchange_end_input(talk->exchange);
		talk->hold_until_ms = 0;
	}
	if (talk->judge_over && !talk->program_over && now_ms >= talk->stop_at_ms) {
		exchange_leave_program(talk->exchange);
		box_stop(&talk->program);
		talk->program_over = true;
	}
}

/* News come for both boxes by one descriptor, unless one of them has a process of its own. */
static int news_fd(const struct talk *talk)
{
	int of_program = talk->program_over ? -1 : box_news_fd(&talk->program);
	int of_judge = talk->judge_over ? -1 : box_news_fd(&talk->judge);

	if (talk->program_over || talk->judge_over)
		return talk->program_over ? of_judge : of_program;
	return of_program == of_judge ? of_program : -1;
}

/* Until both are over. */
static int carry_to_the_end(struct talk *talk, int stop_fd, struct err *e)
{
	while (!talk->program_over || !talk->judge_over) {
		bool judge_was_over = talk->judge_over;
		int news = news_fd(talk);

		if (exchange_carry(talk->exchange, news, stop_fd, next_wait(talk, news), e) < 0 ||
			look_at(&talk->judge_over, &talk->judge, e) < 0)
			return -1;
		if (talk->judge_over && !judge_was_over && hear_judge(talk, e) < 0)
			return -1;
		if (look_at(&talk->program_over, &talk->program, e) < 0)
			return -1;
		keep_time(talk);
	}
	return 0;
}

/* --- who is to blame -------------------------------------------------------------------------------------------- */

/* It did nothing wrong, however it ended. */
static int forgive(struct box_report *program, const char *why, struct err *e)
{
	char *message = mem_copy(why, e);

	if (!message)
		return -1;
	free(program->message);
	program->message = message;
	program->verdict = VERDICT_EXITED;
	program->exit_code = program->signal = -1;
	strings_done(&program->limits_hit);
	program->limits_hit = (struct strings){ 0 };
	return 0;
}

static bool is_stuck(const struct box_report *judge)
{
	return judge->verdict == VERDICT_WALL_LIMIT || judge->verdict == VERDICT_CPU_LIMIT;
}

static bool has_waited(const struct box_report *program, const struct limits *limits)
{
	return program->verdict == VERDICT_WALL_LIMIT &&
		program->cpu_user_ms + program->cpu_system_ms < limits->cpu_ms / 2;
}

int run_settle_talk(struct box_report *program, const struct box_report *judge, bool judge_first,
	const struct limits *limits, bool *is_forgiven, struct err *e)
{
	bool ended_well = program->verdict == VERDICT_EXITED && program->exit_code == 0;

	*is_forgiven = !ended_well && (judge_first || (has_waited(program, limits) && is_stuck(judge)));
	if (!*is_forgiven)
		return 0;
	return forgive(program, judge_first ? _("how it ended doesn't count: the judge had ended before") :
		_("it waited for the judge, which was stuck"), e);
}

/* --- one case --------------------------------------------------------------------------------------------------- */

/* The talk, and then what the program printed besides. */
static int add_transcript(struct ran *ran, const struct exchange *exchange, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	AUTO_FREE char *transcript = NULL;
	char *log = NULL;

	if (exchange_transcript(exchange, &transcript, e) < 0)
		return -1;
	if (!transcript)
		return 0;
	text_add(&t, transcript);
	text_add(&t, t.length && t.bytes[t.length - 1] != '\n' ? "\n" : "");
	text_add(&t, ran->log ? ran->log : "");
	if (text_take(&t, &log, e) < 0)
		return -1;
	free(ran->log);
	ran->log = log;
	return 0;
}

static int show(const struct case_plan *plan, const struct box *program, const struct box *judge,
	const struct talk *talk, struct box_report *program_report, struct box_report *judge_report, struct err *e)
{
	AUTO(checked_done) struct checked checked = { .ended_early = !talk->judge_first };
	struct case_run seen = {
		.verdict = program_report->verdict,
		.exit_code = program_report->exit_code,
		.wall_ms = program_report->wall_ms,
		.checked = &checked,
	};
	size_t place = plan->out->box_count;

	if (run_say(program_report, plan->said, e) < 0 ||
		run_keep_box(plan->out, "case", program, &talk->program, program_report, RUN_CASE_LOG_MAX, e) < 0 ||
		add_transcript(&plan->out->boxes[place], talk->exchange, e) < 0 ||
		checker_take(&checked, plan, judge, &talk->judge, judge_report, e) < 0)
		return -1;
	seen.log = plan->out->boxes[place].log;
	return plan->run->see_case(plan->out->suite, plan->which, &seen, plan->run->context, e);
}

static int64_t hold_for(const struct limits *limits)
{
	int64_t quarter_ms = limits->wall_ms / 4;

	return quarter_ms < HOLD_LEAST_MS ? HOLD_LEAST_MS : quarter_ms > HOLD_MOST_MS ? HOLD_MOST_MS : quarter_ms;
}

/* Once: 1 when it is to be tried again. */
static int talk_once(const struct case_plan *plan, struct box *program, struct box *judge, int times, struct err *e)
{
	AUTO(talk_done) struct talk talk = { .program = BOX_LIFE_NONE, .judge = BOX_LIFE_NONE };
	AUTO_BOX_REPORT struct box_report program_report = { 0 }, judge_report = { 0 };
	struct doubt doubt;
	bool is_forgiven;

	talk.hold_ms = hold_for(program->limits);
	if (start(&talk, program, judge, &plan->run->host, e) < 0 ||
		carry_to_the_end(&talk, plan->run->host.stop_fd, e) < 0 ||
		box_report(&program_report, &talk.program, e) < 0 || box_report(&judge_report, &talk.judge, e) < 0)
		return -1;
	doubt = run_doubt(&program_report, program->limits);
	if (run_settle_talk(&program_report, &judge_report, talk.judge_first, program->limits, &is_forgiven, e) < 0)
		return -1;
	if (!is_forgiven && run_tries_again(plan->run, times, &doubt))
		return 1;
	if (run_say_times(&program_report, times, e) < 0)
		return -1;
	return show(plan, program, judge, &talk, &program_report, &judge_report, e);
}

int run_talk(const struct case_plan *plan, struct err *e)
{
	AUTO_STRINGS struct strings words = { 0 };
	struct box program = *plan->box, judge = plan->checker->box;
	int said = 1;

	if (checker_words(&words, plan->which, e) < 0)
		return -1;
	judge.more = &words;
	for (int times = 1; said == 1; times++)
		said = talk_once(plan, &program, &judge, times, e);
	return said < 0 ? err_wrap(e, "case %s", plan->which->name) : 0;
}
