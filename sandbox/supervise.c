// SPDX-License-Identifier: MIT
/*
 * One loop around poll: bytes to carry, the end of the program, the end of pid 1, a signal to
 * us, the end of a lifeline, memory that ran out, and in between a look at clocks and counters.
 * There is no periodic signal; the next look is as far away as the nearest limit allows.
 *
 * Whatever ends the loop, the rest is the same: kill, wait until the tree is dead, measure,
 * finish the output, judge, take out what was asked for. Only then is a report written.
 */
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auto.h"
#include "box.h"
#include "clock.h"
#include "collect.h"
#include "confine.h"
#include "control.h"
#include "keeper.h"
#include "lifeline.h"
#include "locks.h"
#include "output.h"
#include "policy.h"
#include "spare.h"

enum { LOOK_MIN_MS = 5, LOOK_MAX_MS = 100, LOOK_SAMPLED_MS = 3 };
enum { MAX_ANSWERS = 1000 };

/*
 * A file of a tmpfs with no bytes in it: its inode (752) and a name of at most 39 bytes (192), by the kernel's slabs (6.18,
 * 64 bits; 1000 to 1050 were measured). A longer name has another 64 to 512.
 */
enum { INODE_BYTES = 944 };

struct run {
	const struct plan *plan;
	struct box *box;
	struct report *report;
	int signals; /* signalfd: someone wants us to stop */
	pid_t keeper;
	int64_t begun_ms, look_ms; /* when it began, when to look next */
	struct locks locks;
	struct connections connections;
	bool over, host_oom, host_is_low;
	int answers;
	uint64_t told; /* which of the filter's told calls were heard, as bits */
	int alarms; /* looks that shall follow soon, because memory ran out somewhere */
	struct output output;
};

/* KiB that the box's files occupy, with the kernel's part; says so too when a tmpfs is full. */
static int64_t measure_disk(struct run *run)
{
	const struct folders *folders = &run->box->folders;
	int64_t bytes = 0, inodes = 0;

	for (size_t i = 0; i < folders->count; i++) {
		struct statfs fs;
		bool is_own = i == 0 ||
			(i >= PLAN_FOLDERS_FIXED && run->plan->tmp[i - PLAN_FOLDERS_FIXED].mib);

		if (!is_own || fstatfs(folders->fds[i], &fs) < 0)
			continue;
		bytes += (int64_t)(fs.f_blocks - fs.f_bfree) * fs.f_bsize;
		inodes += (int64_t)(fs.f_files - fs.f_ffree);
		if (fs.f_bfree == 0 || fs.f_ffree == 0)
			run->report->hits |= HIT_DISK;
	}
	if (bytes > run->report->disk_bytes)
		run->report->disk_bytes = bytes;
	return (bytes + inodes * INODE_BYTES) / 1024;
}

/* Looks at everything that is measured; gives the cpu time so far. */
static int64_t look(struct run *run)
{
	struct report *report = run->report;
	struct group_usage usage;
	int64_t disk_kib = measure_disk(run);

	group_measure(&run->box->group, run->plan, disk_kib, &usage);
	/* The kernel moves time between the two as it learns better; their sum only grows. */
	if ((usage.cpu_user_us + usage.cpu_system_us) / 1000 >= report->cpu_user_ms + report->cpu_system_ms) {
		report->cpu_user_ms = usage.cpu_user_us > 0 ? usage.cpu_user_us / 1000 : 0;
		report->cpu_system_ms = usage.cpu_system_us > 0 ? usage.cpu_system_us / 1000 : 0;
	}
	if (usage.memory_peak_kib > report->memory_peak_kib)
		report->memory_peak_kib = usage.memory_peak_kib;
	if (usage.processes_peak > report->processes_peak)
		report->processes_peak = usage.processes_peak;
	if (usage.memory_hit)
		report->hits |= HIT_MEMORY;
	run->host_oom |= usage.host_oom;
	if (usage.processes_hit)
		report->hits |= HIT_PROCESSES;
	return report->cpu_user_ms + report->cpu_system_ms;
}

