// SPDX-License-Identifier: MIT
/*
 * What happened, judged and rendered. The supervisor fills a struct report from what it saw
 * from outside; report_judge turns the facts into one verdict; report_render writes the flat
 * JSON object that sandbox/README.md documents key by key.
 */
#ifndef SANDBOX_REPORT_H
#define SANDBOX_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "plan.h"
#include "unseen.h"
#include "verdict.h"

/* Limits that were hit, as bits; the order is the order of their weight. */
enum report_hit {
	HIT_WALL = 1 << 0,
	HIT_CPU = 1 << 1,
	HIT_MEMORY = 1 << 2,
	HIT_OUTPUT = 1 << 3,
	HIT_PROCESSES = 1 << 4,
	HIT_DISK = 1 << 5,
};

enum { REPORT_MAX_LAYERS = 16, REPORT_MAX_DENIED = 64 };

struct report {
	enum verdict verdict;
	bool ended;     /* its wait status is known: it ended by itself or by a signal */
	int status;     /* that wait status */
	int stopped_by; /* signal that told the supervisor to stop, or 0 */
	unsigned hits;  /* enum report_hit */
	int64_t wall_ms, cpu_user_ms, cpu_system_ms;
	int64_t memory_peak_kib, rss_peak_kib, processes_peak; /* -1: unknown */
	int64_t output_bytes, disk_bytes;
	bool output_truncated, shared_uid;
	bool seen_memory; /* it was seen by us that memory ran out, not by the kernel */
	const char *limits_mode; /* "cgroup2", "cgroup1", "sampled" or NULL */
	const char *layers[REPORT_MAX_LAYERS];
	const char *denied[REPORT_MAX_DENIED];
	size_t n_layers, n_denied;
	char message[480];
	char unseen[UNSEEN_TEXT]; /* what nobody counted, and how much it can have been at most; or "" */
};

/* An empty report: nothing ran, nothing known. */
void report_init(struct report *report);

/*
 * Sets the verdict from the facts: a failure of ours stands; then wall, cpu, memory, output;
 * then a refused call that killed; then, only if the program failed, processes and disk;
 * else how it ended. Files that couldn't be opened for --open-files are no limit of the tree, and
 * no kernel counts them: a process that met it alone knows.
 */
void report_judge(struct report *report);

/* Says in the message which limit of PLAN the verdict is about, its value, and who ended the program. */
void report_explain(struct report *report, const struct plan *plan);

/* Adds a sentence to the message; sentences are joined by "; ". */
void report_say(struct report *report, const char *sentence);

/* The exit status of assay-box that belongs to the report. */
int report_exit_status(const struct report *report);

/* One JSON object and a newline. */
void report_render(const struct report *report, FILE *out);

/*
 * The same as text. What that needs is had before anything runs: afterwards there must be a report.
 * report_text gives its length, and is called once.
 */
struct report_text {
	FILE *out;
	char bytes[8192];
};
int report_text_open(struct report_text *text, struct fault *f);
size_t report_text(struct report_text *text, const struct report *report);

#endif
