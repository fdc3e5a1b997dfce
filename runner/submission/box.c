// SPDX-License-Identifier: MIT
/*
 * A box here is a memory file for each thing that comes out, a number of the launcher's to wait for, and a lifeline:
 * the box ends when we close our end, also by dying. The memory files are sealed by nothing but the box's own limits:
 * assay-box counts what it writes there, and collects no file larger than the disk of the box.
 */
#include "submission/box.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/spawn.h"
#include "base/text.h"
#include "submission/box_words.h"
#include "submission/launcher.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

enum {
	REPORT_MAX = 256 << 10,
	OUTPUT_MAX = 64 << 20,
	COLLECT_MAX = (16 << 20) + 1, /* who reads so much sees that there was more */
	/* How long assay-box may take to see its box dead and to report: a candidate decides how much there is to
	 * tear down, and whose supervisor was killed over it would be ungradable. */
	BOX_END_MS = 60000,
	BUILD_MS = 60000,
};

/* --- life ------------------------------------------------------------------------------------------------------- */

static int memory_file(int *fd, const char *name, struct err *e)
{
	*fd = memfd_create(name, MFD_CLOEXEC);
	return *fd < 0 ? err_errno(e, "cannot make a memory file") : 0;
}

/* Our end goes to the life; the other one waits in *theirs, as a rule with the word that starts the program at once. */
static int make_lifeline(struct box_life *life, int *theirs, bool waits, struct err *e)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return err_errno(e, _("cannot make the lifeline of a box"));
	life->lifeline_fd = pair[0];
	*theirs = pair[1];
	return waits ? 0 : box_go(life, e);
}

/* With a process of its own, which is told everything in its own words. */
static int spawn(struct box_life *life, const struct box *box, struct box_ends *ends, struct err *e)
{
	AUTO_BOX_WORDS struct box_words words = { 0 };
	AUTO_FREE const char **argv = NULL;
	struct spawn what = { .in = -1, .out = -1, .err = -1 };

	if (memory_file(&life->report_fd, "report", e) < 0)
		return -1;
	ends->report_fd = life->report_fd;
	if (box_words_make(&words, box, ends, life->host, e) < 0 ||
		!(argv = mem_new(words.words.count + 2, sizeof(*argv), e)))
		return -1;
	argv[0] = life->host->program;
	for (size_t i = 0; i < words.words.count; i++)
		argv[i + 1] = words.words.item[i];
	what.argv = argv;
	what.keep = words.fds;
	what.keep_count = (int)words.fd_count;
	if (spawn_start(&what, &life->pid, e) < 0)
		return -1;
	life->is_running = true;
	return 0;
}

static int launch(struct box_life *life, const struct box *box, struct box_ends *ends, struct err *e)
{
	AUTO_BOX_WORDS struct box_words words = { .is_request = true };
	struct launch launch = { .program = life->host->program, .words = &words.words, .fds = words.fds };

	if (box_words_make(&words, box, ends, life->host, e) < 0)
		return -1;
	/* A message has less room than a command line, and some case may have arguments that long. */
	if (!launcher_fits(&words.words))
		return spawn(life, box, ends, e);
	launch.fd_count = words.fd_count;
	if (launcher_run(life->host->launcher, &life->launch, &launch, e) < 0)
		return -1;
	life->is_running = true;
	return 0;
}

static int collect_files(struct box_life *life, const struct box *box, struct err *e)
{
	if (box->collect && memory_file(&life->collect_fd, "collected", e) < 0)
		return -1;
	for (int i = 0; i < BOX_MAX_MORE && box->collect_more[i]; i++)
		if (memory_file(&life->more_fds[i], "collected", e) < 0)
			return -1;
	return 0;
}

int box_start(struct box_life *life, const struct box *box, const struct box_host *host, struct err *e)
{
	AUTO_BOX_LIFE struct box_life made = BOX_LIFE_NONE;
	AUTO_CLOSE int lifeline_fd = -1;
	struct box_ends ends;

	made.host = host;
	if (memory_file(&made.out_fd, "stdout", e) < 0 || memory_file(&made.err_fd, "stderr", e) < 0 ||
		collect_files(&made, box, e) < 0 || make_lifeline(&made, &lifeline_fd, box->waits, e) < 0)
		return -1;
	ends = (struct box_ends){
		.lifeline_fd = lifeline_fd,
		.report_fd = -1,
		.out_fd = box->out_fd >= 0 ? box->out_fd : made.out_fd,
		.err_fd = box->err_fd >= 0 ? box->err_fd : made.err_fd,
		.collect_fd = made.collect_fd,
		.more_fds = made.more_fds,
	};
	if (launch(&made, box, &ends, e) < 0)
		return err_wrap(e, "cannot start a box");
	*life = made;
	made = (struct box_life)BOX_LIFE_NONE;
	return 0;
}