/* Only while the program runs: its locks go with it. */
static void look_at_locks(struct run *run, int64_t now)
{
	struct report *report = run->report;

	if (!locks_are_too_many(&run->locks, &run->box->folders, &run->plan->limits, report->memory_peak_kib, now))
		return;
	report->hits |= HIT_MEMORY;
	report->seen_memory = true;
	report_say(report, "its locks on files took what was left of its memory");
}

/* They, too, go with it. */
static void look_at_connections(struct run *run, int64_t now)
{
	struct report *report = run->report;
	int64_t limit_kib = (int64_t)run->plan->limits.memory_mib << 10, room_kib = limit_kib - report->memory_peak_kib;

	if (room_kib < limit_kib / 8)
		room_kib = limit_kib / 8;
	if (!connections_are_too_many(&run->connections, run->box->folders.connections, room_kib, now))
		return;
	report->hits |= HIT_MEMORY;
	report->seen_memory = true;
	report_say(report, run->connections.count_all
			? "what lay in its sockets took what was left of its memory"
			: "connections that it didn't accept took what was left of its memory");
}

static int fail_low(const struct spare *spare, struct fault *f)
{
	return fault_set(f,
		"the host has %lld MiB of memory to spare, and shall keep %lld: free some, run fewer boxes at a time, or "
		"see '--spare-mib' of assay-box",
		(long long)spare->now.available_kib >> 10, (long long)spare->keep_kib >> 10);
}

/*
 * What nobody counts must not take all of the host's memory, so the box is ended, unless it has ended by now. It is blamed
 * only if the host has lost more than the box may have.
 */
static void look_at_spare(struct run *run)
{
	struct pollfd word = { run->box->control, POLLIN, 0 };
	struct spare *spare = &run->box->group.spare;

	if (run->box->group.mode != GROUP_SAMPLED || !spare_is_low(spare) || poll(&word, 1, 0) > 0)
		return;
	run->over = run->host_is_low = true;
	if (spare_lost_kib(spare) <= (int64_t)run->plan->limits.memory_mib << 10)
		return;
	run->report->hits |= HIT_MEMORY;
	run->report->seen_memory = true;
	report_say(run->report, "the host has lost more than that, which this box may hold where nobody sees it");
}

/*
 * How long nothing can happen, given how much cpu time is left. As long as even a tree that
 * filled its limit of tasks couldn't spend that, nobody needs to know how many processors
 * there are, which is a question to a file.
 */
static int64_t until_next_look(const struct run *run, int64_t cpu_left)
{
	int64_t wait = cpu_left / run->plan->limits.processes;

	if (run->box->group.mode == GROUP_SAMPLED)
		return LOOK_SAMPLED_MS;
	if (run->alarms)
		return 1;
	if (wait < LOOK_MAX_MS)
		wait = cpu_left / sysconf(_SC_NPROCESSORS_ONLN);
	return wait < LOOK_MIN_MS ? LOOK_MIN_MS : wait > LOOK_MAX_MS ? LOOK_MAX_MS : wait;
}

/* Looks if it is time to, ends the box at a limit, and says how long to wait at most. */
static int look_and_judge(struct run *run)
{
	const struct plan_limits *limits = &run->plan->limits;
	int64_t now = clock_now_ms(), wall_left = run->begun_ms + limits->wall_ms - now, wait;

	if (wall_left <= 0)
		run->report->hits |= HIT_WALL;
	else if (now >= run->look_ms)
		look_at_spare(run);
	if (now >= run->look_ms && !run->over) {
		int64_t cpu_left = limits->cpu_ms - look(run);

		if (cpu_left <= 0)
			run->report->hits |= HIT_CPU;
		look_at_locks(run, now);
		look_at_connections(run, now);
		run->alarms -= run->alarms > 0;
		run->look_ms = now + until_next_look(run, cpu_left);
	}
	if (run->report->hits & (HIT_WALL | HIT_CPU | HIT_MEMORY | HIT_OUTPUT))
		run->over = true;
	wait = run->look_ms - now;
	return (int)(wait < wall_left ? wait : wall_left > 0 ? wall_left : 0);
}

/* pid 1 says how the program ended, or that it failed; or it is simply gone. */
static int hear(struct run *run, struct fault *f)
{
	struct control_message message;

	run->over = true;
	if (control_receive(run->box->control, &message, NULL, NULL) < 0)
		return 0;
	if (message.kind == CONTROL_FAULT)
		return fault_set(f, "%s", message.text);
	if (message.kind != CONTROL_ENDED)
		return fault_set(f, "the box's pid 1 said something else");
	run->report->ended = true;
	run->box->group.program_ended = true;
	run->report->status = message.value;
	return 0;
}

