// SPDX-License-Identifier: MIT
/*
 * Tests of a service: the candidate's server in box A, the tests in box B, and between them a door that opens one
 * way. Every suite starts a fresh A. The order: A up and listening, B up, relay, B ends, relay ends, A ends; what A
 * does while B runs is seen by the tests, and by A's report afterwards.
 */
#include "base/i18n.h"
#include "base/text.h"
#include "submission/door.h"
#include "submission/run_parts.h"
#include "task/expand.h"

#include <stdio.h>
#include <string.h>

enum { PATIENCE_MORE_MS = 500, PATIENCE_SHARE = 4, BURIAL_MS = 2000 };

struct pair {
	struct box service, tester;
	struct box_life service_life, tester_life;
	struct door *door;
	bool refused; /* the service took a connection of the tests no more */
};

static void pair_done(struct pair *pair)
{
	/* The relay first: it talks to both. */
	door_free(pair->door);
	box_done(&pair->tester_life);
	box_done(&pair->service_life);
}

static int add_words(char **message, char *words, struct err *e)
{
	AUTO_FREE char *said = words;
	char *joined;

	if (!said)
		return -1;
	joined = mem_format(e, "%s%s%s", *message ? *message : "", *message ? "; " : "", said);
	if (!joined)
		return -1;
	free(*message);
	*message = joined;
	return 0;
}

/* --- the service ------------------------------------------------------------------------------------------------ */

static int start_service(const struct run *run, struct pair *pair, struct err *e)
{
	if (door_open(&pair->door, run->task->service.port, e) < 0)
		return -1;
	pair->service.door_port = run->task->service.port;
	pair->service.door_fd = door_service_fd(pair->door);
	if (box_start(&pair->service_life, &pair->service, &run->host, e) < 0)
		return -1;
	door_service_lent(pair->door);
	return 0;
}

/* It never listened: that is a time verdict if we had to end it, else whatever its end was. */
static int keep_unready(const struct run *run, struct pair *pair, struct suite_run *out, struct box_report *report,
	struct err *e)
{
	const struct service *service = &run->task->service;

	out->end = RUN_NOT_STARTED;
	if (pair->service_life.stopped && report->verdict == VERDICT_EXITED) {
		report->verdict = VERDICT_WALL_LIMIT;
		if (strings_add(&report->limits_hit, "ready", e) < 0)
			return -1;
		out->why = mem_format(e, _("the service did not listen on port %d within %lld ms"), service->port,
			(long long)service->ready_ms);
	} else if (report->verdict == VERDICT_EXITED) {
		out->why = mem_format(e, _("the service ended before it listened on port %d (exit status %d)"),
			service->port, report->exit_code);
	} else {
		out->why = mem_format(e, _("the service ended before it listened on port %d: %s"), service->port,
			verdict_sentence(report->verdict));
	}
	out->verdict = report->verdict;
	return out->why ? 0 : -1;
}

/* It was ready, and ended while it was still needed: the box's message says it, and so will the tests that failed. */
static int keep_crash(struct suite_run *out, struct box_report *report, struct err *e)
{
	char *why;

	if (report->verdict == VERDICT_EXITED)
		why = mem_format(e, _("the service ended before the tests did (exit status %d)"), report->exit_code);
	else if (report->verdict == VERDICT_SIGNALED)
		why = mem_format(e, _("the service ended before the tests did (signal %d)"), report->signal);
	else
		why = mem_format(
			e, _("the service ended before the tests did: %s"), verdict_sentence(report->verdict));
	if (!why)
		return -1;
	out->service_end = why;
	return report->message ? 0 : add_words(&report->message, mem_copy(why, e), e);
}

/* Whether it ran until we ended it. One that had met a limit may still have been on its way out then. */
static bool was_ours(const struct pair *pair, const struct box_report *report)
{
	return pair->service_life.stopped && report->verdict == VERDICT_EXITED && report->exit_code < 0;
}

static int end_service(const struct run *run, struct pair *pair, bool ready, struct suite_run *out, struct doubt *doubt,
	struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };

	/* Whoever took no connection any more is dying, or dead and not buried yet: its end is its own. */
	if (ready && pair->refused && box_wait(&pair->service_life, BURIAL_MS, e) < 0)
		return -1;
	box_stop(&pair->service_life);
	if (box_report(&report, &pair->service_life, e) < 0)
		return err_wrap(e, "cannot run the service");
	if (!ready && keep_unready(run, pair, out, &report, e) < 0)
		return -1;
	*doubt = run_doubt(&report, pair->service.limits);
	out->doubtful = doubt->repeats > 0;
	if (ready && !was_ours(pair, &report) && keep_crash(out, &report, e) < 0)
		return -1;
	return run_keep_box(out, "service", &pair->service, &pair->service_life, &report, RUN_LOG_MAX, e);
}

/* --- the tester ------------------------------------------------------------------------------------------------- */

/*
 * What one test may wait for, nobody needs to wait for longer; a little more, so that a tester which keeps its tests'
 * time itself says so first. Where a task gives none, a tester that waits for one answer must have time for others.
 */
static int64_t patience_ms(const struct run *run, const struct suite *suite)
{
	int64_t most = suite->test_ms;
	const struct manifest *manifest = &run->task->manifest;

	for (size_t i = 0; i < manifest->test_count; i++)
		if (strcmp(manifest->tests[i].suite, suite->id) == 0 && manifest->tests[i].test_ms > most)
			most = manifest->tests[i].test_ms;
	return most > 0 ? most + PATIENCE_MORE_MS : run->task->tester_limits.wall_ms / PATIENCE_SHARE;
}

