// SPDX-License-Identifier: MIT
/*
 * A task is marked by the rubric of the plans that hold it. Where a package lies in a repository with rubrics/, those
 * plans are found and resolved: four anchors in every language, evidence that names suites and tests which are there,
 * probes and questions that feed a criterion. A package on its own has no rubric, and nothing is said.
 */
#include "assess/verify.h"

#include "base/fs.h"
#include "base/i18n.h"
#include "task/catalog.h"
#include "task/resolve.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS_UP = 4, MOST_PLANS = 1000 };

/* The directory above the package that has rubrics/plans; NULL: none. */
static int find_repository(char **out, const char *dir, struct err *e)
{
	char path[PATH_MAX];

	*out = NULL;
	if (!realpath(dir, path))
		return err_errno(e, "cannot find the way to the task");
	for (int level = 0; level <= LEVELS_UP; level++) {
		AUTO_FREE char *plans = fs_join(path, "rubrics/plans", e);
		char *slash = strrchr(path, '/');

		if (!plans)
			return -1;
		if (fs_is_dir(AT_FDCWD, plans)) {
			*out = mem_copy(path, e);
			return *out ? 0 : -1;
		}
		if (!slash || slash == path)
			return 0;
		*slash = '\0';
	}
	return 0;
}

static bool holds(const struct plan *plan, const char *task)
{
	for (size_t i = 0; i < plan->part_count; i++)
		if (plan->parts[i].task && strcmp(plan->parts[i].task, task) == 0)
			return true;
	return false;
}

/* The rubric speaks every language of the task, or half of its candidates are marked by anchors they can't read. */
static int check_languages(struct verification *out, const struct task *task, const struct rubric *rubric,
	struct err *e)
{
	for (int i = 0; i < LANGUAGE_COUNT; i++)
		if (task->title.text[i] && !rubric->languages[i] &&
			strings_take(&out->problems,
				mem_format(e, _("rubrics/%s.json has no anchors in \"%s\", a language of this task"),
					rubric->id, language_code((enum language)i)),
				e) < 0)
			return -1;
	return 0;
}

static int check_plan(struct verification *out, const struct task *task, int root_fd, const char *root,
	const char *path, struct err *e)
{
	AUTO(resolved_done) struct resolved resolved = { 0 };
	AUTO_PLAN struct plan *plan = NULL;
	struct err said = { 0 };

	/* A plan that somebody else is just breaking is no mistake of this task. */
	if (plan_load(&plan, root_fd, path, &said) < 0 || !holds(plan, task->id))
		return 0;
	if (resolved_load(&resolved, plan, root, &said) < 0) {
		if (said.kind == ERR_SYSTEM)
			return err_set(e, said.kind, "%s", said.text);
		return strings_take(&out->problems, mem_format(e, "%s: %s", path, said.text), e);
	}
	return check_languages(out, task, resolved.rubric, e);
}

int verify_rubric(struct verification *out, const struct task *task, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };
	AUTO_FREE char *root = NULL;
	AUTO_CLOSE int root_fd = -1;

	if (find_repository(&root, task->dir, e) < 0)
		return -1;
	if (!root)
		return 0;
	if (fs_open_dir(&root_fd, AT_FDCWD, root, e) < 0 || fs_list(&names, root_fd, "rubrics/plans", MOST_PLANS, e) < 0)
		return err_wrap(e, "cannot list rubrics/plans");
	for (size_t i = 0; i < names.count; i++) {
		AUTO_FREE char *path = fs_join("rubrics/plans", names.item[i], e);

		if (!path || check_plan(out, task, root_fd, root, path, e) < 0)
			return -1;
	}
	return 0;
}
