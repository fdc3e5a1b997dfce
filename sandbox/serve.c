// SPDX-License-Identifier: MIT
/*
 * One loop around poll that forks and forwards, and does nothing else: the launcher opens no file
 * that a request names and holds nothing of it once it is forwarded.
 *
 * A seat is one worker: building a box, waiting with one, or running in it. Recipes (recipe.c) of
 * the last few plans that were asked for are kept, and share the boxes that may wait (--warm). A
 * request goes to a box of its recipe that waits; else to one that is being built; else to a new
 * worker, which builds for it.
 *
 * New boxes are built for what was asked for more than once (or prepared); when a run has ended,
 * or at once when none is left, so that building doesn't compete with the run that was just
 * started.
 */
#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "auto.h"
#include "clock.h"
#include "confine.h"
#include "kernel.h"
#include "recipe.h"
#include "serve_message.h"
#include "supervise.h"
#include "worker.h"

enum { END_MS = 5000, SWEEP_EVERY_MS = 10000, MAX_FAILURES = 3 };

/* Ending: its link is closed, its worker cleans up; the seat is taken until that is dead. */
enum seat_state { SEAT_FREE, SEAT_BUILDING, SEAT_WAITING, SEAT_RUNNING, SEAT_ENDING };

struct seat {
	enum seat_state state;
	int pidfd, link;
	int recipe;  /* -1: none, it builds when it is asked */
	uint32_t id; /* of the request that runs */
	bool is_answering; /* what runs is over: soon the worker is, too */
	bool is_reported;
};

struct launcher {
	int client, signals, parent;
	struct template_home home;
	struct host host; /* as it was when we began */
	bool has_home;
	long warm;
	uint64_t uses;
	int64_t sweep_due_ms;
	bool is_over;
	int failure; /* errno, if we end because we couldn't go on */
	struct seat seats[SERVE_MAX_SEATS];
	struct recipe recipes[SERVE_MAX_RECIPES];
	struct serve_packet packet;
};

static size_t count(const struct launcher *l, enum seat_state state, int recipe)
{
	size_t n = 0;

	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		n += l->seats[i].state == state && l->seats[i].recipe == recipe;
	return n;
}

static struct seat *find_seat(struct launcher *l, enum seat_state state, int recipe)
{
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		if (l->seats[i].state == state &&
			(state == SEAT_FREE || l->seats[i].recipe == recipe))
			return &l->seats[i];
	return NULL;
}

/* Each sweep looks at every group beside ours, so not each of a thousand runs shall. */
static void choose_who_sweeps(struct launcher *l)
{
	int64_t now = clock_now_ms();

	l->host.spares_sweep = now < l->sweep_due_ms;
	if (!l->host.spares_sweep)
		l->sweep_due_ms = now + SWEEP_EVERY_MS;
}

/* Forks a worker for RECIPE (-1: one that builds when it is asked). NULL if that can't be. */
static struct seat *fork_worker(struct launcher *l, int recipe)
{
	struct seat *seat = find_seat(l, SEAT_FREE, -1);
	struct worker worker = { .client = l->client,
		.launcher = getpid(),
		.host = &l->host,
		.template = { -1, { -1, -1 } } };
	int links[2];
	pid_t pid;

	if (!seat || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, links) < 0)
		return NULL;
	worker.link = links[1];
	if (recipe >= 0) {
		worker.ahead = &l->recipes[recipe].plan;
		worker.key = l->recipes[recipe].key;
		worker.template = (struct template){ l->recipes[recipe].template, l->home };
	}
	choose_who_sweeps(l);
	pid = fork();
	if (pid == 0)
		worker_run(&worker);
	close(links[1]);
	if (pid < 0) {
		close(links[0]);
		return NULL;
	}
	/* Nobody else reaps, so the number is still its own. Without a pidfd it just isn't hurried. */
	*seat = (struct seat){ recipe < 0 ? SEAT_WAITING : SEAT_BUILDING,
		(int)syscall(SYS_pidfd_open, pid, 0), links[0], recipe, 0, false, false };
	return seat;
}

static void refuse(const struct launcher *l, uint32_t id, const char *why)
{
	struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_REFUSED, .id = id };
	const int ends[2] = { l->signals, l->parent };

	serve_answer(l->client, &header, why, strlen(why), ends);
}

/* The box is gone, or never was: its worker hasn't answered, so we do. */
static void report_loss(const struct launcher *l, uint32_t id)
{
	static const char text[] = "the box's supervisor died";

	refuse(l, id, text);
}

