// SPDX-License-Identifier: MIT
/*
 * A package against its own promises. Its files are looked at before anything of it is used, because a task repository
 * may be hostile to the machine it is cloned to: no links, no devices, no hundred thousand files.
 */
#include "task/task_parts.h"

#include "base/fs.h"
#include "base/text.h"
#include "task/cases.h"
#include "task/manifest.h"
#include "task/probe.h"
#include "task/question.h"

#include <string.h>
#include <sys/stat.h>

/* --- the package's files ---------------------------------------------------------------------------------------- */

enum { PACKAGE_MAX_ENTRIES = 20000, PACKAGE_MAX_FILE = 64 << 20 };

static int visit(const struct fs_entry *entry, void *context, struct err *e)
{
	AUTO_FREE char *visible = NULL;
	mode_t mode = entry->st->st_mode;
	(void)context;

	/* A package may be a repository of its own; what git keeps there is no part of it. */
	if (strcmp(entry->path, ".git") == 0)
		return FS_SKIP;
	if (S_ISDIR(mode) || (S_ISREG(mode) && entry->st->st_size <= PACKAGE_MAX_FILE))
		return FS_GO_ON;
	visible = text_visible_line(entry->path, e);
	if (!visible)
		return -1;
	if (S_ISREG(mode))
		return err_set(e, ERR_LIMIT, "%s is larger than %d MiB", visible, PACKAGE_MAX_FILE >> 20);
	return err_set(e, ERR_INVALID, "%s is a %s: a task package has files and directories only", visible,
		S_ISLNK(mode) ? "link" : S_ISFIFO(mode) ? "FIFO" : S_ISSOCK(mode) ? "socket" : "device");
}

static int check_entries(const struct task *task, struct err *e)
{
	if (fs_walk(task->dir_fd, ".", PACKAGE_MAX_ENTRIES, visit, NULL, e) < 0)
		return e && e->kind == ERR_LIMIT ? err_wrap(e, "the task package is too large") : -1;
	return 0;
}

/* --- what each kind has ----------------------------------------------------------------------------------------- */

struct promise {
	const char *path;
	bool is_dir;
	const char *is; /* what it is for, when it is missing */
};

static int check_promises(const struct task *task, const struct promise *promises, size_t count, struct err *e)
{
	for (size_t i = 0; i < count; i++) {
		const struct promise *p = &promises[i];

		if (!(p->is_dir ? fs_is_dir(task->dir_fd, p->path) : fs_is_file(task->dir_fd, p->path)))
			return err_set(e, ERR_INVALID, "%s is missing: %s", p->path, p->is);
	}
	return 0;
}

static int check_statement(const struct task *task, struct err *e)
{
	if (!fs_is_file(task->dir_fd, "statement.md") && !fs_is_file(task->dir_fd, "statement.de.md"))
		return err_set(e, ERR_INVALID, "statement.md is missing: what the candidate reads");
	return 0;
}

/* What would stop a suite amid a candidate's cases is a mistake of the package. */
static int check_cases_of(const struct task *task, const struct suite *suite, struct err *e)
{
	AUTO(program_cases_done) struct program_cases cases = { 0 };

	if (program_cases_load(&cases, task, suite, e) < 0)
		return -1;
	for (size_t i = 0; i < cases.count; i++) {
		AUTO_STRINGS struct strings args = { 0 };

		if (program_case_args(&args, task, &cases.item[i], e) < 0)
			return -1;
	}
	return 0;
}

static int check_coding(const struct task *task, const struct json_doc *doc, struct err *e)
{
	static const struct promise promises[] = { { "starter", true, "the files a candidate begins with" } };
	struct json_at root = json_root(doc), suites = json_member(&root, "suites");

	if (check_statement(task, e) < 0 || check_promises(task, promises, 1, e) < 0)
		return -1;
	for (size_t i = 0; i < task->suite_count; i++) {
		struct json_at suite = json_element(&suites, i), id = json_member(&suite, "id");
		AUTO_FREE char *path = mem_format(e, "tests/%s", task->suites[i].id);

		if (!path)
			return -1;
		if (!fs_is_dir(task->dir_fd, path))
			return json_fail(&id, e, "has no directory %s", path);
		if (task->suites[i].against == AGAINST_PROGRAM && check_cases_of(task, &task->suites[i], e) < 0)
			return -1;
	}
	return 0;
}

static int check_design(const struct task *task, const struct json_doc *doc, struct err *e)
{
	static const struct promise promises[] = {
		{ "starter", true, "the document a candidate begins with" },
		{ "probes.json", false, "the questions to ask, and what an answer holds" },
	};
	struct probes probes = { 0 };
	(void)doc;

	if (check_statement(task, e) < 0 || check_promises(task, promises, 2, e) < 0 ||
		probes_load(&probes, task->dir_fd, "probes.json", e) < 0)
		return -1;
	probes_done(&probes);
	return 0;
}

