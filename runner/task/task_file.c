// SPDX-License-Identifier: MIT
/*
 * task.json. Every object has its table of keys, so that an unknown key, a wrong type or a number out of range is
 * found before anything is read; what a table can't say (which kinds of task have which keys, what a suite needs for
 * its `against`) is checked behind it, with the place of the mistake.
 */
#include "task/task_parts.h"

#include "base/fs.h"
#include "base/text.h"
#include "task/glob.h"
#include "task/keys.h"

#include <string.h>

/* --- limits ----------------------------------------------------------------------------------------------------- */

/* key, least, default, most */
#define LIMITS(row) \
	row(wall_ms, 100, 30000, 600000) \
	row(cpu_ms, 100, 20000, 600000) \
	row(memory_mib, 8, 512, 16384) \
	row(processes, 1, 128, 4096) \
	row(output_kib, 1, 1024, 65536) \
	row(disk_mib, 1, 64, 4096)

#define LIMIT_MIN(key, least, usual, most)     .key = (least),
#define LIMIT_DEFAULT(key, least, usual, most) .key = (usual),
#define LIMIT_MAX(key, least, usual, most)     .key = (most),
#define LIMIT_KEY(key, least, usual, most) { .name = #key, .kind = JSON_INTEGER_KIND, .min = (least), .max = (most) },
#define LIMIT_READ(key, least, usual, most) limits.key = json_get_integer(at, #key, limits.key);
#define LIMIT_TWICE(key, least, usual, most) twice.key *= 2;

const struct limits limits_min = { LIMITS(LIMIT_MIN) };
const struct limits limits_default = { LIMITS(LIMIT_DEFAULT) };
const struct limits limits_max = { LIMITS(LIMIT_MAX) };

static const struct json_key limits_keys[] = { LIMITS(LIMIT_KEY) };

/* The limits at a place (which may be absent); what isn't given is as in `usual`. */
static int parse_limits(const struct json_at *at, const struct limits *usual, struct limits *out, struct err *e)
{
	struct limits limits = *usual;

	if (at->value && keys_check(at, limits_keys, e) < 0)
		return -1;
	LIMITS(LIMIT_READ)
	*out = limits;
	return 0;
}

static struct limits twice_as_much(const struct limits *limits)
{
	struct limits twice = *limits;

	LIMITS(LIMIT_TWICE)
	return twice;
}

/* --- needs, files ----------------------------------------------------------------------------------------------- */

static const struct json_key needs_keys[] = {
	{ .name = "commands", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "debian", .kind = JSON_ARRAY_KIND, .max = 100 },
};

/* Names that may be handed to a shell's `command -v` or shown in an apt-get line as they are. */
static int check_names(const struct json_at *needs, const char *key, const struct strings *names, const char *what,
	struct err *e)
{
	struct json_at list = json_member(needs, key);

	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->item[i];
		struct json_at item = json_element(&list, i);
		size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._");

		if (name[length] || *name == '-' || *name == '.')
			return json_fail(&item, e, "must be the name of %s", what);
	}
	return 0;
}

static int parse_needs(struct task *task, const struct json_at *root, struct err *e)
{
	static const struct json_key name = { .kind = JSON_STRING_KIND, .min = 1, .max = 100 };
	struct json_at needs = json_member(root, "needs");

	if (!needs.value)
		return 0;
	if (keys_check(&needs, needs_keys, e) < 0 ||
		keys_strings(&needs, "commands", &name, true, &task->needs_commands, e) < 0 ||
		keys_strings(&needs, "debian", &name, true, &task->needs_debian, e) < 0)
		return -1;
	if (check_names(&needs, "commands", &task->needs_commands, "a command, without a path", e) < 0)
		return -1;
	return check_names(&needs, "debian", &task->needs_debian, "a Debian package", e);
}

static const struct json_key files_keys[] = {
	{ .name = "editable", .kind = JSON_ARRAY_KIND, .required = true, .min = 1, .max = 200 },
	{ .name = "max_files", .kind = JSON_INTEGER_KIND, .min = 1, .max = 10000 },
	{ .name = "max_kib", .kind = JSON_INTEGER_KIND, .min = 1, .max = 262144 },
};

