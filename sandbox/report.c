// SPDX-License-Identifier: MIT
/*
 * Judging and rendering, without touching anything: pure, so that every combination of
 * facts can be tried in a unit test.
 *
 * The order of weight is DESIGN's: a program that is stopped by the clock may also have
 * filled its disk, and the clock is then what a person must hear about. Limits that only
 * make calls fail count only if the program did fail, because an honest program may probe
 * how many threads it gets and carry on.
 */
#include "report.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>

#include "json_text.h"

static const char *const verdict_names[VERDICT_COUNT] = {
	[VERDICT_EXITED] = "exited",
	[VERDICT_SIGNALED] = "signaled",
	[VERDICT_WALL_LIMIT] = "wall_limit",
	[VERDICT_CPU_LIMIT] = "cpu_limit",
	[VERDICT_MEMORY_LIMIT] = "memory_limit",
	[VERDICT_OUTPUT_LIMIT] = "output_limit",
	[VERDICT_PROCESS_LIMIT] = "process_limit",
	[VERDICT_DISK_LIMIT] = "disk_limit",
	[VERDICT_DENIED_CALL] = "denied_call",
	[VERDICT_BOX_ERROR] = "box_error",
};

/* Heaviest first. `kills`: the limit ends the program; else it only makes calls fail. */
static const struct {
	enum report_hit bit;
	const char *name;
	enum verdict verdict;
	bool kills;
} hit_rows[] = {
	{ HIT_WALL, "wall", VERDICT_WALL_LIMIT, true },
	{ HIT_CPU, "cpu", VERDICT_CPU_LIMIT, true },
	{ HIT_MEMORY, "memory", VERDICT_MEMORY_LIMIT, true },
	{ HIT_OUTPUT, "output", VERDICT_OUTPUT_LIMIT, true },
	{ HIT_PROCESSES, "processes", VERDICT_PROCESS_LIMIT, false },
	{ HIT_DISK, "disk", VERDICT_DISK_LIMIT, false },
};

enum { HIT_ROWS = sizeof(hit_rows) / sizeof(hit_rows[0]) };

const char *verdict_name(enum verdict verdict)
{
	return verdict < VERDICT_COUNT ? verdict_names[verdict] : "box_error";
}

void report_init(struct report *report)
{
	*report = (struct report){
		.verdict = VERDICT_BOX_ERROR,
		.memory_peak_kib = -1,
		.rss_peak_kib = -1,
		.processes_peak = -1,
	};
}

static bool has_failed(const struct report *report)
{
	return !report->ended || !WIFEXITED(report->status) || WEXITSTATUS(report->status) != 0;
}

static bool ended_by(const struct report *report, int number)
{
	return report->ended && WIFSIGNALED(report->status) && WTERMSIG(report->status) == number;
}

static enum verdict how_it_ended(const struct report *report)
{
	if (report->stopped_by)
		return VERDICT_SIGNALED;
	if (!report->ended)
		return VERDICT_BOX_ERROR;
	return WIFEXITED(report->status) ? VERDICT_EXITED : VERDICT_SIGNALED;
}

void report_judge(struct report *report)
{
	for (size_t i = 0; i < HIT_ROWS; i++)
		if (hit_rows[i].kills && (report->hits & hit_rows[i].bit)) {
			report->verdict = hit_rows[i].verdict;
			return;
		}
	/*
	 * The filter's kill and a SIGSYS that a program sends itself have one wait status, and both dump core by
	 * default; the kernel gives si_code SYS_SECCOMP to nobody but who dies of it. (The mode "dead" in
	 * /proc/PID/status is that of one thread, which may be another one than the leader that is left to be
	 * looked at.) So both are named.
	 */
	if (ended_by(report, SIGSYS)) {
		report->verdict = VERDICT_DENIED_CALL;
		report->denied[report->n_denied++] = "a system call of a foreign architecture (or SIGSYS of its own)";
		return;
	}
	report->verdict = how_it_ended(report);
	if (report->stopped_by || report->verdict == VERDICT_BOX_ERROR || !has_failed(report))
		return;
	for (size_t i = 0; i < HIT_ROWS; i++)
		if (report->hits & hit_rows[i].bit) {
			report->verdict = hit_rows[i].verdict;
			return;
		}
}

/* What a limit's verdict says: who acted, and at which option's value. */
static const struct {
	enum verdict verdict;
	const char *who, *option;
	size_t value; /* in struct plan_limits */
} explained[] = {
	{ VERDICT_WALL_LIMIT, "assay-box ended it at", "--wall-ms", offsetof(struct plan_limits, wall_ms) },
	{ VERDICT_CPU_LIMIT, "assay-box ended it at", "--cpu-ms", offsetof(struct plan_limits, cpu_ms) },
	{ VERDICT_MEMORY_LIMIT, "the kernel ended it at", "--memory-mib", offsetof(struct plan_limits, memory_mib) },
	{ VERDICT_OUTPUT_LIMIT, "assay-box ended it at", "--output-kib", offsetof(struct plan_limits, output_kib) },
	{ VERDICT_PROCESS_LIMIT, "the kernel refused more than", "--processes", offsetof(struct plan_limits, processes) },
	{ VERDICT_DISK_LIMIT, "the kernel refused more than", "--disk-mib", offsetof(struct plan_limits, disk_mib) },
};

