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
	char *name; /* "classname.name" for JUnit (without a classname the suite's name, with an empty one none;
		     * Node's: "outer > inner"), the description for TAP without a duration at its end */
	enum outcome outcome;
	char *message; /* NULL: none */
	char *expected, *actual;
	char *output;
	bool truncated;
	int64_t duration_ms; /* -1: unknown */
	int withheld;        /* of a passed test: the millionths of its points that it doesn't get */
};

struct reported {
	struct reported_test *tests; /* merged by name, the worst outcome wins, in order of first appearance */
	size_t count;
	struct strings anomalies;
	bool incomplete; /* cut off, without a plan, or fewer than planned */
	bool without_plan; /* odd only where nobody stopped the tester, which is known to others */
	size_t nameless; /* tests without a name, which were passed over */
	bool contradicted; /* no test failed, but its tester ended as if one had; not the parsers' */
};

/* JUnit XML as it is really written (sanitised first; DOCTYPE and ENTITY refused). */
int parse_junit(struct reported *out, const char *bytes, size_t size, struct err *e);

/* TAP 12–14; only leaves count, named by the way there: "outer > inner". */
int parse_tap(struct reported *out, const char *bytes, size_t size, struct err *e);

/*
 * The text that Unity's runners print: "file:line:name:PASS" (FAIL, IGNORE), and what its fixtures print with -v, named
 * "group.name". The counts at the end only tell whether something is missing.
 */
int parse_unity(struct reported *out, const char *bytes, size_t size, struct err *e);

/* JSON documents; of one that was cut off the tests stand that are whole. CTRF: named "suite > name". */
int parse_ctrf(struct reported *out, const char *bytes, size_t size, struct err *e);

/* Gradescope's results.json: a test passed if its status doesn't say otherwise and its score reaches its maximum. */
int parse_gradescope(struct reported *out, const char *bytes, size_t size, struct err *e);

/* check50's: named by the check, not by its description; a check whose dependency failed is not_run. */
int parse_check50(struct reported *out, const char *bytes, size_t size, struct err *e);

/* One test called `name` from a tester's exit status: 0 passed. */
int parse_exit(struct reported *out, const char *name, int exit_code, struct err *e);

/* --- for parsers ------------------------------------------------------------------------------------------------ */

enum {
	REPORTED_MAX_BYTES = 16 << 20,
	REPORTED_MAX_DEPTH = 64,
	REPORTED_MAX_TESTS = 100000,
	REPORTED_MAX_NAME = 1 << 10,
	REPORTED_TEXT_HEAD = 48 << 10,
	REPORTED_TEXT_TAIL = 16 << 10,
	REPORTED_MAX_ANOMALIES = 50,
	REPORTED_WHOLE = 1000000, /* millionths, as `withheld` counts */
};

/* Adds a test with the outcome MISSING and returns it (valid until the next one is added), or NULL. */
struct reported_test *reported_add(struct reported *reported, const char *name, struct err *e);

/* The same for a name of any length: 0, or 1 when there are too many tests, which is noted and nothing added. */
int reported_add_capped(struct reported *reported, struct reported_test **out, const char *name, size_t length,
	struct err *e);

/* The worse of two outcomes: error, failed, missing, not_run, skipped, passed. */
enum outcome outcome_worse(enum outcome a, enum outcome b);

/* Once all tests are added: merges those of the same name, and notes how many had none. */
int reported_merge(struct reported *reported, struct err *e);

/* The tests sorted by name, equal names in order of appearance; free() the array. */
int reported_index(const struct reported *reported, struct reported_test ***out, struct err *e);

/* The first of that name, by such an index of REPORTED; NULL: there is none. */
struct reported_test *reported_find(const struct reported *reported, struct reported_test **index, const char *name);

/* Notes something odd, in one visible line; behind the first 50 nothing more is noted. */
int reported_odd(struct reported *reported, struct err *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same of what happened so often; not of what never did. */
int reported_odd_times(struct reported *reported, struct err *e, size_t times, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Valid UTF-8 copies within the limits. A name that is cut ends in "…"; a text keeps its head and its tail. */
int reported_cap_name(char **out, const char *name, size_t length, struct err *e);
int reported_cap_text(char **out, bool *truncated, const char *bytes, size_t length, struct err *e);

/* What a parser of lines reads: valid UTF-8 without a mark, colours and control characters but TAB and line ends. */
int reported_plain(char **out, const char *bytes, size_t size, struct err *e);

/* The most of a report that is read, of which `size` bytes came; more is noted and makes it incomplete. */
int reported_cap_size(struct reported *reported, size_t *size, struct err *e);

/* Behind the rest of a terminal's colour command, such as "[31;1m", if one follows an escape that stood before `at`. */
const char *reported_skip_colour(const char *at, const char *end);

void reported_done(struct reported *reported);

#endif