/* Closes a seat; its worker ends by itself when its link is gone. */
static void leave(struct launcher *l, struct seat *seat)
{
	if (seat->state == SEAT_RUNNING && !seat->is_reported)
		report_loss(l, seat->id);
	close(seat->link);
	seat->link = seat->recipe = -1;
	seat->state = seat->pidfd >= 0 ? SEAT_ENDING : SEAT_FREE;
}

/* What tells something about the seat: its worker, or at last its worker's death. */
static int watched(const struct seat *seat)
{
	return seat->state == SEAT_ENDING ? seat->pidfd : seat->state == SEAT_FREE ? -1 : seat->link;
}

static void free_seat(struct seat *seat)
{
	close(seat->pidfd);
	*seat = (struct seat){ .state = SEAT_FREE, .pidfd = -1, .link = -1, .recipe = -1 };
}

static void forget_recipe(struct launcher *l, int index)
{
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++) {
		struct seat *seat = &l->seats[i];

		if (seat->state == SEAT_FREE || seat->recipe != index)
			continue;
		if (seat->state == SEAT_RUNNING)
			seat->recipe = -1;
		else
			leave(l, seat);
	}
	recipe_forget(&l->recipes[index]);
}

/* Each recipe may have a box that waits, so there are never more of them than may wait. */
static int recipes_at_most(const struct launcher *l)
{
	return l->warm < SERVE_MAX_RECIPES ? (int)l->warm : SERVE_MAX_RECIPES;
}

/* The recipe of PLAN, made in the place of the one that wasn't used for longest; or -1. */
static int find_recipe(struct launcher *l, const struct plan *plan)
{
	char key[PLAN_KEY_MAX];
	int oldest = 0;

	if (!l->warm || !plan_key(plan, key))
		return -1;
	for (int i = 0; i < recipes_at_most(l); i++) {
		struct recipe *recipe = &l->recipes[i];

		if (recipe->is_used && strcmp(recipe->key, key) == 0) {
			recipe->last_use = ++l->uses;
			recipe->is_wanted = true;
			return i;
		}
		if (!recipe->is_used ||
			(l->recipes[oldest].is_used &&
				recipe->last_use < l->recipes[oldest].last_use))
			oldest = i;
	}
	if (l->recipes[oldest].is_used)
		forget_recipe(l, oldest);
	if (!recipe_take(&l->recipes[oldest], plan, key))
		return -1;
	l->recipes[oldest].last_use = ++l->uses;
	return oldest;
}

/* How many boxes of one recipe may wait. */
static size_t share(const struct launcher *l)
{
	long recipes = 0;

	for (int i = 0; i < SERVE_MAX_RECIPES; i++)
		recipes += l->recipes[i].is_used;
	return recipes && l->warm / recipes > 1 ? (size_t)(l->warm / recipes) : 1;
}

/* Builds ahead until there are enough; two at a time, so that runs get the machine, too. */
static void refill(struct launcher *l, int index)
{
	struct recipe *recipe = index < 0 ? NULL : &l->recipes[index];
	size_t waiting;

	if (!recipe || !recipe->is_used || !recipe->is_wanted || recipe->failures >= MAX_FAILURES ||
		recipe_awaits_template(recipe, l->has_home))
		return;
	waiting = count(l, SEAT_WAITING, index);
	for (size_t building = count(l, SEAT_BUILDING, index);
		building < 2 && waiting + building < recipe_wants(recipe, share(l)); building++)
		if (!fork_worker(l, index))
			return;
}

/* Hands the packet to a worker. */
static void assign(struct launcher *l, const struct serve_message *message, int recipe)
{
	struct seat *seat = NULL;

	if (recipe >= 0 && !(seat = find_seat(l, SEAT_WAITING, recipe)))
		seat = find_seat(l, SEAT_BUILDING, recipe);
	if (!seat)
		seat = fork_worker(l, -1);
	if (!seat) {
		refuse(l, message->header.id, "too many programs run already");
		return;
	}
	if (serve_send(seat->link, &message->header, message->text, message->length, l->packet.fds,
		    l->packet.n_fds) < 0) {
		refuse(l, message->header.id, "the box's supervisor died");
		leave(l, seat);
		return;
	}
	seat->state = SEAT_RUNNING;
	seat->id = message->header.id;
	seat->recipe = recipe;
}