static int check_review(const struct task *task, const struct json_doc *doc, struct err *e)
{
	static const struct promise promises[] = {
		{ "review/flaws.json", false, "what was planted in the change" },
		{ "review/base", true, "the tree before the change (or say \"change\" in task.json)" },
		{ "review/head", true, "the tree after the change" },
	};
	struct json_at root = json_root(doc), change = json_member(&root, "change");

	if (task->change.base && (fs_exists(task->dir_fd, "review/base") || fs_exists(task->dir_fd, "review/head")))
		return json_fail(&change, e, "stands beside the trees in review/: have the one or the other");
	if (check_statement(task, e) < 0)
		return -1;
	return check_promises(task, promises, task->change.base ? 1 : 3, e);
}

static int check_conversation(const struct task *task, const struct json_doc *doc, struct err *e)
{
	static const struct promise promises[] = { { "questions.json", false, "what is asked, in order" } };
	struct questions questions = { 0 };
	(void)doc;

	if (check_promises(task, promises, 1, e) < 0 ||
		questions_load(&questions, task->dir_fd, "questions.json", e) < 0)
		return -1;
	questions_done(&questions);
	return 0;
}

int task_check_files(const struct task *task, const struct json_doc *doc, struct err *e)
{
	static int (*const checks[])(const struct task *, const struct json_doc *, struct err *) = {
		[TASK_CODING] = check_coding,
		[TASK_DESIGN] = check_design,
		[TASK_REVIEW] = check_review,
		[TASK_CONVERSATION] = check_conversation,
	};

	if (check_entries(task, e) < 0)
		return -1;
	return checks[task->kind](task, doc, e);
}

/* --- the manifest ----------------------------------------------------------------------------------------------- */

/* A sentence for candidates speaks every language that the title does: those are the task's. */
static int check_says(const struct task *task, const struct manifest_test *test, const struct json_at *at,
	struct err *e)
{
	struct json_at says = json_member(at, "says");

	if (!says.value)
		return 0;
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (task->title.text[i] && !test->says.text[i])
			return json_fail(&says, e, "lacks \"%s\", a language of this task: its title has it",
				language_code((enum language)i));
	return 0;
}

static int check_test(const struct task *task, size_t index, const struct json_at *at, struct err *e)
{
	const struct manifest_test *test = &task->manifest.tests[index];
	const struct suite *suite = task_suite(task, test->suite);
	struct json_at name = json_member(at, "suite"), visibility = json_member(at, "visibility");

	if (!suite)
		return json_fail(&name, e, "is no suite of task.json: %s", test->suite);
	if (test->visibility < suite->visibility)
		return json_fail(&visibility, e, "is \"%s\", but the suite %s is \"%s\": a test is never more visible",
			visibility_name(test->visibility), suite->id, visibility_name(suite->visibility));
	return check_says(task, test, at, e);
}

static bool has_case(const struct program_cases *cases, const char *name)
{
	for (size_t i = 0; i < cases->count; i++)
		if (strcmp(cases->item[i].name, name) == 0)
			return true;
	return false;
}

/* The cases of a suite against a program are known without running anything, so both must name the same. */
static int check_cases(const struct task *task, const struct suite *suite, const struct program_cases *cases,
	const struct json_at *tests, struct err *e)
{
	for (size_t i = 0; i < task->manifest.test_count; i++) {
		struct json_at at = json_element(tests, i), name = json_member(&at, "name");

		if (strcmp(task->manifest.tests[i].suite, suite->id) == 0 &&
			!has_case(cases, task->manifest.tests[i].name))
			return json_fail(&name, e, "is no case in tests/%s", suite->id);
	}
	for (size_t i = 0; i < cases->count; i++)
		if (manifest_find(&task->manifest, suite->id, cases->item[i].name) < 0)
			return json_fail(tests, e, "lack the case %s of suite %s: `assay task pin` adds it",
				cases->item[i].name, suite->id);
	return 0;
}

static int check_suite(const struct task *task, const struct suite *suite, const struct json_at *tests, struct err *e)
{
	struct program_cases cases = { 0 };
	size_t count = 0;
	int said = 0;

	for (size_t i = 0; i < task->manifest.test_count; i++)
		count += strcmp(task->manifest.tests[i].suite, suite->id) == 0;
	if (!count)
		return json_fail(tests, e, "have none of suite %s: `assay task pin` adds them", suite->id);
	if (suite->report == REPORT_EXIT && count > 1)
		return json_fail(tests, e, "have %zu of suite %s, whose exit status is one test", count, suite->id);
	if (suite->against != AGAINST_PROGRAM)
		return 0;
	if (program_cases_load(&cases, task, suite, e) < 0)
		return -1;
	said = check_cases(task, suite, &cases, tests, e);
	program_cases_done(&cases);
	return said;
}

int task_check_manifest(const struct task *task, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), tests = json_member(&root, "tests");

	for (size_t i = 0; i < task->manifest.test_count; i++) {
		struct json_at at = json_element(&tests, i);

		if (check_test(task, i, &at, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < task->suite_count; i++)
		if (check_suite(task, &task->suites[i], &tests, e) < 0)
			return -1;
	return 0;
}
