// SPDX-License-Identifier: MIT
/*
 * `assay task …`: packages by their directory, or by the name of a task in the workspace one stands in.
 */
#include "assess/pin.h"
#include "assess/session_access.h"
#include "assess/verify.h"
#include "assess/workspace.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/places.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/package.h"
#include "cli/table.h"
#include "cli/words.h"
#include "score/telling.h"
#include "task/catalog.h"
#include "task/task.h"
#include "task/template.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static void show_progress(const char *sentence, void *context)
{
	(void)context;
	cli_progress(sentence);
}

static int print_text_take(struct text *t, struct err *e)
{
	AUTO_FREE char *bytes = NULL;

	return text_take(t, &bytes, e) < 0 ? -1 : cli_print(bytes, e);
}

/* "Next: assay task verify DIR", with the directory as a shell wants it. */
static int next_is_verify(const struct cli *cli, const char *dir, struct err *e)
{
	AUTO_FREE char *word = cli_word(dir, e);

	return word ? cli_next(cli, e, "assay task verify %s", word) : -1;
}

/* The directory that was named, or the one we stand in. */
static const char *dir_of(const struct cli *cli)
{
	return cli->words.count ? cli->words.item[0] : ".";
}

/* The package that was named: a directory, or else a task of the workspace we stand in ("tasks/job-queue", "job-queue"). */
static int package_of(char **dir, const struct cli *cli, struct err *e)
{
	const char *word = dir_of(cli);
	AUTO_WORKSPACE struct workspace *workspace = NULL;
	AUTO_FREE char *actor = NULL;
	struct err ignored = { 0 };

	if (fs_is_dir(AT_FDCWD, word) || workspace_open(&workspace, ".", &ignored) < 0) {
		*dir = mem_copy(word, e);
		return *dir ? 0 : -1;
	}
	if (workspace_actor(&actor, workspace, cli->as, e) < 0 || workspace_may(workspace, actor, SEE_TASKS, e) < 0)
		return -1;
	return workspace_task_dir(dir, workspace, word, e);
}

/* --- new -------------------------------------------------------------------------------------------------------- */

/* What people call a language besides the name that its templates have. */
static const char *language_of(const char *word)
{
	static const char *const names[][2] = { { "c++", "cpp" }, { "js", "javascript" }, { "ts", "typescript" },
		{ "py", "python" }, { "python3", "python" }, { "sh", "bash" }, { "golang", "go" } };

	for (size_t i = 0; word && i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i][0], word) == 0)
			return names[i][1];
	return word;
}

static int read_kind(const struct cli *cli, enum task_kind *kind, struct err *e)
{
	const char *word = cli_value(cli, "kind");

	*kind = TASK_CODING;
	if (!word)
		return 0;
	for (int i = TASK_CODING; i <= TASK_CONVERSATION; i++)
		if (strcmp(task_kind_name((enum task_kind)i), word) == 0) {
			*kind = (enum task_kind)i;
			return 0;
		}
	return err_set(e, ERR_USAGE, _("--kind is coding, design, review or conversation"));
}

static int print_made(struct cli *cli, const struct template_made *made, const struct template_order *order,
	struct err *e)
{
	AUTO_TEXT struct text t = { 0 };

	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:s, s:s?, s:s?, s:s, s:o}", "task", made->id, "kind",
			task_kind_name(order->kind), "language", order->language, "against", made->against, "dir",
			order->dir, "files", json_from_strings(&made->files)), e);
	text_addf(&t, _("%s: a new task (%s) of %zu files in "), made->id, words_task_kind(order->kind), made->files.count);
	text_add_visible(&t, order->dir, true);
	text_addf(&t, _("\nREADME.md there says what each file is for.\n"));
	return print_text_take(&t, e) < 0 ? -1 : next_is_verify(cli, order->dir, e);
}

static int run_new(struct cli *cli, struct err *e)
{
	AUTO(template_made_done) struct template_made made = { 0 };
	AUTO_FREE char *templates = NULL;
	struct template_order order = { .language = language_of(cli_value(cli, "language")),
		.against = cli_value(cli, "against"), .dir = dir_of(cli) };

	if (read_kind(cli, &order.kind, e) < 0 || places_templates(&templates, e) < 0)
		return -1;
	order.templates = templates;
	return template_write(&made, &order, e) < 0 ? -1 : print_made(cli, &made, &order, e);
}

/* --- verify ----------------------------------------------------------------------------------------------------- */

