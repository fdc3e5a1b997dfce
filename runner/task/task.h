// SPDX-License-Identifier: MIT
/*
 * A task package: what is asked, how it is tested, how it proves itself (tasks/README.md is the format's manual).
 *
 * task_load reads a directory and checks all of it, so that whoever holds a struct task never asks again: ids are
 * unique and well formed, every suite has its folder and what its `against` needs, globs are valid, limits are in
 * range. Every mistake is ERR_INVALID with the file, the line and the JSON pointer.
 */
#ifndef TASK_TASK_H
#define TASK_TASK_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "task/expand.h"
#include "task/manifest.h"
#include "task/profile.h"

#include <stdbool.h>
#include <stdint.h>

enum task_kind { TASK_CODING, TASK_DESIGN, TASK_REVIEW, TASK_CONVERSATION };

/* How a suite reaches the candidate's code. */
enum against { AGAINST_PROGRAM, AGAINST_SERVICE, AGAINST_MODULE, AGAINST_SHARED };

/* How a suite's tester reports. REPORT_CASES: there is no tester, assay compares a program's cases itself. */
enum report_format {
	REPORT_JUNIT,
	REPORT_TAP,
	REPORT_UNITY,
	REPORT_CTRF,
	REPORT_GRADESCOPE,
	REPORT_CHECK50,
	REPORT_EXIT,
	REPORT_CASES,
};

/* COMPARE_JUDGE: an interactive suite, whose judge talks with the program instead of comparing afterwards. */
enum compare_kind { COMPARE_EXACT, COMPARE_TOKENS, COMPARE_FLOAT, COMPARE_CHECKER, COMPARE_JUDGE };

struct limits {
	int64_t wall_ms;
	int64_t cpu_ms;
	int64_t memory_mib;
	int64_t processes;
	int64_t output_kib;
	int64_t disk_mib;
};

struct suite {
	char *id;
	enum against against;
	enum visibility visibility;
	struct strings argv; /* the tester's; empty for AGAINST_PROGRAM */
	enum report_format report;
	enum compare_kind compare; /* AGAINST_PROGRAM */
	double compare_float;
	struct strings checker; /* argv of COMPARE_CHECKER's or COMPARE_JUDGE's program; else empty */
	struct strings build;   /* argv that makes it, once, in a box of its own; empty: it is there already */
	int64_t test_ms; /* the time one test may take; 0: none given */
};

struct service {
	struct strings argv; /* empty when the task has none */
	int port;
	int64_t ready_ms;
};

/* The commits between which a review's change lies, when it is no pair of directories. */
struct change {
	char *base; /* NULL when the trees are review/base and review/head */
	char *head;
};

struct module {
	char *language; /* NULL when the task has none */
	char *name;
};

struct task {
	char *id;
	enum task_kind kind;
	struct localised title;
	int minutes;
	struct strings aids;
	struct strings needs_commands, needs_debian;
	struct strings editable; /* globs (task/glob.h); at least one where something is handed in */
	int64_t max_files, max_kib;
	struct strings build, program; /* argv; empty when there is none */
	struct service service;
	struct module module;
	struct change change; /* TASK_REVIEW */
	struct suite *suites;
	size_t suite_count;
	struct limits limits, tester_limits;
	int stub_points;
	struct manifest manifest; /* empty but for coding tasks */
	struct profile profile;   /* of suites against a module */
	char *dir;  /* as task_load was given it */
	int dir_fd; /* open for as long as the task lives */
};

/* The limits that hold where task.json gives none, and their ranges. */
extern const struct limits limits_default, limits_min, limits_max;

/*
 * Loads the package in the directory `dir` (any path of the user's). For a task that is being written the manifest
 * and the profile may be missing or behind its suites: `without_manifest` leaves them empty then instead of failing
 * (`assay task pin`).
 * ERR_NOT_FOUND when there is no task.json, ERR_LIMIT for a package of more than 20 000 files, ERR_INVALID for
 * everything else that is wrong, also for a link or device anywhere in the package.
 */
int task_load(struct task **out, const char *dir, bool without_manifest, struct err *e);

/* The same for the package that lies in a candidate's kit: it may have no suite at all, and then needs no manifest. */
int task_load_kit(struct task **out, const char *dir, struct err *e);
void task_free(struct task *task);

AUTO_DEFINE(task, struct task, task_free)
#define AUTO_TASK AUTO(task_auto)

const struct suite *task_suite(const struct task *task, const char *id);

/* Whether a file that was submitted under this path replaces or joins the starter's: it is plain and matches one of
 * the globs, none of which admits a name that configures a test runner or interpreter unless it is written out. */
bool task_admits(const struct task *task, const char *path);

/* Reads a text file of the package in that language, "statement.md" or "statement.de.md", as valid UTF-8; falls back
 * to the other language. At most 1 MiB. ERR_NOT_FOUND when there is neither. */
int task_text(char **out, const struct task *task, const char *name, enum language language, struct err *e);

const char *task_kind_name(enum task_kind kind);
const char *against_name(enum against against);
const char *report_format_name(enum report_format format);
const char *compare_kind_name(enum compare_kind kind);

/* Whether a program of the task's own says what a case is worth: a checker or a judge. */
bool suite_has_checker(const struct suite *suite);

#endif
