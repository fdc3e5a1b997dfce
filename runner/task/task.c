// SPDX-License-Identifier: MIT
/*
 * Loading a package: task.json, then the files it promises, then the manifest, each against what is known by then.
 * Everything is read below one directory descriptor, in which no link is ever followed.
 */
#include "task/task.h"

#include "base/fs.h"
#include "base/text.h"
#include "task/glob.h"
#include "task/task_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static int load_manifest(struct task *task, const struct json_doc *task_doc, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	struct json_at root = json_root(task_doc), stub_points = json_member(&root, "stub_points");

	if (!fs_exists(task->dir_fd, "tests/manifest.json"))
		return err_set(e, ERR_INVALID, "tests/manifest.json is missing: `assay task pin` writes it");
	if (json_doc_load(&doc, task->dir_fd, "tests/manifest.json", "tests/manifest.json", e) < 0)
		return -1;
	if (manifest_parse(&task->manifest, doc, e) < 0 || task_check_manifest(task, doc, e) < 0)
		return -1;
	if (task->stub_points > manifest_points(&task->manifest, NULL))
		return json_fail(&stub_points, e, "is more than all tests are worth: %d",
			manifest_points(&task->manifest, NULL));
	return 0;
}

/* Where no suite reaches a module there is nothing to compare with. */
static int load_profile(struct task *task, struct err *e)
{
	bool wanted = false;

	for (size_t i = 0; i < task->suite_count; i++)
		wanted = wanted || task->suites[i].against == AGAINST_MODULE;
	if (!wanted)
		return 0;
	if (profile_load(&task->profile, task->dir_fd, e) < 0)
		return -1;
	for (size_t i = 0; i < task->suite_count; i++)
		if (task->suites[i].against == AGAINST_MODULE && !profile_of(&task->profile, task->suites[i].id))
			return err_set(e, ERR_INVALID,
				PROFILE_FILE ": /suites lacks the suite %s: `assay task pin` adds it",
				task->suites[i].id);
	return 0;
}

/* A kit may have nothing to show; any other task has something to test. */
enum load_as { LOAD_WHOLE, LOAD_WITHOUT_MANIFEST, LOAD_OF_KIT };

static int check_suites(const struct task *task, const struct json_doc *doc, enum load_as as, struct err *e)
{
	struct json_at root = json_root(doc);

	if (task->kind == TASK_CODING && task->suite_count == 0 && as != LOAD_OF_KIT)
		return json_fail(&root, e, "lacks \"suites\", which a task of kind \"%s\" needs",
			task_kind_name(task->kind));
	return 0;
}

static int load(struct task *task, const char *dir, enum load_as as, struct err *e)
{
	AUTO_JSON_DOC struct json_doc *doc = NULL;
	AUTO_FREE char *visible = text_visible_line(dir, e);

	task->dir = mem_copy(dir, e);
	if (!visible || !task->dir || fs_open_dir(&task->dir_fd, AT_FDCWD, dir, e) < 0)
		return -1;
	if (!fs_exists(task->dir_fd, "task.json"))
		return err_set(e, ERR_NOT_FOUND, "%s is no task package: it has no task.json", visible);
	if (json_doc_load(&doc, task->dir_fd, "task.json", "task.json", e) < 0 || task_file_parse(task, doc, e) < 0 ||
		check_suites(task, doc, as, e) < 0 || task_check_files(task, doc, e) < 0)
		return -1;
	if (task->kind != TASK_CODING || as == LOAD_WITHOUT_MANIFEST || task->suite_count == 0)
		return 0;
	return load_manifest(task, doc, e) < 0 ? -1 : load_profile(task, e);
}

static int load_as(struct task **out, const char *dir, enum load_as as, struct err *e)
{
	AUTO_TASK struct task *task = mem_new(1, sizeof(*task), e);

	if (!task)
		return -1;
	task->dir_fd = -1;
	if (load(task, dir, as, e) < 0)
		return -1;
	*out = take_ptr(&task);
	return 0;
}

int task_load(struct task **out, const char *dir, bool without_manifest, struct err *e)
{
	return load_as(out, dir, without_manifest ? LOAD_WITHOUT_MANIFEST : LOAD_WHOLE, e);
}

int task_load_kit(struct task **out, const char *dir, struct err *e)
{
	return load_as(out, dir, LOAD_OF_KIT, e);
}

static void suite_done(struct suite *suite)
{
	free(suite->id);
	strings_done(&suite->argv);
	strings_done(&suite->checker);
	strings_done(&suite->build);
}

void task_free(struct task *task)
{
	if (!task)
		return;
	for (size_t i = 0; i < task->suite_count; i++)
		suite_done(&task->suites[i]);
	free(task->suites);
	free(task->id);
	localised_done(&task->title);
	strings_done(&task->aids);
	strings_done(&task->needs_commands);
	strings_done(&task->needs_debian);
	strings_done(&task->editable);
	strings_done(&task->build);
	strings_done(&task->program);
	strings_done(&task->service.argv);
	free(task->module.language);
	free(task->module.name);
	free(task->change.base);
	free(task->change.head);
	manifest_done(&task->manifest);
	profile_done(&task->profile);
	free(task->dir);
	mem_auto_close(&task->dir_fd);
	free(task);
}

const struct suite *task_suite(const struct task *task, const char *id)
{
	for (size_t i = 0; i < task->suite_count; i++)
		if (strcmp(task->suites[i].id, id) == 0)
			return &task->suites[i];
	return NULL;
}

bool task_admits(const struct task *task, const char *path)
{
	if (!fs_is_plain_path(path))
		return false;
	for (size_t i = 0; i < task->editable.count; i++)
		if (glob_matches(task->editable.item[i], path))
			return true;
	return false;
}

/* --- texts ------------------------------------------------------------------------------------------------------ */

/* "statement.md" in English is "statement.md", in German "statement.de.md". */
static char *name_in(const char *name, enum language language, struct err *e)
{
	const char *dot = strrchr(name, '.');

	if (language == LANGUAGE_EN || !dot)
		return mem_copy(name, e);
	return mem_format(e, "%.*s.%s%s", (int)(dot - name), name, language_code(language), dot);
}

static int read_text(char **out, const struct task *task, const char *path, struct err *e)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_TEXT struct text clean = { 0 };
	size_t size;

	if (fs_read(&bytes, &size, task->dir_fd, path, 1 << 20, e) < 0)
		return -1;
	text_add_clean(&clean, bytes, size);
	return text_take(&clean, out, e);
}

int task_text(char **out, const struct task *task, const char *name, enum language language, struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		AUTO_FREE char *path = name_in(name, (enum language)(((int)language + i) % LANGUAGE_COUNT), e);

		if (!path)
			return -1;
		if (fs_exists(task->dir_fd, path))
			return read_text(out, task, path, e);
	}
	return err_set(e, ERR_NOT_FOUND, "the task %s has no %s", task->id, name);
}
