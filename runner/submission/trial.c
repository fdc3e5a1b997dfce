// SPDX-License-Identifier: MIT
/*
 * One loop carries the three streams, looks whether the box has ended and, now and then, whether something in it
 * listens on the task's port. Only then the port of this machine is taken: of two trials side by side, one of which
 * runs a server, the other needs none.
 */
#include "submission/trial.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "submission/door.h"
#include "submission/run_parts.h"
#include "submission/trial_pump.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>

enum {
	TICK_MS = 50,
	LATER_TICK_MS = 500,
	SOON_MS = 20000, /* a server that listens only after that is found a little later */
	DRAIN_MS = 2000,
};

struct trying {
	const struct trial *trial;
	struct box_life life;
	struct door *door; /* NULL: the task has no port */
	bool is_open;      /* the port here leads to the box */
	bool given_up;     /* it won't */
	struct pump_in in;
	struct pump_out out, err;
	int64_t began_ms, looked_ms;
};

static void trying_done(struct trying *t)
{
	door_free(t->door);
	box_done(&t->life);
	pump_in_done(&t->in);
	pump_out_done(&t->out);
	pump_out_done(&t->err);
}

static bool is_stopped(const struct trial *trial)
{
	struct pollfd stop = { .fd = trial->host.stop_fd, .events = POLLIN };

	return trial->host.stop_fd >= 0 && poll(&stop, 1, 0) > 0;
}

/* --- start ------------------------------------------------------------------------------------------------------ */

/* Prints must come when they are made; a program whose output goes to a pipe keeps them back otherwise. */
static int plan_env(struct strings *env, struct err *e)
{
	return run_env(env, e) < 0 ? -1 : strings_add(env, "PYTHONUNBUFFERED=1", e);
}

static int plan_keep(struct box *box, struct strings *paths, const struct strings *keep, struct err *e)
{
	assert(keep->count <= TRIAL_MAX_KEEP);
	for (size_t i = 0; i < keep->count; i++)
		if (strings_take(paths, mem_format(e, "/work/%s", keep->item[i]), e) < 0)
			return -1;
	if (keep->count > 0)
		box->collect = paths->item[0];
	for (size_t i = 1; i < keep->count; i++)
		box->collect_more[i - 1] = paths->item[i];
	return 0;
}

static int open_door(struct trying *t, struct box *box, struct err *e)
{
	const struct trial *trial = t->trial;
	struct err said = { 0 };

	if (!trial->port)
		return 0;
	if (door_open(&t->door, trial->port, e) < 0)
		return -1;
	if (trial->must_have_port && door_listen_here(t->door, trial->port_here, &said) < 0)
		return said.kind == ERR_CONFLICT ? err_set(e, said.kind, _("%s: name another with --port N"), said.text)
						 : err_set(e, said.kind, "%s", said.text);
	box->door_port = trial->port;
	box->door_fd = door_service_fd(t->door);
	return 0;
}

static int start(struct trying *t, struct err *e)
{
	const struct trial *trial = t->trial;
	AUTO_STRINGS struct strings env = { 0 }, paths = { 0 };
	AUTO_CLOSE int in_fd = -1, out_fd = -1, err_fd = -1;
	struct box box = BOX_INIT;

	box.argv = trial->argv;
	box.work = trial->tree;
	box.env = &env;
	box.limits = trial->limits;
	box.waits = true;
	if (plan_env(&env, e) < 0 || plan_keep(&box, &paths, trial->keep, e) < 0 || open_door(t, &box, e) < 0 ||
		pump_in_open(&t->in, &in_fd, trial->in_fd, e) < 0 ||
		pump_out_open(&t->out, &out_fd, trial->out_fd, e) < 0 ||
		pump_out_open(&t->err, &err_fd, trial->err_fd, e) < 0)
		return -1;
	box.in_fd = in_fd;
	box.out_fd = out_fd;
	box.err_fd = err_fd;
	if (box_start(&t->life, &box, &trial->host, e) < 0)
		return -1;
	if (t->door)
		door_service_lent(t->door);
	return 0;
}

/* --- the port --------------------------------------------------------------------------------------------------- */

static void say(const struct trial *trial, char *sentence)
{
	AUTO_FREE char *said = sentence;

	if (said && trial->say)
		trial->say(said, trial->context);
}

static int open_port(struct trying *t, struct err *e)
{
	const struct trial *trial = t->trial;
	struct relay_caps caps = relay_caps_default;
	struct err said = { 0 };

	/* Whoever tries a server by hand may take as long as they like over it. */
	caps.answer_ms = trial->limits->wall_ms;
	if (!trial->must_have_port && door_listen_here(t->door, trial->port_here, &said) < 0) {
		t->given_up = true;
		if (said.kind != ERR_CONFLICT)
			return err_set(e, said.kind, "%s", said.text);
		say(trial, mem_format(NULL, _("%s: the server in this box can't be reached from outside. End the other program, or "
					      "name another port with --port N"), said.text));
		return 0;
	}
	if (door_start(t->door, &caps, e) < 0)
		return -1;
	t->is_open = true;
	say(trial, mem_format(NULL, _("the server listens: http://127.0.0.1:%d/ leads to it; Ctrl-C ends it"), trial->port_here));
	return 0;
}