static int parse_files(struct task *task, const struct json_at *root, struct err *e)
{
	static const struct json_key glob = { .kind = JSON_STRING_KIND, .min = 1 };
	struct json_at files = json_member(root, "files"), globs;

	task->max_files = json_get_integer(&files, "max_files", 200);
	task->max_kib = json_get_integer(&files, "max_kib", 1024);
	if (!files.value)
		return 0;
	if (keys_check(&files, files_keys, e) < 0 ||
		keys_strings(&files, "editable", &glob, true, &task->editable, e) < 0)
		return -1;
	globs = json_member(&files, "editable");
	for (size_t i = 0; i < task->editable.count; i++) {
		struct json_at item = json_element(&globs, i);
		struct err why = { 0 };

		if (!glob_is_valid(task->editable.item[i], &why))
			return json_fail(&item, e, "%s", why.text);
	}
	return 0;
}

/* --- what is run ------------------------------------------------------------------------------------------------ */

static const struct json_key argv_keys[] = {
	{ .name = "argv", .kind = JSON_ARRAY_KIND, .required = true },
};

static const struct json_key service_keys[] = {
	{ .name = "argv", .kind = JSON_ARRAY_KIND, .required = true },
	{ .name = "port", .kind = JSON_INTEGER_KIND, .required = true, .min = 1024, .max = 65535 },
	{ .name = "ready_ms", .kind = JSON_INTEGER_KIND, .min = 100, .max = 120000 },
};

static const struct json_key module_keys[] = {
	{ .name = "language", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "name", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 200 },
};

static int parse_command(const struct json_at *root, const char *key, struct strings *argv, struct err *e)
{
	struct json_at at = json_member(root, key);

	if (!at.value)
		return 0;
	return keys_check(&at, argv_keys, e) < 0 ? -1 : keys_argv(&at, "argv", argv, e);
}

static int parse_service(struct service *service, const struct json_at *root, struct err *e)
{
	struct json_at at = json_member(root, "service");

	if (!at.value)
		return 0;
	if (keys_check(&at, service_keys, e) < 0)
		return -1;
	service->port = (int)json_get_integer(&at, "port", 0);
	service->ready_ms = json_get_integer(&at, "ready_ms", 8000);
	return keys_argv(&at, "argv", &service->argv, e);
}

/* A stand-in takes the place of a JavaScript module's file, so that its name is a file's. */
static bool is_script(const char *name)
{
	const char *ending = strrchr(name, '.');

	return ending && fs_is_plain_path(name) &&
	       (strcmp(ending, ".mjs") == 0 || strcmp(ending, ".js") == 0 || strcmp(ending, ".cjs") == 0);
}

static int parse_module(struct module *module, const struct json_at *root, struct err *e)
{
	static const char *const languages[] = { "python", "javascript", NULL };
	struct json_at at = json_member(root, "module");
	int language;

	if (!at.value)
		return 0;
	if (keys_check(&at, module_keys, e) < 0 || keys_word(&at, "language", languages, &language, e) < 0)
		return -1;
	if (json_copy_string(&at, "language", &module->language, e) < 0 ||
		json_copy_string(&at, "name", &module->name, e) < 0)
		return -1;
	if (strcmp(module->language, "javascript") == 0 && !is_script(module->name)) {
		struct json_at name = json_member(&at, "name");

		return json_fail(&name, e, "must be a module's file, such as \"clock.mjs\" or \"lib/clock.js\"");
	}
	return 0;
}

static const struct json_key change_keys[] = {
	{ .name = "base", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 200 },
	{ .name = "head", .kind = JSON_STRING_KIND, .required = true, .min = 1, .max = 200 },
};

static int parse_change(struct change *change, const struct json_at *root, struct err *e)
{
	struct json_at at = json_member(root, "change");

	if (!at.value)
		return 0;
	if (keys_check(&at, change_keys, e) < 0 || json_copy_string(&at, "base", &change->base, e) < 0)
		return -1;
	return json_copy_string(&at, "head", &change->head, e);
}

/* --- suites ----------------------------------------------------------------------------------------------------- */

static const char *const against_words[] = { "program", "service", "module", "shared", NULL };