static void hear_signal(struct run *run)
{
	struct signalfd_siginfo info;
	char sentence[64];

	if (read(run->signals, &info, sizeof(info)) != sizeof(info))
		return;
	run->report->stopped_by = (int)info.ssi_signo;
	snprintf(sentence, sizeof(sentence), "ended by %s to assay-box",
		info.ssi_signo == SIGTERM          ? "SIGTERM"
			: info.ssi_signo == SIGINT ? "SIGINT"
						   : "SIGHUP");
	report_say(run->report, sentence);
	run->over = true;
}

/* True if it brought the word to start. */
static bool hear_lifeline(struct run *run)
{
	enum lifeline_news news = lifeline_hear(run->plan->lifeline_fd);

	if (news == LIFELINE_CUT) {
		run->report->stopped_by = SIGTERM;
		report_say(run->report, "ended by its lifeline");
		run->over = true;
	}
	return news == LIFELINE_WORD;
}

/*
 * Whoever holds the lifeline says when the program starts, and may take as long as they live. On
 * the way they may be gone, or somebody may tell us to end: then it never starts.
 */
static int await_lifeline(struct run *run, struct fault *f)
{
	struct pollfd polls[] = { { run->plan->lifeline_fd, LIFELINE_EVENTS, 0 },
		{ run->signals, POLLIN, 0 }, { run->box->control, POLLIN, 0 } };
	bool is_started = run->plan->lifeline_fd < 0;

	if (!is_started)
		lifeline_tell_ready(run->plan->lifeline_fd);
	while (!is_started && !run->over) {
		if (poll(polls, 3, -1) < 0) {
			if (errno == EINTR)
				continue;
			return fault_sys(f, "cannot wait for the word to start");
		}
		if (polls[1].revents)
			hear_signal(run);
		if (polls[2].revents && hear(run, f) < 0)
			return -1;
		if (polls[0].revents && !run->over)
			is_started = hear_lifeline(run);
	}
	return 0;
}

/*
 * Memory ran out in this group or in one above it. Whose it was, and whether somebody was
 * killed for it, the group's counters will say in a moment.
 */
static void hear_memory(struct run *run)
{
	uint64_t events;

	if (read(run->box->group.oom_fd, &events, sizeof(events)) == sizeof(events)) {
		run->alarms = 50;
		run->look_ms = 0;
	}
}

/*
 * A call that was refused and told. One a turn: a box that does nothing else must not keep us
 * from the clock. Where nobody is left who could call, or we can't answer, the listener is closed.
 */
static void hear_refused(struct run *run, short what)
{
	int told = what & POLLIN ? policy_hear(&policy_filter, run->box->listener) : -2;

	if (told >= 0)
		run->told |= 1ULL << told;
	/* Each answer is our time, which no limit of the box counts: after enough of them the kernel answers alone. */
	if (told == -2 || ++run->answers == MAX_ANSWERS) {
		close(run->box->listener);
		run->box->listener = -1;
	}
}

static int watch(struct run *run, struct fault *f)
{
	run->look_ms = run->begun_ms + until_next_look(run, run->plan->limits.cpu_ms);
	run->locks.next_ms = run->begun_ms + LOOK_MAX_MS;
	run->connections.count_all = run->box->group.mode == GROUP_SAMPLED;
	while (!run->over) {
		struct pollfd polls[8] = { { run->box->control, POLLIN, 0 },
			{ run->signals, POLLIN, 0 }, { run->box->group.oom_fd, POLLIN, 0 },
			{ run->box->listener, POLLIN, 0 },
			{ run->plan->lifeline_fd, LIFELINE_EVENTS, 0 } };
		size_t n = 5 + output_polls(&run->output, polls + 5);
		int wait = look_and_judge(run);

		if (run->over)
			break;
		if (poll(polls, n, wait) < 0 && errno != EINTR)
			return fault_sys(f, "cannot wait for the box");
		if (output_pump(&run->output))
			run->report->hits |= HIT_OUTPUT;
		/* A program that has ended by now had ended before anybody told us to end it. */
		if (polls[0].revents && hear(run, f) < 0)
			return -1;
		if (polls[1].revents && !run->report->ended)
			hear_signal(run);
		if (polls[2].revents & POLLIN)
			hear_memory(run);
		if (polls[3].revents)
			hear_refused(run, polls[3].revents);
		if (polls[4].revents && !run->report->ended)
			hear_lifeline(run);
	}
	return 0;
}

