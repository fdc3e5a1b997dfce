// SPDX-License-Identifier: MIT
/*
 * bench BOX NOOP [ROUNDS]: what a launch costs, beside what it costs elsewhere.
 *
 * Machines are noisy and shared, so nothing here is a test: every round runs every row once, one
 * after the other, so that a slow moment hits all of them, and what is printed are medians and
 * ratios to bare posix_spawn *in the same run*. A row whose program isn't installed says so.
 *
 * A launch is measured from before posix_spawn until its status is known; one through the launcher
 * from before the request is sent until its report is here.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "serve_message.h"

enum { MAX_ARGS = 48, MAX_ROUNDS = 20000 };

/* Where things are; filled from argv before anything runs. */
struct places {
	char box[PATH_MAX], noop[PATH_MAX], noop_dir[PATH_MAX], ro[PATH_MAX + 8];
	int launcher; /* our end of its socket */
};

enum row_kind { BARE, BOX, WARM, BUBBLEWRAP };

/* What is launched. In arguments, "@name" stands for a place. */
static const struct row {
	const char *name;
	enum row_kind kind;
	bool is_python;
	const char *args[MAX_ARGS];
} rows[] = {
	{ "no-op: bare posix_spawn", BARE, false, { "@noop" } },
	{ "no-op: assay-box, one shot", BOX, false,
		{ "@box", "--ro", "@ro", "--stdin", "/dev/null", "--report", "/dev/null", "--",
			"/try/noop" } },
	{ "no-op: assay-box, warm", WARM, false, { "--ro", "@ro", "--", "/try/noop" } },
	{ "no-op: bubblewrap with /proc and /dev", BUBBLEWRAP, false,
		{ "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr",
			"--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink",
			"usr/lib64", "/lib64", "--ro-bind", "@noop_dir", "/try", "--proc", "/proc",
			"--dev", "/dev", "--tmpfs", "/tmp", "/try/noop" } },
	{ "python3 -c pass: bare posix_spawn", BARE, true, { "/usr/bin/python3", "-c", "pass" } },
	{ "python3 -c pass: assay-box, one shot", BOX, true,
		{ "@box", "--stdin", "/dev/null", "--report", "/dev/null", "--", "/usr/bin/python3",
			"-c", "pass" } },
	{ "python3 -c pass: assay-box, warm", WARM, true,
		{ "--ro", "@ro", "--", "/usr/bin/python3", "-c", "pass" } },
	{ "python3 -c pass: bubblewrap", BUBBLEWRAP, true,
		{ "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/usr", "/usr",
			"--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink",
			"usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--tmpfs",
			"/tmp", "/usr/bin/python3", "-c", "pass" } },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static void fail(const char *words)
{
	fprintf(stderr, "bench: %s: %s\n", words, strerror(errno));
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static const char *place(const struct places *places, const char *arg)
{
	if (strcmp(arg, "@box") == 0)
		return places->box;
	if (strcmp(arg, "@noop") == 0)
		return places->noop;
	if (strcmp(arg, "@noop_dir") == 0)
		return places->noop_dir;
	return strcmp(arg, "@ro") == 0 ? places->ro : arg;
}

static void start_launcher(struct places *places)
{
	const char *const argv[] = { places->box, "--serve", "fd:3", "--warm", "8", NULL };
	posix_spawn_file_actions_t actions;
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		fail("socketpair");
	places->launcher = fcntl(pair[0], F_DUPFD_CLOEXEC, 10);
	pair[1] = fcntl(pair[1], F_DUPFD_CLOEXEC, 10);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pair[1], 3);
	errno = posix_spawn(&pid, argv[0], &actions, NULL, (char **)argv, environ);
	if (errno || places->launcher < 0)
		fail("launcher");
	posix_spawn_file_actions_destroy(&actions);
	close(pair[0]);
	close(pair[1]);
}

/* OUT is fd:3 of the request; -1: none. */
static void request_with(const struct places *places, const struct row *row, int out)
{
	struct serve_header header = { .version = SERVE_VERSION, .kind = SERVE_RUN };
	char text[SERVE_MAX_BYTES / 2];
	size_t used = 0;

	for (size_t i = 0; i < MAX_ARGS && row->args[i]; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s",
				place(places, row->args[i])) +
			1;
	if (serve_send(places->launcher, &header, text, used, &out, out >= 0) < 0)
		fail(row->name);
}

static void request(const struct places *places, const struct row *row)
{
	request_with(places, row, -1);
}

static void await_report(const struct places *places, const struct row *row)
{
	static struct serve_packet packet;
	struct serve_header header;

	if (serve_receive(places->launcher, &packet) < 0)
		fail(row->name);
	memcpy(&header, packet.bytes, sizeof(header));
	if (header.kind != SERVE_REPORT || header.value != 0) {
		fprintf(stderr, "bench: %s: %.*s\n", row->name,
			(int)(packet.length - sizeof(header)), packet.bytes + sizeof(header));
		exit(1);
	}
}

/* One launch, from nothing to a status. Gives its time; ends the bench if it failed. */
static int64_t launch(const struct places *places, const struct row *row)
{
	static const char *const environment[] = { "PATH=/usr/bin:/bin", NULL };
	const char *argv[MAX_ARGS + 1] = { NULL };
	int64_t begun;
	int status;
	pid_t pid;

	for (size_t i = 0; i < MAX_ARGS && row->args[i]; i++)
		argv[i] = place(places, row->args[i]);
	begun = now_ns();
	if (row->kind == WARM) {
		request(places, row);
		await_report(places, row);
		return now_ns() - begun;
	}
	errno = posix_spawnp(&pid, argv[0], NULL, NULL, (char **)argv,
		(char **)environment);
	if (errno || waitpid(pid, &status, 0) < 0)
		fail(row->name);
	begun = now_ns() - begun;
	if (status) {
		fprintf(stderr, "bench: %s: ended with status %d\n", row->name, status);
		exit(1);
	}
	return begun;
}

static bool is_installed(const struct row *row)
{
	return row->kind != BUBBLEWRAP || access("/usr/bin/bwrap", X_OK) == 0;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static double median_us(int64_t *times, size_t n)
{
	qsort(times, n, sizeof(*times), compare);
	return n ? (double)times[n / 2] / 1000 : 0;
}

/* Reads when main began from PIPE. */
static int64_t main_began(int pipe)
{
	int64_t ns;

	if (read(pipe, &ns, sizeof(ns)) != sizeof(ns))
		fail("the no-op said nothing");
	return ns;
}

/* From just before exec to main, which is no launcher's doing: our own child execs. */
static int64_t exec_to_main(const struct places *places, const int pipe[2])
{
	static volatile int64_t begun;
	int status;
	pid_t pid = vfork();

	if (pid < 0)
		fail("vfork");
	if (pid == 0) {
		dup2(pipe[1], 1);
		begun = now_ns();
		execl(places->noop, "noop", "clock", NULL);
		_exit(1);
	}
	if (waitpid(pid, &status, 0) < 0 || status)
		fail("exec");
	return main_began(pipe[0]) - begun;
}

/*
 * The part of a launch that lies before exec: from request to main, less what exec takes. In between the launcher is let
 * build the next box, which would be measured otherwise.
 */
static void measure_until_exec(const struct places *places, size_t rounds, double bare_us)
{
	static const struct row row = { "until exec", WARM, false,
		{ "--ro", "@ro", "--stdout", "fd:3", "--", "/try/noop", "clock" } };
	int64_t *before = calloc(rounds, sizeof(int64_t)), *exec = calloc(rounds, sizeof(int64_t));
	double us;
	int pipes[2];

	if (!before || !exec || pipe2(pipes, O_CLOEXEC) < 0)
		fail("pipe");
	for (size_t i = 0; i < rounds; i++) {
		int64_t begun;

		usleep(20000);
		begun = now_ns();
		request_with(places, &row, pipes[1]);
		await_report(places, &row);
		before[i] = main_began(pipes[0]) - begun;
		exec[i] = exec_to_main(places, pipes);
	}
	us = median_us(before, rounds) - median_us(exec, rounds);
	printf("%-44s %10.0f %8.2f\n", "no-op: warm, its part up to exec", us, us / bare_us);
	free(before);
	free(exec);
	close(pipes[0]);
	close(pipes[1]);
}

/* All rows, one after the other, ROUNDS times. Pythons are slow: every eighth round. */
static void measure(const struct places *places, size_t rounds)
{
	int64_t *times[ROWS];
	size_t n[ROWS] = { 0 };
	double bare = 0, first_bare = 0;

	for (size_t r = 0; r < ROWS; r++)
		if (!(times[r] = calloc(rounds, sizeof(int64_t))))
			fail("out of memory");
	for (size_t round = 0; round < rounds; round++)
		for (size_t r = 0; r < ROWS; r++)
			if (is_installed(&rows[r]) && (!rows[r].is_python || round % 8 == 0))
				times[r][n[r]++] = launch(places, &rows[r]);
	printf("%-44s %10s %8s\n", "", "median us", "x bare");
	for (size_t r = 0; r < ROWS; r++) {
		double us = median_us(times[r], n[r]);

		if (rows[r].kind == BARE)
			bare = us;
		if (r == 0)
			first_bare = us;
		if (n[r])
			printf("%-44s %10.0f %8.2f\n", rows[r].name, us, us / bare);
		else
			printf("%-44s %10s\n", rows[r].name, "not here");
		free(times[r]);
	}
	measure_until_exec(places, rounds, first_bare);
}

/* Two processes launch for a second each, side by side. */
static double rate(const struct places *places, const struct row *row)
{
	int pipes[2];
	uint64_t sum = 0, one;
	pid_t pids[2];

	if (pipe2(pipes, O_CLOEXEC) < 0)
		fail("pipe");
	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			fail("fork");
		if (pids[i] == 0) {
			int64_t end = now_ns() + 2000000000;

			for (one = 0; now_ns() < end; one++)
				launch(places, row);
			_exit(write(pipes[1], &one, sizeof(one)) != sizeof(one));
		}
	}
	for (int i = 0; i < 2; i++, sum += one)
		if (read(pipes[0], &one, sizeof(one)) != sizeof(one))
			fail("a launcher died");
	for (int i = 0; i < 2; i++)
		waitpid(pids[i], NULL, 0);
	close(pipes[0]);
	close(pipes[1]);
	return (double)sum / 2;
}

/* The launcher with two requests at a time for two seconds. */
static double warm_rate(const struct places *places, const struct row *row)
{
	int64_t end = now_ns() + 2000000000;
	uint64_t runs = 0;

	request(places, row);
	for (; now_ns() < end; runs++) {
		request(places, row);
		await_report(places, row);
	}
	await_report(places, row);
	return (double)runs / 2;
}

static void measure_rates(const struct places *places)
{
	printf("\n%-44s %10s\n", "two side by side", "launches/s");
	for (size_t r = 0; r < ROWS; r++)
		if (!rows[r].is_python && is_installed(&rows[r]))
			printf("%-44s %10.0f\n", rows[r].name,
				rows[r].kind == WARM ? warm_rate(places, &rows[r])
						     : rate(places, &rows[r]));
}

static void find_places(struct places *places, char **argv)
{
	char *slash;

	if (!realpath(argv[1], places->box) || !realpath(argv[2], places->noop))
		fail("no such program");
	snprintf(places->noop_dir, sizeof(places->noop_dir), "%s", places->noop);
	slash = strrchr(places->noop_dir, '/');
	*slash = '\0';
	snprintf(places->ro, sizeof(places->ro), "%s:/try", places->noop_dir);
}

int main(int argc, char **argv)
{
	struct places places;
	long rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 200;

	if (argc < 3 || rounds < 1 || rounds > MAX_ROUNDS) {
		fprintf(stderr, "usage: bench BOX NOOP [ROUNDS]\n");
		return 2;
	}
	find_places(&places, argv);
	start_launcher(&places);
	setvbuf(stdout, NULL, _IOLBF, 0);
	measure(&places, (size_t)rounds);
	measure_rates(&places);
	return 0;
}