/* "cases" is no word of task.json: it is what a suite against a program has instead of a report. */
static const char *const report_words[] = { "junit", "tap", "unity", "ctrf", "gradescope", "check50", "exit", NULL };
static const char *const compare_words[] = { "exact", "tokens", NULL };

static const struct json_key suite_keys[] = {
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "against", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "visibility", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "argv", .kind = JSON_ARRAY_KIND },
	{ .name = "report", .kind = JSON_STRING_KIND },
	{ .name = "compare", .kind = JSON_ANY_KIND },
	{ .name = "interactive", .kind = JSON_OBJECT_KIND },
	{ .name = "build", .kind = JSON_OBJECT_KIND },
	{ .name = "test_ms", .kind = JSON_INTEGER_KIND, .min = 10, .max = 600000 },
};

static const struct json_key compare_keys[] = {
	{ .name = "float", .kind = JSON_NUMBER_KIND },
	{ .name = "checker", .kind = JSON_ARRAY_KIND },
};

static const struct json_key interactive_keys[] = {
	{ .name = "judge", .kind = JSON_ARRAY_KIND, .required = true },
};

static int parse_interactive(struct suite *suite, const struct json_at *at, struct err *e)
{
	struct json_at interactive = json_member(at, "interactive"), compare = json_member(at, "compare");

	if (compare.value)
		return json_fail(&compare, e, "stands beside \"interactive\": the judge decides, there is nothing to compare");
	suite->compare = COMPARE_JUDGE;
	return keys_check(&interactive, interactive_keys, e) < 0 ? -1 :
		keys_argv(&interactive, "judge", &suite->checker, e);
}

static int parse_compare(struct suite *suite, const struct json_at *at, struct err *e)
{
	struct json_at compare = json_member(at, "compare"), tolerance = json_member(&compare, "float");
	int word = 0;

	if (json_member(at, "interactive").value)
		return parse_interactive(suite, at, e);
	if (!json_is(&compare, JSON_OBJECT_KIND)) {
		if (!json_is(&compare, JSON_STRING_KIND) || json_word(&compare, compare_words, &word, e) < 0)
			return json_fail(&compare, e,
				"must be \"exact\", \"tokens\", {\"float\": 1e-6} or {\"checker\": [\"argv\"]}");
		suite->compare = (enum compare_kind)word;
		return 0;
	}
	if (keys_check(&compare, compare_keys, e) < 0)
		return -1;
	if (json_count(&compare) != 1)
		return json_fail(&compare, e, "must have either \"float\" or \"checker\"");
	if (!tolerance.value) {
		suite->compare = COMPARE_CHECKER;
		return keys_argv(&compare, "checker", &suite->checker, e);
	}
	suite->compare = COMPARE_FLOAT;
	suite->compare_float = json_as_number(&tolerance);
	if (!(suite->compare_float > 0 && suite->compare_float < 1))
		return json_fail(&tolerance, e, "must be a number between 0 and 1");
	return 0;
}

/* What makes a checker or judge; others have nothing to be made. */
static int parse_suite_build(struct suite *suite, const struct json_at *at, struct err *e)
{
	struct json_at build = json_member(at, "build");

	if (build.value && !suite_has_checker(suite))
		return json_fail(&build, e, "is only for a suite with a checker or a judge, which it makes");
	return parse_command(at, "build", &suite->build, e);
}

/* Which of its keys a suite must or must not have, since there is no tester when assay itself compares. */
static int check_suite_keys(const struct suite *suite, const struct json_at *at, struct err *e)
{
	static const struct {
		const char *key;
		bool for_program;
	} rows[] = { { "argv", false }, { "report", false }, { "compare", true } };
	struct json_at interactive = json_member(at, "interactive");

	if (interactive.value && suite->against != AGAINST_PROGRAM)
		return json_fail(&interactive, e, "is not for a suite against \"%s\"", against_name(suite->against));

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct json_at member = json_member(at, rows[i].key);
		bool wanted = rows[i].for_program == (suite->against == AGAINST_PROGRAM);

		/* An interactive suite compares nothing. */
		if (rows[i].for_program && interactive.value)
			continue;
		if (wanted && !member.value)
			return json_fail(at, e, "lacks \"%s\"%s, which a suite against \"%s\" needs", rows[i].key,
				rows[i].for_program ? " or \"interactive\"" : "", against_name(suite->against));
		if (!wanted && member.value)
			return json_fail(&member, e, "is not for a suite against \"%s\"", against_name(suite->against));
	}
	return 0;
}