static int run_verify(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = NULL;
	AUTO_VERIFICATION struct verification verification = { 0 };
	AUTO_TEXT struct text t = { 0 };
	struct verify_order order = { .progress = show_progress };
	long long jobs, rounds;

	if (cli_number(cli, "jobs", 1, 16, 1, &jobs, e) < 0 ||
		cli_number(cli, "rounds", 1, VERIFY_MOST_ROUNDS, VERIFY_ROUNDS, &rounds, e) < 0 ||
		package_of(&dir, cli, e) < 0 || package_load(&task, dir, false, e) < 0 || interrupt_begin(&interrupt, e) < 0)
		return -1;
	order.task = task;
	order.allow_sampled = cli_flag(cli, "allow-sampled");
	order.jobs = (int)jobs;
	order.rounds = (int)rounds;
	order.stop_fd = interrupt.fd;
	if (verify_task(&verification, &order, e) < 0)
		return package_mistake(dir, e);
	cli_progress(NULL);
	cli->exit_status = verification.holds ? 0 : 1;
	if (cli->json)
		return cli_print_json_take(verification_json(&verification, task), e);
	verification_text(&t, &verification, task, cli_columns());
	return print_text_take(&t, e);
}

/* --- pin -------------------------------------------------------------------------------------------------------- */

static void add_names(struct text *t, const char *before, const struct strings *names)
{
	for (size_t i = 0; i < names->count; i++) {
		text_add(t, before);
		text_add_visible(t, names->item[i], true);
		text_add(t, "\n");
	}
}

static int print_pinned(struct cli *cli, const struct pinned *pinned, const struct task *task, struct err *e)
{
	AUTO_TEXT struct text t = { 0 };
	bool removed = cli_flag(cli, "remove");

	if (cli->json)
		return cli_print_json_take(json_pack_new("{s:s, s:I, s:I, s:o, s:b, s:o}", "task", task->id, "tests",
			(long long)pinned->tests, "added", (long long)pinned->added, "gone",
			json_from_strings(&pinned->gone), "removed", removed && pinned->gone.count > 0, "skipped",
			json_from_strings(&pinned->skipped)), e);
	text_addf(&t,
		ngettext("%s: tests/manifest.json has %zu test, %zu of them new\n",
			"%s: tests/manifest.json has %zu tests, %zu of them new\n", pinned->tests),
		task->id, pinned->tests, pinned->added);
	add_names(&t, removed ? _("removed: ") : _("gone: "), &pinned->gone);
	add_names(&t, _("skipped, and so not in it: "), &pinned->skipped);
	if (pinned->gone.count && !removed)
		text_add(&t, _("No accepted solution reports what is gone; it still stands there. --remove takes it out.\n"));
	return print_text_take(&t, e) < 0 ? -1 : next_is_verify(cli, task->dir, e);
}

/* Before the error, whose sentence has one line of it. */
static void show_build(const char *log, void *context)
{
	AUTO_TEXT struct text t = { 0 };

	(void)context;
	cli_progress(NULL);
	telling_add_lines(&t, log, cli_columns(), "  ");
	fputs(text_bytes(&t), stderr);
}

static int run_pin(struct cli *cli, struct err *e)
{
	AUTO_INTERRUPT struct interrupt interrupt = { .fd = -1 };
	AUTO(pinned_done) struct pinned pinned = { 0 };
	AUTO_TASK struct task *task = NULL;
	struct pin_order order = { .progress = show_progress };

	if (package_load(&task, dir_of(cli), true, e) < 0 || interrupt_begin(&interrupt, e) < 0)
		return -1;
	order.task = task;
	order.allow_sampled = cli_flag(cli, "allow-sampled");
	order.remove_gone = cli_flag(cli, "remove");
	order.stop_fd = interrupt.fd;
	order.build_wrote = cli->json ? NULL : show_build;
	if (pin_task(&pinned, &order, e) < 0)
		return package_mistake(dir_of(cli), e);
	cli_progress(NULL);
	return print_pinned(cli, &pinned, task, e);
}

/* --- list and show ---------------------------------------------------------------------------------------------- */

static struct json *task_json(const struct task *task, const char *path)
{
	struct json *suites = json_new_array();

	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];

		json_append_take(&suites, json_pack_new("{s:s, s:s, s:s, s:s, s:i}", "id", suite->id, "against",
			against_name(suite->against), "visibility", visibility_name(suite->visibility), "report",
			report_format_name(suite->report), "points", manifest_points(&task->manifest, suite->id)));
	}
	return json_pack_new("{s:s, s:s, s:s, s:o, s:i, s:i, s:I, s:o}", "path", path, "id", task->id, "kind",
		task_kind_name(task->kind), "title", json_from_localised(&task->title), "minutes", task->minutes, "points",
		manifest_points(&task->manifest, NULL), "tests", (long long)task->manifest.test_count, "suites", suites);
}

