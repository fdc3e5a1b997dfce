// SPDX-License-Identifier: MIT
/*
 * What a suite's tester said, before anything is believed: tests by name with an outcome, and what was odd.
 *
 * Parsers of foreign bytes: every one of them takes any bytes at all, keeps what is whole of a document that was cut
 * off, and has limits (16 MiB, 64 levels, 100 000 tests, names of 1 KiB, texts of 64 KiB kept as 48 + 16). A report
 * that can't be read is no error of ours: it is a report with an anomaly and without tests.
 */
#ifndef SCORE_REPORTED_H
#define SCORE_REPORTED_H

#include "base/err.h"
#include "base/mem.h"
#include "score/result.h"

#include <stdbool.h>
#include <stdint.h>

struct reported_test {
	char *name; /* "classname.name" for JUnit, the description for TAP */
	enum outcome outcome;
	char *message; /* NULL: none */
	char *expected, *actual;
	char *output;
	bool truncated;
	int64_t duration_ms; /* -1: unknown */
};

struct reported {
	struct reported_test *tests; /* merged by name, the worst outcome wins, in order of first appearance */
	size_t count;
	struct strings anomalies;
	bool incomplete; /* cut off, without a plan, or fewer than planned */
};

/* JUnit XML as it is really written (sanitised first; DOCTYPE and ENTITY refused). */
int parse_junit(struct reported *out, const char *bytes, size_t size, struct err *e);

/* TAP 12–14; only leaves count. */
int parse_tap(struct reported *out, const char *bytes, size_t size, struct err *e);

/* One test called `name` from a tester's exit status: 0 passed. */
int parse_exit(struct reported *out, const char *name, int exit_code, struct err *e);

struct reported_test *reported_add(struct reported *reported, const char *name, struct err *e);
void reported_done(struct reported *reported);

#endif
