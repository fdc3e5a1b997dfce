// SPDX-License-Identifier: MIT
/*
 * assay-box is started by words and reports on a descriptor; so a box here is a memory file for each thing that
 * comes out, and a process to wait for. The memory files are sealed by nothing but the box's own limits: assay-box
 * counts what it writes there, and collects no file larger than the disk of the box.
 */
#include "submission/box.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/spawn.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum {
	REPORT_MAX = 256 << 10,
	OUTPUT_MAX = 64 << 20,
	COLLECT_MAX = 16 << 20,
	KEEP_MAX = 16,
	/* How long assay-box may take to see its box dead and to report: a candidate decides how much there is to
	 * tear down, and whose supervisor was killed over it would be ungradable. */
	BOX_END_MS = 60000,
};

/* --- the words -------------------------------------------------------------------------------------------------- */

static const struct {
	const char *option;
	size_t offset;
} limit_rows[] = {
	{ "--wall-ms", offsetof(struct limits, wall_ms) },
	{ "--cpu-ms", offsetof(struct limits, cpu_ms) },
	{ "--memory-mib", offsetof(struct limits, memory_mib) },
	{ "--processes", offsetof(struct limits, processes) },
	{ "--output-kib", offsetof(struct limits, output_kib) },
	{ "--disk-mib", offsetof(struct limits, disk_mib) },
};

enum { LIMIT_ROWS = sizeof(limit_rows) / sizeof(limit_rows[0]) };

static long long limit_value(const struct limits *limits, size_t row)
{
	return *(const int64_t *)(const void *)((const char *)limits + limit_rows[row].offset);
}

static int add_pair(struct strings *words, const char *option, char *value, struct err *e)
{
	if (strings_add(words, option, e) < 0) {
		free(value);
		return -1;
	}
	return strings_take(words, value, e);
}

static int add_limits(struct strings *words, const struct limits *limits, struct err *e)
{
	for (size_t i = 0; i < LIMIT_ROWS; i++)
		if (add_pair(words, limit_rows[i].option, mem_format(e, "%lld", limit_value(limits, i)), e) < 0)
			return -1;
	return 0;
}

static int add_fd(struct strings *words, const char *option, const char *before, int fd, struct err *e)
{
	return fd < 0 ? 0 : add_pair(words, option, mem_format(e, "%sfd:%d", before, fd), e);
}

static int add_places(struct strings *words, const struct box *box, const struct box_life *life, struct err *e)
{
	AUTO_FREE char *collect = mem_format(e, "%s=", box->collect ? box->collect : "");
	AUTO_FREE char *door = mem_format(e, "%d=", box->door_port);

	if (!collect || !door)
		return -1;
	if (box->work && add_pair(words, "--work", mem_copy(box->work, e), e) < 0)
		return -1;
	for (int i = 0; i < BOX_MAX_RO && box->ro[i].host; i++)
		if (add_pair(words, "--ro", mem_format(e, "%s:%s", box->ro[i].host, box->ro[i].inside), e) < 0)
			return -1;
	if (box->tmp && add_pair(words, "--tmp", mem_copy(box->tmp, e), e) < 0)
		return -1;
	if (add_fd(words, "--image", "", box->image_fd, e) < 0 || add_fd(words, "--stdin", "", box->in_fd, e) < 0 ||
		add_fd(words, "--stdout", "", life->out_fd, e) < 0 ||
		add_fd(words, "--stderr", "", life->err_fd, e) < 0 ||
		add_fd(words, "--report", "", life->report_fd, e) < 0 ||
		add_fd(words, "--snapshot", "/work=", box->snapshot_fd, e) < 0 ||
		add_fd(words, "--collect", collect, life->collect_fd, e) < 0)
		return -1;
	return add_fd(words, "--door", door, box->door_fd, e);
}

static int add_program(struct strings *words, const struct box *box, struct err *e)
{
	for (size_t i = 0; i < box->argv->count; i++)
		if (strings_add(words, box->argv->item[i], e) < 0)
			return -1;
	for (size_t i = 0; box->more && i < box->more->count; i++)
		if (strings_add(words, box->more->item[i], e) < 0)
			return -1;
	return 0;
}

int box_words(struct strings *words, const struct box *box, const struct box_life *life, const struct box_host *host,
	struct err *e)
{
	if (strings_add(words, host->program, e) < 0 || add_limits(words, box->limits, e) < 0 ||
		add_places(words, box, life, e) < 0)
		return -1;
	for (size_t i = 0; box->env && i < box->env->count; i++)
		if (add_pair(words, "--env", mem_copy(box->env->item[i], e), e) < 0)
			return -1;
	if (host->allow_sampled && strings_add(words, "--allow-sampled", e) < 0)
		return -1;
	return strings_add(words, "--", e) < 0 ? -1 : add_program(words, box, e);
}

/* --- life ------------------------------------------------------------------------------------------------------- */