void box_prepare(const struct box *box, const struct box_host *host, size_t starts)
{
	AUTO_BOX_WORDS struct box_words words = { .is_request = true };
	static const int none[BOX_MAX_MORE] = { -1, -1, -1 };
	const struct box_ends ends = { -1, -1, -1, -1, -1, none };
	struct launch launch = { .program = host->program, .words = &words.words };
	struct box bare = *box;

	/* What is told only when it starts. */
	bare.work = NULL;
	bare.env = bare.more = NULL;
	bare.image_fd = bare.in_fd = bare.snapshot_fd = -1;
	if (box->door_fd < 0 && box->channels[0] < 0 && box_words_make(&words, &bare, &ends, host, NULL) == 0 && launcher_fits(&words.words))
		launcher_prepare(host->launcher, &launch, starts);
}

/* Of a box with a process of its own: 0 when it has ended, 1 when it still runs. */
static int wait_process(struct box_life *life, int64_t timeout_ms, int stop_fd, struct err *e)
{
	AUTO_CLOSE int pid_fd = (int)syscall(SYS_pidfd_open, life->pid, 0);
	struct pollfd wait[2] = { { .fd = pid_fd, .events = POLLIN }, { .fd = stop_fd, .events = POLLIN } };
	int64_t end_ms = clock_monotonic_ms() + timeout_ms;
	int status;

	if (pid_fd < 0)
		return err_errno(e, "cannot watch a box");
	for (;;) {
		int64_t left = timeout_ms < 0 ? -1 : end_ms - clock_monotonic_ms();
		int ready = poll(wait, 2, timeout_ms < 0 ? -1 : left > 0 ? (int)left : 0);

		if (ready < 0 && errno != EINTR)
			return err_errno(e, "cannot wait for a box");
		if (ready > 0 && wait[0].revents)
			return spawn_wait(life->pid, -1, &status, e);
		if (ready > 0 && wait[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
		if (ready == 0)
			return 1;
	}
}

static int wait_end(struct box_life *life, int64_t timeout_ms, int stop_fd, struct err *e)
{
	int waited = life->launch ? launcher_wait(life->host->launcher, life->launch, timeout_ms, stop_fd, e)
				  : wait_process(life, timeout_ms, stop_fd, e);

	if (waited == 0)
		life->is_running = false;
	return waited;
}

int box_await_built(const struct box_life *life, struct err *e)
{
	struct pollfd wait[2] = { { .fd = life->lifeline_fd, .events = POLLIN | POLLRDHUP },
		{ .fd = life->host->stop_fd, .events = POLLIN } };

	for (;;) {
		int ready = poll(wait, 2, BUILD_MS);

		if (ready < 0 && errno != EINTR)
			return err_errno(e, "cannot wait for a box");
		if (ready > 0 && wait[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
		if (ready > 0)
			return 0;
		if (ready == 0)
			return err_set(e, ERR_SYSTEM, _("a box was not built in time"));
	}
}

int box_go(const struct box_life *life, struct err *e)
{
	/* One that has ended already says in its report why. */
	if (send(life->lifeline_fd, "g", 1, MSG_NOSIGNAL) == 1 || errno == EPIPE || errno == ECONNRESET)
		return 0;
	return err_errno(e, _("cannot make the lifeline of a box"));
}

int box_news_fd(const struct box_life *life)
{
	return life->is_running && life->launch ? launcher_news_fd(life->host->launcher) : -1;
}

int box_wait(struct box_life *life, int64_t timeout_ms, struct err *e)
{
	return life->is_running ? wait_end(life, timeout_ms, life->host->stop_fd, e) : 0;
}

/* It doesn't end although its lifeline is cut. */
static void kill_supervisor(struct box_life *life)
{
	int status;

	if (life->launch) {
		launcher_kill(life->host->launcher);
	} else {
		kill(life->pid, SIGKILL);
		spawn_wait(life->pid, -1, &status, NULL);
	}
	life->is_running = false;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void box_stop(struct box_life *life)
{
	if (!life->is_running)
		return;
	/* It may have ended by itself this very moment; then it wasn't us. */
	if (box_wait(life, 0, NULL) == 0)
		return;
	close_end(&life->lifeline_fd);
	if (wait_end(life, BOX_END_MS, -1, NULL) != 0)
		kill_supervisor(life);
	life->stopped = true;
}

/* The first `max` bytes: a tester may well report gigabytes, which is then a report that was cut off. */
static int read_memory(int fd, const char *name, size_t max, char **bytes, size_t *size, struct err *e)
{
	AUTO_FREE char *read = NULL;
	size_t have = 0, wanted;
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_errno(e, "cannot read %s", name);
	wanted = (uint64_t)st.st_size < max ? (size_t)st.st_size : max;
	read = mem_new(wanted + 1, 1, e);
	if (!read)
		return -1;
	while (have < wanted) {
		ssize_t n = pread(fd, read + have, wanted - have, (off_t)have);

		if (n < 0 && errno != EINTR)
			return err_errno(e, "cannot read %s", name);
		if (n == 0)
			break;
		have += n > 0 ? (size_t)n : 0;
	}
	*bytes = take_ptr(&read);
	*size = have;
	return 0;
}

/* Nobody inside can say this: a program that ends by a signal of its own has no message of that kind. */
static bool was_ended_from_outside(const struct box_report *report)
{
	static const char ended_by[] = "ended by ";

	return report->verdict == VERDICT_SIGNALED && report->message &&
		strncmp(report->message, ended_by, strlen(ended_by)) == 0;
}

static int read_report(struct box_report *report, const struct box_life *life, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	const char *reported;
	size_t size;

	if (life->launch)
		return launcher_report(life->host->launcher, life->launch, &reported, &size, e) < 0
			? -1
			: box_report_parse(report, reported, size, e);
	if (read_memory(life->report_fd, "the report of assay-box", REPORT_MAX, &bytes, &size, e) < 0)
		return -1;
	return box_report_parse(report, bytes, size, e);
}

int box_report(struct box_report *out, struct box_life *life, struct err *e)
{
	AUTO_BOX_REPORT struct box_report report = { 0 };

	if (read_report(&report, life, e) < 0)
		return -1;
	if (report.verdict == VERDICT_BOX_ERROR)
		return err_set(e, ERR_SYSTEM, "%s", report.message ? report.message : "the box could not be built");
	if (was_ended_from_outside(&report) && !life->stopped)
		return err_set(e, ERR_SYSTEM, _("a box was taken from us: %s"), report.message);
	if (life->stopped && report.verdict == VERDICT_SIGNALED) {
		report.verdict = VERDICT_EXITED;
		report.exit_code = report.signal = -1;
		free(take_ptr(&report.message));
	}
	*out = report;
	report = (struct box_report){ 0 };
	return 0;
}

int box_run(struct box_life *life, struct box_report *report, const struct box *box, const struct box_host *host,
	struct err *e)
{
	if (box_start(life, box, host, e) < 0 || box_wait(life, -1, e) < 0)
		return -1;
	return box_report(report, life, e);
}

void box_done(struct box_life *life)
{
	box_stop(life);
	if (life->launch)
		launcher_forget(life->host->launcher, life->launch);
	close_end(&life->lifeline_fd);
	close_end(&life->report_fd);
	close_end(&life->out_fd);
	close_end(&life->err_fd);
	close_end(&life->collect_fd);
	for (int i = 0; i < BOX_MAX_MORE; i++)
		close_end(&life->more_fds[i]);
	*life = (struct box_life)BOX_LIFE_NONE;
}

/* --- what it left ----------------------------------------------------------------------------------------------- */

int box_output(const struct box_life *life, char **bytes, size_t *size, struct err *e)
{
	return read_memory(life->out_fd, "the output of a box", OUTPUT_MAX, bytes, size, e);
}

static int read_collected(int fd, char **bytes, size_t *size, struct err *e)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || st.st_size == 0) {
		*bytes = NULL;
		*size = 0;
		return 0;
	}
	return read_memory(fd, "what a box left", COLLECT_MAX, bytes, size, e);
}

int box_collected(const struct box_life *life, char **bytes, size_t *size, struct err *e)
{
	return read_collected(life->collect_fd, bytes, size, e);
}

int box_collected_more(const struct box_life *life, size_t index, char **bytes, size_t *size, struct err *e)
{
	assert(index < BOX_MAX_MORE);
	return read_collected(life->more_fds[index], bytes, size, e);
}

static int add_stream(struct text *t, int fd, size_t most, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	size_t size;

	if (read_memory(fd, "the output of a box", OUTPUT_MAX, &bytes, &size, e) < 0)
		return -1;
	if (size == 0)
		return 0;
	if (t->length > 0 && t->bytes[t->length - 1] != '\n')
		text_add(t, "\n");
	text_add_head_tail(t, bytes, size, most / 4 * 3, most / 4);
	return 0;
}

int box_log(const struct box_life *life, size_t most, char **out, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (add_stream(&t, life->out_fd, most, e) < 0 || add_stream(&t, life->err_fd, most, e) < 0)
		return -1;
	if (t.length == 0) {
		*out = NULL;
		return 0;
	}
	return text_take(&t, out, e);
}

/* --- the policy ------------------------------------------------------------------------------------------------- */

int box_policy(char **digest, const struct box_host *host, struct err *e)
{
	AUTO_CLOSE int out_fd = -1;
	AUTO_FREE char *bytes = NULL;
	char hex[DIGEST_HEX];
	const char *const argv[] = { host->program, "--print-plan", "--", "/usr/bin/true", NULL };
	struct spawn what = { .argv = argv, .in = -1, .err = -1 };
	size_t size;
	int status;
	pid_t pid;

	if (memory_file(&out_fd, "plan", e) < 0)
		return -1;
	what.out = out_fd;
	if (spawn_start(&what, &pid, e) < 0 || spawn_wait(pid, -1, &status, e) < 0 ||
		read_memory(out_fd, "the plan of assay-box", REPORT_MAX, &bytes, &size, e) < 0)
		return -1;
	if (status != 0 || size == 0)
		return err_set(e, ERR_SYSTEM, "assay-box can't print its plan");
	digest_of(bytes, size, hex);
	*digest = mem_copy(hex, e);
	return *digest ? 0 : -1;
}
