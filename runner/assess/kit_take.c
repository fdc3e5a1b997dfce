// SPDX-License-Identifier: MIT
/*
 * Intake, less what we laid there ourselves.
 */
#include "assess/kit_take.h"

#include "assess/kit.h"
#include "base/fs.h"
#include "submission/intake.h"

#include <fcntl.h>
#include <string.h>

/* What the kit laid for reading is no part of what was handed in, even where a glob admits its name. */
static int remove_ours(const char *tree, const struct task *task, struct err *e)
{
	AUTO_STRINGS struct strings names = { 0 };

	if (fs_list(&names, AT_FDCWD, tree, INTAKE_MAX_ENTRIES, e) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		AUTO_FREE char *in_tree = fs_join(tree, names.item[i], e);
		AUTO_FREE char *in_starter = fs_join("starter", names.item[i], e);

		if (!in_tree || !in_starter)
			return -1;
		if (kit_is_ours(task, names.item[i]) && !fs_exists(task->dir_fd, in_starter) &&
			fs_remove_tree(AT_FDCWD, in_tree, e) < 0)
			return -1;
	}
	return 0;
}

/* Nor is it worth saying that it wasn't taken. */
static int keep_theirs(
	struct strings *out, const struct strings *dropped, const struct task *task, struct err *e)
{
	for (size_t i = 0; i < dropped->count; i++) {
		AUTO_FREE char *top = mem_copy(dropped->item[i], e);

		if (!top)
			return -1;
		top[strcspn(top, "/:")] = '\0';
		if (!kit_is_ours(task, top) && strings_add(out, dropped->item[i], e) < 0)
			return -1;
	}
	return 0;
}

int kit_take(struct strings *dropped, const char *tree, const struct task *task, int kit_fd, struct err *e)
{
	AUTO_INTAKE struct intake intake = { 0 };

	if (intake_take(&intake, task, kit_fd, tree, e) < 0 || remove_ours(tree, task, e) < 0)
		return -1;
	return keep_theirs(dropped, &intake.dropped, task, e);
}