/* Connections that we reset ourselves look like the service's mistake to the tests. */
static int say_cuts(struct box_report *report, const struct relay_counts *counts, const struct relay_caps *caps,
	struct err *e)
{
	if (counts->too_slow &&
		add_words(&report->message,
			mem_format(e,
				_("the relay reset connections over which nothing went, or an answer came to no end, for "
				  "%lld ms (%lld of them)"),
				(long long)caps->answer_ms, (long long)counts->too_slow),
			e) < 0)
		return -1;
	if (counts->too_large &&
		add_words(&report->message,
			mem_format(e,
				_("the relay reset connections with an answer of more than %lld MiB (%lld of them)"),
				(long long)caps->answer_bytes >> 20, (long long)counts->too_large),
			e) < 0)
		return -1;
	if (!counts->capped)
		return 0;
	return add_words(&report->message,
		mem_format(e,
			_("the relay reset connections over its limits (%lld connections, %lld bytes to the service, "
			  "%lld bytes back)"),
			(long long)counts->connections, (long long)counts->bytes_to_service,
			(long long)counts->bytes_to_tester),
		e);
}

static int run_tester(const struct run *run, struct pair *pair, struct suite_run *out, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };
	struct relay_caps caps = relay_caps_default;
	struct relay_counts counts;

	caps.answer_ms = patience_ms(run, out->suite);
	pair->tester.door_port = run->task->service.port;
	pair->tester.door_fd = door_tester_fd(pair->door);
	if (box_start(&pair->tester_life, &pair->tester, &run->host, e) < 0)
		return -1;
	door_tester_lent(pair->door);
	if (door_start(pair->door, &caps, e) < 0 || box_wait(&pair->tester_life, -1, e) < 0)
		return -1;
	/* A box that could not be built gives no listener either; only its report says why, so that is read first. */
	if (box_report(&report, &pair->tester_life, e) < 0)
		return err_wrap(e, "cannot run the tests");
	if (door_close(pair->door, &counts, e) < 0 || run_read_tester(out, &pair->tester_life, &report, e) < 0 ||
		say_cuts(&report, &counts, &caps, e) < 0)
		return -1;
	pair->refused = counts.refused > 0;
	if (report.verdict != VERDICT_EXITED) {
		out->end = RUN_TESTER_LIMIT;
		out->why = mem_format(e, _("the tests were stopped: %s"), verdict_sentence(report.verdict));
		if (!out->why)
			return -1;
	}
	return run_keep_box(out, "tester", &pair->tester, &pair->tester_life, &report, RUN_LOG_MAX, e);
}

/* --- both ------------------------------------------------------------------------------------------------------- */

static int run_once(const struct run *run, const struct box *service, const struct box *tester, struct suite_run *out,
	struct doubt *doubt, struct err *e)
{
	AUTO(pair_done) struct pair pair = { *service, *tester, BOX_LIFE_NONE, BOX_LIFE_NONE, NULL, false };
	int ready;

	if (start_service(run, &pair, e) < 0)
		return -1;
	ready = door_wait_ready(pair.door, run->task->service.ready_ms, run->host.stop_fd, e);
	if (ready < 0 || (ready == 0 && run_tester(run, &pair, out, e) < 0))
		return -1;
	return end_service(run, &pair, ready == 0, out, doubt, e);
}

/* Box B: an empty /work, the suite's files, a place for its report. */
static void plan_tester(struct box *box, const struct run *run, const struct suite *suite, const struct strings *argv,
	const struct strings *env, const char *files)
{
	*box = (struct box)BOX_INIT;
	box->argv = argv;
	box->env = env;
	box->limits = &run->task->tester_limits;
	box->ro[0].host = files;
	box->ro[0].inside = "/tests";
	box->tmp = "/report";
	box->collect = run_report_file(suite->report);
}

static int tester_words(struct strings *argv, struct strings *env, const struct run *run, const struct suite *suite,
	struct err *e)
{
	if (task_expand(&suite->argv, &run->task->tester_limits, argv, e) < 0 ||
		run_tester_env(env, run, suite, e) < 0)
		return -1;
	return strings_take(env, mem_format(e, "ASSAY_URL=http://127.0.0.1:%d", run->task->service.port), e);
}

int run_service_suite(struct run *run, const struct suite *suite, struct suite_run *out, struct err *e)
{
	AUTO_STRINGS struct strings service_argv = { 0 }, service_env = { 0 }, tester_argv = { 0 }, tester_env = { 0 };
	AUTO_SUITE_RUN struct suite_run best = { 0 };
	AUTO_FREE char *files = NULL, *reporters = NULL;
	struct box service, tester;
	struct doubt doubt = { 0 };

	if (run_suite_files(&files, run, suite, e) < 0 || run_env(&service_env, e) < 0 ||
		task_expand(&run->task->service.argv, &run->task->limits, &service_argv, e) < 0 ||
		tester_words(&tester_argv, &tester_env, run, suite, e) < 0)
		return -1;
	run_box_of(&service, run, &service_argv, &service_env, &run->task->limits);
	plan_tester(&tester, run, suite, &tester_argv, &tester_env, files);
	if (run_show_reporters(&reporters, &tester, &tester_env, NULL, run, suite, e) < 0)
		return -1;
	for (int times = 1;; times++) {
		AUTO_SUITE_RUN struct suite_run once = { .suite = suite, .exit_code = -1 };

		if (run_once(run, &service, &tester, &once, &doubt, e) < 0 || run_keep_better(run, &best, &once, e) < 0)
			return -1;
		if (!run_tries_again(run, times, &doubt))
			return run_take_best(out, &best, times, e);
	}
}
