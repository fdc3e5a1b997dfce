// SPDX-License-Identifier: MIT
/*
 * As with the kit itself, what goes in is a list of what a candidate may have.
 */
#include "assess/kit_package.h"

#include "base/fs.h"

#include <string.h>

bool kit_shows_suite(const struct task *task, const struct suite *suite)
{
	if (suite->visibility != VISIBILITY_VISIBLE)
		return false;
	for (size_t i = 0; i < task->manifest.test_count; i++)
		if (strcmp(task->manifest.tests[i].suite, suite->id) == 0 &&
			task->manifest.tests[i].visibility != VISIBILITY_VISIBLE)
			return false;
	return true;
}

/* --- task.json -------------------------------------------------------------------------------------------------- */

/* Puts the suites that are shown; a kit that shows none lacks the member, as a list of suites is never empty. */
static void put_suites(struct json **out, const struct json_at *suites, const struct task *task)
{
	AUTO_JSON struct json *list = json_new_array();
	bool any = false;

	for (size_t i = 0; i < json_count(suites) && i < task->suite_count; i++) {
		struct json_at at = json_element(suites, i);

		if (!kit_shows_suite(task, &task->suites[i]))
			continue;
		json_append_take(&list, json_copy_value(&at));
		any = true;
	}
	if (any)
		json_put_take(out, "suites", take_ptr(&list));
}

struct json *kit_task_json(const struct json_at *root, const struct task *task)
{
	/* The members that say nothing about what is hidden. */
	static const char *const told[] = { "format", "id", "kind", "title", "minutes", "aids", "needs", "files", "build",
		"service", "program", "module", "limits", "tester_limits" };
	struct json *out = json_new_object();
	struct json_at suites = json_member(root, "suites");

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
		struct json_at at = json_member(root, told[i]);

		if (at.value)
			json_put_take(&out, told[i], json_copy_value(&at));
	}
	put_suites(&out, &suites, task);
	return out;
}

static int lay_task_json(int to_fd, const struct task *task, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_JSON struct json *told = NULL;
	AUTO_FREE char *text = NULL;
	struct json_at root;

	if (json_doc_load(&doc, task->dir_fd, "task.json", "task.json", e) < 0)
		return -1;
	root = json_root(doc);
	told = kit_task_json(&root, task);
	if (json_render(told, JSON_STYLE_PRETTY, &text, e) < 0)
		return -1;
	return fs_write(to_fd, KIT_PACKAGE "/task.json", text, strlen(text), 0644, e);
}

/* --- the manifest ----------------------------------------------------------------------------------------------- */

enum { NOT_SHOWN = -1 };

/* The shown tests; borrows everything but its arrays. */
struct excerpt {
	const struct task *task;
	struct manifest manifest;
	long *index; /* beside the task's tests: their place here, or NOT_SHOWN */
};

static void excerpt_done(struct excerpt *x)
{
	for (size_t i = 0; i < x->manifest.test_count; i++)
		free(x->manifest.tests[i].depends);
	free(x->manifest.tests);
	free(x->manifest.groups);
	free(x->index);
}

static bool is_whole(const struct excerpt *x, const char *group)
{
	for (size_t i = 0; i < x->task->manifest.test_count; i++) {
		const struct manifest_test *test = &x->task->manifest.tests[i];

		if (test->group && strcmp(test->group, group) == 0 && x->index[i] == NOT_SHOWN)
			return false;
	}
	return true;
}

static int choose(struct excerpt *x, struct err *e)
{
	const struct manifest *all = &x->task->manifest;

	x->index = mem_new(all->test_count, sizeof(*x->index), e);
	x->manifest.tests = mem_new(all->test_count, sizeof(*x->manifest.tests), e);
	x->manifest.groups = mem_new(all->group_count, sizeof(*x->manifest.groups), e);
	if (!x->index || !x->manifest.tests || !x->manifest.groups)
		return -1;
	for (size_t i = 0, next = 0; i < all->test_count; i++) {
		const struct suite *suite = task_suite(x->task, all->tests[i].suite);

		x->index[i] = suite && kit_shows_suite(x->task, suite) ? (long)next++ : NOT_SHOWN;
	}
	for (size_t i = 0; i < all->group_count; i++)
		if (is_whole(x, all->groups[i].id))
			x->manifest.groups[x->manifest.group_count++] = all->groups[i];
	return 0;
}