static int check_has_counterpart(const struct task *task, const struct suite *suite, const struct json_at *at,
	struct err *e)
{
	struct json_at against = json_member(at, "against");
	bool there = suite->against == AGAINST_PROGRAM ? task->program.count > 0 :
		     suite->against == AGAINST_SERVICE ? task->service.argv.count > 0 :
		     suite->against == AGAINST_MODULE  ? task->module.name != NULL : true;

	if (!there)
		return json_fail(&against, e, "is \"%s\", but the task has no \"%s\"", against_name(suite->against),
			against_name(suite->against));
	return 0;
}

static int parse_tester(struct suite *suite, const struct json_at *at, struct err *e)
{
	struct json_at report = json_member(at, "report");
	int word;

	if (json_word(&report, report_words, &word, e) < 0 || keys_argv(at, "argv", &suite->argv, e) < 0)
		return -1;
	suite->report = (enum report_format)word;
	if (suite->report == REPORT_EXIT && suite->against == AGAINST_SHARED)
		return json_fail(&report, e, "can't be \"exit\" against \"shared\": the candidate's code sets the status");
	return 0;
}

static int parse_suite(const struct task *task, struct suite *suite, const struct json_at *at, struct err *e)
{
	int word;

	if (keys_check(at, suite_keys, e) < 0 || json_copy_string(at, "id", &suite->id, e) < 0 ||
		keys_word(at, "against", against_words, &word, e) < 0)
		return -1;
	suite->against = (enum against)word;
	if (keys_visibility(at, "visibility", &suite->visibility, e) < 0)
		return -1;
	suite->test_ms = json_get_integer(at, "test_ms", 0);
	if (check_suite_keys(suite, at, e) < 0 || check_has_counterpart(task, suite, at, e) < 0)
		return -1;
	if (suite->against != AGAINST_PROGRAM)
		return parse_suite_build(suite, at, e) < 0 ? -1 : parse_tester(suite, at, e);
	suite->report = REPORT_CASES;
	return parse_compare(suite, at, e) < 0 ? -1 : parse_suite_build(suite, at, e);
}

static int parse_suites(struct task *task, const struct json_at *root, struct err *e)
{
	struct json_at list = json_member(root, "suites");
	size_t count = json_count(&list);

	task->suites = mem_new(count, sizeof(*task->suites), e);
	if (!task->suites)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct json_at at = json_element(&list, i);

		/* Counted before it is whole: task_free then releases what there is of it. */
		task->suite_count++;
		if (parse_suite(task, &task->suites[i], &at, e) < 0 || keys_unique(&list, i, "id", e) < 0)
			return -1;
	}
	return 0;
}

/* --- the document ----------------------------------------------------------------------------------------------- */

static const char *const kind_words[] = { "coding", "design", "review", "conversation", NULL };

static const struct json_key task_keys[] = {
	KEY_FORMAT,
	{ .name = "id", .kind = JSON_ID_KIND, .required = true },
	{ .name = "kind", .kind = JSON_STRING_KIND, .required = true },
	{ .name = "title", .kind = JSON_LOCALISED_KIND, .required = true },
	{ .name = "minutes", .kind = JSON_INTEGER_KIND, .required = true, .min = 1, .max = 1440 },
	{ .name = "aids", .kind = JSON_ARRAY_KIND, .max = 50 },
	{ .name = "needs", .kind = JSON_OBJECT_KIND },
	{ .name = "files", .kind = JSON_OBJECT_KIND },
	{ .name = "build", .kind = JSON_OBJECT_KIND },
	{ .name = "service", .kind = JSON_OBJECT_KIND },
	{ .name = "program", .kind = JSON_OBJECT_KIND },
	{ .name = "module", .kind = JSON_OBJECT_KIND },
	{ .name = "change", .kind = JSON_OBJECT_KIND },
	{ .name = "suites", .kind = JSON_ARRAY_KIND, .min = 1, .max = 100 },
	{ .name = "limits", .kind = JSON_OBJECT_KIND },
	{ .name = "tester_limits", .kind = JSON_OBJECT_KIND },
	{ .name = "stub_points", .kind = JSON_INTEGER_KIND, .min = 0, .max = 1000000 },
};