static int list_one(struct text *t, struct json **array, const char *dir, const char *path, struct err *e)
{
	AUTO_FREE char *full = fs_join(dir, path, e);
	AUTO_TASK struct task *task = NULL;

	if (!full || task_load(&task, full, false, e) < 0)
		return full ? err_wrap(e, "%s", path) : -1;
	if (array) {
		json_append_take(array, task_json(task, path));
		return 0;
	}
	text_add_padded(t, task->id, 28);
	text_add_padded(t, words_task_kind(task->kind), 16);
	text_addf(t, "%3d min  ", task->minutes);
	text_add_visible(t, localised_text(&task->title, i18n_language()), true);
	text_add(t, "\n");
	return 0;
}

static int list_dir(const struct cli *cli, struct err *e)
{
	AUTO_STRINGS struct strings paths = { 0 };
	AUTO_TEXT struct text t = { 0 };
	struct json *array = cli->json ? json_new_array() : NULL;
	int status = catalog_tasks(&paths, dir_of(cli), e);

	for (size_t i = 0; status == 0 && i < paths.count; i++)
		status = list_one(&t, cli->json ? &array : NULL, dir_of(cli), paths.item[i], e);
	if (status < 0) {
		json_free(array);
		return -1;
	}
	return cli->json ? cli_print_json_take(array, e) : print_text_take(&t, e);
}

/* What the repositories of the workspace hold at their pins; a package with a mistake is listed with it. */
static int list_workspace(const struct cli *cli, struct workspace *workspace, struct err *e)
{
	AUTO(workspace_tasks_done) struct workspace_tasks tasks = { 0 };
	AUTO_TABLE struct table table = { 0 };
	AUTO_JSON struct json *array = json_new_array();

	if (workspace_tasks(&tasks, workspace, e) < 0)
		return -1;
	table_start(&table, _("Task"), _("Kind"), _("Minutes"), _("Title"), NULL);
	for (size_t i = 0; i < tasks.count; i++) {
		const struct workspace_task *task = &tasks.item[i];

		table_addf(&table, "%s/%s", task->repo, *task->id ? task->id : task->path);
		table_add(&table, task->mistake ? NULL : words_task_kind(task->kind));
		table_addf(&table, "%d", task->minutes);
		table_add(&table, task->mistake ? task->mistake : localised_text(&task->title, i18n_language()));
		json_append_take(&array, json_pack_new("{s:s, s:s, s:s, s:s, s:i, s:o, s:s?}", "repo", task->repo, "path",
			task->path, "id", task->id, "kind", task_kind_name(task->kind), "minutes", task->minutes, "title",
			json_from_localised(&task->title), "mistake", task->mistake));
	}
	return cli->json ? cli_print_json_take(take_ptr(&array), e)
			 : table_print(&table, _("No task: 'assay repo add URL' brings some."), e);
}

static int run_list(struct cli *cli, struct err *e)
{
	AUTO_WORKSPACE struct workspace *workspace = NULL;

	if (cli->words.count > 0)
		return list_dir(cli, e);
	if (workspace_open(&workspace, ".", e) == 0)
		return list_workspace(cli, workspace, e);
	/* In no workspace the directory is meant; one that is damaged or locked is told. */
	return e->kind == ERR_NOT_FOUND ? list_dir(cli, e) : -1;
}

static void add_strings(struct text *t, const char *title, const struct strings *list)
{
	if (!list->count)
		return;
	text_add_padded(t, title, 14);
	for (size_t i = 0; i < list->count; i++) {
		text_add(t, i ? ", " : "");
		text_add_visible(t, list->item[i], true);
	}
	text_add(t, "\n");
}

static void add_suites(struct text *t, const struct task *task)
{
	for (size_t i = 0; i < task->suite_count; i++) {
		const struct suite *suite = &task->suites[i];
		int points = manifest_points(&task->manifest, suite->id);

		text_add_padded(t, i ? "" : _("suites"), 14);
		text_add_padded(t, suite->id, 18);
		text_addf(t, ngettext("%d point, %s; %s\n", "%d points, %s; %s\n", (unsigned long)points), points,
			words_visibility(suite->visibility), words_against(suite->against));
	}
}