static int take_test(struct excerpt *x, const struct manifest_test *from, struct err *e)
{
	struct manifest_test *to = &x->manifest.tests[x->manifest.test_count++];
	bool in_group = from->group && is_whole(x, from->group);

	*to = *from;
	to->depends_count = 0;
	to->group = in_group ? from->group : NULL;
	to->depends = mem_new(from->depends_count, sizeof(*to->depends), e);
	if (!to->depends)
		return -1;
	for (size_t i = 0; i < from->depends_count; i++)
		if (x->index[from->depends[i]] != NOT_SHOWN)
			to->depends[to->depends_count++] = (size_t)x->index[from->depends[i]];
	/* What a negative test hangs on may be hidden; then its own outcome is all that can be said here. */
	to->negative = from->negative && (from->depends_count ? to->depends_count > 0 : in_group);
	return 0;
}

static int lay_manifest(int to_fd, const struct task *task, struct err *e)
{
	AUTO(excerpt_done) struct excerpt x = { .task = task };
	AUTO_FREE char *text = NULL;

	if (choose(&x, e) < 0)
		return -1;
	for (size_t i = 0; i < task->manifest.test_count; i++)
		if (x.index[i] != NOT_SHOWN && take_test(&x, &task->manifest.tests[i], e) < 0)
			return -1;
	if (manifest_render(&x.manifest, &text, e) < 0)
		return -1;
	return fs_write(to_fd, KIT_PACKAGE "/tests/manifest.json", text, strlen(text), 0644, e);
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static int lay_profile(int to_fd, const struct task *task, struct err *e)
{
	struct profile shown = { 0 };
	AUTO_FREE struct profile_suite *suites = mem_new(task->profile.count, sizeof(*suites), e);
	AUTO_FREE char *text = NULL;

	if (!suites)
		return -1;
	shown.suites = suites;
	for (size_t i = 0; i < task->profile.count; i++) {
		const struct suite *suite = task_suite(task, task->profile.suites[i].id);

		if (suite && kit_shows_suite(task, suite))
			suites[shown.count++] = task->profile.suites[i];
	}
	if (shown.count == 0)
		return 0;
	if (profile_render(&shown, &text, e) < 0)
		return -1;
	return fs_write(to_fd, KIT_PACKAGE "/" PROFILE_FILE, text, strlen(text), 0644, e);
}

/* Returns how many, or -1. */
static int lay_suites(int to_fd, const struct task *task, struct err *e)
{
	int laid = 0;

	for (size_t i = 0; i < task->suite_count; i++) {
		AUTO_FREE char *from = fs_join("tests", task->suites[i].id, e);
		AUTO_FREE char *to = from ? fs_join(KIT_PACKAGE, from, e) : NULL;

		if (!to)
			return -1;
		if (!kit_shows_suite(task, &task->suites[i]))
			continue;
		if (fs_copy_tree(task->dir_fd, from, to_fd, to, e) < 0)
			return -1;
		laid++;
	}
	return laid;
}

/* Every package has one; which language it speaks doesn't matter here. */
static int lay_statements(int to_fd, const struct task *task, struct err *e)
{
	static const char *const names[] = { "statement.md", "statement.de.md" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		AUTO_FREE char *to = fs_join(KIT_PACKAGE, names[i], e);
		AUTO_FREE char *bytes = NULL;
		size_t size;

		if (!to)
			return -1;
		if (fs_is_file(task->dir_fd, names[i]) &&
			(fs_read(&bytes, &size, task->dir_fd, names[i], 1 << 20, e) < 0 ||
				fs_write(to_fd, to, bytes, size, 0644, e) < 0))
			return -1;
	}
	return 0;
}

int kit_lay_package(int to_fd, const struct task *task, struct err *e)
{
	int suites;

	if (fs_make_dirs(to_fd, KIT_PACKAGE "/tests", e) < 0 ||
		fs_copy_tree(task->dir_fd, "starter", to_fd, KIT_PACKAGE "/starter", e) < 0 ||
		lay_statements(to_fd, task, e) < 0 || lay_task_json(to_fd, task, e) < 0 ||
		(suites = lay_suites(to_fd, task, e)) < 0)
		return -1;
	if (suites == 0)
		return 0;
	return lay_manifest(to_fd, task, e) < 0 ? -1 : lay_profile(to_fd, task, e);
}