enum { FOR_CODING = 1 << TASK_CODING, FOR_DESIGN = 1 << TASK_DESIGN, FOR_REVIEW = 1 << TASK_REVIEW };

/* The keys that not every kind of task has; `required_for` are those that can't do without. */
static const struct {
	const char *key;
	unsigned kinds, required_for;
} kind_rows[] = {
	{ "files", FOR_CODING | FOR_DESIGN, FOR_CODING | FOR_DESIGN },
	{ "build", FOR_CODING, 0 },
	{ "service", FOR_CODING, 0 },
	{ "program", FOR_CODING, 0 },
	{ "module", FOR_CODING, 0 },
	{ "suites", FOR_CODING, 0 },
	{ "limits", FOR_CODING, 0 },
	{ "tester_limits", FOR_CODING, 0 },
	{ "stub_points", FOR_CODING, 0 },
	{ "change", FOR_REVIEW, 0 },
};

static int check_kind_keys(const struct task *task, const struct json_at *root, struct err *e)
{
	unsigned kind = 1u << task->kind;

	for (size_t i = 0; i < sizeof(kind_rows) / sizeof(*kind_rows); i++) {
		struct json_at member = json_member(root, kind_rows[i].key);

		if (member.value && !(kind_rows[i].kinds & kind))
			return json_fail(&member, e, "is not for a task of kind \"%s\"", task_kind_name(task->kind));
		if (!member.value && (kind_rows[i].required_for & kind))
			return json_fail(root, e, "lacks \"%s\", which a task of kind \"%s\" needs", kind_rows[i].key,
				task_kind_name(task->kind));
	}
	return 0;
}

static int parse_head(struct task *task, const struct json_at *root, struct err *e)
{
	static const struct json_key aid = { .kind = JSON_STRING_KIND, .min = 1, .max = 100 };
	int kind;

	if (keys_check(root, task_keys, e) < 0 || keys_word(root, "kind", kind_words, &kind, e) < 0)
		return -1;
	task->kind = (enum task_kind)kind;
	task->minutes = (int)json_get_integer(root, "minutes", 0);
	task->stub_points = (int)json_get_integer(root, "stub_points", 0);
	if (check_kind_keys(task, root, e) < 0 || json_copy_string(root, "id", &task->id, e) < 0 ||
		json_copy_localised(root, "title", &task->title, e) < 0)
		return -1;
	return keys_strings(root, "aids", &aid, true, &task->aids, e);
}

int task_file_parse(struct task *task, const struct json_doc *doc, struct err *e)
{
	struct json_at root = json_root(doc), limits, tester;
	struct limits usual;

	if (parse_head(task, &root, e) < 0)
		return -1;
	limits = json_member(&root, "limits");
	tester = json_member(&root, "tester_limits");
	if (parse_limits(&limits, &limits_default, &task->limits, e) < 0)
		return -1;
	usual = twice_as_much(&task->limits);
	if (parse_limits(&tester, &usual, &task->tester_limits, e) < 0)
		return -1;
	if (parse_needs(task, &root, e) < 0 || parse_files(task, &root, e) < 0 ||
		parse_command(&root, "build", &task->build, e) < 0 ||
		parse_command(&root, "program", &task->program, e) < 0 ||
		parse_service(&task->service, &root, e) < 0 || parse_module(&task->module, &root, e) < 0 ||
		parse_change(&task->change, &root, e) < 0)
		return -1;
	return parse_suites(task, &root, e);
}

/* --- words ------------------------------------------------------------------------------------------------------ */

const char *task_kind_name(enum task_kind kind)
{
	return kind_words[kind];
}

const char *against_name(enum against against)
{
	return against_words[against];
}

const char *report_format_name(enum report_format format)
{
	return format == REPORT_CASES ? "cases" : report_words[format];
}

const char *compare_kind_name(enum compare_kind kind)
{
	static const char *const names[] = { "exact", "tokens", "float", "checker", "judge" };

	return names[kind];
}

bool suite_has_checker(const struct suite *suite)
{
	return suite->checker.count > 0;
}