void report_explain(struct report *report, const struct plan *plan)
{
	bool is_seen = report->seen_memory ||
		(report->limits_mode && strcmp(report->limits_mode, "sampled") == 0);
	char sentence[160], said[sizeof(report->message)];
	const char *doubt = "";

	/* Why it ended comes first: names that the program made mayn't push it out. */
	memcpy(said, report->message, sizeof(said));
	report->message[0] = '\0';
	if (report->verdict == VERDICT_DISK_LIMIT && ended_by(report, SIGXFSZ))
		doubt = ", or it had lowered that limit or sent itself SIGXFSZ";
	if (report->verdict == VERDICT_DENIED_CALL)
		report_say(report,
			"the kernel ended it at a system call of a foreign architecture, or it sent itself SIGSYS");
	for (size_t i = 0; i < sizeof(explained) / sizeof(explained[0]); i++) {
		const char *who = explained[i].who;

		if (explained[i].verdict != report->verdict)
			continue;
		if (is_seen && report->verdict == VERDICT_MEMORY_LIMIT)
			who = "assay-box ended it at";
		snprintf(sentence, sizeof(sentence), "%s %s %ld%s", who, explained[i].option,
			*(const long *)(const void *)((const char *)&plan->limits + explained[i].value), doubt);
		report_say(report, sentence);
	}
	if (said[0])
		report_say(report, said);
}

void report_say(struct report *report, const char *sentence)
{
	size_t used = strlen(report->message);

	snprintf(report->message + used, sizeof(report->message) - used, "%s%s", used ? "; " : "",
		sentence);
}

int report_exit_status(const struct report *report)
{
	int code;

	switch (report->verdict) {
	case VERDICT_BOX_ERROR:
		return 125;
	case VERDICT_EXITED:
		code = WEXITSTATUS(report->status);
		return code > 123 ? 123 : code;
	case VERDICT_SIGNALED:
		return 128 + (report->stopped_by ? report->stopped_by : WTERMSIG(report->status));
	case VERDICT_DENIED_CALL:
		return 128 + SIGSYS;
	default:
		return 124;
	}
}

static void render_number(FILE *out, const char *key, int64_t number)
{
	if (number < 0)
		fprintf(out, ", \"%s\": null", key);
	else
		fprintf(out, ", \"%s\": %lld", key, (long long)number);
}

static void render_end(const struct report *report, FILE *out)
{
	int code = -1, number = -1;

	if (report->ended && WIFEXITED(report->status))
		code = WEXITSTATUS(report->status);
	else if (report->ended)
		number = WTERMSIG(report->status);
	if (report->stopped_by)
		number = report->stopped_by;
	render_number(out, "exit_code", code);
	render_number(out, "signal", number);
}

static void render_hits(const struct report *report, FILE *out)
{
	const char *names[HIT_ROWS];
	size_t n = 0;

	for (size_t i = 0; i < HIT_ROWS; i++)
		if (report->hits & hit_rows[i].bit)
			names[n++] = hit_rows[i].name;
	fputs(", \"limits_hit\": ", out);
	json_text_strings(out, names, n);
}

void report_render(const struct report *report, FILE *out)
{
	fprintf(out, "{\"verdict\": \"%s\"", verdict_name(report->verdict));
	render_end(report, out);
	render_hits(report, out);
	render_number(out, "wall_ms", report->wall_ms);
	render_number(out, "cpu_user_ms", report->cpu_user_ms);
	render_number(out, "cpu_system_ms", report->cpu_system_ms);
	render_number(out, "memory_peak_kib", report->memory_peak_kib);
	render_number(out, "rss_peak_kib", report->rss_peak_kib);
	render_number(out, "processes_peak", report->processes_peak);
	render_number(out, "output_bytes", report->output_bytes);
	fprintf(out, ", \"output_truncated\": %s", report->output_truncated ? "true" : "false");
	render_number(out, "disk_bytes", report->disk_bytes);
	fputs(", \"denied\": ", out);
	json_text_strings(out, report->denied, report->n_denied);
	fputs(", \"layers\": ", out);
	json_text_strings(out, report->layers, report->n_layers);
	fputs(", \"limits_mode\": ", out);
	json_text_string(out, report->limits_mode);
	fputs(", \"unseen\": ", out);
	json_text_string(out, report->unseen[0] ? report->unseen : NULL);
	fprintf(out, ", \"shared_uid\": %s", report->shared_uid ? "true" : "false");
	fputs(", \"message\": ", out);
	json_text_string(out, report->message[0] ? report->message : NULL);
	fputs("}\n", out);
}

int report_text_open(struct report_text *text, struct fault *f)
{
	text->out = fmemopen(text->bytes, sizeof(text->bytes), "w");
	return text->out ? 0 : fault_sys(f, "cannot make the report");
}

size_t report_text(struct report_text *text, const struct report *report)
{
	long length;

	report_render(report, text->out);
	length = ftell(text->out);
	fclose(text->out);
	return length > 0 ? (size_t)length : 0;
}