static void take_message(struct launcher *l)
{
	static char *argv[SERVE_MAX_ARGS + 2];
	static char copy[SERVE_MAX_BYTES];
	struct serve_message message = { 0 }, words;
	static struct plan plan;
	struct fault f;
	int recipe;

	if (l->packet.is_cut) {
		refuse(l, 0, "a message is too long or carries too many fds");
		return;
	}
	/* Parsing cuts the words; they are forwarded whole. */
	memcpy(copy, l->packet.bytes, l->packet.length);
	if (serve_message_parse(&message, l->packet.bytes, l->packet.length, &f) < 0 ||
		serve_message_parse(&words, copy, l->packet.length, &f) < 0 ||
		serve_message_plan(&plan, &words, argv, l->packet.fds, l->packet.n_fds, &f) < 0) {
		refuse(l, message.header.id, f.text);
		explicit_bzero(copy, l->packet.length);
		return;
	}
	recipe = find_recipe(l, &plan);
	if (recipe >= 0)
		recipe_expect(&l->recipes[recipe], &message.header);
	if (message.header.kind == SERVE_RUN)
		assign(l, &message, recipe);
	explicit_bzero(copy, l->packet.length);
	serve_packet_wipe(&l->packet);
	/* Nothing of the request is here any more when a process is forked that will wait. */
	if (recipe >= 0 &&
		(message.header.kind == SERVE_PREPARE || !count(l, SEAT_WAITING, recipe)))
		refill(l, recipe);
}

static void hear_client(struct launcher *l)
{
	if (serve_receive(l->client, &l->packet) < 0) {
		l->is_over = errno != EAGAIN;
		l->failure = errno == EAGAIN || errno == ECONNRESET ? 0 : errno;
		return;
	}
	take_message(l);
	serve_packet_wipe(&l->packet);
}

static void hear_seat(struct launcher *l, struct seat *seat)
{
	int recipe = seat->recipe;
	char letter = 0;
	ssize_t n;

	if (seat->state == SEAT_ENDING) {
		free_seat(seat);
		return;
	}
	n = recv(seat->link, &letter, 1, MSG_DONTWAIT);
	/* Who is gone has closed it; any other failure is ours, and passes. */
	if (n < 0 && errno != ECONNRESET)
		return;
	if (n <= 0) {
		leave(l, seat);
		return;
	}
	if (letter == 'r' && seat->state == SEAT_BUILDING)
		seat->state = SEAT_WAITING;
	if (letter == 'r' && recipe >= 0)
		l->recipes[recipe].failures = 0;
	if (letter == 'f' && recipe >= 0)
		l->recipes[recipe].failures++;
	if (letter == 'f' && seat->state == SEAT_BUILDING)
		leave(l, seat);
	if (letter == 'a')
		seat->is_answering = true;
	if (letter == 'd')
		seat->is_reported = true;
	if (letter != 'f' && letter != 'a')
		refill(l, recipe);
}