static int run_show(struct cli *cli, struct err *e)
{
	AUTO_TASK struct task *task = NULL;
	AUTO_FREE char *dir = NULL;
	AUTO_FREE char *statement = NULL;
	AUTO_TEXT struct text t = { 0 };

	if (package_of(&dir, cli, e) < 0 || package_load(&task, dir, false, e) < 0)
		return -1;
	if (cli->json)
		return cli_print_json_take(task_json(task, task->dir), e);
	if (task_text(&statement, task, "statement.md", i18n_language(), e) < 0)
		return -1;
	text_addf(&t, "%s: ", task->id);
	text_add_visible(&t, localised_text(&task->title, i18n_language()), true);
	text_addf(&t, _(" (%s, %d minutes)\n"), words_task_kind(task->kind), task->minutes);
	add_strings(&t, _("aids"), &task->aids);
	add_strings(&t, _("needs"), task->needs_debian.count ? &task->needs_debian : &task->needs_commands);
	add_strings(&t, _("editable"), &task->editable);
	add_suites(&t, task);
	text_add(&t, "\n");
	text_add_visible(&t, statement, false);
	return print_text_take(&t, e);
}

#define ALLOW_SAMPLED { "allow-sampled", NULL, N_("where limits can't be enforced, watch them from outside") }

const struct command commands_task[] = {
	{
		.noun = "task",
		.verb = "new",
		.words = "[DIR]",
		.max_words = 1,
		.summary = N_("write a small task package, to be made yours"),
		.about = N_("Into DIR, which is empty or isn't there yet: a statement in English and German, starter, tests, "
			    "manifest and solutions of several classes, each file explaining itself. It verifies at once. The "
			    "directory's name becomes the task's id. Coding tasks want a language: bash, c, cpp, go, java, "
			    "javascript, python, rust or typescript; without --against the tests run the program and compare "
			    "its output, which no submission can forge."),
		.example = "assay task new --kind coding --language python my-tasks/tasks/sum\n"
			   "assay task new --language javascript --against service my-tasks/tasks/notes\n"
			   "assay task new --kind review my-tasks/tasks/a-pull-request",
		.options = {
			{ "kind", "KIND", N_("coding (default), design, review or conversation") },
			{ "language", "L", N_("of a coding task") },
			{ "against", "WHAT", N_("program, service, module or shared") },
		},
		.run = run_new,
	},
	{
		.noun = "task",
		.verb = "verify",
		.words = "[DIR|TASK]",
		.max_words = 1,
		.summary = N_("let a task prove itself"),
		.about = N_("Grades everything in solutions/ and compares with what its class or expect.json says (accepted ones "
			    "five times, every second time beside a busy neighbour: the seconds are those of the fastest and "
			    "the slowest of them), looks whether time limits are far enough from accepted solutions and from "
			    "slow ones, replays sample reviews, and looks whether a candidate would receive something hidden, "
			    "or a statement with more than text in it, or would be marked by a rubric with gaps. The status is "
			    "1 when the task doesn't hold."),
		.example = "assay task verify --rounds 1 .\n"
			   "assay task verify --jobs 2 tasks/job-queue\n"
			   "assay task verify --json tasks/upload-review",
		.options = {
			{ "jobs", "N", N_("grade N solutions side by side (default: 1)") },
			{ "rounds", "N", N_("grade accepted ones N times (default: 5)") },
			ALLOW_SAMPLED,
		},
		.run = run_verify,
	},
	{
		.noun = "task",
		.verb = "pin",
		.words = "[DIR]",
		.max_words = 1,
		.summary = N_("write a task's manifest from its accepted solutions"),
		.about = N_("Runs every accepted solution and writes tests/manifest.json with the tests that all of them pass. "
			    "A new test gets one point; points, groups and words that you wrote are kept. A test that is "
			    "gone is named, and stays until --remove takes it out."),
		.example = "assay task pin tasks/sum",
		.options = {
			{ "remove", NULL, N_("take out tests that no accepted solution reports any more") },
			ALLOW_SAMPLED,
		},
		.run = run_pin,
	},
	{
		.noun = "task",
		.verb = "list",
		.words = "[DIR]",
		.max_words = 1,
		.summary = N_("list the tasks below a directory, or of the workspace"),
		.example = "assay task list tasks",
		.run = run_list,
	},
	{
		.noun = "task",
		.verb = "show",
		.words = "[DIR|TASK]",
		.max_words = 1,
		.summary = N_("what a task asks and how it is tested"),
		.example = "assay task show tasks/job-queue",
		.run = run_show,
	},
	{ 0 },
};