static int look_at_port(struct trying *t, struct err *e)
{
	int64_t now = clock_monotonic_ms();
	int ready;

	if (!t->door || t->is_open || t->given_up ||
		now - t->looked_ms < (now - t->began_ms < SOON_MS ? TICK_MS : LATER_TICK_MS))
		return 0;
	t->looked_ms = now;
	ready = door_wait_ready(t->door, 1, t->trial->host.stop_fd, e);
	return ready == 0 ? open_port(t, e) : ready < 0 && !is_stopped(t->trial) ? -1 : 0;
}

/* --- the loop --------------------------------------------------------------------------------------------------- */

static int carry(struct trying *t, int64_t wait_ms)
{
	short events = 0;
	int in_fd = pump_in_wants(&t->in, &events);
	int stop_fd = t->trial->host.stop_fd;
	struct pollfd polls[] = {
		{ .fd = stop_fd, .events = POLLIN },
		{ .fd = box_news_fd(&t->life), .events = POLLIN },
		{ .fd = t->out.from, .events = POLLIN },
		{ .fd = t->err.from, .events = POLLIN },
		{ .fd = in_fd, .events = events },
	};
	int ready = poll(polls, sizeof(polls) / sizeof(*polls), (int)wait_ms);

	if (ready <= 0)
		return ready;
	if (polls[2].revents)
		pump_out_carry(&t->out, stop_fd);
	if (polls[3].revents)
		pump_out_carry(&t->err, stop_fd);
	if (in_fd >= 0 && polls[4].revents)
		pump_in_carry(&t->in);
	return ready;
}

/* Until the box has ended, or we have to end it. */
static int attend(bool *interrupted, struct trying *t, struct err *e)
{
	for (;;) {
		int waited;

		carry(t, t->door && !t->is_open && !t->given_up ? TICK_MS : LATER_TICK_MS);
		if (is_stopped(t->trial) || t->out.broken || t->err.broken) {
			*interrupted = true;
			return 0;
		}
		waited = box_wait(&t->life, 0, e);
		if (waited == 0 || is_stopped(t->trial)) {
			*interrupted = waited != 0;
			return 0;
		}
		if (waited < 0 || look_at_port(t, e) < 0)
			return -1;
	}
}

/* What it had written before its end. */
static void drain(struct trying *t)
{
	int64_t end_ms = clock_monotonic_ms() + DRAIN_MS;

	pump_in_done(&t->in);
	while ((t->out.from >= 0 || t->err.from >= 0) && clock_monotonic_ms() < end_ms) {
		struct pollfd polls[] = { { .fd = t->out.from, .events = POLLIN }, { .fd = t->err.from, .events = POLLIN } };

		if (poll(polls, 2, TICK_MS) <= 0)
			continue;
		if (polls[0].revents)
			pump_out_carry(&t->out, t->trial->host.stop_fd);
		if (polls[1].revents)
			pump_out_carry(&t->err, t->trial->host.stop_fd);
	}
}

static int take_kept(struct trial_end *end, struct trying *t, struct err *e)
{
	for (size_t i = 0; i < t->trial->keep->count; i++)
		if ((i == 0 ? box_collected(&t->life, &end->kept[i].bytes, &end->kept[i].size, e)
			    : box_collected_more(&t->life, i - 1, &end->kept[i].bytes, &end->kept[i].size, e)) < 0)
			return -1;
	end->out_size = t->out.kept.length;
	end->err_size = t->err.kept.length;
	return text_take(&t->out.kept, &end->out, e) < 0 ? -1 : text_take(&t->err.kept, &end->err, e);
}

/* A reader that had enough is no mistake, a full disk is. */
static int check_taken(const struct pump_out *out, struct err *e)
{
	if (!out->broken || out->broken == EPIPE)
		return 0;
	errno = out->broken;
	return err_errno(e, _("cannot pass on what the command wrote"));
}

static int run(struct trial_end *end, struct trying *t, struct err *e)
{
	struct err said = { 0 };

	if (start(t, e) < 0)
		return -1;
	if (box_await_built(&t->life, &said) < 0 || box_go(&t->life, &said) < 0) {
		if (!is_stopped(t->trial))
			return err_set(e, said.kind, "%s", said.text);
		end->interrupted = true;
	}
	t->began_ms = clock_monotonic_ms();
	if (!end->interrupted && attend(&end->interrupted, t, e) < 0)
		return -1;
	box_stop(&t->life);
	drain(t);
	if (check_taken(&t->out, e) < 0 || check_taken(&t->err, e) < 0)
		return -1;
	return box_report(&end->report, &t->life, e) < 0 ? -1 : take_kept(end, t, e);
}

int trial_run(struct trial_end *out, const struct trial *trial, struct err *e)
{
	AUTO_TRIAL_END struct trial_end end = { 0 };
	AUTO(trying_done) struct trying t = {
		.trial = trial, .life = BOX_LIFE_NONE, .in = { .to = -1 }, .out = { .from = -1, .again = -1 }, .err = { .from = -1, .again = -1 },
	};

	if (run(&end, &t, e) < 0)
		return -1;
	*out = end;
	end = (struct trial_end){ 0 };
	return 0;
}

void trial_end_done(struct trial_end *end)
{
	box_report_done(&end->report);
	free(end->out);
	free(end->err);
	for (size_t i = 0; i < TRIAL_MAX_KEEP; i++)
		free(end->kept[i].bytes);
	*end = (struct trial_end){ 0 };
}