static void reap(void)
{
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

/* Until the first template is overdue; -1: none is being laid. */
static int patience_ms(const struct launcher *l)
{
	int64_t least = INT_MAX;

	for (size_t i = 0; i < SERVE_MAX_RECIPES; i++) {
		int64_t left = l->recipes[i].maker.until_ms - clock_now_ms();

		if (l->recipes[i].maker.from >= 0 && left < least)
			least = left > 0 ? left : 0;
	}
	return least == INT_MAX ? -1 : (int)least;
}

/* Takes the templates that are made, or overdue, and builds what waits for them. */
static void take_templates(struct launcher *l)
{
	for (int i = 0; i < SERVE_MAX_RECIPES; i++) {
		struct recipe *recipe = &l->recipes[i];

		if (recipe->maker.from < 0 || !template_is_over(&recipe->maker))
			continue;
		recipe_lay(recipe);
		refill(l, i);
	}
}

/*
 * Whether seats are taken for a moment longer only, by workers that answer and clean up: who asks now waits for one of
 * them. Where all of them run something, a refusal says so at once.
 */
static bool is_full_for_a_moment(const struct launcher *l)
{
	bool is_soon_free = false;

	for (size_t i = 0; i < SERVE_MAX_SEATS; i++) {
		if (l->seats[i].state == SEAT_FREE)
			return false;
		is_soon_free |= l->seats[i].state == SEAT_ENDING || l->seats[i].is_answering;
	}
	return is_soon_free;
}

static void turn(struct launcher *l)
{
	enum { RECIPES = 3, SEATS = RECIPES + SERVE_MAX_RECIPES };
	struct pollfd polls[SEATS + SERVE_MAX_SEATS] = { { l->client, is_full_for_a_moment(l) ? 0 : POLLIN, 0 },
		{ l->signals, POLLIN, 0 }, { l->parent, POLLIN, 0 } };
	struct seat *seats[SERVE_MAX_SEATS];
	size_t n = 0;

	for (size_t i = 0; i < SERVE_MAX_RECIPES; i++)
		polls[RECIPES + i] = (struct pollfd){ l->recipes[i].maker.from, POLLIN, 0 };
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		if (watched(&l->seats[i]) >= 0) {
			polls[SEATS + n] = (struct pollfd){ watched(&l->seats[i]), POLLIN, 0 };
			seats[n++] = &l->seats[i];
		}
	if (poll(polls, SEATS + n, patience_ms(l)) < 0) {
		l->is_over = errno != EINTR;
		l->failure = l->is_over ? errno : 0;
		return;
	}
	if (polls[1].revents || polls[2].revents)
		l->is_over = true;
	/* A seat may have been left, and taken again, since we asked. */
	for (size_t i = 0; i < n; i++)
		if (polls[SEATS + i].revents && watched(seats[i]) == polls[SEATS + i].fd)
			hear_seat(l, seats[i]);
	/* Behind the seats: a worker tells us before its answer, upon which a client may ask again. */
	if (!l->is_over && (polls[0].revents & (POLLHUP | POLLERR) || (polls[0].revents && !is_full_for_a_moment(l))))
		hear_client(l);
	take_templates(l);
	reap();
}

/* Waits until no worker is left. False if that takes too long. */
static bool await_workers(void)
{
	int64_t until_ms = clock_now_ms() + END_MS, left_ms;
	sigset_t deaths;

	sigemptyset(&deaths);
	sigaddset(&deaths, SIGCHLD);
	/* Blocked, it waits for us even if it comes before we wait for it. */
	sigprocmask(SIG_BLOCK, &deaths, NULL);
	while ((left_ms = until_ms - clock_now_ms()) > 0) {
		struct timespec left = { .tv_sec = left_ms / 1000, .tv_nsec = left_ms % 1000 * 1000000 };
		pid_t dead = waitpid(-1, NULL, WNOHANG);

		if (dead < 0 && errno == ECHILD)
			return true;
		if (dead <= 0)
			sigtimedwait(&deaths, NULL, &left);
	}
	return false;
}

static void signal_all(const struct launcher *l, int number)
{
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		if (l->seats[i].state != SEAT_FREE && l->seats[i].pidfd >= 0)
			syscall(SYS_pidfd_send_signal, l->seats[i].pidfd, number, NULL, 0);
}

/*
 * Every worker ends its box and removes what it made when it is told to; one that doesn't is
 * killed, and its box with it.
 */
static void end_all(struct launcher *l)
{
	signal_all(l, SIGTERM);
	for (size_t i = 0; i < SERVE_MAX_RECIPES; i++)
		if (l->recipes[i].maker.from >= 0)
			recipe_lay(&l->recipes[i]);
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		if (l->seats[i].state != SEAT_FREE)
			shutdown(l->seats[i].link, SHUT_RDWR);
	if (await_workers())
		return;
	signal_all(l, SIGKILL);
	await_workers();
}

/* What can be told once, and is inherited by all that is forked later. */
static int begin(struct launcher *l, const struct plan *plan, struct fault *f)
{
	int home;

	if (confine_shed_limits(f) < 0 || host_find_places(&l->host, f) < 0 ||
		host_find_signals(&l->host, f) < 0)
		return -1;
	if (getauxval(AT_UID) == 0 && host_find_names(&l->host, f) < 0)
		return -1;
	home = template_prepare(&l->home, f);
	if (home < 0)
		return -1;
	l->has_home = home == 0;
	l->warm = plan->warm;
	l->client = kernel_dup_above(plan->serve_fd, 3);
	l->signals = supervise_signals(f);
	l->parent = (int)syscall(SYS_pidfd_open, getppid(), 0);
	if (l->client < 0 || l->signals < 0 || l->parent < 0)
		return fault_sys(f, "cannot serve");
	close(plan->serve_fd);
	for (size_t i = 0; i < SERVE_MAX_RECIPES; i++)
		recipe_init(&l->recipes[i]);
	for (size_t i = 0; i < SERVE_MAX_SEATS; i++)
		l->seats[i] = (struct seat){ .pidfd = -1, .link = -1, .recipe = -1 };
	return 0;
}

int serve(const struct plan *plan, struct fault *f)
{
	AUTO_FREE struct launcher *l = calloc(1, sizeof(*l));

	if (!l)
		return fault_set(f, "out of memory");
	if (begin(l, plan, f) < 0)
		return -1;
	while (!l->is_over)
		turn(l);
	end_all(l);
	errno = l->failure;
	return errno ? fault_sys(f, "cannot serve on") : 0;
}