static void say(void *report, const char *sentence)
{
	report_say(report, sentence);
}

/* What happened to the box although nobody in it can have done it: only that is our failure. */
static int explain_silence(const struct run *run, struct fault *f)
{
	const struct report *report = run->report;

	if (run->host_oom && !(report->hits & HIT_MEMORY))
		return fault_set(f, "the host ran out of memory and killed in the box");
	if (report->ended || report->stopped_by ||
		(report->hits & (HIT_WALL | HIT_CPU | HIT_MEMORY | HIT_OUTPUT)))
		return 0;
	if (run->host_is_low)
		return fail_low(&run->box->group.spare, f);
	return fault_set(f, "the box's pid 1 died without a word");
}

/* In the order of the table, so that threads that race make no difference. */
static void name_told(struct run *run)
{
	struct report *report = run->report;

	for (int i = 0; i < POLICY_MAX_TOLD && report->n_denied + 1 < REPORT_MAX_DENIED; i++)
		if (run->told >> i & 1)
			report->denied[report->n_denied++] = policy_filter.told[i].name;
}

/*
 * Writes what is left of the output, to readers that may be slow. Whoever tells us to end while we wait for one
 * needn't wait with us.
 */
static int finish_output(struct run *run, struct fault *f)
{
	const struct pollfd ends[OUTPUT_ENDS] = { { run->signals, POLLIN, 0 }, { run->plan->lifeline_fd, POLLRDHUP, 0 } };
	struct report *report = run->report;
	int failed = output_finish(&run->output, ends, !report->stopped_by, f);

	report->output_bytes = (int64_t)run->output.seen;
	if (run->output.seen > run->output.limit) {
		report->hits |= HIT_OUTPUT;
		report->output_truncated = true;
	}
	if (run->output.is_cut) {
		report->output_truncated = true;
		if (!report->stopped_by)
			hear_signal(run);
		if (!report->stopped_by)
			hear_lifeline(run);
		report_say(report, "nobody read all of its output");
	}
	return failed;
}

static int finish(struct run *run, struct fault *f)
{
	struct report *report = run->report;
	int failed;

	report->wall_ms = clock_now_ms() - run->begun_ms;
	if (group_must_be_watched(&run->box->group) && !run->host_is_low)
		look(run);
	if (box_end(run->box, &report->rss_peak_kib, f) < 0)
		return -1;
	/* What dies with pid 1 isn't waited for by anybody, so its largest size is unknown. */
	if (!report->ended)
		report->rss_peak_kib = -1;
	keeper_stop(run->keeper);
	run->keeper = 0;
	look(run);
	name_told(run);
	failed = finish_output(run, f);
	if (report->ended && WIFSIGNALED(report->status) && WTERMSIG(report->status) == SIGXFSZ)
		report->hits |= HIT_DISK;
	return failed ? -1 : explain_silence(run, f);
}

/* Said when the box has ended, so that nobody waits for the files that it reads. */
static void name_unseen(struct report *report, const struct plan *plan, const struct spare *spare)
{
	struct unseen list[UNSEEN_COUNT];
	struct unseen_host host;

	unseen_read_host(&host, spare);
	unseen_bound(list, plan, &host);
	unseen_say(list, &host, report->unseen);
}

/* What it was comes first in the message: of what couldn't be taken out there may be more than fits. */
static int conclude(struct run *run, struct fault *f)
{
	report_judge(run->report);
	report_explain(run->report, run->plan);
	if (run->box->group.spare.fd >= 0)
		name_unseen(run->report, run->plan, &run->box->group.spare);
	return collect_all(run->plan, &run->box->folders, say, run->report, f);
}