static int memory_file(int *fd, const char *name, struct err *e)
{
	*fd = memfd_create(name, MFD_CLOEXEC);
	return *fd < 0 ? err_errno(e, "cannot make a memory file") : 0;
}

static int spawn_words(struct box_life *life, const struct box *box, const struct strings *words, struct err *e)
{
	AUTO_FREE const char **argv = mem_new(words->count + 1, sizeof(*argv), e);
	int keep[KEEP_MAX], count = 0;
	const int candidates[] = { box->image_fd, box->in_fd, box->snapshot_fd, box->door_fd, life->out_fd,
		life->err_fd, life->report_fd, life->collect_fd };
	struct spawn what = { .in = -1, .out = -1, .err = -1, .keep = keep };

	if (!argv)
		return -1;
	for (size_t i = 0; i < words->count; i++)
		argv[i] = words->item[i];
	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (candidates[i] >= 0)
			keep[count++] = candidates[i];
	what.argv = argv;
	what.keep_count = count;
	return spawn_start(&what, &life->pid, e);
}

int box_start(struct box_life *life, const struct box *box, const struct box_host *host, struct err *e)
{
	AUTO_STRINGS struct strings words = { 0 };
	AUTO_BOX_LIFE struct box_life made = BOX_LIFE_NONE;

	made.host = host;
	if (memory_file(&made.report_fd, "report", e) < 0 || memory_file(&made.out_fd, "stdout", e) < 0 ||
		memory_file(&made.err_fd, "stderr", e) < 0 ||
		(box->collect && memory_file(&made.collect_fd, "collected", e) < 0))
		return -1;
	if (box_words(&words, box, &made, host, e) < 0 || spawn_words(&made, box, &words, e) < 0)
		return err_wrap(e, "cannot start a box");
	made.pid_fd = (int)syscall(SYS_pidfd_open, made.pid, 0);
	if (made.pid_fd < 0)
		return err_errno(e, "cannot watch a box");
	*life = made;
	made = (struct box_life)BOX_LIFE_NONE;
	return 0;
}

int box_wait(struct box_life *life, int64_t timeout_ms, struct err *e)
{
	struct pollfd wait[2] = {
		{ .fd = life->pid_fd, .events = POLLIN },
		{ .fd = life->host->stop_fd, .events = POLLIN },
	};
	int64_t end_ms = clock_monotonic_ms() + timeout_ms;
	int status;

	if (!life->pid)
		return 0;
	for (;;) {
		int64_t left = timeout_ms < 0 ? -1 : end_ms - clock_monotonic_ms();
		int ready = poll(wait, 2, timeout_ms < 0 ? -1 : left > 0 ? (int)left : 0);

		if (ready < 0 && errno != EINTR)
			return err_errno(e, "cannot wait for a box");
		if (ready > 0 && wait[0].revents)
			break;
		if (ready > 0 && wait[1].revents)
			return err_set(e, ERR_SYSTEM, "interrupted");
		if (ready == 0)
			return 1;
	}
	if (spawn_wait(life->pid, -1, &status, e) < 0)
		return -1;
	life->pid = 0;
	return 0;
}

static void end_supervisor(pid_t pid)
{
	int status;

	kill(pid, SIGTERM);
	if (spawn_wait(pid, BOX_END_MS, &status, NULL) == 0)
		return;
	kill(pid, SIGKILL);
	spawn_wait(pid, -1, &status, NULL);
}

void box_stop(struct box_life *life)
{
	if (!life->pid)
		return;
	/* It may have ended by itself this very moment; then it wasn't us. */
	if (box_wait(life, 0, NULL) == 0)
		return;
	end_supervisor(life->pid);
	life->pid = 0;
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

int box_report(struct box_report *out, struct box_life *life, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_BOX_REPORT struct box_report report = { 0 };
	size_t size;

	if (read_memory(life->report_fd, "the report of assay-box", REPORT_MAX, &bytes, &size, e) < 0 ||
		box_report_parse(&report, bytes, size, e) < 0)
		return -1;
	if (report.verdict == VERDICT_BOX_ERROR)
		return err_set(e, ERR_SYSTEM, "%s", report.message ? report.message : "the box could not be built");
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
	const int fds[] = { life->pid_fd, life->report_fd, life->out_fd, life->err_fd, life->collect_fd };

	box_stop(life);
	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	*life = (struct box_life)BOX_LIFE_NONE;
}

/* --- what it left ----------------------------------------------------------------------------------------------- */

int box_output(const struct box_life *life, char **bytes, size_t *size, struct err *e)
{
	return read_memory(life->out_fd, "the output of a box", OUTPUT_MAX, bytes, size, e);
}

int box_collected(const struct box_life *life, char **bytes, size_t *size, struct err *e)
{
	struct stat st;

	if (life->collect_fd < 0 || fstat(life->collect_fd, &st) < 0 || st.st_size == 0) {
		*bytes = NULL;
		*size = 0;
		return 0;
	}
	return read_memory(life->collect_fd, "the report of a suite", COLLECT_MAX, bytes, size, e);
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
