// SPDX-License-Identifier: MIT
/*
 * What assay-box reports about a box that has ended (sandbox/README.md): plain values.
 */
#ifndef SUBMISSION_BOX_REPORT_H
#define SUBMISSION_BOX_REPORT_H

#include "base/err.h"
#include "base/mem.h"
#include "base/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct box_report {
	enum verdict verdict;
	int exit_code, signal; /* -1: none */
	struct strings limits_hit, denied, layers;
	char *limits_mode; /* NULL: none, the box was not built */
	bool shared_uid, output_truncated;
	int64_t wall_ms, cpu_user_ms, cpu_system_ms;
	int64_t memory_peak_kib, rss_peak_kib, processes_peak; /* -1: unknown */
	int64_t output_bytes, disk_bytes;
	char *message; /* NULL: none */
};

/* Parses the report. Anything but exactly such an object is ERR_SYSTEM: the box broke, and nothing is known about
 * the program. */
int box_report_parse(struct box_report *out, const char *bytes, size_t size, struct err *e);
void box_report_done(struct box_report *report);

#define AUTO_BOX_REPORT AUTO(box_report_done)

#endif