int supervise_signals(struct fault *f)
{
	sigset_t set, blocked;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (signal(SIGCHLD, SIG_DFL) == SIG_ERR)
		return fault_sys(f, "cannot watch for the ends of children");
	/* SIGPIPE is blocked, not ignored, which would have to be undone for each program. */
	blocked = set;
	sigaddset(&blocked, SIGPIPE);
	if (sigprocmask(SIG_BLOCK, &blocked, NULL) < 0)
		return fault_sys(f, "cannot block signals");
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? fault_sys(f, "cannot watch signals") : fd;
}

static void name_layers(struct report *report, const struct box *box)
{
	for (size_t i = 0; i < plan_layers_count; i++)
		report->layers[report->n_layers++] = plan_layers[i];
	if (box->landlock_abi)
		report->layers[report->n_layers++] =
			box->landlock_abi >= 6 ? "landlock_scoped" : "landlock";
	report->limits_mode = group_mode_name(box->group.mode);
	report->shared_uid = box->id.is_shared;
}

/* The program has them now: who holds the other end sees when it closes them, not when the box is gone. */
static void let_go_of_channels(const struct plan *plan)
{
	for (size_t i = 0; i < plan->n_channels; i++)
		if (plan_gives_away(plan, plan->channels[i].fd))
			close(plan->channels[i].fd);
}

static int begin(struct run *run, struct fault *f)
{
	if (output_open(&run->output, run->plan, take_fd(&run->box->in[1]), run->box->out[0],
		    run->box->err[0], f) < 0)
		return -1;
	if (keeper_start(&run->keeper, run->plan, run->box->pidfd, f) < 0 ||
		await_lifeline(run, f) < 0)
		return -1;
	name_layers(run->report, run->box);
	if (run->over) {
		group_start(&run->box->group);
		run->begun_ms = clock_now_ms();
		return 0;
	}
	if (run->box->group.mode == GROUP_SAMPLED) {
		if (spare_open(&run->box->group.spare, run->plan, f) < 0)
			return -1;
		if (spare_is_low(&run->box->group.spare))
			return fail_low(&run->box->group.spare, f);
	}
	if (box_go(run->box, f) < 0)
		return -1;
	run->begun_ms = clock_now_ms();
	let_go_of_channels(run->plan);
	/* While the program runs, we have time; with a box that was built ahead, there is better. */
	if (!run->box->is_ahead)
		group_open_counters(&run->box->group);
	if (!run->box->is_ahead && !run->box->host->spares_sweep)
		group_sweep(&run->box->group);
	return 0;
}

int supervise_box(struct report *report, const struct plan *plan, struct box *box, int signals,
	struct fault *f)
{
	struct fault ending;
	struct run run;
	int failed;

	/* All but the buffers of its output, which are large. */
	memset(&run, 0, offsetof(struct run, output) + offsetof(struct output, memory));
	run.plan = plan;
	run.box = box;
	run.report = report;
	run.signals = signals;
	run.output.in.from = run.output.in.to = -1;
	failed = begin(&run, f) < 0 || watch(&run, f) < 0 || finish(&run, f) < 0 || conclude(&run, f) < 0;
	keeper_stop(run.keeper);
	if (box_end(box, NULL, &ending) < 0 && !failed) {
		*f = ending;
		failed = true;
	}
	output_close(&run.output);
	if (failed) {
		report->verdict = VERDICT_BOX_ERROR;
		report_say(report, f->text);
	}
	return failed ? -1 : 0;
}

static int build_and_run(struct report *report, const struct plan *plan, struct host *host, int signals,
	struct fault *f)
{
	struct fault closing;
	struct box box;
	int failed;

	if (box_build(&box, plan, host, NULL, f) < 0) {
		report_say(report, f->text);
		return -1;
	}
	failed = supervise_box(report, plan, &box, signals, f);
	if (box_close(&box, &closing) < 0 && !failed) {
		*f = closing;
		report->verdict = VERDICT_BOX_ERROR;
		report_say(report, f->text);
		failed = -1;
	}
	return failed;
}

int supervise(struct report *report, const struct plan *plan, struct host *host, struct fault *f)
{
	AUTO_CLOSE int signals = -1;

	report_init(report);
	if (confine_shed_limits(f) < 0 || (signals = supervise_signals(f)) < 0) {
		report_say(report, f->text);
		return -1;
	}
	return build_and_run(report, plan, host, signals, f);
}
